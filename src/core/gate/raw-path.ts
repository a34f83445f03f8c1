/**
 * A path as git stores it: bytes, which need not be UTF-8. `raw` holds one byte a character (0–255), so that comparing
 * two of them by code unit is comparing bytes; `text` is the path decoded, or null where the bytes are not UTF-8.
 */
export type RawPath = { readonly raw: string; readonly text: string | null };

/** How a path is written in JSON: its text, or its bytes in base 64. */
export type ShownPath = string | { readonly b64: string };

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

/** One byte a character. Nearly all that git says is ASCII, which the decoder reads at once. */
export function bytesToRaw(bytes: Uint8Array): string {
  return asciiText(bytes) ?? latinText(bytes);
}

/** The text of bytes that are all ASCII, else null. */
function asciiText(bytes: Uint8Array): string | null {
  try {
    const text = strict.decode(bytes);
    // Any other character of UTF-8 takes more bytes than it has code units.
    return text.length === bytes.length ? text : null;
  } catch {
    return null;
  }
}

/** In pieces, since a call takes only so many arguments. */
function latinText(bytes: Uint8Array): string {
  let raw = '';
  for (let at = 0; at < bytes.length; at += 8192)
    raw += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return raw;
}

/** The bytes of a text of one byte a character. */
export function rawToBytes(raw: string): Uint8Array {
  const ascii = encoder.encode(raw);
  return ascii.length === raw.length
    ? ascii
    : Uint8Array.from(raw, (character) => character.charCodeAt(0));
}

export function rawPath(bytes: Uint8Array): RawPath {
  const ascii = asciiText(bytes);
  return ascii === null ? rawPathOf(latinText(bytes)) : { raw: ascii, text: ascii };
}

/** The path of a text of one byte a character. */
export function rawPathOf(raw: string): RawPath {
  if (/^[\0-\x7f]*$/.test(raw)) return { raw, text: raw };
  try {
    return { raw, text: strict.decode(rawToBytes(raw)) };
  } catch {
    return { raw, text: null };
  }
}

export function pathFromText(text: string): RawPath {
  return { raw: bytesToRaw(encoder.encode(text)), text };
}

export function showPath(path: RawPath): ShownPath {
  return path.text ?? { b64: btoa(path.raw) };
}

/** For messages: the text, or the bytes with `\xNN` for what is not printable ASCII. */
export function printPath(path: RawPath): string {
  return (
    path.text ??
    path.raw.replace(/[^ -~]/g, (byte) => `\\x${byte.charCodeAt(0).toString(16).padStart(2, '0')}`)
  );
}

/** Order of raw bytes, the order in which entries are digested. */
export function compareRaw(a: { readonly path: RawPath }, b: { readonly path: RawPath }): number {
  if (a.path.raw === b.path.raw) return 0;
  return a.path.raw < b.path.raw ? -1 : 1;
}
