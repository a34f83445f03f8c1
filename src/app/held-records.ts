import { CountersignError } from './errors.ts';
import { policyBranch } from './policy-branch.ts';
import { readRefs } from './refs.ts';
import type { Repository } from './repository.ts';
import { tipName } from './revisions.ts';

/** Where a policy stands that the working tree has no folder of records for. */
export type HeldRecords = {
  /** Short names, such as `HEAD` and `main`; never empty. */
  readonly holders: readonly string[];
  /** Brings the folder back as the first of them has it. */
  readonly restore: readonly string[];
};

const policyPath = '.countersign/policy.yaml';

/**
 * Which of HEAD and the target branch hold a policy. The gate goes by theirs, so where the folder is gone from the working
 * tree this is no repository without records.
 *
 * @returns null where neither does
 */
export async function heldRecords({ git }: Pick<Repository, 'git'>): Promise<HeldRecords | null> {
  const refs = await readRefs(git);
  const target = await policyBranch(git, refs).catch((error: unknown) => {
    // Which branch it is, others say; HEAD can be asked all the same.
    if (error instanceof CountersignError) return null;
    throw error;
  });
  const places: readonly (readonly [name: string, revision: string])[] = [
    ['HEAD', 'HEAD'],
    ...(target === null ? [] : [[tipName(refs, target.ref), target.tip] as const]),
  ];
  const holders: (readonly [string, string])[] = [];
  for (const place of places) {
    const { code } = await git.run([
      'rev-parse',
      '--verify',
      '--quiet',
      `${place[1]}:${policyPath}`,
    ]);
    if (code === 0) holders.push(place);
  }
  const [first] = holders;
  if (first === undefined) return null;
  return {
    holders: holders.map(([name]) => name),
    restore: ['checkout', first[1], '--', '.countersign'],
  };
}
