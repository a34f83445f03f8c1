import { stat } from 'node:fs/promises';
import { CountersignError } from '../app/errors.ts';
import { headQuestion } from '../app/git-questions.ts';
import { type LeftOutFile, leftOutFiles } from '../app/left-out.ts';
import { missingHistory } from '../app/missing-history.ts';
import type { FileEntry, Files, Git } from '../app/ports.ts';
import { compareText } from '../core/finding/finding.ts';

type LeftOut = ReadonlyMap<string, LeftOutFile>;

/**
 * The files of a working tree, those among them that a sparse checkout leaves out: what the index has of them stands in
 * their place. What lies on the disk counts as it lies there, and what was deleted is gone.
 *
 * @param indexFile absolute path of the index
 */
export function sparseFiles(files: Files, git: Git, indexFile: string): Files {
  const leftOut = leftOutBelow(git, indexFile);
  const content = batchedContent(git);
  const find = async (path: string): Promise<LeftOutFile | undefined> =>
    (await leftOut(path)).get(path);
  return {
    ...files,
    read: async (path, limit) => {
      const here = await files.read(path, limit);
      const entry = here === null ? await find(path) : undefined;
      return entry === undefined ? here : content(path, entry);
    },
    sha256: async (path) => {
      const here = await files.sha256(path);
      const entry = here === null ? await find(path) : undefined;
      if (entry === undefined) return here;
      return (await git.sha256([entry.oid])).get(entry.oid) ?? missing(git, path);
    },
    list: async (folder) => {
      const here = await files.list(folder);
      const lying = new Set(here.map(({ path }) => path));
      const within = folder === '' ? '' : `${folder.replace(/\/$/, '')}/`;
      const more = [...(await leftOut(folder))].filter(
        ([path]) => path.startsWith(within) && !lying.has(path),
      );
      return more.length === 0
        ? here
        : [...here, ...more.map(asEntry)].sort((a, b) => compareText(a.path, b.path));
    },
  };
}

function asEntry([path, { mode, oid }]: readonly [string, LeftOutFile]): FileEntry {
  return { path, kind: mode === '120000' ? 'link' : 'file', size: 0, stamp: oid };
}

/** What is left out of a path's first folder, asked once for each state of the index. */
function leftOutBelow(git: Git, indexFile: string): (path: string) => Promise<LeftOut> {
  const known = new Map<string, Promise<LeftOut>>();
  let state = '';
  return async (path) => {
    const index = await stat(indexFile, { bigint: true }).catch(() => null);
    const [first = ''] = path.split('/');
    const under = first === '' ? [] : [first];
    if (index === null) return neverCheckedOut(git, under);
    const now = `${index.mtimeNs}-${index.size}-${index.ino}`;
    if (now !== state) known.clear();
    state = now;
    const found = known.get(first) ?? leftOutFiles(git, under);
    known.set(first, found);
    return found;
  };
}

/** Where there is no index at all, as after `git clone --no-checkout`, all of HEAD is left out; nothing before the first commit. */
async function neverCheckedOut(git: Git, under: readonly string[]): Promise<LeftOut> {
  const head = new TextDecoder().decode((await git.run(headQuestion)).stdout).trim();
  if (head === '') return new Map();
  return new Map(
    (await git.list(head, under)).flatMap(({ path, mode, oid, type }) =>
      path.text === null || type !== 'blob' ? [] : [[path.text, { mode, oid }] as const],
    ),
  );
}

/** Bytes; more than any record has. */
const largest = 1024 * 1024 * 1024;

/** Reads what is asked for while another answer is waited for in one go: records are read by the thousand. */
function batchedContent(git: Git): (path: string, entry: LeftOutFile) => Promise<Uint8Array> {
  let waiting = new Set<string>();
  let last: Promise<unknown> = Promise.resolve();
  let next: Promise<Awaited<ReturnType<Git['objects']>>> | null = null;
  const ask = (oid: string): Promise<Awaited<ReturnType<Git['objects']>>> => {
    waiting.add(oid);
    next ??= last.then(() => {
      const oids = [...waiting];
      waiting = new Set();
      next = null;
      const answer = git.objects(oids, largest);
      last = answer.catch(() => {});
      return answer;
    });
    return next;
  };
  return async (path, { mode, oid }) => {
    if (mode === '120000')
      throw new CountersignError(
        'path/link',
        `${path} is a symbolic link`,
        'records must be plain files: put the files themselves there',
      );
    return (await ask(oid)).get(oid)?.bytes ?? missing(git, path);
  };
}

async function missing(git: Git, path: string): Promise<never> {
  throw await missingHistory(
    git,
    `the content of ${path}, which a sparse checkout leaves out here, is not in this clone`,
  );
}
