/** What survives a reload: which report it is, and what its figures were narrowed to, by the name of each list. */
export type ReportState = {
  readonly id: string | null;
  readonly chosen: Readonly<Record<string, string>>;
};

export const emptyState: ReportState = { id: null, chosen: {} };
