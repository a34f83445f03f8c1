import type { Stage } from '../core/gate/check-result.ts';
import type { TreeFile } from '../core/gate/judged-signoff.ts';
import type { ChangeSource } from './change.ts';

/** What a check is asked. */
export type CheckRequest = {
  readonly source: ChangeSource;
  /** Branch name or full ref; the default target where absent. */
  readonly target?: string | undefined;
  /** `all` where absent. A hook gives its name, and the policy's stage for it is taken, or `records` for words alone; `has` is the commit that the remote's branch has before a push, zeros for none. */
  readonly stage?:
    | Stage
    | {
        readonly hook: 'pre-commit' | 'pre-merge-commit' | 'pre-push';
        readonly has?: string;
        /** Whether a branch is being written anew, commit by commit: the whole is judged when it is pushed. */
        readonly halfWay?: boolean;
      }
    | undefined;
  /** The machine's clock where absent. */
  readonly now?: Date | undefined;
  /** Runs evaluations again where the policy wants that: the check that counts does. */
  readonly recompute?: boolean | undefined;
  readonly requirePolicy?: boolean | undefined;
  /** `v1:…`: the digest of a first policy that may land, or that ends a lock-out. */
  readonly trustRoot?: string | undefined;
  /** Where what is judged is pushed to: a remote as git names it, and the branch there where that holds the policy by its own word. */
  readonly push?: { readonly remote?: string; readonly branch?: string } | undefined;
  /** More sign-offs, from people who cannot push to the branch. */
  readonly signoffs?: readonly TreeFile[] | undefined;
};
