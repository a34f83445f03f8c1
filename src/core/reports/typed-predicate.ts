/** Texts, quoted names and words of a predicate. */
const words = /'(?:[^']|'')*'|"(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_$]*/gu;

/**
 * A predicate with some of its columns read as numbers, and everything else as it was written.
 *
 * @param columns their names; upper and lower case are the same
 * @example typedPredicate('abs(p) < 30', ['p'], 'CAST') // abs(CAST(p AS DOUBLE)) < 30
 */
export function typedPredicate(
  where: string,
  columns: readonly string[],
  cast: 'CAST' | 'TRY_CAST',
): string {
  const names = new Set(columns.map((name) => name.toLowerCase()));
  return where.replace(words, (word: string, at: number) => {
    const name = word.startsWith('"') ? word.slice(1, -1).replaceAll('""', '"') : word;
    const isCall = !word.startsWith('"') && /^\s*\(/.test(where.slice(at + word.length));
    return names.has(name.toLowerCase()) && !isCall ? `${cast}(${word} AS DOUBLE)` : word;
  });
}

/** A predicate whose casts make what cannot be converted missing. */
export function tryingPredicate(where: string): string {
  return where.replace(words, (word: string, at: number) =>
    /^cast$/i.test(word) && /^\s*\(/.test(where.slice(at + word.length)) ? 'TRY_CAST' : word,
  );
}
