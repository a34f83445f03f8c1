import assert from 'node:assert/strict';
import { generateKeyPairSync, sign } from 'node:crypto';
import { test } from 'node:test';
import { verifySignature } from '../../../src/core/signatures/verify-signature.ts';
import { fingerprint } from '../../../src/core/signatures/ssh-public-key.ts';
import { cryptoVerifier } from '../../../src/node/crypto-verifier.ts';
import {
  armour,
  bytes,
  framed,
  mpint,
  signatureBlob,
  type SignatureParts,
  uint32,
} from './ssh-writer.ts';
import {
  at,
  frame,
  type Kind,
  kinds,
  message,
  one,
  part,
  parts,
  sha256,
  signer,
  verify,
} from './signed-messages.ts';

for (const [name, kind] of Object.entries(kinds)) {
  for (const hash of ['sha256', 'sha512']) {
    for (const format of kind.formats) {
      test(`a signature by ${name} over a frame of ${hash} as ${format} is its key’s, and over nothing else`, () => {
        const honest = parts(kind, { hash, format });
        assert.deepEqual(verify(honest, [signer(kind)]), {
          kind: 'proven',
          state: 'valid',
          principal: 'ben@example.org',
          key: fingerprint(kind.blob),
          touched: false,
          verified: false,
          why: '',
        });
        const forged = {
          kind: 'unproven',
          state: 'forged',
          why: 'the signature does not belong to these bytes',
        };
        assert.deepEqual(
          verify(parts(kind, { hash, format, over: bytes('x') }), [signer(kind)]),
          forged,
        );
        assert.deepEqual(
          verify({ ...honest, hash: hash === 'sha256' ? 'sha512' : 'sha256' }, [signer(kind)]),
          forged,
        );
        assert.deepEqual(
          verify({ ...honest, value: bytes(honest.value, 0) }, [signer(kind)]),
          forged,
        );
        assert.deepEqual(
          verify({ ...honest, value: honest.value.subarray(0, -1) }, [signer(kind)]),
          forged,
        );
      });
    }
  }
}

test('an RSA signature that begins with zeros counts without them too', () => {
  const kind = kinds['rsa'] as Kind;
  for (let tries = 0; ; tries++) {
    const over = bytes(`try ${tries}`);
    const honest = parts(kind, { over });
    if (honest.value[0] !== 0) continue;
    const cut = honest.value.subarray(honest.value.findIndex((byte) => byte !== 0));
    for (const value of [honest.value, cut])
      assert.equal(
        verifySignature(
          over,
          armour(signatureBlob({ ...honest, value })),
          { namespace: 'model-signoff', allowed: [signer(kind)], revoked: [], at },
          cryptoVerifier,
        ).kind,
        'proven',
      );
    return;
  }
});

test('the numbers of an ecdsa signature may be short, and must be two positive ones of the curve’s size', () => {
  const kind = kinds['ecdsa P-256'] as Kind;
  const honest = parts(kind);
  const long = mpint(new Uint8Array(33).fill(1));
  const short = mpint(new Uint8Array(32).fill(1));
  for (const value of [
    bytes(short, long),
    bytes(long, short),
    bytes(framed(), short),
    bytes(short),
    bytes(framed(0x80), short),
    new Uint8Array(),
  ])
    assert.deepEqual(verify({ ...honest, value }, [signer(kind)]).kind, 'unproven');
  for (let tries = 0; tries < 20_000; tries++) {
    const over = bytes(`try ${tries}`);
    const found = parts(kind, { over });
    // A number of 31 bytes or less: its frame says so in its fourth byte.
    if ((found.value[3] as number) > 31) continue;
    assert.equal(
      verifySignature(
        over,
        armour(signatureBlob(found)),
        { namespace: 'model-signoff', allowed: [signer(kind)], revoked: [], at },
        cryptoVerifier,
      ).kind,
      'proven',
    );
    return;
  }
  assert.fail('no short number came');
});

test('a FIDO key signs its application, its flags and its counter with the frame', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const type = 'sk-ssh-ed25519@openssh.com';
  const blob = bytes(framed(type), framed(part(publicKey, 'x')), framed('ssh:'));
  const framedMessage = frame(message, 'sha512', 'model-signoff');
  const rows: readonly (readonly [flags: number, touched: boolean, verified: boolean])[] = [
    [0, false, false],
    [1, true, false],
    [4, false, false],
    [5, true, true],
    [0xff, true, true],
  ];
  for (const [flags, touched, verified] of rows) {
    const tail = bytes(flags, uint32(7));
    const value = sign(
      null,
      Buffer.concat([sha256('ssh:'), tail, sha256(framedMessage)]),
      privateKey,
    );
    const honest: SignatureParts = {
      key: blob,
      namespace: 'model-signoff',
      hash: 'sha512',
      format: type,
      value,
      tail,
    };
    const allowed = [signer({ ...one, blob })];
    const found = verify(honest, allowed);
    assert.ok(found.kind === 'proven');
    assert.deepEqual([found.touched, found.verified], [touched, verified]);
    for (const other of [bytes(flags ^ 1, uint32(7)), bytes(flags, uint32(8))])
      assert.equal(verify({ ...honest, tail: other }, allowed).kind, 'unproven');
    const elsewhere = sign(
      null,
      Buffer.concat([sha256('https://example.org'), tail, sha256(framedMessage)]),
      privateKey,
    );
    assert.equal(verify({ ...honest, value: elsewhere }, allowed).kind, 'unproven');
  }
});
