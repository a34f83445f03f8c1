/** Lists of questions that have the focus now: what a command opens at its end must not take it from them. */
export const flowHolds = new Set<object>();
