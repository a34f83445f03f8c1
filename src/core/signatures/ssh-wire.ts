/** Reads the wire format of SSH (RFC 4251, section 5) from the front; every read throws {@link WireError} beyond the end. */
export class WireReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get done(): boolean {
    return this.#at === this.#bytes.length;
  }

  take(length: number): Uint8Array {
    if (length > this.#bytes.length - this.#at) throw new WireError('it ends too early');
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  byte(): number {
    return this.take(1)[0] as number;
  }

  uint32(): number {
    return this.take(4).reduce((sum, byte) => sum * 256 + byte, 0);
  }

  string(): Uint8Array {
    return this.take(this.uint32());
  }

  /** A string of at most 256 printable ASCII characters, as all names in the protocol are. */
  text(): string {
    const bytes = this.string();
    if (bytes.length > longestName || bytes.some((byte) => byte < 0x20 || byte > 0x7e))
      throw new WireError('a name in it is not plain text');
    return String.fromCharCode(...bytes);
  }

  /**
   * A positive integer (`mpint`), big-endian; given without the zero byte that keeps its sign. Other leading zeros, which
   * the format forbids and ssh-keygen overlooks, refuse: they would write one key as several blobs, of which a revocation
   * would name one.
   */
  positive(): Uint8Array {
    const bytes = this.string();
    const [first, second = 0] = bytes;
    if (first === undefined || first >= 0x80) throw new WireError('a number in it is not positive');
    if (first === 0 && second < 0x80) throw new WireError('a number in it has leading zeros');
    return first === 0 ? bytes.subarray(1) : bytes;
  }
}

/** Bytes of the longest name that is read; those in use are a quarter of it. */
const longestName = 256;

export class WireError extends Error {}

/** A string of the wire format: its length in four bytes, then its bytes. */
export function wireString(bytes: Uint8Array): Uint8Array {
  const framed = new Uint8Array(4 + bytes.length);
  new DataView(framed.buffer).setUint32(0, bytes.length);
  framed.set(bytes, 4);
  return framed;
}

export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

/** Bytes of base 64 with its padding and nothing else, or null. Unused bits in the last character must be zero, so that one text stands for the bytes. */
export function decodeBase64(text: string): Uint8Array | null {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) return null;
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  return encodeBase64(bytes.subarray(bytes.length - (bytes.length % 3))) ===
    text.slice(text.length - (bytes.length % 3 === 0 ? 0 : 4))
    ? bytes
    : null;
}

export function encodeBase64(bytes: Uint8Array): string {
  let raw = '';
  for (let at = 0; at < bytes.length; at += 8192)
    raw += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(raw);
}
