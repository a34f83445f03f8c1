import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { type AllowedSigners, signerOf } from './allowed-signers.ts';
import { isRevoked, type RevokedKeys } from './revocation.ts';
import type { SshPublicKey } from './ssh-public-key.ts';
import { fingerprint } from './ssh-public-key.ts';
import { concatBytes, WireError, WireReader } from './ssh-wire.ts';
import { parseSshSignature, signedBytes, type SshSignature } from './sshsig.ts';

/** The mathematics of signatures, which the host brings. Must not throw: what cannot be verified is not verified. */
export type CryptoVerifier = {
  /**
   * @param hash the hash that the algorithm applies to `data` first; null where it has its own (ed25519)
   * @param signature ed25519 64 bytes; ecdsa r and s in equal halves; RSA PKCS #1 v1.5
   */
  verify(
    key: SshPublicKey,
    hash: 'sha256' | 'sha384' | 'sha512' | null,
    data: Uint8Array,
    signature: Uint8Array,
  ): boolean;
};

/** What a signature is held against. */
export type SignatureTerms = {
  readonly namespace: string;
  readonly allowed: AllowedSigners;
  readonly revoked: RevokedKeys;
  readonly at: Date;
};

/** What a signature proves. A signature that is not mathematically one over these bytes is `forged`, whoever's key it names. */
export type VerifiedSignature =
  | {
      readonly kind: 'proven';
      readonly state: 'valid' | 'expired' | 'revoked';
      readonly principal: string;
      readonly key: string;
      readonly touched: boolean;
      readonly verified: boolean;
      readonly why: string;
    }
  | {
      readonly kind: 'unproven';
      readonly state: 'forged' | 'unknown-signer';
      readonly why: string;
    };

/** Verifies an armoured SSH signature over a message: agrees with `ssh-keygen -Y verify`, and refuses what that drops in silence. */
export function verifySignature(
  message: Uint8Array,
  armoured: string,
  terms: SignatureTerms,
  crypto: CryptoVerifier,
): VerifiedSignature {
  const parsed = parseSshSignature(armoured);
  if (!parsed.ok) return { kind: 'unproven', state: 'forged', why: parsed.why };
  const { signature } = parsed;
  if (signature.namespace !== terms.namespace)
    return {
      kind: 'unproven',
      state: 'forged',
      why: `it was made for ${JSON.stringify(signature.namespace)}, not for ${terms.namespace}`,
    };
  if (!isSignatureOver(message, signature, crypto))
    return {
      kind: 'unproven',
      state: 'forged',
      why: 'the signature does not belong to these bytes',
    };
  return standingOf(signature, terms);
}

/** FIDO flags (WebAuthn, authenticator data): somebody touched the key; it knew who. */
const userPresent = 0x01;
const userVerified = 0x04;

function standingOf({ key, fido }: SshSignature, terms: SignatureTerms): VerifiedSignature {
  const standing = keyStanding(key.blob, terms);
  if (standing.state === 'unknown-signer')
    return { kind: 'unproven', state: standing.state, why: standing.why };
  const flags = fido?.flags ?? 0;
  return {
    kind: 'proven',
    ...standing,
    key: fingerprint(key.blob),
    touched: (flags & userPresent) !== 0,
    verified: (flags & userPresent) !== 0 && (flags & userVerified) !== 0,
  };
}

/** What a key's signatures would be worth, whatever they are over. */
export type KeyStanding =
  | { readonly state: 'unknown-signer'; readonly why: string }
  | {
      readonly state: 'valid' | 'expired' | 'revoked';
      readonly principal: string;
      readonly why: string;
    };

/** Whose key this is by these terms, and whether it is good. */
export function keyStanding(
  blob: Uint8Array,
  { allowed, revoked, at, namespace }: SignatureTerms,
): KeyStanding {
  const print = fingerprint(blob);
  const signer = signerOf(allowed, blob);
  if (!signer)
    return { state: 'unknown-signer', why: `${print} is not in .countersign/allowed_signers` };
  const { principal, namespaces, validAfter, validBefore } = signer;
  if (namespaces !== null && !namespaces.includes(namespace))
    return {
      state: 'unknown-signer',
      why: `the key of ${principal} is not allowed to sign for ${namespace}`,
    };
  if (isRevoked(revoked, blob))
    return { principal, state: 'revoked', why: `${print} is in .countersign/revoked_keys` };
  const second = Math.floor(at.getTime() / 1000);
  if (validAfter !== null && second < validAfter)
    return { principal, state: 'expired', why: `it is valid only after ${timeOf(validAfter)}` };
  if (validBefore !== null && second > validBefore)
    return { principal, state: 'expired', why: `it was valid before ${timeOf(validBefore)}` };
  return { principal, state: 'valid', why: '' };
}

function timeOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}

function isSignatureOver(
  message: Uint8Array,
  signature: SshSignature,
  crypto: CryptoVerifier,
): boolean {
  const digest = signature.hash === 'sha256' ? sha256(message) : sha512(message);
  const framed = signedBytes(signature.namespace, signature.hash, digest);
  const data = signature.fido === null ? framed : fidoData(signature, framed);
  const value = plainValue(signature);
  return value !== null && crypto.verify(signature.key, hashOf(signature), data, value);
}

/** The signature as {@link CryptoVerifier} takes it, or null where it cannot be one. */
function plainValue({ key, value }: SshSignature): Uint8Array | null {
  if (key.kind === 'ecdsa') return halves(value, key.x.length);
  // Some agents leave out the zero bytes before an RSA signature, one in 256 of them; ssh-keygen puts them back too.
  if (key.kind === 'rsa' && value.length < key.modulus.length)
    return concatBytes(new Uint8Array(key.modulus.length - value.length), value);
  return value;
}

/** What a FIDO key really signs: its application, its flags and counter, and the hash of what it was given. */
function fidoData({ key, fido }: SshSignature, framed: Uint8Array): Uint8Array {
  const tail = new Uint8Array(5);
  tail[0] = fido?.flags ?? 0;
  new DataView(tail.buffer).setUint32(1, fido?.counter ?? 0);
  return concatBytes(sha256(new TextEncoder().encode(key.application ?? '')), tail, sha256(framed));
}

function hashOf({ key, format }: SshSignature): 'sha256' | 'sha384' | 'sha512' | null {
  if (key.kind === 'ed25519') return null;
  if (key.kind === 'rsa') return format === 'rsa-sha2-256' ? 'sha256' : 'sha512';
  return ({ 'P-256': 'sha256', 'P-384': 'sha384', 'P-521': 'sha512' } as const)[key.curve];
}

/** The two numbers of an ecdsa signature in halves of equal length; null where they are not two positive numbers of the curve's size. */
function halves(value: Uint8Array, size: number): Uint8Array | null {
  try {
    const reader = new WireReader(value);
    const [r, s] = [reader.positive(), reader.positive()];
    if (!reader.done || r.length > size || s.length > size) return null;
    return concatBytes(new Uint8Array(size - r.length), r, new Uint8Array(size - s.length), s);
  } catch (error) {
    if (error instanceof WireError) return null;
    throw error;
  }
}
