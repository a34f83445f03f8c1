/** Where two results first say something else, by the names on the way there, and what each says. */
export type Difference = { readonly at: string; readonly stored: string; readonly now: string };

/**
 * The first difference of two JSON documents, in the order of the first; null where they hold the same.
 *
 * @param stored a value out of JSON
 */
export function firstDifference(stored: unknown, now: unknown, at = ''): Difference | null {
  if (!isTree(stored) || !isTree(now) || Array.isArray(stored) !== Array.isArray(now))
    return Object.is(stored, now) ? null : { at, stored: shown(stored), now: shown(now) };
  const names = [...new Set([...Object.keys(stored), ...Object.keys(now)])];
  for (const name of names) {
    const place = at === '' ? name : `${at}.${name}`;
    const found = firstDifference(stored[name], now[name], place);
    if (found !== null) return found;
  }
  return null;
}

function isTree(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** Characters of a value that are shown. */
const most = 80;

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > most ? `${text.slice(0, most)}…` : text;
}
