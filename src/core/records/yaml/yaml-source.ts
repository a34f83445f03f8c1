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
import { hiddenName } from './line-slips.ts';
import { lostWords } from './lost-words.ts';
import { splitValues } from './split-values.ts';
import { type Refusal, readTokens, refusedTokens } from './yaml-refusals.ts';
import { keyText, yamlValue } from './yaml-value.ts';

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

/** Errors that are told in words of our own elsewhere. */
const toldElsewhere = new Set([
  'DUPLICATE_KEY',
  'BAD_ALIAS',
  'TAG_RESOLVE_FAILED',
  'MULTIPLE_ANCHORS',
  'MULTIPLE_TAGS',
  'ALIAS_PROPS',
  'BAD_PROP_ORDER',
  'BAD_DIRECTIVE',
]);

/** Errors of lines that do not stand below each other as their map or list wants it. */
const misindented = new Set(['BAD_INDENT', 'MULTILINE_IMPLICIT_KEY', 'BLOCK_AS_IMPLICIT_KEY']);

function indent(start: number, end: number): Refusal {
  return {
    code: 'record/syntax',
    message: 'the lines here are not indented as those that belong together',
    fix: 'begin the keys of one map in one column, and each entry of a list with "- "',
    start,
    end,
  };
}

const listedErrors = 20;

function syntaxErrors(documents: readonly Document.Parsed[]): readonly Refusal[] {
  const errors = documents
    .slice(0, 1)
    .flatMap(({ errors: found, warnings }) => [
      ...found,
      ...warnings.filter(({ code }) => code !== 'TAG_RESOLVE_FAILED' && code !== 'BAD_DIRECTIVE'),
    ]);
  return (
    errors
      .filter(({ code }) => !toldElsewhere.has(code))
      // One line that is indented otherwise is told again at each that follows.
      .filter(({ code }, index, all) =>
        misindented.has(code)
          ? all.findIndex((other) => misindented.has(other.code)) === index
          : true,
      )
      .slice(0, listedErrors)
      .map(({ code, message, pos: [start, end] }) => {
        if (code === 'TAB_AS_INDENT') return tab(start);
        if (code === 'NON_STRING_KEY')
          return {
            code: 'record/key',
            message: 'a key has to be a text',
            fix: 'write a plain key, not a list or map',
            start,
            end,
          };
        if (misindented.has(code)) return indent(start, end);
        return {
          code: 'record/syntax',
          message: `is not YAML: ${message}`,
          fix: 'mend the line; the place is where reading failed',
          start,
          end,
        };
      })
  );
}

function tab(offset: number): Refusal {
  return {
    code: 'record/tab',
    message: 'a tab stands where the line is indented',
    fix: 'indent with spaces',
    start: offset,
    end: offset + 1,
  };
}

function hiddenIndent(text: string, offset: number): Refusal {
  return {
    code: 'record/syntax',
    message: `the line is indented with ${hiddenName(text.slice(offset, offset + 1)) ?? 'a blank'}, which YAML takes for a part of the words`,
    fix: 'indent with spaces',
    start: offset,
    end: offset + 1,
  };
}

/** Tabs, and blanks that YAML does not know, before the first character of a line: YAML lets them pass in some places, with another meaning. Inside a text they stay. */
function indentingTabs(text: string, root: ParsedNode | null): readonly Refusal[] {
  // Not `^` with the flag m: for that, a line begins behind U+2028 too, which YAML reads as a part of its line.
  const offsets = [...text.matchAll(/(?<![^\n]) *([^\S \r\n\ufeff])\s*?\S/g)].map(
    (found) => found.index + found[0].search(/[^ ]/),
  );
  const inside = offsets.length > 0 ? scalarRanges(root) : [];
  let next = 0;
  const outside = offsets.filter((offset) => {
    // Both lists rise, so that one walk over them is enough.
    while (next < inside.length && (inside[next]?.[1] ?? 0) <= offset) next += 1;
    // A blank that YAML does not know is the first character of a key.
    return (inside[next]?.[0] ?? Number.POSITIVE_INFINITY) >= offset;
  });
  return outside
    .slice(0, listedErrors)
    .map((offset) => (text[offset] === '\t' ? tab(offset) : hiddenIndent(text, offset)));
}

function scalarRanges(node: unknown): readonly (readonly [number, number])[] {
  if (isMap(node))
    return node.items.flatMap(({ key, value }) => [...scalarRanges(key), ...scalarRanges(value)]);
  if (isSeq(node)) return node.items.flatMap(scalarRanges);
  return isScalar(node) && node.range ? [[node.range[0], node.range[1]]] : [];
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
