/** Which branch was read for a target: full ref of the one at the remote, as it was last fetched, or of the local one. */
export type ReadBranch = {
  readonly ref: string;
  /** The local branch of that name where another was read: its tip, and how many commits each has that the other has not. */
  readonly local: {
    readonly ref: string;
    readonly tip: string;
    readonly ahead: number;
    readonly behind: number;
  } | null;
};
