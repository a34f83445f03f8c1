import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { parseAllowedSigners } from '../../src/core/signatures/allowed-signers.ts';
import { parseRevokedKeys } from '../../src/core/signatures/revocation.ts';
import { signedBytes } from '../../src/core/signatures/sshsig.ts';
import {
  type VerifiedSignature,
  verifySignature,
} from '../../src/core/signatures/verify-signature.ts';
import { cryptoVerifier } from '../../src/node/crypto-verifier.ts';
import {
  armour,
  base64,
  bytes,
  framed,
  mpint,
  type SignatureParts,
  signatureBlob,
  uint32,
} from '../core/signatures/ssh-writer.ts';
import {
  keygenAccepts,
  makeKey,
  type MadeKey,
  signBy,
  temporaryFolder,
  type Vector,
} from './ssh-keygen.ts';

export const folder = temporaryFolder();
/** What every vector is about, unless it says otherwise. */
export const principal = 'ada@example.org';
export const namespace = 'model-signoff';
export const message = bytes('model-signoff@1\n{"decision":"approve"}\n');

/** What this project says of a vector; signers with a finding are there for nobody, as the gate refuses such a policy. */
export function ours({
  message,
  armoured,
  namespace,
  principal,
  allowed,
  revoked,
  at = new Date(),
}: Vector): VerifiedSignature | null {
  const { signers, findings } = parseAllowedSigners('allowed_signers', bytes(allowed));
  const lost = parseRevokedKeys('revoked_keys', bytes(revoked ?? ''));
  if (findings.length + lost.findings.length > 0) return null;
  const verified = verifySignature(
    message,
    armoured,
    { namespace, allowed: signers, revoked: lost.keys, at },
    cryptoVerifier,
  );
  return verified.kind === 'proven' && verified.principal !== principal ? null : verified;
}

/** Whether this project takes the signature for Ada's, made with a key that is good now. */
export function weAccept(vector: Vector): boolean {
  const verified = ours(vector);
  return verified?.kind === 'proven' && verified.state === 'valid';
}

/** Both give one answer, and it is this one. */
export function agree(vector: Vector, wanted: boolean, about: string): void {
  assert.equal(weAccept(vector), wanted, `${about}: ours`);
  assert.equal(keygenAccepts(folder, vector), wanted, `${about}: ssh-keygen’s`);
}

/** A vector of these parts whose key is Ada's. */
export function vectorOf(parts: SignatureParts, type: string): Vector {
  return {
    message,
    armoured: armour(signatureBlob(parts)),
    namespace,
    principal,
    allowed: `${principal} ${type} ${base64(parts.key)}\n`,
  };
}

/** A vector that ssh-keygen signed. */
export function vectorBy(key: MadeKey, options: readonly string[] = []): Vector {
  return {
    message,
    armoured: signBy(key, namespace, message, options),
    namespace,
    principal,
    allowed: `${principal} ${key.text}\n`,
  };
}

const kinds: Readonly<Record<string, readonly string[]>> = {
  ed25519: ['-t', 'ed25519'],
  nistp256: ['-t', 'ecdsa', '-b', '256'],
  nistp384: ['-t', 'ecdsa', '-b', '384'],
  nistp521: ['-t', 'ecdsa', '-b', '521'],
  rsa2048: ['-t', 'rsa', '-b', '2048'],
};
export const keys = Object.fromEntries(
  Object.entries(kinds).map(([name, options]) => [name, makeKey(folder, name, options)]),
);

/** Signatures that are what they seem, of every kind of key and with either hash. */
export const honest = new Map<string, Vector>(
  Object.entries(keys).flatMap(([name, key]) =>
    (name === 'ed25519' || name === 'rsa2048'
      ? (['sha256', 'sha512'] as const)
      : (['sha512'] as const)
    ).map((hash) => [`${name} ${hash}`, vectorBy(key, ['-O', `hashalg=${hash}`])] as const),
  ),
);

// What `ssh-keygen -Y sign` does not make of itself, made by OpenSSL.
export const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const rsaKey = bytes(
  framed('ssh-rsa'),
  mpint(webBytes(rsa.publicKey, 'e')),
  mpint(webBytes(rsa.publicKey, 'n')),
);
export const toSign = (hash: 'sha256' | 'sha512'): Uint8Array =>
  signedBytes(namespace, hash, createHash(hash).update(message).digest());
/** A signature with an RSA key of OpenSSL's. */
export const rsaParts = (
  digest: 'sha256' | 'sha512',
  format = `rsa-sha2-${digest.slice(3)}`,
): SignatureParts => ({
  key: rsaKey,
  namespace,
  hash: 'sha512',
  format,
  value: sign(digest, toSign('sha512'), rsa.privateKey),
});
honest.set('rsa-sha2-256', vectorOf(rsaParts('sha256'), 'ssh-rsa'));

export function webBytes(key: KeyObject, field: 'e' | 'n' | 'x' | 'y'): Uint8Array {
  return Uint8Array.from(Buffer.from(key.export({ format: 'jwk' })[field] ?? '', 'base64url'));
}

/** FIDO keys in software: the flags and the counter that the key signs are ours to choose. */
export const tokens = {
  'sk-ed25519': {
    pair: generateKeyPairSync('ed25519'),
    type: 'sk-ssh-ed25519@openssh.com',
    key: (key: KeyObject, application: string): Uint8Array =>
      bytes(framed('sk-ssh-ed25519@openssh.com'), framed(webBytes(key, 'x')), framed(application)),
    sign: (data: Uint8Array, key: KeyObject): Uint8Array => sign(null, data, key),
  },
  'sk-ecdsa': {
    pair: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
    type: 'sk-ecdsa-sha2-nistp256@openssh.com',
    key: (key: KeyObject, application: string): Uint8Array =>
      bytes(
        framed('sk-ecdsa-sha2-nistp256@openssh.com'),
        framed('nistp256'),
        framed(4, webBytes(key, 'x'), webBytes(key, 'y')),
        framed(application),
      ),
    sign: (data: Uint8Array, key: KeyObject): Uint8Array =>
      ecdsaValue(sign('sha256', data, { key, dsaEncoding: 'ieee-p1363' })),
  },
} as const;

function ecdsaValue(halves: Uint8Array): Uint8Array {
  return bytes(
    mpint(halves.subarray(0, halves.length / 2)),
    mpint(halves.subarray(halves.length / 2)),
  );
}

export const sha256 = (data: Uint8Array): Uint8Array => createHash('sha256').update(data).digest();

/** A signature as the authenticator makes it (WebAuthn, 6.1 and 6.3.3): over its application, its words and what it was given. */
export function byToken(
  name: keyof typeof tokens,
  flags: number,
  application = 'ssh:',
): SignatureParts {
  const { pair, type, key, sign: signs } = tokens[name];
  const words = bytes(flags, uint32(41));
  return {
    key: key(pair.publicKey, application),
    namespace,
    hash: 'sha512',
    format: type,
    value: signs(
      bytes(sha256(bytes(application)), words, sha256(toSign('sha512'))),
      pair.privateKey,
    ),
    tail: words,
  };
}

for (const name of ['sk-ed25519', 'sk-ecdsa'] as const)
  honest.set(name, vectorOf(byToken(name, 1), tokens[name].type));
