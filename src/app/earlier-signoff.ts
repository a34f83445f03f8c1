import { type AuthenticSignoff, isAuthentic } from '../core/gate/standing.ts';
import type { JudgedSignoff, TreeFile } from '../core/gate/judged-signoff.ts';
import { signoffFolder } from '../core/gate/signoff-path.ts';
import { readSignedFiles } from './check-signoffs.ts';
import { CountersignError } from './errors.ts';
import { judgeSigned } from './landed-words.ts';
import { judgingPolicy } from './own-key.ts';
import type { Git } from './ports.ts';
import type { Repository } from './repository.ts';
import type { RuledChange } from './ruled-change.ts';
import { signatureVerifier } from './verify-signatures.ts';

/** The last sign-off of a person for a rule; null where they signed none that stands. */
export type EarlierSignoffs = (rule: string, person: string) => AuthenticSignoff | null;

/**
 * Reads the sign-offs of a change once, whatever its rules, those that are only staged for the next commit among them. The
 * last one of a person is the end of the chain in which each replaces the one before.
 */
export async function earlierSignoffs(
  repository: Repository,
  ruled: RuledChange,
): Promise<EarlierSignoffs> {
  const { change } = ruled;
  const base = await judgingPolicy(repository, ruled);
  if (base === null)
    throw new CountersignError('policy/none', 'there is no policy', 'countersign init');
  const files = await readSignedFiles(
    repository.git,
    change.tip,
    change.lands,
    change.head === 'index' ? [] : await stagedSignoffs(repository.git),
  );
  const { judged } = await judgeSigned(repository, ruled, files, {
    policy: base.policy,
    now: repository.clock.now(),
    verify: signatureVerifier(repository, base, []),
    revoked: base.revoked,
  });
  return (rule, person) => endOfChain(judged.signoffs, rule, person);
}

function endOfChain(
  signoffs: readonly JudgedSignoff[],
  rule: string,
  person: string,
): AuthenticSignoff | null {
  const own = signoffs
    .filter(isAuthentic)
    .filter(
      ({ payload, landed }) =>
        payload.rule === rule &&
        payload.person === person &&
        (!landed || payload.decision !== 'approve'),
    );
  const replaced = new Set(own.map(({ payload }) => payload.replaces));
  const ends = own
    .filter(({ id }) => !replaced.has(id))
    .sort((a, b) => (a.payload.signed_at < b.payload.signed_at ? -1 : 1));
  // Where branches were merged there are several ends. What keeps the change out goes first; then the oldest, so that who
  // signs again gets through all of them.
  return (
    ends.find(({ payload }) => payload.decision === 'reject') ??
    ends.find(({ payload }) => payload.decision === 'withdraw') ??
    ends[0] ??
    null
  );
}

/** Sign-offs that were signed since the last commit: whoever signs a range twice has the first only there. */
export async function stagedSignoffs(git: Git): Promise<readonly TreeFile[]> {
  const listed = await git.run([
    'diff-index',
    '--cached',
    '--name-only',
    '--no-renames',
    '--diff-filter=A',
    '-z',
    'HEAD',
    '--',
    signoffFolder,
  ]);
  const paths =
    listed.code === 0
      ? new TextDecoder()
          .decode(listed.stdout)
          .split('\0')
          .filter((path) => path !== '')
      : [];
  const read = await Promise.all(
    paths.map(async (path): Promise<TreeFile | null> => {
      const { code, stdout } = await git.run(['cat-file', 'blob', `:0:${path}`]);
      return code === 0 ? { path, mode: '100644', bytes: stdout } : null;
    }),
  );
  return read.filter((file) => file !== null);
}
