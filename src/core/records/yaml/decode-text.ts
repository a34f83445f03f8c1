import type { Finding } from '../../finding/finding.ts';
import { linePositions } from './line-positions.ts';

/** The largest record, in bytes. */
export const largestRecord = 1024 * 1024;

/** A file's text, or null where it is refused before a reader of YAML sees it. A byte-order mark at the start is taken off. */
export type DecodedText = { readonly text: string | null; readonly findings: readonly Finding[] };

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Characters that YAML 1.2 does not print, a mark in the middle of the text, and a carriage return that ends no line. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for.
const unprintable = /[\0-\x08\x0B\x0C\x0E-\x1F\x7F-\x84\x86-\x9F\uFEFF\uFFFE\uFFFF]|\r(?!\n)/;

/** Decodes a record's bytes: UTF-8, at most 1 MiB, nothing in it that an editor would not show. */
export function decodeText(path: string, bytes: Uint8Array): DecodedText {
  if (bytes.length > largestRecord) return refuse(tooLarge(path, bytes.length));
  const text = decodeStrictly(bytes);
  if (text === null) return refuse(notUtf8(path, bytes));
  const body = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  const bad = unprintable.exec(body);
  return bad === null ? { text: body, findings: [] } : refuse(unprintableAt(path, body, bad.index));
}

function refuse(finding: Finding): DecodedText {
  return { text: null, findings: [finding] };
}

function decodeStrictly(bytes: Uint8Array): string | null {
  try {
    return strict.decode(bytes);
  } catch {
    return null;
  }
}

function tooLarge(path: string, size: number): Finding {
  return {
    code: 'record/too-large',
    severity: 'error',
    message: `is ${size} bytes long, and a record has at most ${largestRecord}`,
    fix: 'keep long texts and data in files of their own and refer to them',
    path,
    line: 1,
    column: 1,
    end_line: 1,
    end_column: 1,
  };
}

function notUtf8(path: string, bytes: Uint8Array): Finding {
  const offset = firstInvalid(bytes);
  const before = strict.decode(bytes.subarray(0, offset));
  return {
    code: 'record/not-utf8',
    severity: 'error',
    message: `byte ${offset} (0x${(bytes[offset] ?? 0).toString(16).padStart(2, '0')}) is not UTF-8`,
    fix: 'save the file as UTF-8',
    ...linePositions(path, before).between(before.length, before.length),
  };
}

/** Offset of the first byte that does not belong to a whole character, found by halving: a valid prefix stays valid. */
function firstInvalid(bytes: Uint8Array): number {
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (decodesSoFar(bytes, middle)) low = middle;
    else high = middle - 1;
  }
  while (low > 0 && decodeStrictly(bytes.subarray(0, low)) === null) low -= 1;
  return low;
}

/** Whether the first bytes are UTF-8 but for a last character that may be cut off. */
function decodesSoFar(bytes: Uint8Array, length: number): boolean {
  return [0, 1, 2, 3].some(
    (cut) =>
      length >= cut &&
      decodeStrictly(bytes.subarray(0, length - cut)) !== null &&
      isCharacterStart(bytes.subarray(length - cut, length)),
  );
}

/** Whether some bytes are the beginning of one character and nothing else. */
function isCharacterStart(bytes: Uint8Array): boolean {
  const [lead, ...rest] = bytes;
  if (lead === undefined) return true;
  return rest.length < bytesAfter(lead) && rest.every((byte) => byte >= 0x80 && byte < 0xc0);
}

/** How many bytes of a character follow its first one; none where no character begins so. */
function bytesAfter(lead: number): number {
  if (lead < 0xc2 || lead > 0xf4) return 0;
  if (lead < 0xe0) return 1;
  return lead < 0xf0 ? 2 : 3;
}

function unprintableAt(path: string, text: string, offset: number): Finding {
  const position = linePositions(path, text).between(offset, offset + 1);
  const code = text.charCodeAt(offset);
  if (code === 0xfeff)
    return {
      code: 'record/byte-order-mark',
      severity: 'error',
      message: 'a byte-order mark stands inside the text',
      fix: 'delete the invisible character',
      ...position,
    };
  const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  const what =
    code === 0x0d
      ? 'a carriage return alone ends no line'
      : `the control character ${name} does not show in any editor`;
  return {
    code: 'record/control-character',
    severity: 'error',
    message: what,
    fix: 'delete it, or write it as an escape in double quotes',
    ...position,
  };
}
