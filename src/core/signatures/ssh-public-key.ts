import { sha256 } from '@noble/hashes/sha2.js';
import { ellipticCurves, isEdwardsKey, isOnCurve } from './elliptic-curve.ts';
import { decodeBase64, encodeBase64, WireError, WireReader } from './ssh-wire.ts';

/**
 * A public key as SSH writes it (RFC 4253, 5656, 8709 and OpenSSH's PROTOCOL.u2f). `blob` is the whole of it: one key has one
 * blob, so that keys are compared by it. `application` is null but for FIDO keys.
 */
export type SshPublicKey =
  | {
      readonly kind: 'ed25519';
      readonly type: string;
      readonly blob: Uint8Array;
      readonly point: Uint8Array;
      readonly application: string | null;
    }
  | {
      readonly kind: 'ecdsa';
      readonly type: string;
      readonly blob: Uint8Array;
      readonly curve: 'P-256' | 'P-384' | 'P-521';
      readonly x: Uint8Array;
      readonly y: Uint8Array;
      readonly application: string | null;
    }
  | {
      readonly kind: 'rsa';
      readonly type: string;
      readonly blob: Uint8Array;
      readonly modulus: Uint8Array;
      readonly exponent: Uint8Array;
      readonly application: null;
    };

/** Why a key is none that may sign: not readable, of a kind that is not accepted, or one that others could sign with. */
export type KeyFault = 'malformed' | 'unsupported' | 'weak-key';

export type PublicKeyResult =
  | { readonly ok: true; readonly key: SshPublicKey }
  | { readonly ok: false; readonly fault: KeyFault; readonly why: string };

/** Bits under which an RSA key is refused, and above which verifying would take longer than anybody waits (OpenSSL's limit). */
const leastRsaBits = 2048;
const mostRsaBits = 16384;

/** The application of a FIDO key that OpenSSH made for logging in and signing; a web site's key has another. */
const application = 'ssh:';

class KeyError extends Error {
  readonly fault: KeyFault;

  constructor(fault: KeyFault, why: string) {
    super(why);
    this.fault = fault;
  }
}

/** Reads a key blob: ed25519, ecdsa on the NIST curves, RSA of 2048 bits or more, and the `sk-` forms. Certificates and DSA are refused. */
export function parsePublicKey(blob: Uint8Array): PublicKeyResult {
  try {
    const reader = new WireReader(blob);
    const key = readKey(reader.text(), reader, blob);
    if (!reader.done) throw new KeyError('malformed', 'the key has bytes after its end');
    return { ok: true, key };
  } catch (error) {
    if (error instanceof KeyError) return { ok: false, fault: error.fault, why: error.message };
    if (error instanceof WireError)
      return { ok: false, fault: 'malformed', why: `the key cannot be read: ${error.message}` };
    throw error;
  }
}

function readKey(type: string, reader: WireReader, blob: Uint8Array): SshPublicKey {
  if (type === 'ssh-ed25519' || type === 'sk-ssh-ed25519@openssh.com')
    return readEdwards(type, reader, blob);
  if (type === 'sk-ecdsa-sha2-nistp256@openssh.com')
    return readCurve(type, 'nistp256', reader, blob);
  const curve = /^ecdsa-sha2-(nistp256|nistp384|nistp521)$/.exec(type)?.[1];
  if (curve !== undefined)
    return readCurve(type, curve as keyof typeof ellipticCurves, reader, blob);
  if (type === 'ssh-rsa') return readRsa(type, reader, blob);
  if (type.includes('-cert-v'))
    throw new KeyError(
      'unsupported',
      `${type} is a certificate, and every person signs with a key of their own`,
    );
  throw new KeyError(
    'unsupported',
    `keys of type ${JSON.stringify(type)} are not accepted: use ed25519, ecdsa, RSA of ${leastRsaBits} bits, or their sk- forms`,
  );
}

function readEdwards(type: string, reader: WireReader, blob: Uint8Array): SshPublicKey {
  const point = reader.string();
  if (point.length !== 32) throw new KeyError('malformed', 'an ed25519 key has 32 bytes');
  if (!isEdwardsKey(point))
    throw new KeyError('weak-key', 'it is a key under which anybody could sign');
  return { kind: 'ed25519', type, blob, point, application: readApplication(type, reader) };
}

function readCurve(
  type: string,
  name: keyof typeof ellipticCurves,
  reader: WireReader,
  blob: Uint8Array,
): SshPublicKey {
  const curve = ellipticCurves[name];
  if (reader.text() !== name) throw new KeyError('malformed', 'the key names two curves');
  const point = reader.string();
  if (point.length !== 1 + 2 * curve.size || point[0] !== 4)
    throw new KeyError('malformed', 'the point of the key is not uncompressed');
  const [x, y] = [point.subarray(1, 1 + curve.size), point.subarray(1 + curve.size)];
  if (!isOnCurve(curve, x, y))
    throw new KeyError('malformed', `the key is no point of ${curve.curve}`);
  return {
    kind: 'ecdsa',
    type,
    blob,
    curve: curve.curve,
    x,
    y,
    application: readApplication(type, reader),
  };
}

function readRsa(type: string, reader: WireReader, blob: Uint8Array): SshPublicKey {
  const exponent = reader.positive();
  const modulus = reader.positive();
  const bits = modulus.length * 8 - Math.clz32(modulus[0] ?? 0) + 24;
  if (bits < leastRsaBits)
    throw new KeyError(
      'weak-key',
      `an RSA key must have ${leastRsaBits} bits or more, this has ${bits}`,
    );
  if (bits > mostRsaBits)
    throw new KeyError('unsupported', `an RSA key may have ${mostRsaBits} bits, this has ${bits}`);
  // With the exponent 1 every message is its own signature; an even one belongs to no RSA key.
  const last = exponent.at(-1) ?? 0;
  if (last % 2 === 0 || (exponent.length === 1 && last < 3))
    throw new KeyError('weak-key', 'the exponent of the RSA key must be odd and at least 3');
  return { kind: 'rsa', type, blob, modulus, exponent, application: null };
}

function readApplication(type: string, reader: WireReader): string | null {
  if (!type.startsWith('sk-')) return null;
  const named = reader.text();
  if (named !== application)
    throw new KeyError(
      'unsupported',
      `the FIDO key was made for ${JSON.stringify(named)}, not for ${application}`,
    );
  return named;
}

/** Reads `type base64`, as a `.pub` file and each line of allowed_signers write a key. The type must be the blob's. */
export function parsePublicKeyText(type: string, base64: string): PublicKeyResult {
  const blob = decodeBase64(base64);
  if (blob === null) return { ok: false, fault: 'malformed', why: 'the key is not base 64' };
  // The type inside decides, or a certificate could stand under a key's name.
  const inner = readType(blob);
  if (inner !== type)
    return {
      ok: false,
      fault: 'malformed',
      why: `the line says ${type}, and the key is ${inner ?? 'none'}`,
    };
  return parsePublicKey(blob);
}

function readType(blob: Uint8Array): string | null {
  try {
    return new WireReader(blob).text();
  } catch (error) {
    if (error instanceof WireError) return null;
    throw error;
  }
}

/** `SHA256:` and the hash of the blob, as ssh-keygen prints it: without the one `=` in which 32 bytes end. */
export function fingerprint(blob: Uint8Array): string {
  return `SHA256:${encodeBase64(sha256(blob)).slice(0, -1)}`;
}
