/** The known name with the fewest changes from this one, however many; null only where nothing is known. The first of equals wins. */
export function closestName(name: string, known: readonly string[]): string | null {
  const meant = name.slice(0, longestName);
  const distances = known.map((candidate) =>
    editDistance(meant.toLowerCase(), candidate.toLowerCase()),
  );
  return known[distances.indexOf(Math.min(...distances))] ?? null;
}

/** Longer names are typed by nobody; comparing them would cost more than it helps. */
const longestName = 64;

/**
 * The known name that somebody most likely meant, or null where none is near: the only one that begins so, else with at most a third of its letters changed,
 * counting insertions, deletions, replacements and swaps of neighbours as one each (optimal string alignment).
 */
export function nearestName(name: string, known: Iterable<string>): string | null {
  if (name.length > longestName) return null;
  const begun = [...known].filter((candidate) => isBegun(name, candidate));
  if (begun.length === 1) return begun[0] as string;
  let best: string | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of known) {
    const limit = Math.max(1, Math.floor(Math.max(name.length, candidate.length) / 3));
    const distance =
      Math.abs(candidate.length - name.length) > limit
        ? Number.POSITIVE_INFINITY
        : editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance <= limit && distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

/** Whether a name is the beginning of another, as `acc` is of `accuracy`; two letters begin too much. */
function isBegun(name: string, candidate: string): boolean {
  return (
    name.length >= 3 &&
    name.length < candidate.length - 1 &&
    candidate.toLowerCase().startsWith(name.toLowerCase())
  );
}

/** Insertions, deletions, replacements and swaps of neighbours that lead from one text to the other (optimal string alignment). */
export function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const now = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const replaced = (last[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      const swapped =
        row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
          ? (before[column - 2] ?? 0) + 1
          : replaced;
      now.push(Math.min(replaced, swapped, (last[column] ?? 0) + 1, (now[column - 1] ?? 0) + 1));
    }
    [before, last] = [last, now];
  }
  return last[b.length] ?? 0;
}
