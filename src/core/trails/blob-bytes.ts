/** What git does to a file on its way into a blob, by its attributes and settings. */
export type Conversion = {
  /** Value of `text`: `set`, `unset`, `auto`, or null where nothing says it. */
  readonly text: 'set' | 'unset' | 'auto' | null;
  /** Whether `eol` is set, which makes a file a text. */
  readonly eol: boolean;
  /** Whether `core.autocrlf` converts what no attribute speaks of. */
  readonly autocrlf: boolean;
  /** Whether the blob in the index holds CRLF: then nothing but `text` converts. */
  readonly storedCrlf: boolean;
  readonly encoding: string | null;
  readonly ident: boolean;
};

/** Whether the bytes of a file can be other ones than those of its blob: whether its attributes are worth asking for. */
export function mayBeConverted(bytes: Uint8Array): boolean {
  return bytes.includes(13) || bytes.includes(0) || holdsId(bytes) || !isPlain(bytes);
}

/** Whether `$Id:` stands in it. */
function holdsId(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(36); at >= 0; at = bytes.indexOf(36, at + 1))
    if (bytes[at + 1] === 73 && bytes[at + 2] === 100 && bytes[at + 3] === 58) return true;
  return false;
}

/**
 * The bytes that git would store of a file of the working tree: line ends, encoding and `$Id$` as in the blob. Null where the
 * encoding is none that can be read here.
 */
export function blobBytes(bytes: Uint8Array, conversion: Conversion): Uint8Array | null {
  const decoded = conversion.encoding === null ? bytes : fromEncoding(bytes, conversion.encoding);
  if (decoded === null) return null;
  const lines = convertsEnds(decoded, conversion) ? withoutReturns(decoded) : decoded;
  return conversion.ident ? withoutIds(lines) : lines;
}

function convertsEnds(bytes: Uint8Array, { text, eol, autocrlf, storedCrlf }: Conversion): boolean {
  if (text === 'unset' || !bytes.includes(13)) return false;
  if (text === 'set' || (text === null && eol)) return true;
  return (text === 'auto' || autocrlf) && !storedCrlf && !looksBinary(bytes);
}

/** As git judges it: a NUL, a carriage return alone, or too much that does not print. */
function looksBinary(bytes: Uint8Array): boolean {
  let odd = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    if (byte === 0 || (byte === 13 && bytes[at + 1] !== 10)) return true;
    if (byte === 127 || (byte < 32 && ![8, 9, 10, 12, 13, 27].includes(byte))) odd++;
  }
  return (bytes.length - odd) >> 7 < odd;
}

function withoutReturns(bytes: Uint8Array): Uint8Array {
  return bytes.filter((byte, at) => byte !== 13 || bytes[at + 1] !== 10);
}

/** `$Id: …$` as it is stored, `$Id$`. */
function withoutIds(bytes: Uint8Array): Uint8Array {
  const text = new TextDecoder('latin1').decode(bytes);
  const found = [...text.matchAll(/\$Id:[^$\n]*\$/g)];
  if (found.length === 0) return bytes;
  const kept: number[] = [];
  let start = 0;
  for (const match of found) {
    for (let at = start; at < match.index + 3; at++) kept.push(bytes[at] as number);
    start = match.index + match[0].length - 1;
  }
  for (let at = start; at < bytes.length; at++) kept.push(bytes[at] as number);
  return Uint8Array.from(kept);
}

function fromEncoding(bytes: Uint8Array, encoding: string): Uint8Array | null {
  const name = encoding.toLowerCase().replace(/-bom$/, '');
  if (/^utf-?8$/.test(name)) return bytes;
  const marked = bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-16le';
  try {
    const text = new TextDecoder(name === 'utf-16' ? marked : name, { fatal: true }).decode(bytes);
    return new TextEncoder().encode(text);
  } catch {
    return null;
  }
}

function isPlain(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
