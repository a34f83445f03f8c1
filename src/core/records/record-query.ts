import { comparableText, normalText } from '../comparable-text.ts';
import { compareText } from '../finding/finding.ts';
import { isDate, isTime } from './field-schemas.ts';
import { valuesAt } from './values-at.ts';

/** How a value is held against the one that is asked for; `~` where it holds the words. */
export type Operator = '=' | '!=' | '>' | '>=' | '<' | '<=' | '~';

/** A question by a dotted key. */
export type Where = { readonly key: string; readonly operator: Operator; readonly wanted: string };

/** Reads `key=value`, `key!=value`, `key>value`, `key<value` and `key~words`; null where a text is none of these. */
export function parseWhere(text: string): Where | null {
  const [, key, operator, wanted] = /^([^=!<>~\s]+)\s*(!=|>=|<=|=|>|<|~)\s*(.*)$/s.exec(text) ?? [];
  return key === undefined || wanted === undefined
    ? null
    : { key, operator: operator as Operator, wanted: wanted.trim() };
}

/** The moment that an age names: `30d` is 30 days ago, `+30d` in 30 days; also `h` and `w`. Null where a text is none. */
export function momentOfAge(text: string, now: Date): string | null {
  const [, sign, count = '', unit = ''] = /^([-+]?)(\d{1,5})([hdw])$/.exec(text) ?? [];
  if (sign === undefined) return null;
  const hours = Number(count) * ({ h: 1, d: 24, w: 168 }[unit] ?? 0);
  const moment = new Date(now.getTime() + (sign === '+' ? 1 : -1) * hours * 3_600_000);
  return moment.toISOString();
}

/** Whether a record answers a question. Through a list, one value that does is enough; `!=` is what `=` is not. */
export function answers(
  record: unknown,
  { key, operator, wanted }: Where,
  levels: readonly string[] | null,
): boolean {
  const found = valuesAt(record, key);
  switch (operator) {
    case '=':
      return isAmong(found, wanted);
    case '!=':
      return !isAmong(found, wanted);
    case '~': {
      const words = comparableText(wanted).trim().split(' ');
      return found.some((value) => {
        const text = comparableText(String(value));
        return words.every((word) => text.includes(word));
      });
    }
    default: {
      const side = operator.startsWith('>') ? 1 : -1;
      return found.some((value) => {
        const order = compareValues(value, like(value, wanted), levels);
        return order * side > 0 || (order === 0 && operator.endsWith('='));
      });
    }
  }
}

function isAmong(found: readonly unknown[], wanted: string): boolean {
  if (wanted === '') return found.length === 0 || found.includes('');
  return found.some((value) => compareValues(value, like(value, wanted), null) === 0);
}

/** What is asked for, of the kind that the value is. */
function like(value: unknown, wanted: string): unknown {
  return typeof value === 'number' && wanted.trim() !== '' && Number.isFinite(Number(wanted))
    ? Number(wanted)
    : wanted;
}

/**
 * The order of two values: numbers by size, times and dates by the moment, levels by rank, all else as text. A date is the
 * moment at which it begins in UTC.
 */
export function compareValues(a: unknown, b: unknown, levels: readonly string[] | null): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [first, second] = [String(a), String(b)];
  const moments = [momentOf(first), momentOf(second)];
  if (moments[0] !== null && moments[1] !== null)
    return (moments[0] as number) - (moments[1] as number);
  const ranks = [levels?.indexOf(first) ?? -1, levels?.indexOf(second) ?? -1] as const;
  if (ranks[0] >= 0 && ranks[1] >= 0) return ranks[0] - ranks[1];
  return compareText(normalText(first), normalText(second));
}

function momentOf(text: string): number | null {
  return isTime(text) || isDate(text) ? Date.parse(text) : null;
}

/** Sorts by a dotted key, `-key` the other way round; records without a value come last either way, and equals stay in order. */
export function sortedBy<Item>(
  items: readonly Item[],
  {
    sort,
    of,
    levels,
  }: {
    readonly sort: string;
    readonly of: (item: Item) => unknown;
    readonly levels: readonly string[] | null;
  },
): readonly Item[] {
  const down = sort.startsWith('-');
  const key = sort.replace(/^-/, '');
  const side = down ? -1 : 1;
  const keyed = items.map((item) => {
    const [first] = valuesAt(of(item), key).toSorted((a, b) => side * compareValues(a, b, levels));
    return { item, value: first };
  });
  return keyed
    .toSorted((a, b) =>
      a.value === undefined || b.value === undefined
        ? Number(a.value === undefined) - Number(b.value === undefined)
        : side * compareValues(a.value, b.value, levels),
    )
    .map(({ item }) => item);
}
