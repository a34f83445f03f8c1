import * as z from 'zod';
import { isCostlyGlob } from './costly-glob.ts';
import type { FindingCode } from '../finding/finding-code.ts';

/** Makes every level of a schema's type read-only: records are values, edits are edits of their text. */
export type DeepReadonly<T> = T extends object
  ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> }
  : T;

/** A text of at least one character. */
export const text = z.string().min(1);

/** A text that may be empty. */
export const anyText = z.string();

/** One text, or a list of them. */
export const textOrList = z.union([anyText, z.array(anyText)]);

/** A single value as it stands in a data column. */
export const cell = z.union([z.string(), z.number(), z.boolean()]);

/** A share or probability. */
export const share = z.number().min(0).max(1);

/** A whole number of things. */
export const count = z.int().min(0);

/** A whole number of days, one at least. */
export const days = z.int().min(1);

const timePattern =
  /^(\d{4})-(\d\d)-(\d\d)T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;
const datePattern = /^(\d{4})-(\d\d)-(\d\d)$/;

/** Whether year, month and day name a day of the Gregorian calendar. */
function isDay(parts: RegExpExecArray | null): boolean {
  if (parts === null) return false;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  if (month < 1 || month > 12 || day < 1) return false;
  return day <= daysOf(year, month);
}

function daysOf(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  if (month === 2) return leap ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Whether a text is an RFC 3339 time with an offset, on a day that exists. A leap second is refused: no clock here has one. */
export function isTime(value: string): boolean {
  return isDay(timePattern.exec(value));
}

/** Whether a text is `YYYY-MM-DD` and that day exists. */
export function isDate(value: string): boolean {
  return isDay(datePattern.exec(value));
}

/** Whether a text is a path relative to the repository's top, with `/`, that cannot leave it. */
export function isRelativePath(value: string): boolean {
  return (
    value !== '' &&
    !value.startsWith('/') &&
    !/^[A-Za-z]:/.test(value) &&
    !value.includes('\\') &&
    !value.includes('\0') &&
    value.split('/').every((part) => part !== '' && part !== '.' && part !== '..')
  );
}

/** A refinement whose failure becomes a finding with this code, message and fix. */
function refined(
  schema: z.ZodString,
  test: (value: string) => boolean,
  told: { code: FindingCode; error: string; fix: string },
): z.ZodString {
  return schema.refine(test, { error: told.error, params: { code: told.code, fix: told.fix } });
}

/** RFC 3339 with an offset, such as `2026-03-01T09:12:00+01:00`. */
export const time = refined(z.string(), isTime, {
  code: 'record/time',
  error: 'is not a time of RFC 3339 with an offset',
  fix: 'write it like 2026-03-01T09:12:00+01:00 or 2026-03-01T08:12:00Z',
}).meta({ format: 'date-time' });

/** `YYYY-MM-DD`. */
export const date = refined(z.string(), isDate, {
  code: 'record/date',
  error: 'is not a date',
  fix: 'write it like 2026-03-01, a day that exists',
}).meta({
  format: 'date',
});

/** A date, or a time where the hour matters. */
export const dateOrTime = refined(z.string(), (value) => isDate(value) || isTime(value), {
  code: 'record/date',
  error: 'is neither a date nor a time',
  fix: 'write it like 2026-03-01 or 2026-03-01T08:12:00Z',
});

/** A path relative to the repository's top. */
export const path = refined(text, isRelativePath, {
  code: 'record/path',
  error: 'is not a path relative to the top of the repository',
  fix: 'write it with "/", without a leading "/", "." or ".."',
});

/** `sha256:` and 64 hex digits; the prefix may be left out. */
export const sha256 = z.string().regex(/^(sha256:)?[0-9a-f]{64}$/, 'is not a SHA-256 in hex');

/** An object id of a commit, whole or shortened to seven hex digits or more. */
export const commit = z.string().regex(/^[0-9a-f]{7,64}$/, 'is not the id of a commit');

/** The id of a record of one kind, as a link to it. */
export function link(prefix: 'FB' | 'DR' | 'SL' | 'EV'): z.ZodString {
  return z
    .string()
    .regex(new RegExp(`^${prefix}-[0-9A-Z]{4,16}$`), `is not an id that begins with ${prefix}-`);
}

/** The name of a person, role, rule, checklist or checklist item: safe as part of a file's name. */
export const slug = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, 'is not a name of letters, digits, "_" and "-"');

/** Whether the team is still trying (explore) or rolling out what it knows (exploit). */
export const phase = z
  .enum(['explore', 'exploit'])
  .describe('explore: still trying; exploit: rolling out what is known');

/** How much harm a wrong change could do. */
export const risk = z.enum(['low', 'medium', 'high', 'critical']);

/** Where feedback came from. */
export const channel = z.enum([
  'transcript',
  'log',
  'survey',
  'annotation',
  'review',
  'issue',
  'monitor',
]);

/** Who or what gave a rating. Machines are never counted as people. */
export const raterKind = z.enum(['person', 'judge', 'code']);

/** What a text may be used for. */
export const consentScope = z.array(z.enum(['training', 'evaluation', 'analysis']));

/** A glob that a check can afford to match. */
export const glob = refined(text, (value) => !isCostlyGlob(value), {
  code: 'record/glob',
  error:
    'could be matched in too many ways: it repeats a group, has more than three "*" in a name or more than four "**", or offers more than a hundred ways to choose in its groups, or has more than a thousand characters',
  fix: 'write several simpler globs',
});
