import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type SignatureTerms,
  verifySignature,
} from '../../../src/core/signatures/verify-signature.ts';
import { fingerprint } from '../../../src/core/signatures/ssh-public-key.ts';
import { cryptoVerifier } from '../../../src/node/crypto-verifier.ts';
import {
  at,
  honest,
  message,
  one,
  other,
  parts,
  type Signer,
  signer,
  verify,
} from './signed-messages.ts';

const second = at.getTime() / 1000;

const standings: readonly (readonly [
  name: string,
  allowed: readonly Signer[],
  more: Partial<SignatureTerms>,
  state: string,
  why: RegExp,
])[] = [
  ['known', [signer(other, { principal: 'x' }), signer(one)], {}, 'valid', /^$/],
  ['of any namespace', [signer(one, { namespaces: null })], {}, 'valid', /^$/],
  [
    'unknown',
    [signer(other)],
    {},
    'unknown-signer',
    /^SHA256:\S+ is not in \.countersign\/allowed_signers$/,
  ],
  [
    'of another namespace alone',
    [signer(one, { namespaces: ['git', 'model-signof'] })],
    {},
    'unknown-signer',
    /^the key of ben@example\.org is not allowed to sign for model-signoff$/,
  ],
  [
    'revoked',
    [signer(one)],
    { revoked: [other.blob, one.blob] },
    'revoked',
    /^SHA256:\S+ is in \.countersign\/revoked_keys$/,
  ],
  ['beside one that is revoked', [signer(one)], { revoked: [other.blob] }, 'valid', /^$/],
  [
    'revoked and expired',
    [signer(one, { validBefore: second - 1 })],
    { revoked: [one.blob] },
    'revoked',
    /revoked_keys/,
  ],
  ['valid from this second on', [signer(one, { validAfter: second })], {}, 'valid', /^$/],
  [
    'valid from the next second on',
    [signer(one, { validAfter: second + 1 })],
    {},
    'expired',
    /^it is valid only after 2026-11-24T06:00:01\.000Z$/,
  ],
  [
    'valid from the next second on, shortly before',
    [signer(one, { validAfter: second + 1 })],
    { at: new Date(at.getTime() + 999) },
    'expired',
    /only after/,
  ],
  ['valid until this second', [signer(one, { validBefore: second })], {}, 'valid', /^$/],
  [
    'valid until this second, which has nearly passed',
    [signer(one, { validBefore: second })],
    { at: new Date(at.getTime() + 999) },
    'valid',
    /^$/,
  ],
  [
    'valid until the last second',
    [signer(one, { validBefore: second - 1 })],
    {},
    'expired',
    /^it was valid before 2026-11-24T05:59:59\.000Z$/,
  ],
];

for (const [name, allowed, more, state, why] of standings) {
  test(`a key that is ${name}`, () => {
    const found = verify(honest, allowed, more);
    assert.deepEqual(
      [found.kind, found.state],
      [state === 'unknown-signer' ? 'unproven' : 'proven', state],
    );
    assert.match(found.why, why);
    if (found.kind === 'proven')
      assert.deepEqual([found.principal, found.key], ['ben@example.org', fingerprint(one.blob)]);
  });
}

test('a signature for another purpose, or that is none, is forged', () => {
  const elsewhere = verify(parts(one, { namespace: 'git' }), [signer(one)]);
  assert.deepEqual(elsewhere, {
    kind: 'unproven',
    state: 'forged',
    why: 'it was made for "git", not for model-signoff',
  });
  assert.equal(
    verifySignature(
      message,
      'x',
      { namespace: 'model-signoff', allowed: [signer(one)], revoked: [], at },
      cryptoVerifier,
    ).state,
    'forged',
  );
});
