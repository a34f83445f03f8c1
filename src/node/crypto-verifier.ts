import { createPublicKey, type JsonWebKey, type KeyObject, verify } from 'node:crypto';
import type { SshPublicKey } from '../core/signatures/ssh-public-key.ts';
import type { CryptoVerifier } from '../core/signatures/verify-signature.ts';

/** Signatures verified by Node's own OpenSSL. */
export const cryptoVerifier: CryptoVerifier = {
  verify(key, hash, data, signature) {
    try {
      const object = keyObject(key);
      return key.kind === 'ecdsa'
        ? verify(hash, data, { key: object, dsaEncoding: 'ieee-p1363' }, signature)
        : verify(hash, data, object, signature);
    } catch {
      // A point that is on no curve, a modulus that is none: such a key has signed nothing.
      return false;
    }
  },
};

function keyObject(key: SshPublicKey): KeyObject {
  return createPublicKey({ key: webKey(key), format: 'jwk' });
}

function webKey(key: SshPublicKey): JsonWebKey {
  const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
  if (key.kind === 'ed25519') return { kty: 'OKP', crv: 'Ed25519', x: text(key.point) };
  if (key.kind === 'ecdsa') return { kty: 'EC', crv: key.curve, x: text(key.x), y: text(key.y) };
  return { kty: 'RSA', n: text(key.modulus), e: text(key.exponent) };
}
