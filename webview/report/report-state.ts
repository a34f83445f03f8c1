/** What survives a reload: which report it is, and what its figures were narrowed to; null stands for all. */
export type ReportState = { readonly id: string | null; readonly grouping: string | null; readonly metric: string | null };

export const emptyState: ReportState = { id: null, grouping: null, metric: null };
