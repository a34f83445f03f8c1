import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import {
  type SignatureTerms,
  type VerifiedSignature,
  verifySignature,
} from '../../../src/core/signatures/verify-signature.ts';
import { cryptoVerifier } from '../../../src/node/crypto-verifier.ts';
import { armour, bytes, framed, mpint, signatureBlob, type SignatureParts } from './ssh-writer.ts';

/** A key of a kind: its blob, the formats of its signatures, and how it signs, as the wire format writes that. */
export type Kind = {
  readonly blob: Uint8Array;
  readonly formats: readonly string[];
  readonly sign: (data: Uint8Array, format: string) => Uint8Array;
};

export const part = (key: KeyObject, name: 'x' | 'y' | 'n' | 'e'): Buffer =>
  Buffer.from(key.export({ format: 'jwk' })[name] as string, 'base64url');
export const sha256 = (some: Uint8Array | string): Buffer =>
  createHash('sha256').update(some).digest();

function edwards(): Kind {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return {
    blob: bytes(framed('ssh-ed25519'), framed(part(publicKey, 'x'))),
    formats: ['ssh-ed25519'],
    sign: (data) => sign(null, data, privateKey),
  };
}

export function curve(name: 'P-256' | 'P-384' | 'P-521', hash: string): Kind {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: name });
  const type = `ecdsa-sha2-nistp${name.slice(2)}`;
  const numbers = (data: Uint8Array): Uint8Array => {
    const raw = sign(hash, data, { key: privateKey, dsaEncoding: 'ieee-p1363' });
    return bytes(mpint(raw.subarray(0, raw.length / 2)), mpint(raw.subarray(raw.length / 2)));
  };
  return {
    blob: bytes(
      framed(type),
      framed(`nistp${name.slice(2)}`),
      framed(4, part(publicKey, 'x'), part(publicKey, 'y')),
    ),
    formats: [type],
    sign: numbers,
  };
}

export function rsa(): Kind {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    blob: bytes(framed('ssh-rsa'), mpint(part(publicKey, 'e')), mpint(part(publicKey, 'n'))),
    formats: ['rsa-sha2-256', 'rsa-sha2-512'],
    sign: (data, format) => sign(format === 'rsa-sha2-256' ? 'sha256' : 'sha512', data, privateKey),
  };
}

export const message = bytes('what is signed\n');
export const kinds: Readonly<Record<string, Kind>> = {
  ed25519: edwards(),
  'ecdsa P-256': curve('P-256', 'sha256'),
  'ecdsa P-384': curve('P-384', 'sha384'),
  'ecdsa P-521': curve('P-521', 'sha512'),
  rsa: rsa(),
};
export const one = kinds['ed25519'] as Kind;

export function frame(over: Uint8Array, hash: string, namespace: string): Uint8Array {
  return bytes(
    'SSHSIG',
    framed(namespace),
    framed(),
    framed(hash),
    framed(createHash(hash).update(over).digest()),
  );
}

export function parts(
  kind: Kind,
  {
    hash = 'sha512',
    format = kind.formats[0] as string,
    namespace = 'model-signoff',
    over = message,
  } = {},
): SignatureParts {
  return {
    key: kind.blob,
    namespace,
    hash,
    format,
    value: kind.sign(frame(over, hash, namespace), format),
  };
}

export const at = new Date('2026-11-24T06:00:00Z');

export type Signer = SignatureTerms['allowed'][number];
export const signer = (kind: Kind, more: Partial<Signer> = {}): Signer => ({
  principal: 'ben@example.org',
  blob: kind.blob,
  namespaces: ['git', 'model-signoff'],
  validAfter: null,
  validBefore: null,
  line: 1,
  ...more,
});
export const verify = (
  signature: SignatureParts,
  allowed: readonly Signer[],
  more: Partial<SignatureTerms> = {},
): VerifiedSignature =>
  verifySignature(
    message,
    armour(signatureBlob(signature)),
    { namespace: 'model-signoff', allowed, revoked: [], at, ...more },
    cryptoVerifier,
  );

export const honest = parts(one);
export const other = kinds['rsa'] as Kind;
