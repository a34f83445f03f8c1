/** How the policy branch was found: a setting says so, the remote does, or it only bears a usual name. */
export type FoundBy = 'setting' | 'remote' | 'name';

/** The branch that is taken for the policy branch, as a full ref. */
export type TakenBranch = {
  readonly ref: string;
  readonly by: FoundBy;
  /** Whether there is a remote, and it has no branch of this name. */
  readonly onlyHere: boolean;
  /**
   * Whether it is read as history in a clone that has all branches: then a policy that lists it, and names first one that is
   * gone, was written before it was renamed.
   */
  readonly readsOn: boolean;
};

/** What a policy says of where it belongs: the first of its targets is the branch that holds it. */
export type BranchClaim = {
  /**
   * Whose policy it is: the taken branch's own, the judged target's, that of what would land, that of a branch of a usual
   * name, or that of any other branch.
   */
  readonly of: 'branch' | 'target' | 'change' | 'usual' | 'other';
  /** Full ref of the branch where it was read; of a change, the target's. */
  readonly at: string;
  /** Full ref of the first of its targets; null where there is no policy, empty where it cannot be read. */
  readonly names: string | null;
  /** Whether that branch is here, and its own policy names it first. */
  readonly agreed: boolean;
  /** Whether the taken branch has everything that the named one has: then it is the named one that was left behind. */
  readonly behind: boolean;
  /** Of a target: whether the policy of the taken branch lists it. */
  readonly listed: boolean;
};

/**
 * The claim that stands against the branch which is taken for the policy branch; null where none does. A branch that is only
 * guessed needs the word of every other that might be meant, since whoever can push a branch can give it a usual name; where
 * the clone says which it is, only a branch that went on elsewhere contradicts.
 *
 * @param claims that of the taken branch itself among them
 */
export function contradiction(
  branch: TakenBranch,
  claims: readonly BranchClaim[],
): BranchClaim | null {
  const own = claims.find((claim) => claim.of === 'branch')?.names ?? null;
  return (
    claims.find((claim) =>
      branch.by === 'name'
        ? contradictsGuess(branch, claim, own)
        : contradictsWord(branch, claim, own),
    ) ?? null
  );
}

function contradictsGuess(branch: TakenBranch, claim: BranchClaim, own: string | null): boolean {
  if (claim.names === branch.ref) return false;
  switch (claim.of) {
    case 'branch':
      return isNamed(claim.names) && !isFormerName(branch, claim);
    case 'target':
      return claim.names !== null;
    case 'usual':
      return true;
    case 'change':
      return isNamed(claim.names) && (own === null || claim.agreed);
    case 'other':
      return claim.names === claim.at && (own === null || branch.onlyHere);
  }
}

function contradictsWord(branch: TakenBranch, claim: BranchClaim, own: string | null): boolean {
  if (claim.names === branch.ref || !isNamed(claim.names)) return false;
  switch (claim.of) {
    case 'branch':
      return !isFormerName(branch, claim);
    case 'target':
      return claim.names === claim.at && !claim.listed;
    case 'usual':
      return branch.by === 'remote' && own === null && claim.names === claim.at;
    case 'change':
      return (
        own === null ||
        (claim.agreed && !claim.behind && (branch.by === 'remote' || branch.onlyHere))
      );
    case 'other':
      return false;
  }
}

function isFormerName({ readsOn }: TakenBranch, { listed, agreed }: BranchClaim): boolean {
  return readsOn && listed && !agreed;
}

/** A policy that cannot be read names no branch; that it cannot is said elsewhere. */
function isNamed(names: string | null): names is string {
  return names !== null && names !== '';
}
