import {
  Composer,
  type CST,
  type Document,
  isMap,
  isScalar,
  isSeq,
  type Pair,
  type ParsedNode,
} from 'yaml';
import type { Finding, Position } from '../../finding/finding.ts';
import { type LinePositions, linePositions } from './line-positions.ts';
import { lostWords } from './lost-words.ts';
import { splitValues } from './split-values.ts';
import { readTokens, type Refusal, refusedTokens } from './yaml-refusals.ts';
import { keyText, yamlValue } from './yaml-value.ts';
import { syntaxErrors } from './syntax-errors.ts';
import { indentingTabs } from './indenting-tabs.ts';

/** A place in a value: keys of maps and indexes of lists, from the top. */
export type YamlPath = readonly (string | number)[];

/** A text read as one document of YAML 1.2's core schema. */
export type YamlSource = {
  /** The plain value; undefined where the text could not be read at all. */
  readonly value: unknown;
  readonly findings: readonly Finding[];
  /** Where a value stands, up to its last written character; the nearest value around it where the path leads nowhere. */
  readonly locate: (path: YamlPath) => Position;
  /** Where a map's key stands, or, for an item of a list, its first key or value; the nearest key around it where there is none. */
  readonly locateKey: (path: YamlPath) => Position;
  /** How a value stands in the text; null where nothing is written, or several lines. */
  readonly written: (path: YamlPath) => string | null;
  /** What YAML takes for a comment behind a key or value on its line; null where there is none. */
  readonly comment: (path: YamlPath) => { readonly text: string; readonly place: Position } | null;
  /** Keys of the map at the top, in order. */
  readonly topKeys: readonly string[];
};

const options = {
  version: '1.2',
  schema: 'core',
  stringKeys: true,
  uniqueKeys: false,
  strict: true,
  merge: false,
  logLevel: 'silent',
} as const;

/** Reads a text; never throws. All that is wrong with it is found at once, as far as it could be read. */
export function readYaml(path: string, text: string): YamlSource {
  return readYamlAt(linePositions(path, text), text);
}

/** Reads a text whose places are those of another. */
export function readYamlAt(lines: LinePositions, text: string): YamlSource {
  const { tokens, tooDeep } = readTokens(text);
  if (tooDeep) return unread(lines, [tooDeep]);
  const refusals = refusedTokens(tokens);
  const documents = compose(tokens, text.length);
  const first = documents[0];
  if (!first) return unread(lines, refusals);
  const { value, refusals: inValue } = yamlValue(first.contents);
  const all = [
    ...refusals,
    ...syntaxErrors(documents),
    ...indentingTabs(text, first.contents),
    ...splitValues(text, first.contents),
    ...laterDocuments(documents),
    ...inValue,
  ];
  return {
    value,
    findings: [
      ...all.map((refusal) => toFinding(refusal, lines)),
      ...lostWords(text, first.contents).map(
        (lost): Finding => ({ ...toFinding(lost, lines), severity: 'warning' }),
      ),
    ],
    ...locators(text, lines, first.contents),
    topKeys: topKeys(first.contents),
  };
}

/** What keeps a text from being read as it stands. */
export function refusalsOf(text: string): readonly Refusal[] {
  const { tokens, tooDeep } = readTokens(text);
  if (tooDeep) return [tooDeep];
  return [...refusedTokens(tokens), ...syntaxErrors(compose(tokens, text.length))];
}

function compose(tokens: readonly CST.Token[], end: number): readonly Document.Parsed[] {
  // The library makes an error of everything it finds: for a hostile file their stack traces, which nobody reads, take ten times the rest.
  const errors = Error as { stackTraceLimit?: number };
  const { stackTraceLimit } = errors;
  errors.stackTraceLimit = 0;
  try {
    return [...new Composer(options).compose(tokens, true, end)] as readonly Document.Parsed[];
  } finally {
    if (stackTraceLimit !== undefined) errors.stackTraceLimit = stackTraceLimit;
  }
}

function unread(lines: LinePositions, refusals: readonly Refusal[]): YamlSource {
  const start = (): Position => lines.between(0, 0);
  return {
    value: undefined,
    findings: refusals.map((refusal) => toFinding(refusal, lines)),
    locate: start,
    locateKey: start,
    written: () => null,
    comment: () => null,
    topKeys: [],
  };
}

function toFinding({ code, message, fix, start, end }: Refusal, lines: LinePositions): Finding {
  return { code, severity: 'error', message, fix, ...lines.between(start, end) };
}

function laterDocuments([, second]: readonly Document.Parsed[]): readonly Refusal[] {
  if (!second) return [];
  const [start] = second.range;
  return [
    {
      code: 'record/several-documents',
      message: 'a second document begins here',
      fix: 'keep one record a file',
      start,
      end: start,
    },
  ];
}

function topKeys(root: ParsedNode | null): readonly string[] {
  return isMap(root) ? root.items.map((pair) => keyText(pair as Pair)) : [];
}

type Found = { readonly value: ParsedNode | null; readonly key: ParsedNode | null };

function locators(
  text: string,
  lines: LinePositions,
  root: ParsedNode | null,
): Pick<YamlSource, 'locate' | 'locateKey' | 'written' | 'comment'> {
  const place = (node: ParsedNode | null): Position =>
    node === null ? lines.between(0, 0) : lines.between(node.range[0], contentEnd(text, node));
  const locate = (path: YamlPath): Position => {
    const { value, key } = find(root, path);
    return place(isEmpty(value) ? (key ?? value) : value);
  };
  const locateKey = (path: YamlPath): Position => {
    const { value, key } = find(root, path);
    const first = isMap(value) ? (value.items[0]?.key as ParsedNode | undefined) : undefined;
    return place(key ?? first ?? value);
  };
  const written = (path: YamlPath): string | null => {
    const { value } = find(root, path);
    const source =
      value === null ? '' : text.slice(value.range[0], contentEnd(text, value)).trimEnd();
    return source === '' || source.includes('\n') ? null : source;
  };
  const comment: YamlSource['comment'] = (path) => {
    const { value, key } = find(root, path);
    const node = isEmpty(value) ? key : value;
    const end = node === null ? text.length : contentEnd(text, node);
    const [, before = '', found = ''] = /^(:?[ ]+)(#[^\r\n]*)/.exec(text.slice(end)) ?? [];
    const start = end + before.length;
    return found === ''
      ? null
      : { text: found.trimEnd(), place: lines.between(start, start + found.trimEnd().length) };
  };
  return { locate, locateKey, written, comment };
}

/** Where the last written character of a value ends: blocks reach to the end of their last entry, not into the lines below. */
function contentEnd(text: string, node: ParsedNode): number {
  const [, end] = node.range;
  if (isMap(node) && !node.flow) {
    const last = node.items.at(-1);
    return last === undefined
      ? end
      : contentEnd(
          text,
          isEmpty(last.value as ParsedNode | null)
            ? (last.key as ParsedNode)
            : (last.value as ParsedNode),
        );
  }
  if (isSeq(node) && !node.flow)
    return node.items.length === 0 ? end : contentEnd(text, node.items.at(-1) as ParsedNode);
  if (!isScalar(node) || (node.type !== 'BLOCK_LITERAL' && node.type !== 'BLOCK_FOLDED'))
    return end;
  return node.range[0] + text.slice(node.range[0], end).replace(/[\r\n]+$/, '').length;
}

/** A value that nobody wrote, as in `key:`, has a range of no length, perhaps lines below. */
function isEmpty(node: ParsedNode | null): boolean {
  return node === null || node.range[0] === node.range[1];
}

function find(root: ParsedNode | null, path: YamlPath): Found {
  let found: Found = { value: root, key: null };
  for (const step of path) {
    const next = child(found.value, step);
    if (next === undefined) return found;
    found = next;
  }
  return found;
}

function child(node: ParsedNode | null, step: string | number): Found | undefined {
  if (isMap(node)) {
    const pair = node.items.find((item) => keyText(item as Pair) === String(step));
    return pair && { value: pair.value as ParsedNode | null, key: pair.key as ParsedNode };
  }
  const item =
    isSeq(node) && typeof step === 'number'
      ? (node.items[step] as ParsedNode | undefined)
      : undefined;
  return item && !isEmpty(item) ? { value: item, key: null } : undefined;
}
