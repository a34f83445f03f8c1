/** Writes keys and signatures as SSH does, well formed or not: the tests' own pen, apart from the code under test. */

const encoder = new TextEncoder();

/** Bytes of several parts; text is UTF-8, a number one byte. */
export function bytes(...parts: readonly (Uint8Array | string | number)[]): Uint8Array {
  return Uint8Array.from(
    Buffer.concat(
      parts.map((part) => {
        if (typeof part === 'number') return Uint8Array.of(part);
        return typeof part === 'string' ? encoder.encode(part) : part;
      }),
    ),
  );
}

export function hex(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text.replace(/\s/g, ''), 'hex'));
}

export function uint32(value: number): Uint8Array {
  const four = new Uint8Array(4);
  new DataView(four.buffer).setUint32(0, value);
  return four;
}

/** A string of the wire format. */
export function framed(...parts: readonly (Uint8Array | string | number)[]): Uint8Array {
  const inner = bytes(...parts);
  return bytes(uint32(inner.length), inner);
}

/** A positive number of the wire format, from big-endian bytes, with the zero byte before it where its first bit is set. */
export function mpint(big: Uint8Array): Uint8Array {
  const start = big.findIndex((byte) => byte !== 0);
  const bare = start < 0 ? new Uint8Array() : big.subarray(start);
  return (bare[0] ?? 0) >= 0x80 ? framed(0, bare) : framed(bare);
}

/** `size` bytes, big-endian. */
export function bigEndian(value: bigint, size: number): Uint8Array {
  return hex(value.toString(16).padStart(2 * size, '0'));
}

export function toNumber(big: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(big).toString('hex')}`);
}

/** The parts of an SSH signature, in the order of PROTOCOL.sshsig. */
export type SignatureParts = {
  readonly key: Uint8Array;
  readonly namespace: string;
  readonly hash: string;
  readonly format: string;
  readonly value: Uint8Array;
  /** What a FIDO signature has after its value. */
  readonly tail?: Uint8Array;
  readonly magic?: string;
  readonly version?: number;
  readonly reserved?: string;
  readonly after?: Uint8Array;
};

export function signatureBlob({
  key,
  namespace,
  hash,
  format,
  value,
  tail = new Uint8Array(),
  magic = 'SSHSIG',
  version = 1,
  reserved = '',
  after = new Uint8Array(),
}: SignatureParts): Uint8Array {
  return bytes(
    magic,
    uint32(version),
    framed(key),
    framed(namespace),
    framed(reserved),
    framed(hash),
    framed(framed(format), framed(value), tail),
    after,
  );
}

export function base64(blob: Uint8Array): string {
  return Buffer.from(blob).toString('base64');
}

export function armour(blob: Uint8Array): string {
  return `-----BEGIN SSH SIGNATURE-----\n${base64(blob).replace(/.{1,70}/g, '$&\n')}-----END SSH SIGNATURE-----\n`;
}

export function unarmour(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text.replace(/-----.*-----/g, ''), 'base64'));
}
