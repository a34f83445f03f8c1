import { isSilentPath, type RangeCommit } from '../core/gate/authors.ts';
import type { RawEntry } from '../core/gate/raw-diff.ts';
import type { Change } from './change.ts';
import type { CheckRequest } from './check-request.ts';
import { headQuestion } from './git-questions.ts';
import type { Git } from './ports.ts';
import { diffPairs, treeOf } from './range-commits.ts';
import type { Repository } from './repository.ts';

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/**
 * Whether what a hook is asked about brings words alone: sign-offs, exceptions and events of reviews. A withdrawal or a reject
 * must not wait until the code is in order. The commit that is being made decides, or the commits that the remote lacks; not
 * what stands in the range already. What brings nothing at all brings no words either.
 */
export async function bringsWordsAlone(
  repository: Pick<Repository, 'git' | 'mergeHeads'>,
  change: Change,
  stage: CheckRequest['stage'],
): Promise<boolean> {
  if (change.head === 'index') return commitsWordsAlone(repository, change);
  return (
    typeof stage === 'object' &&
    stage.has !== undefined &&
    pushesWordsAlone(repository.git, change, stage.has)
  );
}

/** A merge is held against this branch as well as against what git would have merged: it could take code in, or leave out what the other side did. */
async function commitsWordsAlone(
  { git, mergeHeads }: Pick<Repository, 'git' | 'mergeHeads'>,
  { commits, headTree }: Change,
): Promise<boolean> {
  const pending = commits.filter(({ oid }) => oid === 'pending');
  if (pending.length === 0 || !saysAlone(pending)) return false;
  if ((await mergeHeads()).length === 0) return areWords(pending.flatMap(({ touched }) => touched));
  const head = decoder.decode((await git.run(headQuestion)).stdout).trim();
  return head !== '' && areWords(await between(git, head, headTree));
}

/** Each new commit, and all of them together: a merge may take code in that is no commit of the range, or drop what the branch has there. */
async function pushesWordsAlone(
  git: Git,
  { commits, head, headTree, refs }: Change,
  has: string,
): Promise<boolean> {
  const isNew = /^0+$/.test(has);
  const there = isNew
    ? [...refs.branches].filter(([ref]) => ref.startsWith('refs/remotes/')).map(([, oid]) => oid)
    : [has];
  const listed = await git.run(['rev-list', '--boundary', '--stdin'], {
    input: encoder.encode(
      [head, ...there.map((oid) => `^${oid}`)].map((line) => `${line}\n`).join(''),
    ),
  });
  // The remote's commit may not be in this clone: then nobody knows here what is new.
  if (listed.code !== 0) return false;
  const lines = decoder
    .decode(listed.stdout)
    .split('\n')
    .filter((line) => line !== '');
  const lacking = new Set(lines);
  const fresh = commits.filter(({ oid }) => lacking.has(oid));
  // A branch that is new there grows out of one that some remote has.
  const grown = isNew
    ? lines.filter((line) => line.startsWith('-')).map((line) => line.slice(1))
    : [has];
  const [from, ...others] = grown;
  return (
    fresh.length > 0 &&
    from !== undefined &&
    others.length === 0 &&
    saysAlone(fresh) &&
    areWords(await between(git, from, headTree))
  );
}

async function between(git: Git, commit: string, tree: string): Promise<readonly RawEntry[]> {
  return (await diffPairs(git, [{ from: await treeOf(git, commit), to: tree }])).flat();
}

function saysAlone(commits: readonly RangeCommit[]): boolean {
  return commits.every(({ touched }) => touched.every(({ path }) => isSilentPath(path)));
}

function areWords(entries: readonly RawEntry[]): boolean {
  return entries.length > 0 && entries.every(({ path }) => isSilentPath(path));
}
