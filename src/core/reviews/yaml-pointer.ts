import type { YamlPath } from '../records/yaml/yaml-source.ts';

/**
 * A place in a record as reviews write it: `/rollback/plan`, `/options/1/title`, and the empty text for the whole record.
 * `/` and `~` inside a key are `~1` and `~0`, as in RFC 6901.
 */
export function writePointer(path: YamlPath): string {
  return path
    .map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
}

/** The steps of a pointer, or null where it is none. Which of them are indexes, only the record can say. */
export function readPointer(pointer: string): readonly string[] | null {
  if (pointer === '') return [];
  if (!pointer.startsWith('/') || /~(?![01])/.test(pointer)) return null;
  return pointer
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** `title`, `rollback.plan` and `options[2].title` as the pointer that was meant; undefined where the text reads like none. */
export function meantPointer(text: string): string | undefined {
  return /^[\w-]+(?:[./][\w-]+|\[\d+\])*$/.test(text)
    ? `/${text.replaceAll(/\[(\d+)\]/g, '/$1').replaceAll('.', '/')}`
    : undefined;
}

/** What a pointer names in a value, as far as it leads: `rest` holds the steps that the value does not have. */
export type PointedAt = {
  readonly path: YamlPath;
  readonly value: unknown;
  readonly rest: readonly string[];
};

/** Follows a pointer from the top; never into what an object inherits. */
export function followPointer(value: unknown, steps: readonly string[]): PointedAt {
  const [step, ...rest] = steps;
  if (step === undefined) return { path: [], value, rest: [] };
  const isIndex =
    Array.isArray(value) && /^(?:0|[1-9]\d*)$/.test(step) && Number(step) < value.length;
  const isKey =
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.hasOwn(value, step);
  if (!isIndex && !isKey) return { path: [], value, rest: steps };
  const key = isIndex ? Number(step) : step;
  const below = followPointer((value as Record<string | number, unknown>)[key], rest);
  return { ...below, path: [key, ...below.path] };
}
