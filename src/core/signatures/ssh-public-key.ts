import { sha256 } from '@noble/hashes/sha2.js';
import { encodeBase64, WireError, WireReader } from './ssh-wire.ts';

/** A public key as SSH writes it (RFC 4253, 5656, 8709 and OpenSSH's PROTOCOL.u2f). `blob` is the whole of it. */
export type SshPublicKey =
  | { readonly kind: 'ed25519'; readonly type: string; readonly blob: Uint8Array; readonly point: Uint8Array; readonly application: string | null }
  | { readonly kind: 'ecdsa'; readonly type: string; readonly blob: Uint8Array; readonly curve: 'P-256' | 'P-384' | 'P-521'; readonly x: Uint8Array; readonly y: Uint8Array; readonly application: string | null }
  | { readonly kind: 'rsa'; readonly type: string; readonly blob: Uint8Array; readonly modulus: Uint8Array; readonly exponent: Uint8Array; readonly application: null };

export type PublicKeyResult = { readonly ok: true; readonly key: SshPublicKey } | { readonly ok: false; readonly why: string };

/** Bits under which an RSA key is refused. */
export const leastRsaBits = 2048;

/** The application of a FIDO key that OpenSSH made for logging in and signing; a web site's key has another. */
const application = 'ssh:';

const curves = { nistp256: { curve: 'P-256', size: 32 }, nistp384: { curve: 'P-384', size: 48 }, nistp521: { curve: 'P-521', size: 66 } } as const;

/** Reads a key blob: ed25519, ecdsa on the NIST curves, RSA of 2048 bits or more, and the `sk-` forms. Certificates and DSA are refused. */
export function parsePublicKey(blob: Uint8Array): PublicKeyResult {
  try {
    const reader = new WireReader(blob);
    const key = readKey(reader.text(), reader, blob);
    if (typeof key === 'string') return { ok: false, why: key };
    return reader.done ? { ok: true, key } : { ok: false, why: 'the key has bytes after its end' };
  } catch (error) {
    if (error instanceof WireError) return { ok: false, why: `the key cannot be read: ${error.message}` };
    throw error;
  }
}

function readKey(type: string, reader: WireReader, blob: Uint8Array): SshPublicKey | string {
  if (type === 'ssh-ed25519' || type === 'sk-ssh-ed25519@openssh.com') {
    const point = reader.string();
    return point.length === 32 ? withApplication({ kind: 'ed25519', type, blob, point, application: null }, reader) : 'an ed25519 key has 32 bytes';
  }
  const [, name] = /^(?:ecdsa-sha2-(nistp256|nistp384|nistp521)|sk-ecdsa-sha2-nistp256@openssh\.com)$/.exec(type) ?? [null, null];
  if (name !== null) return readCurve(type, name ?? 'nistp256', reader, blob);
  if (type !== 'ssh-rsa') return `keys of type ${JSON.stringify(type)} are not accepted: use ed25519, ecdsa, RSA of ${leastRsaBits} bits, or their sk- forms`;
  const exponent = reader.positive();
  const modulus = reader.positive();
  const bits = modulus.length * 8 - Math.clz32(modulus[0] as number) + 24;
  return bits >= leastRsaBits ? { kind: 'rsa', type, blob, modulus, exponent, application: null } : `an RSA key must have ${leastRsaBits} bits or more, this has ${bits}`;
}

function readCurve(type: string, name: string, reader: WireReader, blob: Uint8Array): SshPublicKey | string {
  const { curve, size } = curves[name as keyof typeof curves];
  if (reader.text() !== name) return 'the key names two curves';
  const point = reader.string();
  if (point.length !== 1 + 2 * size || point[0] !== 4) return 'the point of the key is not uncompressed';
  return withApplication({ kind: 'ecdsa', type, blob, curve, x: point.subarray(1, 1 + size), y: point.subarray(1 + size), application: null }, reader);
}

function withApplication(key: Extract<SshPublicKey, { kind: 'ed25519' | 'ecdsa' }>, reader: WireReader): SshPublicKey | string {
  if (!key.type.startsWith('sk-')) return key;
  const named = reader.text();
  return named === application ? { ...key, application: named } : `the FIDO key was made for ${JSON.stringify(named)}, not for ${application}`;
}

/** `SHA256:` and the hash of the blob, as ssh-keygen prints it. */
export function fingerprint(blob: Uint8Array): string {
  return `SHA256:${encodeBase64(sha256(blob)).replace(/=+$/, '')}`;
}
