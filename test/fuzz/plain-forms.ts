/** Whether a value is of some form. */
export type Form = (value: unknown) => boolean;
type Fields = Readonly<Record<string, Form>>;

export const text: Form = (value) => typeof value === 'string' && value !== '';
export const flag: Form = (value) => value === true || value === false;
export const nothing: Form = (value) => value === null;
export const letters =
  (pattern: RegExp): Form =>
  (value) =>
    typeof value === 'string' && pattern.exec(value)?.[0] === value;
export const oneOf =
  (...words: readonly string[]): Form =>
  (value) =>
    words.some((word) => word === value);
export const either =
  (...forms: readonly Form[]): Form =>
  (value) =>
    forms.some((form) => form(value));
export const whole =
  (least: number, most = Number.MAX_SAFE_INTEGER): Form =>
  (value) =>
    Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most;
export const listOf =
  (form: Form, least = 0, most = Number.MAX_SAFE_INTEGER): Form =>
  (value) =>
    Array.isArray(value) && value.length >= least && value.length <= most && value.every(form);
export const row =
  (...forms: readonly Form[]): Form =>
  (value) =>
    Array.isArray(value) &&
    value.length === forms.length &&
    forms.every((form, at) => form(value[at]));
export const mapOf =
  (key: Form, form: Form): Form =>
  (value) =>
    isObject(value) && Object.entries(value).every(([name, inner]) => key(name) && form(inner));

/** All of the first fields, any of the second; others only where their names are let be. */
export function object(
  must: Fields,
  may: Fields = {},
  other: (name: string) => boolean = () => false,
): Form {
  const known = new Map(Object.entries({ ...must, ...may }));
  return (value) =>
    isObject(value) &&
    Object.keys(must).every((name) => Object.hasOwn(value, name)) &&
    Object.entries(value).every(([name, inner]) => known.get(name)?.(inner) ?? other(name));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A day of the calendar, counted out. */
export const day: Form = (value) => {
  const [, year = 0, month = 0, date = 0] = (
    /^(\d{4})-(\d\d)-(\d\d)$/.exec(String(value)) ?? []
  ).map(Number);
  const leap = year % 400 === 0 || (year % 4 === 0 && year % 100 !== 0);
  const lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return typeof value === 'string' && date >= 1 && date <= (lengths[month - 1] ?? 0);
};

/** A time in UTC. */
export const instant: Form = (value) => {
  const [, date, hour = '99', minute = '99', second = '99'] =
    /^(.{10})T(\d\d):(\d\d):(\d\d)(?:\.\d+)?Z$/.exec(String(value)) ?? [];
  return (
    typeof value === 'string' &&
    day(date) &&
    Number(hour) < 24 &&
    Number(minute) < 60 &&
    Number(second) < 60
  );
};
