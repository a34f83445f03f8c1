import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import type { Git, GitObject } from '../app/ports.ts';
import { fixedSettings } from './git-environment.ts';
import {
  batchReader,
  catFile,
  collectDigests,
  collectObjects,
  manyObjects,
  type OpenSink,
  type ReadObjects,
  unreadObjects,
} from './git-objects.ts';
import { type GitPlace, startFailure } from './git-process.ts';
import { treeLister } from './tree-lister.ts';

/**
 * git for questions that come by the thousand: objects and trees are read through one process that stays, and are kept,
 * since an object id never comes to name other content. All else goes the usual way.
 */
export async function withGitSession<T>(
  place: GitPlace,
  git: Git,
  use: (session: Git) => Promise<T>,
): Promise<T> {
  const reader = openReader(place);
  try {
    const objects = keptObjects(reader.read);
    return await use({
      ...git,
      objects,
      sha256: keptDigests(git.sha256, reader.read),
      list: treeLister(objects, git.run),
      memory: new Map(),
    });
  } finally {
    reader.close();
  }
}

/** Asks one `git cat-file` for one batch after another. */
function openReader(place: GitPlace): { readonly read: ReadObjects; readonly close: () => void } {
  const child = spawn('git', [...fixedSettings, ...catFile, '--batch-command', '--buffer'], {
    cwd: place.directory,
    env: place.environment,
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
  let complaint = '';
  child.stderr.on('data', (piece: Buffer) => {
    complaint += piece.toString('utf8');
  });
  // It may end before it has read everything; the end itself is what is told.
  child.stdin.on('error', () => {});
  let last: Promise<void> = Promise.resolve();
  const read: ReadObjects = (oids, open) => {
    last = last.then(() => readBatch(child, oids, open, () => complaint));
    return last;
  };
  return { read, close: () => child.stdin.end() };
}

function readBatch(
  child: ChildProcessWithoutNullStreams,
  oids: readonly string[],
  open: OpenSink,
  complaint: () => string,
): Promise<void> {
  if (oids.length === 0) return Promise.resolve();
  return new Promise((done, fail) => {
    const reader = batchReader(open);
    const finish = (error?: unknown): void => {
      child.stdout.off('data', take);
      child.off('close', ended);
      child.off('error', failed);
      if (error === undefined) done();
      else fail(error);
    };
    const take = (piece: Buffer): void => {
      try {
        reader.take(piece);
      } catch (error) {
        finish(error);
        return;
      }
      if (reader.answered() === oids.length) finish();
    };
    const ended = (): void => finish(unreadObjects(complaint()));
    const failed = (cause: NodeJS.ErrnoException): void => finish(startFailure(cause));
    if (child.exitCode !== null || child.signalCode !== null) {
      ended();
      return;
    }
    child.stdout.on('data', take);
    child.on('close', ended);
    child.on('error', failed);
    child.stdin.write(`${oids.map((oid) => `contents ${oid}\n`).join('')}flush\n`);
  });
}

/** Objects up to this size are kept, and all together up to so many bytes. Large trees are another with every commit. */
const largestKept = { blob: 256 * 1024, commit: 16 * 1024, tree: 4 * 1024, tag: 0 } as const;
const mostKept = 64 * 1024 * 1024;

function keptObjects(read: ReadObjects): Git['objects'] {
  const kept = new Map<string, GitObject>();
  let held = 0;
  const keep = (oid: string, object: GitObject | null): void => {
    if (object === null || object.bytes.length > largestKept[object.type]) return;
    if (held > mostKept) {
      kept.clear();
      held = 0;
    }
    kept.set(oid, object);
    held += object.bytes.length;
  };
  return async (oids, limit) => {
    const wanted = oids.filter((oid) => !kept.has(oid));
    const fresh = await collectObjects(read, wanted, limit);
    const answer = new Map(
      oids.map((oid) => [oid, within(kept.get(oid), limit) ?? fresh.get(oid) ?? null] as const),
    );
    for (const [oid, object] of fresh) keep(oid, object);
    return answer;
  };
}

function within(object: GitObject | undefined, limit: number): GitObject | null {
  return object === undefined || object.bytes.length > limit ? null : object;
}

function keptDigests(many: Git['sha256'], read: ReadObjects): Git['sha256'] {
  const kept = new Map<string, string>();
  return async (oids) => {
    const fresh = oids.filter((oid) => !kept.has(oid));
    for (const [oid, digest] of await (fresh.length > manyObjects
      ? many(fresh)
      : collectDigests(read, fresh)))
      kept.set(oid, digest);
    return new Map(
      oids.flatMap((oid) => (kept.has(oid) ? [[oid, kept.get(oid) as string] as const] : [])),
    );
  };
}
