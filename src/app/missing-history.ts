import { CountersignError } from './errors.ts';
import type { Git } from './ports.ts';

/** How much of its repository a clone has. */
type CloneKind = {
  readonly shallow: boolean;
  readonly filteredFrom: string | null;
  readonly hasRemote: boolean;
};

export async function cloneKind(git: Pick<Git, 'run'>): Promise<CloneKind> {
  const text = async (...args: readonly string[]): Promise<string> =>
    new TextDecoder().decode((await git.run(args)).stdout).trim();
  const [shallow, promisors, remotes] = await Promise.all([
    text('rev-parse', '--is-shallow-repository'),
    text('config', '--get-regexp', String.raw`^remote\..*\.(promisor|partialclonefilter)$`),
    text('remote'),
  ]);
  return {
    shallow: shallow === 'true',
    filteredFrom: /^remote\.(.+)\.(?:promisor|partialclonefilter)\b/m.exec(promisors)?.[1] ?? null,
    hasRemote: remotes !== '',
  };
}

/** The command, or two of them, that brings what is missing here: each kind of clone has one, and no other kind takes it. */
export async function fetchStep(git: Pick<Git, 'run'>): Promise<string> {
  const { shallow, filteredFrom, hasRemote } = await cloneKind(git);
  // In one go git would not bring the content of what it has already.
  const steps = [
    ...(shallow ? ['git fetch --unshallow'] : []),
    ...(filteredFrom === null ? [] : [`git fetch --refetch --no-filter ${filteredFrom}`]),
  ];
  if (steps.length > 0) return steps.join('; ');
  return hasRemote
    ? 'git fetch --all'
    : 'copy it from another clone: there is no remote here to fetch it from';
}

/** Why something cannot be judged here, with the fetch that brings what is missing for this kind of clone. */
export async function missingHistory(
  git: Pick<Git, 'run'>,
  message: string,
): Promise<CountersignError> {
  const step = await fetchStep(git);
  const inCi = step.includes('--unshallow') ? '; in CI, check out with fetch-depth: 0' : '';
  return new CountersignError('history/missing', `${message}${inCi}`, step);
}

/** Whether some content that the branches of a clone need is not there; asked of clones that were made with a filter. */
export async function lacksContent(git: Pick<Git, 'run'>): Promise<boolean> {
  const tips = await git.run([
    'for-each-ref',
    '--format=%(objectname)',
    'refs/heads',
    'refs/remotes',
  ]);
  const out = await git.run(['rev-list', '--objects', '--missing=print', '--stdin'], {
    input: tips.stdout,
  });
  return out.code !== 0 || /^\?/m.test(new TextDecoder().decode(out.stdout));
}
