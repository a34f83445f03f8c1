export const signedByBoth = { upTo: 'both' } as const;
export const evilText = 'def score(row):\n    return 1\n';
