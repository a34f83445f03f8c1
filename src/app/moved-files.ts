import type { AnchorQuestion } from '../core/trails/follow-anchor.ts';
import { fileLines, placesOf } from '../core/trails/anchored-lines.ts';
import type { AnchorGround } from './follow-anchors.ts';
import { namedBlobs } from './git-blobs.ts';
import type { Git } from './ports.ts';
import { untrackedHolding } from './untracked-holding.ts';

/** Files into which is looked for the lines of one anchor. */
const mostFiles = 200;
const decoder = new TextDecoder();

/** A file that may hold the lines of an anchor today. */
export type MovedFile = { readonly path: string; readonly renamed: boolean };

/** What became of files between a commit and today. */
type Since = {
  readonly renamed: ReadonlyMap<string, string>;
  readonly added: readonly string[];
  readonly edited: readonly string[];
};

/**
 * Files that git says were made out of the anchor's own, and those that are new or were edited since its lines were counted and
 * hold its most telling line. One that held the lines before already is a copy, and none of them.
 */
export async function movedFiles(
  ground: AnchorGround,
  questions: readonly AnchorQuestion[],
): Promise<ReadonlyMap<AnchorQuestion, readonly MovedFile[]>> {
  const bases = await basesOf(ground, questions);
  const since = new Map<string, Since>();
  for (const base of new Set(bases.values())) since.set(base, await changedSince(ground, base));
  const holding = await filesHolding(ground, questions);
  const found = new Map<AnchorQuestion, readonly MovedFile[]>();
  for (const question of questions) {
    const base = bases.get(question) ?? '';
    const { renamed, added, edited } = since.get(base) as Since;
    const { anchor, held } = question;
    const target = renamed.get(anchor.path);
    const spelled = ground.at(anchor.path);
    const own = [
      ...(target === undefined ? [] : [target]),
      ...(spelled.kind === 'other-spelling' ? [spelled.spelled] : []),
    ];
    const mayHold = (path: string): boolean =>
      path !== anchor.path && !own.includes(path) && (held === null || holding.has(path));
    const copies = held
      ? await copiesAt(ground.git, base, edited.filter(mayHold), question)
      : edited;
    const others = [
      ...added,
      ...renamed.values(),
      ...edited.filter((path) => !copies.includes(path)),
    ];
    found.set(question, [
      ...own.map((path) => ({ path, renamed: true })),
      ...[...new Set(others)]
        .filter(mayHold)
        .slice(0, mostFiles)
        .map((path) => ({ path, renamed: false })),
    ]);
  }
  return found;
}

/** The commit since which each anchor's file is looked at: that of its lines, else that before its file was taken away, else the last one. */
async function basesOf(
  { git, commit }: AnchorGround,
  questions: readonly AnchorQuestion[],
): Promise<ReadonlyMap<AnchorQuestion, string>> {
  const revision = commit ?? 'HEAD';
  const bases = new Map<AnchorQuestion, string>();
  const gone = new Map<string, string>();
  for (const question of questions) {
    const { anchor, held, own } = question;
    const known = held?.commit;
    if (known !== undefined) bases.set(question, known);
    else if (own !== null) bases.set(question, revision);
    else {
      const base = gone.get(anchor.path) ?? (await beforeDeletion(git, revision, anchor.path));
      gone.set(anchor.path, base);
      bases.set(question, base);
    }
  }
  return bases;
}

async function beforeDeletion(git: Git, revision: string, path: string): Promise<string> {
  const out = await git.run([
    'log',
    '--max-count=1',
    '--format=%P',
    '--diff-filter=D',
    '--no-renames',
    revision,
    '--',
    `:(top,literal)${path}`,
  ]);
  return decoder.decode(out.stdout).trim().split(' ')[0] || revision;
}

async function changedSince(
  { git, commit, paths, at }: AnchorGround,
  base: string,
): Promise<Since> {
  const out = await git.run([
    'diff',
    '--name-status',
    '-z',
    '--find-renames',
    '--no-ext-diff',
    '--no-textconv',
    '--ignore-submodules',
    base,
    ...(commit === undefined ? [] : [commit]),
    '--',
    ':(top)',
  ]);
  const fields = out.code === 0 ? decoder.decode(out.stdout).split('\0') : [];
  const renamed = new Map<string, string>();
  const added: string[] = [];
  const edited: string[] = [];
  for (let next = 0; next + 1 < fields.length; ) {
    const status = fields[next] as string;
    const path = fields[next + 1] as string;
    if (/^[RC]/.test(status)) {
      if (status.startsWith('R')) renamed.set(path, fields[next + 2] as string);
      else added.push(fields[next + 2] as string);
      next += 3;
      continue;
    }
    if (status === 'A') added.push(path);
    if (status === 'M') edited.push(path);
    next += 2;
  }
  const inDiff = new Set([...renamed.values(), ...added, ...edited]);
  // What nobody added yet is in no diff.
  const untracked = [...paths].filter((path) => at(path).kind === 'untracked' && !inDiff.has(path));
  return { renamed, added: [...added, ...untracked], edited };
}

/** Files in which the most telling line of one of the anchors stands: one search, however many anchors there are. */
async function filesHolding(
  ground: AnchorGround,
  questions: readonly AnchorQuestion[],
): Promise<ReadonlySet<string>> {
  const { git, commit, files } = ground;
  const lines = new Set(
    questions.flatMap(({ held }) => {
      const block = held?.file.texts.slice(held.lines[0] - 1, held.lines[1]) ?? [];
      const longest = block.map((line) => line.trim()).sort((a, b) => b.length - a.length)[0];
      return longest ? [longest] : [];
    }),
  );
  if (lines.size === 0) return new Set();
  const out = await git.run(
    [
      'grep',
      '--files-with-matches',
      '--null',
      '--full-name',
      '--text',
      '--fixed-strings',
      '-f',
      '-',
      ...(commit === undefined ? [] : [commit]),
      '--',
      ':(top)',
      ':(top,exclude).countersign',
    ],
    { input: new TextEncoder().encode([...lines].join('\n')) },
  );
  const found = decoder.decode(out.stdout).split('\0');
  return new Set(
    commit === undefined
      ? [...found, ...(await untrackedHolding(files, ground, [...lines]))]
      : found.map((path) => path.slice(commit.length + 1)),
  );
}

/** Files that held the lines at the base already. */
async function copiesAt(
  git: Git,
  base: string,
  paths: readonly string[],
  { held }: AnchorQuestion,
): Promise<readonly string[]> {
  const blobs = await namedBlobs(
    git,
    paths.map((path) => `${base}:${path}`),
  );
  const block = held?.file.texts.slice(held.lines[0] - 1, held.lines[1]) ?? [];
  return paths.filter((path) => {
    const bytes = blobs.get(`${base}:${path}`);
    return bytes && placesOf(fileLines(bytes).texts, block).length > 0;
  });
}
