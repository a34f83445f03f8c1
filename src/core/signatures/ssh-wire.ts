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

  /** A string of printable ASCII, as all names in the protocol are. */
  text(): string {
    const text = String.fromCharCode(...this.string().subarray(0, 256));
    if (!/^[ -~]*$/.test(text)) throw new WireError('a name in it is not plain text');
    return text;
  }

  /** A positive integer, big-endian without leading zeros. */
  positive(): Uint8Array {
    const bytes = this.string();
    if (bytes.length === 0 || (bytes[0] as number) >= 0x80) throw new WireError('a number in it is not positive');
    const first = bytes.findIndex((byte) => byte !== 0);
    if (first < 0) throw new WireError('a number in it is zero');
    return bytes.subarray(first);
  }
}

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

/** Bytes of strict base 64, or null. */
export function decodeBase64(text: string): Uint8Array | null {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) return null;
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

export function encodeBase64(bytes: Uint8Array): string {
  let raw = '';
  for (let at = 0; at < bytes.length; at += 8192) raw += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(raw);
}
