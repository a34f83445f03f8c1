import { Composer, type Document, isMap, isSeq, type ParsedNode, Parser } from 'yaml';
import { type RecordEdit, type Splice, spliceOf } from './yaml/edit-splice.ts';
import { blockYaml, keyYaml, type Layout, valueYaml } from './yaml/write-yaml.ts';
import type { YamlPath } from './yaml/yaml-source.ts';
import { keyText, yamlValue } from './yaml/yaml-value.ts';

export type { RecordEdit } from './yaml/edit-splice.ts';

/**
 * The text of a record after some edits, one after another.
 *
 * Comments, the order of keys, line endings, a missing last line feed and every line that no edit touches stay as they
 * are, byte for byte. Taking away the last key of a map leaves `{}`, the last item of a list `[]`.
 *
 * @throws RangeError where the text is no YAML, or a path leads through a single value: edit records that parse
 */
export function editRecord(text: string, edits: readonly RecordEdit[]): string {
  return edits.reduce((current, edit) => applyEdit(current, edit), text);
}

function applyEdit(text: string, edit: RecordEdit): string {
  const mark = text.startsWith('\ufeff') ? '\ufeff' : '';
  const body = text.slice(mark.length);
  const document = compose(body);
  const expected = edited(plainValue(document), edit.path, wellFormed(edit.value));
  const layout: Layout = { lineEnding: /\r\n/.test(body) ? '\r\n' : '\n' };
  const splice = spliceOf(body, document.contents, edit, layout);
  const result = splice && cut(body, splice);
  if (result !== null && reads(result, expected)) return mark + result;
  return mark + rewrittenKey(body, document.contents, { path: edit.path, expected }, layout);
}

function compose(text: string): Document.Parsed {
  const options = {
    version: '1.2',
    schema: 'core',
    stringKeys: true,
    uniqueKeys: false,
    keepSourceTokens: true,
    logLevel: 'silent',
  } as const;
  const [document] = new Composer(options).compose(new Parser().parse(text), true, text.length);
  if (!document || document.errors.length > 0)
    throw new RangeError('only a text that is YAML can be edited');
  return document as Document.Parsed;
}

function plainValue(document: Document.Parsed): unknown {
  return yamlValue(document.contents).value;
}

function cut(text: string, { start, end, text: replacement }: Splice): string {
  return text.slice(0, start) + replacement + text.slice(end);
}

/** Whether a text reads as this value: no edit is believed before it has been read again. */
function reads(text: string, expected: unknown): boolean {
  try {
    return sameValue(plainValue(compose(text)), expected);
  } catch {
    return false;
  }
}

function sameValue(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null)
    return Object.is(a, b) || (a === 0 && b === 0);
  const keys = Object.keys(a);
  if (Array.isArray(a) !== Array.isArray(b) || keys.length !== Object.keys(b).length) return false;
  return keys.every(
    (key) =>
      Object.hasOwn(b, key) &&
      sameValue((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
  );
}

/** The value as a file can hold it: no undefined members, no lone surrogates. */
function wellFormed(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/\p{Surrogate}/gu, '\ufffd');
  if (Array.isArray(value)) return value.map((item) => wellFormed(item ?? null));
  if (typeof value !== 'object' || value === null) return value;
  return fromEntries(
    Object.entries(value).flatMap(([key, inner]) =>
      inner === undefined ? [] : [[wellFormed(key) as string, wellFormed(inner)] as const],
    ),
  );
}

/** As Object.fromEntries, which stores `__proto__` as any other key. */
function fromEntries(entries: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  return Object.fromEntries(entries);
}

/** The value after an edit. */
function edited(value: unknown, path: YamlPath, replacement: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return replacement;
  if (value === undefined || value === null) {
    if (replacement === undefined) return value;
    const inner = edited(undefined, rest, replacement);
    return typeof step === 'number' ? [inner] : fromEntries([[step, inner]]);
  }
  if (Array.isArray(value)) return editedList(value, Number(step), rest, replacement);
  if (typeof value !== 'object')
    throw new RangeError(`the path of an edit leads through a single value at ${String(step)}`);
  const key = String(step);
  const inner = edited(
    Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined,
    rest,
    replacement,
  );
  const kept = Object.entries(value).map(
    ([name, old]) => [name, name === key ? inner : old] as const,
  );
  const all = Object.hasOwn(value, key) ? kept : [...kept, [key, inner] as const];
  return fromEntries(all.filter(([, item]) => item !== undefined));
}

function editedList(
  value: readonly unknown[],
  index: number,
  rest: YamlPath,
  replacement: unknown,
): unknown {
  if (!Number.isInteger(index) || index < 0 || index > value.length)
    throw new RangeError(`the path of an edit names item ${index} of a list of ${value.length}`);
  const inner = edited(value[index], rest, replacement);
  const before = value.slice(0, index);
  return inner === undefined
    ? [...before, ...value.slice(index + 1)]
    : [...before, inner, ...value.slice(index + 1)];
}

/** The last resort where a cut would not read right: the whole value of the key at the top is written anew, the rest stays. */
function rewrittenKey(
  text: string,
  root: Document.Parsed['contents'],
  { path, expected }: { readonly path: YamlPath; readonly expected: unknown },
  layout: Layout,
): string {
  const key = String(path[0]);
  const pair =
    isMap(root) && !root.flow
      ? root.items.find((item) => keyText(item as never) === key)
      : undefined;
  const inner =
    typeof expected === 'object' && expected !== null && Object.hasOwn(expected, key)
      ? (expected as Record<string, unknown>)[key]
      : undefined;
  if (pair && inner !== undefined) {
    const start = (pair.key as ParsedNode).range[0];
    const end = (pair.value as ParsedNode | null)?.range[1] ?? (pair.key as ParsedNode).range[1];
    const ended = text[end - 1] === '\n' ? layout.lineEnding : '';
    const result = cut(text, {
      start,
      end,
      text: `${keyYaml(key)}:${valueYaml(inner, 0, layout)}${ended}`,
    });
    if (reads(result, expected)) return result;
  }
  if (!isMap(root) && !isSeq(root) && root !== null)
    throw new RangeError('only a map or a list can be edited');
  return `${blockYaml((expected ?? {}) as object, 0, layout)}${layout.lineEnding}`;
}
