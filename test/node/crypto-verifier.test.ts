import assert from 'node:assert/strict';
import { createHash, sign } from 'node:crypto';
import { test } from 'node:test';
import { signedBytes } from '../../src/core/signatures/sshsig.ts';
import { cryptoVerifier } from '../../src/node/crypto-verifier.ts';
import {
  armour,
  bigEndian,
  bytes,
  framed,
  hex,
  mpint,
  uint32,
  unarmour,
} from '../core/signatures/ssh-writer.ts';
import { numbersOf } from './ecdsa-numbers.ts';
import type { Vector } from './ssh-keygen.ts';
import {
  agree,
  byToken,
  honest,
  message,
  namespace,
  ours,
  principal,
  rsa,
  rsaParts,
  tokens,
  toSign,
  vectorOf,
  weAccept,
} from './ssh-vectors.ts';

test('honest signatures are accepted by both', () => {
  for (const [name, vector] of honest) agree(vector, true, name);
});

test('another message, namespace, principal or key is accepted by neither', () => {
  for (const [name, vector] of honest) {
    const other = [...honest.values()].find(({ allowed }) => allowed !== vector.allowed) as Vector;
    agree({ ...vector, message: bytes(message, '\n') }, false, `${name}, message`);
    agree({ ...vector, message: new Uint8Array() }, false, `${name}, no message`);
    agree({ ...vector, namespace: 'git' }, false, `${name}, namespace`);
    agree({ ...vector, principal: 'eve@example.org' }, false, `${name}, principal`);
    agree({ ...vector, allowed: other.allowed }, false, `${name}, key`);
    agree({ ...vector, armoured: other.armoured }, false, `${name}, signature`);
    agree(
      { ...vector, revoked: String(vector.allowed).replace(/^\S+ /, '') },
      false,
      `${name}, revoked`,
    );
    agree({ ...vector, revoked: 'x\n' }, false, `${name}, a revocation that cannot be read`);
    agree(
      { ...vector, revoked: String(other.allowed).replace(/^\S+ /, '') },
      true,
      `${name}, another revoked`,
    );
  }
});

test('the words of a FIDO key: touched, and by whom', () => {
  const rows: readonly (readonly [number, boolean, boolean])[] = [
    [0x00, false, false],
    [0x01, true, false],
    [0x05, true, true],
    // Verified, and nobody touched: no authenticator says so.
    [0x04, false, false],
    [0x41, true, false],
    [0xff, true, true],
  ];
  for (const name of ['sk-ed25519', 'sk-ecdsa'] as const) {
    for (const [flags, touched, verified] of rows) {
      const vector = vectorOf(byToken(name, flags), tokens[name].type);
      // ssh-keygen leaves the words to who asks, as we do: the policy demands them by `presence`.
      agree(vector, true, `${name} ${flags}`);
      const proof = ours(vector);
      assert.ok(proof?.kind === 'proven');
      assert.deepEqual([proof.touched, proof.verified], [touched, verified], `${name} ${flags}`);
    }
    const parts = byToken(name, 0x00);
    agree(
      vectorOf({ ...parts, tail: bytes(0x01, uint32(41)) }, tokens[name].type),
      false,
      `${name}, flag put in afterwards`,
    );
    agree(
      vectorOf({ ...parts, tail: bytes(0x00, uint32(42)) }, tokens[name].type),
      false,
      `${name}, counter`,
    );
  }
  const plain = ours(honest.get('ed25519 sha512') as Vector);
  assert.ok(plain?.kind === 'proven');
  assert.deepEqual([plain.touched, plain.verified], [false, false]);
});

test('a bit turned in any byte of a signature refuses', () => {
  for (const [name, vector] of honest) {
    const blob = unarmour(vector.armoured);
    for (let at = 0; at < blob.length; at++)
      assert.equal(
        weAccept({ ...vector, armoured: armour(blob.with(at, (blob[at] ?? 0) ^ (1 << (at % 8)))) }),
        false,
        `${name}, byte ${at}`,
      );
  }
});

/** How many points the curves' generators make. */
const order = {
  nistp256: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  nistp384:
    0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
  nistp521:
    2n ** 521n - 2n ** 260n + 0xa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409n,
} as const;

for (const curve of ['nistp256', 'nistp384', 'nistp521'] as const) {
  test(`numbers that are no signature of ${curve} refuse, by both`, () => {
    const { r, s, rebuild } = numbersOf(honest.get(`${curve} sha512`) as Vector);
    const n = order[curve];
    const number = (value: bigint): Uint8Array => mpint(bigEndian(value, 80));
    agree(rebuild(number(r), number(s)), true, 'as it was');
    // Whoever sees a signature can write this one: it says nothing else, and counts as a copy of the same payload.
    agree(rebuild(number(r), number(n - s)), true, 'the other s');
    for (const [name, ...pair] of [
      ['r = 0', 0n, s],
      ['s = 0', r, 0n],
      ['both 0', 0n, 0n],
      ['r = n', n, s],
      ['s = n', r, n],
      ['s + n', r, s + n],
      ['r + n', r + n, s],
      ['swapped', s, r],
      ['1 and 1', 1n, 1n],
    ] as const) {
      agree(rebuild(...pair.map(number)), false, name);
    }
    agree(rebuild(number(r)), false, 'one number');
    agree(rebuild(number(r), number(s), number(1n)), false, 'three numbers');
    agree(
      rebuild(framed(bigEndian(r, 80).fill(0x80, 0, 1)), number(s)),
      false,
      'a negative number',
    );
  });
}

test('an RSA signature without the zero bytes before it is the same signature', () => {
  // One in 256 begins with a zero byte; agents that write numbers leave it out.
  for (let count = 0; count < 4000; count++) {
    const said = bytes(`message ${count}`);
    const value = sign(
      'sha512',
      signedBytes(namespace, 'sha512', createHash('sha512').update(said).digest()),
      rsa.privateKey,
    );
    if (value[0] !== 0) continue;
    const parts = { ...rsaParts('sha512'), value: value.subarray(1) };
    agree({ ...vectorOf(parts, 'ssh-rsa'), message: said }, true, 'short');
    agree(
      { ...vectorOf({ ...parts, value: bytes(0, value) }, 'ssh-rsa'), message: said },
      false,
      'one zero more than the modulus has',
    );
    return;
  }
  assert.fail('no signature began with a zero byte');
});

test('RSA with SHA-1, or under another hash’s name, refuses by both', () => {
  const sha1 = {
    ...rsaParts('sha512'),
    format: 'ssh-rsa',
    value: sign('sha1', toSign('sha512'), rsa.privateKey),
  };
  agree(vectorOf(sha1, 'ssh-rsa'), false, 'SHA-1');
  agree(
    vectorOf({ ...sha1, format: 'rsa-sha2-512' }, 'ssh-rsa'),
    false,
    'SHA-1 under another name',
  );
  agree(
    vectorOf(rsaParts('sha256', 'rsa-sha2-512'), 'ssh-rsa'),
    false,
    'SHA-256 under another name',
  );
});

test('the time decides alike, to the second', () => {
  const vector = honest.get('ed25519 sha512') as Vector;
  const signers = (options: string): string => String(vector.allowed).replace(' ', ` ${options} `);
  const rows: readonly (readonly [string, string, boolean])[] = [
    ['valid-after="20260102Z"', '2026-01-01T23:59:59Z', false],
    ['valid-after="20260102Z"', '2026-01-02T00:00:00Z', true],
    ['valid-before="202601021200Z"', '2026-01-02T12:00:00Z', true],
    ['valid-before="202601021200Z"', '2026-01-02T12:00:01Z', false],
    ['valid-after="20260101Z",valid-before="20260201000001Z"', '2026-02-01T00:00:01Z', true],
    ['valid-after="20260101Z",valid-before="20260201000001Z"', '2026-02-01T00:00:02Z', false],
    ['namespaces="git,model-signoff",valid-after="20260101Z"', '2026-02-01T00:00:00Z', true],
    ['namespaces="git"', '2026-02-01T00:00:00Z', false],
    ['namespaces="git,model-signof"', '2026-02-01T00:00:00Z', false],
    ['NAMESPACES="model-signoff"', '2026-02-01T00:00:00Z', true],
  ];
  for (const [options, at, wanted] of rows)
    agree(
      { ...vector, allowed: signers(options), at: new Date(at) },
      wanted,
      `${options} at ${at}`,
    );
  const proof = ours({
    ...vector,
    allowed: signers('valid-before="20260101Z"'),
    at: new Date('2026-02-01T00:00:00Z'),
  });
  assert.equal(proof?.kind === 'proven' && proof.state, 'expired');
});

test('lines that ssh-keygen passes over in silence are errors here, and accepted by neither', () => {
  const { allowed: line, ...vector } = honest.get('ed25519 sha512') as Vector;
  const [, key = ''] = /^\S+ (.*)\n$/.exec(String(line)) ?? [];
  const rows = [
    `${principal} valid-after="00500101Z" ${key}`,
    `${principal} valid-after="20260201Z",valid-before="20260201Z" ${key}`,
    `${principal} valid-after="2026-02-01Z" ${key}`,
    `${principal} namespaces="git, model-signoff" ${key}`,
    `${principal} namespaces="" ${key}`,
    `${principal} namespaces="model-signoff", valid-after="20260101Z" ${key}`,
    `${principal} verify-required ${key}`,
    `${principal} valid-before="19700101Z" ${key}`,
    `\ufeff${principal} ${key}`,
    `${principal}\u00a0${key}`,
    `${principal} ${key.replace('ssh-ed25519', 'ssh-rsa')}`,
    `!${principal} ${key}`,
    `eve@example.org,!${principal} ${key}`,
    `${principal}\0 ${key}`,
    key,
  ];
  for (const row of rows)
    agree({ ...vector, allowed: `${row}\n`, at: new Date('2026-02-01T00:00:00Z') }, false, row);
});

test('a verifier that cannot use a key says no, and does not throw', () => {
  const bad = {
    kind: 'ecdsa',
    type: 'x',
    blob: new Uint8Array(),
    curve: 'P-256',
    x: new Uint8Array(32),
    y: new Uint8Array(32),
    application: null,
  } as const;
  assert.equal(cryptoVerifier.verify(bad, 'sha256', message, new Uint8Array(64)), false);
  assert.equal(
    cryptoVerifier.verify(
      { ...bad, kind: 'ed25519', point: hex('00') },
      null,
      message,
      new Uint8Array(64),
    ),
    false,
  );
  assert.equal(
    cryptoVerifier.verify(
      { ...bad, kind: 'rsa', modulus: hex('01'), exponent: hex('00') },
      'sha512',
      message,
      new Uint8Array(1),
    ),
    false,
  );
});
