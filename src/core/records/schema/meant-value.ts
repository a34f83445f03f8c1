import type * as z from 'zod';
import { meantPointer } from '../../reviews/yaml-pointer.ts';
import { inlineYaml } from '../yaml/write-yaml.ts';
import type { YamlPath } from '../yaml/yaml-source.ts';
import { plainBlanks } from '../yaml/line-slips.ts';
import { fits, knownKeys, mayStand } from './schema-shape.ts';

/** A value that a schema refuses, as it was typed. */
export type RefusedValue = {
  readonly schema: z.ZodType;
  readonly path: YamlPath;
  readonly value: unknown;
  /** How it stands in the file; null where that is not one line. */
  readonly written: string | null;
  /** The record around it. */
  readonly record: unknown;
};

/**
 * What somebody most likely meant by a value that a schema refuses: the number of a percentage, a list of the one text, the
 * text that looks like a number. Undefined where nothing that the schema lets stand there is near.
 */
export function meantValue(refused: RefusedValue): unknown {
  const { schema, path } = refused;
  return guessesAt(refused).find((guess) => guess !== undefined && fits(schema, path, guess));
}

function guessesAt(refused: RefusedValue): readonly unknown[] {
  const { value, written } = refused;
  if (typeof value === 'string') return ofText(value, refused);
  return typeof value === 'object' && value !== null
    ? ofCollection(value, written)
    : ofScalar(value, written);
}

/** The first of a list of people where one has to stand, and whether it is the only one: no quotes make a person of the list. Null elsewhere. */
export function onePerson({ path, value }: Pick<RefusedValue, 'path' | 'value'>): {
  readonly first: string;
  readonly only: boolean;
} | null {
  const key = path.at(-1);
  if (!Array.isArray(value) || (key !== 'owner' && key !== 'assignee')) return null;
  const [first, ...more] = value as readonly unknown[];
  return typeof first === 'string' ? { first, only: more.length === 0 } : null;
}

/** A value that was meant, as it is to be written. A glob stands in quotes wherever it is written, since it may begin with a star. */
export function meantYaml(meant: unknown): string {
  return Array.isArray(meant) &&
    meant.some((item) => typeof item === 'string' && item.includes('*'))
    ? JSON.stringify(meant).replaceAll('","', '", "')
    : inlineYaml(meant);
}

function ofScalar(value: unknown, written: string | null): readonly unknown[] {
  const source = written ?? String(value);
  if (typeof value !== 'number') return [source, [source]];
  return [
    source,
    timeOf(value),
    dayOf(source),
    [value],
    [source],
    [value, value],
    // Of 1.5 nobody can tell whether it is 1.5 %, a slip of the point or a scale of 5.
    value >= 2 && value <= 100 ? shareOf(value) : undefined,
  ];
}

function ofCollection(value: object, written: string | null): readonly unknown[] {
  const [only, ...more] = Array.isArray(value) ? (value as unknown[]) : [];
  return [
    written ?? undefined,
    more.length === 0 && only !== undefined ? [only, only] : undefined,
    more.length === 0 ? only : undefined,
    more.length === 1 ? [more[0], only] : undefined,
    Array.isArray(value) ? undefined : [value],
  ];
}

function ofText(value: string, refused: RefusedValue): readonly unknown[] {
  const text = plainText(value);
  const parts = text.split(/,\s+/);
  return [
    numberOf(text),
    text === value ? undefined : text,
    /^(?:yes|on|y)$/i.test(text) ? true : undefined,
    /^(?:no|off|n)$/i.test(text) ? false : undefined,
    linesOf(text),
    /^\d{9,13}$/.test(text) ? timeOf(Number(text)) : undefined,
    dayOf(text),
    momentOf(text),
    text.replace(/^(?:\.\/)+/, '').replaceAll('\\', '/'),
    meantPointer(text),
    text.toUpperCase(),
    text.toLowerCase(),
    targetOf(text),
    placeOf(text),
    ...(parts.length > 1 ? [parts, parts.map((part) => inList(part, refused))] : []),
    [value],
    [inList(value, refused)],
    ...ofKeys(value, refused),
  ];
}

/** A text without the quotes of a word processor around it, and with plain blanks. */
export function plainText(value: string): string {
  const text = plainBlanks(value).trim();
  return /^[“”„«‘’‚](.*)[“”»‘’]$/u.exec(text)?.[1] ?? text;
}

/** What a text would mean as an item of the list that has to stand there. */
function inList(value: string, { schema, path, record }: RefusedValue): unknown {
  const item = [...path, 0];
  return !mayStand(schema, item)
    ? undefined
    : meantValue({ schema, path: item, value, written: null, record });
}

/** Maps with the text under the first key that takes it. A way back names who would go it, where the record says whose it is. */
function ofKeys(value: string, { schema, path, record }: RefusedValue): readonly unknown[] {
  const known = knownKeys(schema, path);
  const owner = (record as { readonly owner?: unknown } | null)?.owner;
  const more = known.includes('owner') && typeof owner === 'string' ? { owner } : {};
  return known.flatMap((key) => [
    { [key]: value, ...(key === 'owner' ? {} : more) },
    { [key]: [value], ...more },
  ]);
}

/** `80%`, `0,8` and `"0.8"`. */
function numberOf(text: string): number | undefined {
  const [, digits, percent] = /^([-+]?\d+(?:[.,]\d+)?|\.\d+)\s*(%?)$/.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const value = Number(digits.replace(',', '.'));
  return percent === '%' ? shareOf(value) : value;
}

function shareOf(percent: number): number {
  return Number((percent / 100).toPrecision(12));
}

/** `1-3`, `L10-L20`, `1:3` and `7`. */
function linesOf(text: string): readonly [number, number] | undefined {
  const [, first, last = first] =
    /^(?:#?L)?(\d+)(?:\s*(?:[-–—:,]|\.\.|to)\s*L?(\d+))?$/i.exec(text) ?? [];
  return first === undefined ? undefined : [Number(first), Number(last)];
}

/** `recall >= 0.8` and `fpr <= 5 %`. */
function targetOf(text: string): object | undefined {
  const [, metric, op, value = ''] = /^([\w@.]+)\s*(>=|<=)\s*(\S+(?:\s*%)?)$/.exec(text) ?? [];
  return metric === undefined ? undefined : { metric, op, value: numberOf(value) };
}

/** `model/score.py:2-4` and `model/score.py#L2`. */
function placeOf(text: string): object | undefined {
  const [, path, lines = ''] = /^(.+?)(?::|#L)(\d+(?:-L?\d+)?)$/.exec(text) ?? [];
  return path === undefined ? undefined : { path, lines: linesOf(lines) };
}

/** The moment that seconds or milliseconds since 1970 name, of this century's first hundred years. */
function timeOf(value: number): string | undefined {
  const milliseconds = value < 1e11 ? value * 1000 : value;
  return milliseconds >= 9.4e11 && milliseconds < 4.2e12
    ? new Date(milliseconds).toISOString().replace('.000Z', 'Z')
    : undefined;
}

/** A time with an offset that is written otherwise: with a blank, without the colon of the offset or without seconds. */
function momentOf(text: string): string | undefined {
  const [, day, hour = '', minute, second = ':00', sign, hours, minutes] =
    /^(\d{4}-\d\d-\d\d)(?:T|\s+)(\d{1,2}):(\d\d)(:\d\d(?:\.\d+)?)?\s*(?:Z|UTC|GMT|([-+])(\d\d):?(\d\d)?)$/i.exec(
      text,
    ) ?? [];
  if (day === undefined) return undefined;
  const offset = sign === undefined ? 'Z' : `${sign}${hours}:${minutes ?? '00'}`;
  return `${day}T${hour.padStart(2, '0')}:${minute}${second}${offset}`;
}

function dayOf(text: string): string | undefined {
  // With dots the day comes first wherever they are used; with slashes nobody can tell.
  const [, d, m, y] = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$/.exec(text) ?? [];
  if (d !== undefined && m !== undefined) return `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`;
  const [, year, month, day] = /^(\d{4})[./]?(\d\d)[./]?(\d\d)$/.exec(text) ?? [];
  return year === undefined ? undefined : `${year}-${month}-${day}`;
}
