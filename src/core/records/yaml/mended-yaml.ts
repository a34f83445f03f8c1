import type { Finding } from '../../finding/finding.ts';
import { type LinePositions, linePositions } from './line-positions.ts';
import { type LineSlip, lineSlips } from './line-slips.ts';
import { type UnquotedValue, unquotedValues } from './unquoted-values.ts';
import type { Refusal } from './yaml-refusals.ts';
import { readYamlAt, refusalsOf, type YamlSource } from './yaml-source.ts';

/** A text as it was meant, where quotes or an indent show what that is. `slips` say what to write, each at its place. */
export type MendedYaml = { readonly source: YamlSource; readonly slips: readonly Finding[] };

/** One mend of a text: pieces of it, in order, and what takes their place. None of them adds or takes away a line. */
type Mend = {
  readonly pieces: readonly {
    readonly start: number;
    readonly end: number;
    readonly text: string;
  }[];
  readonly refusal: Refusal;
};

/** Texts that are looked at, in characters, and mends: each costs some readings of the whole. */
const longest = 64 * 1024;
const most = 10;

const curable = ['record/alias', 'record/anchor', 'record/tag', 'record/syntax'];

/**
 * Reads a text as `readYaml` does. Where a value without quotes, or a text without indent, keeps it from being read, that is
 * told with what to write, and the rest is read as if it stood there, so that one slip is one finding.
 */
export function readMended(path: string, text: string): MendedYaml {
  const lines = linePositions(path, text);
  const mends: Mend[] = [];
  let current = text;
  while (mends.length < most && text.length <= longest) {
    const mend = nextMend(current);
    if (mend === null) break;
    mends.push(mend);
    current = mended(current, mend);
  }
  const slips = mends.map(({ refusal }, index): Finding => {
    const { code, message, fix } = refusal;
    const before = mends.slice(0, index);
    const place = lines.between(unmended(refusal.start, before), unmended(refusal.end, before));
    return { code, severity: 'error', message, fix, ...place };
  });
  const places: LinePositions = {
    between: (start, end) => lines.between(unmended(start, mends), unmended(end, mends)),
  };
  return { source: readYamlAt(mends.length === 0 ? lines : places, current), slips };
}

function nextMend(text: string): Mend | null {
  const unindented = unindentedText(text);
  if (unindented !== null) return unindented;
  const refusals = refusalsOf(text).filter(({ code }) => curable.includes(code));
  const first = refusals.reduce<Refusal | null>(
    (least, refusal) => (least === null || refusal.start < least.start ? refusal : least),
    null,
  );
  if (first === null) return null;
  return (
    candidates(text, first).find((mend) =>
      isBetter(mended(text, mend), mend, { refusals, first }),
    ) ?? null
  );
}

/** Whether a mend leaves fewer refusals, or the first of them further on. */
function isBetter(
  text: string,
  mend: Mend,
  { refusals, first }: { readonly refusals: readonly Refusal[]; readonly first: Refusal },
): boolean {
  const left = refusalsOf(text).filter(({ code }) => curable.includes(code));
  const next = Math.min(...left.map(({ start }) => unmended(start, [mend])));
  return left.length < refusals.length || next > Math.max(first.start, mend.refusal.end);
}

function candidates(text: string, first: Refusal): readonly Mend[] {
  const start = lineStart(text, first.start);
  const before = start === 0 ? null : lineStart(text, start - 1);
  const values = [start, ...(before === null ? [] : [before])].flatMap((at) =>
    unquotedValues(at, lineAt(text, at)),
  );
  const open = openQuote(text, "'");
  const unclosed = openQuote(text, '"');
  const slips = [start, ...(before === null ? [] : [before]), ...(unclosed ?? [])].flatMap((at) =>
    lineSlips(at, lineAt(text, at)),
  );
  return [
    ...[...values, ...(open ?? []).flatMap((at) => unquotedValues(at, lineAt(text, at)))]
      .filter((value) => !isAnchored(text, value) && !isWords(value))
      .map((value) => quoting(value, first)),
    ...slips.map(rewriting),
  ];
}

/** The first line whose value begins with a quote, as in `'tis`, that nobody closes on that line. */
function openQuote(text: string, quote: '"' | "'"): readonly number[] | null {
  const found = (
    quote === "'"
      ? /^ *(?:- +)*[A-Za-z_][\w-]*: +'[^'\n]*$/m
      : /^ *(?:- +)*[A-Za-z_][\w-]*: +"(?:[^"\\\n]|\\.)*$/m
  ).exec(text);
  return found === null ? null : [found.index];
}

function rewriting({ start, end, text, message }: LineSlip): Mend {
  const isQuoted = text.startsWith('"');
  return {
    pieces: [{ start, end, text }],
    refusal: {
      code: 'record/syntax',
      message,
      fix: `${isQuoted ? 'put it in quotes: ' : 'write '}${text}`,
      start,
      end,
    },
  };
}

/** Words in which nothing has a meaning of its own in YAML: quotes around them mend nothing that they broke. */
function isWords({ written }: UnquotedValue): boolean {
  return /^[\p{L}\p{N}][\p{L}\p{N} _./+-]*$/u.test(written);
}

/** An anchor that an alias repeats, or an alias of one, is meant as such, and so is a tag with two marks. */
function isAnchored(text: string, { written }: UnquotedValue): boolean {
  const name = /^[*&]([^\s,[\]{}]+)/.exec(written)?.[1];
  const other = written.startsWith('*') ? '&' : '*';
  return written.startsWith('!!') || (name !== undefined && text.includes(`${other}${name}`));
}

function quoting({ start, end, written, quoted }: UnquotedValue, first: Refusal): Mend {
  const code = first.start >= start && first.start <= end ? first.code : 'record/syntax';
  return {
    pieces: [{ start, end, text: quoted }],
    refusal: {
      code,
      message: `${shown(written)} ${reason(written)}`,
      fix: `put it in quotes: ${quoted}`,
      start,
      end,
    },
  };
}

function shown(written: string): string {
  return written.length > 60 ? `${written.slice(0, 59)}…` : written;
}

/** Why YAML does not read a plain text as one. */
function reason(written: string): string {
  const [first = ''] = written;
  if (`*&!@\`%|>`.includes(first))
    return `begins with ${first}, which has a meaning of its own in YAML, so it is not read as text`;
  if (first === "'") return `begins with ', which opens a text that is closed nowhere on its line`;
  if (`[{"`.includes(first))
    return `begins with ${first} and goes on behind its end, so it is not read as text`;
  if (/: /.test(written)) return 'holds a colon and a blank, so it is read as a key and its value';
  if (/ #/.test(written)) return 'holds " #", which begins a comment';
  return `begins with ${first}, or holds what has a meaning of its own in YAML, so it is not read as text`;
}

const blockHeader = /^( *(?:- +)*)[A-Za-z_][\w-]*: +([|>])[-+]?\s*$/;

/** The lines below `key: |` that belong to its text and are not indented: to the next line that is a key or an entry, or to the end. */
function unindentedText(text: string): Mend | null {
  if (!/: +[|>][-+]?\s*$/m.test(text)) return null;
  for (let at = 0; at < text.length; at = nextLine(text, at)) {
    const header = blockHeader.exec(lineAt(text, at));
    if (header === null) continue;
    const mend = indenting(text, nextLine(text, at), header);
    if (mend !== null) return mend;
  }
  return null;
}

function indenting(
  text: string,
  start: number,
  [, before = '', sign]: RegExpExecArray,
): Mend | null {
  let first = start;
  while (first < text.length && lineAt(text, first).trim() === '') first = nextLine(text, first);
  const line = lineAt(text, first);
  const tabbed = /^ *\t/.test(line);
  const indent = tabbed ? before.length : line.search(/\S/);
  const isNext = (words: string): boolean =>
    words.search(/\S/) <= before.length && /^ *(?:[a-z_][a-z0-9_-]*:(?:\s|$)|- |-$|#)/.test(words);
  if (indent < 0 || indent > before.length || (!tabbed && isNext(line))) return null;
  const more = ' '.repeat(before.length + 2 - indent);
  const pieces: { start: number; end: number; text: string }[] = [];
  for (let at = first; at < text.length; at = nextLine(text, at)) {
    const words = lineAt(text, at);
    if (isNext(words)) break;
    const tabs = /^ *\t[ \t]*/.exec(words)?.[0].length ?? 0;
    if (words.trim() !== '') pieces.push({ start: at, end: at + tabs, text: more });
  }
  return {
    pieces,
    refusal: {
      code: 'record/syntax',
      message: `the text below ${sign} is ${tabbed ? 'indented with a tab' : 'not indented'}, so it is not read as text`,
      fix: `indent ${pieces.length === 1 ? 'the line' : `the ${pieces.length} lines`} of the text by ${more.length} blanks: "${more}${shown(tabbed ? line.trimStart() : line)}"`,
      start: first,
      end: first + line.length,
    },
  };
}

function lineStart(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

function nextLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end + 1;
}

function lineAt(text: string, start: number): string {
  return text.slice(start, nextLine(text, start)).replace(/\r?\n$/, '');
}

function mended(text: string, { pieces }: Mend): string {
  return pieces.reduceRight(
    (result, { start, end, text: put }) => result.slice(0, start) + put + result.slice(end),
    text,
  );
}

/** Where an offset of the mended text stands in the text as it is. */
function unmended(offset: number, mends: readonly Mend[]): number {
  return mends.reduceRight((at, { pieces }) => {
    let grown = 0;
    for (const { start, end, text } of pieces) {
      const from = start + grown;
      if (at <= from) break;
      if (at < from + text.length) return start;
      grown += text.length - (end - start);
    }
    return at - grown;
  }, offset);
}
