import type { BranchClaim, FoundBy } from '../../../src/core/gate/policy-branch-claim.ts';

export type Row = {
  readonly name: string;
  readonly by: FoundBy;
  /** First target of the policy on main, which is taken; null where it has none, empty where it cannot be read. */
  readonly own: string | null;
  readonly onlyHere?: true;
  readonly of: Exclude<BranchClaim['of'], 'branch'>;
  readonly at?: string;
  readonly names: string | null;
  readonly is?: readonly ('agreed' | 'behind' | 'listed')[];
  readonly stands: boolean;
};
