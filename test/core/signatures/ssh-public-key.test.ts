import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import {
  fingerprint,
  parsePublicKey,
  parsePublicKeyText,
} from '../../../src/core/signatures/ssh-public-key.ts';
import { base64, bytes, framed, hex, mpint } from './ssh-writer.ts';

function jwk(type: 'ed25519' | 'P-256' | 'P-384' | 'P-521', field: 'x' | 'y'): Uint8Array {
  const made = type === 'ed25519' ? ed25519 : points[type];
  return Uint8Array.from(Buffer.from(made[field] ?? '', 'base64url'));
}

const ed25519 = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' });
const points = Object.fromEntries(
  (['P-256', 'P-384', 'P-521'] as const).map((namedCurve) => [
    namedCurve,
    generateKeyPairSync('ec', { namedCurve }).publicKey.export({ format: 'jwk' }),
  ]),
) as Record<'P-256' | 'P-384' | 'P-521', typeof ed25519>;
const modulus = (bits: number): Uint8Array =>
  Uint8Array.from(Array.from({ length: bits / 8 }, (_, index) => (index === 0 ? 0x80 : 0xa5)));
const point = jwk('ed25519', 'x');
const p256 = bytes(4, jwk('P-256', 'x'), jwk('P-256', 'y'));
const edwards = bytes(framed('ssh-ed25519'), framed(point));
const e = mpint(hex('010001'));

test('keys of every accepted kind are read', () => {
  const rows: readonly (readonly [string, Uint8Array, Readonly<Record<string, unknown>>])[] = [
    ['ed25519', edwards, { kind: 'ed25519', type: 'ssh-ed25519', application: null, point }],
    [
      'nistp256',
      bytes(framed('ecdsa-sha2-nistp256'), framed('nistp256'), framed(p256)),
      {
        kind: 'ecdsa',
        curve: 'P-256',
        application: null,
        x: jwk('P-256', 'x'),
        y: jwk('P-256', 'y'),
      },
    ],
    [
      'nistp384',
      bytes(
        framed('ecdsa-sha2-nistp384'),
        framed('nistp384'),
        framed(4, jwk('P-384', 'x'), jwk('P-384', 'y')),
      ),
      { kind: 'ecdsa', curve: 'P-384' },
    ],
    [
      'nistp521',
      bytes(
        framed('ecdsa-sha2-nistp521'),
        framed('nistp521'),
        framed(4, jwk('P-521', 'x'), jwk('P-521', 'y')),
      ),
      { kind: 'ecdsa', curve: 'P-521' },
    ],
    [
      'rsa 2048',
      bytes(framed('ssh-rsa'), e, mpint(modulus(2048))),
      { kind: 'rsa', exponent: hex('010001'), modulus: modulus(2048) },
    ],
    [
      'rsa 2048, exponent 3',
      bytes(framed('ssh-rsa'), mpint(hex('03')), mpint(modulus(2048))),
      { kind: 'rsa', exponent: hex('03') },
    ],
    ['rsa 16384', bytes(framed('ssh-rsa'), e, mpint(modulus(16384))), { kind: 'rsa' }],
    [
      'sk-ed25519',
      bytes(framed('sk-ssh-ed25519@openssh.com'), framed(point), framed('ssh:')),
      { kind: 'ed25519', type: 'sk-ssh-ed25519@openssh.com', application: 'ssh:' },
    ],
    [
      'sk-ecdsa',
      bytes(
        framed('sk-ecdsa-sha2-nistp256@openssh.com'),
        framed('nistp256'),
        framed(p256),
        framed('ssh:'),
      ),
      { kind: 'ecdsa', application: 'ssh:' },
    ],
  ];
  for (const [name, blob, wanted] of rows) {
    const read = parsePublicKey(blob);
    assert.ok(read.ok, `${name}: ${read.ok ? '' : read.why}`);
    for (const [field, value] of Object.entries(wanted))
      assert.deepEqual(read.key[field as keyof typeof read.key], value, `${name} ${field}`);
    assert.deepEqual(read.key.blob, blob, name);
  }
});

const bent = Uint8Array.from(p256);
bent[64] = (bent[64] ?? 0) ^ 1;
const refused: readonly (readonly [string, Uint8Array, string, RegExp])[] = [
  ['nothing', new Uint8Array(), 'malformed', /ends too early/],
  ['cut short', edwards.subarray(0, -1), 'malformed', /ends too early/],
  ['bytes after its end', bytes(edwards, 0), 'malformed', /after its end/],
  ['31 bytes', bytes(framed('ssh-ed25519'), framed(point.subarray(1))), 'malformed', /32 bytes/],
  [
    'all zero',
    bytes(framed('ssh-ed25519'), framed(new Uint8Array(32))),
    'weak-key',
    /anybody could sign/,
  ],
  ['DSA', bytes(framed('ssh-dss'), framed('x')), 'unsupported', /"ssh-dss" are not accepted/],
  [
    'a certificate',
    bytes(framed('ssh-ed25519-cert-v01@openssh.com'), framed('x')),
    'unsupported',
    /certificate/,
  ],
  [
    'a certificate of a curve',
    bytes(framed('ecdsa-sha2-nistp256-cert-v01@openssh.com'), framed('nistp256'), framed(p256)),
    'unsupported',
    /certificate/,
  ],
  [
    'a kind that begins as a curve',
    bytes(framed('ecdsa-sha2-nistp256x'), framed('nistp256'), framed(p256)),
    'unsupported',
    /not accepted/,
  ],
  [
    'a kind that ends as a curve',
    bytes(framed('xecdsa-sha2-nistp256'), framed('nistp256'), framed(p256)),
    'unsupported',
    /not accepted/,
  ],
  ['XMSS', bytes(framed('ssh-xmss@openssh.com')), 'unsupported', /not accepted/],
  [
    'two curves',
    bytes(framed('ecdsa-sha2-nistp256'), framed('nistp384'), framed(p256)),
    'malformed',
    /two curves/,
  ],
  [
    'compressed point',
    bytes(framed('ecdsa-sha2-nistp256'), framed('nistp256'), framed(2, jwk('P-256', 'x'))),
    'malformed',
    /uncompressed/,
  ],
  [
    'hybrid point',
    bytes(framed('ecdsa-sha2-nistp256'), framed('nistp256'), framed(6, p256.subarray(1))),
    'malformed',
    /uncompressed/,
  ],
  [
    'point off the curve',
    bytes(framed('ecdsa-sha2-nistp256'), framed('nistp256'), framed(bent)),
    'malformed',
    /no point of P-256/,
  ],
  [
    'point at infinity',
    bytes(framed('ecdsa-sha2-nistp256'), framed('nistp256'), framed(0)),
    'malformed',
    /uncompressed/,
  ],
  ['rsa 1024', bytes(framed('ssh-rsa'), e, mpint(modulus(1024))), 'weak-key', /this has 1024/],
  [
    'rsa 2047',
    bytes(framed('ssh-rsa'), e, mpint(modulus(2048).with(0, 0x7f))),
    'weak-key',
    /this has 2047/,
  ],
  [
    'rsa 16385',
    bytes(framed('ssh-rsa'), e, mpint(bytes(1, modulus(16384)))),
    'unsupported',
    /this has 16385/,
  ],
  [
    'rsa, exponent 1',
    bytes(framed('ssh-rsa'), mpint(hex('01')), mpint(modulus(2048))),
    'weak-key',
    /odd and at least 3/,
  ],
  [
    'rsa, even exponent',
    bytes(framed('ssh-rsa'), mpint(hex('010000')), mpint(modulus(2048))),
    'weak-key',
    /odd and at least 3/,
  ],
  [
    'rsa, exponent 4',
    bytes(framed('ssh-rsa'), mpint(hex('04')), mpint(modulus(2048))),
    'weak-key',
    /odd and at least 3/,
  ],
  [
    'rsa, exponent 65538',
    bytes(framed('ssh-rsa'), mpint(hex('010002')), mpint(modulus(2048))),
    'weak-key',
    /odd and at least 3/,
  ],
  [
    'rsa, exponent 0',
    bytes(framed('ssh-rsa'), framed(), mpint(modulus(2048))),
    'malformed',
    /not positive/,
  ],
  [
    'rsa, negative modulus',
    bytes(framed('ssh-rsa'), e, framed(modulus(2048))),
    'malformed',
    /not positive/,
  ],
  [
    'rsa, leading zero',
    bytes(framed('ssh-rsa'), framed(hex('00010001')), mpint(modulus(2048))),
    'malformed',
    /leading zeros/,
  ],
  [
    'sk of a web site',
    bytes(framed('sk-ssh-ed25519@openssh.com'), framed(point), framed('https://example.org')),
    'unsupported',
    /made for "https:\/\/example.org"/,
  ],
  [
    'sk without application',
    bytes(framed('sk-ssh-ed25519@openssh.com'), framed(point)),
    'malformed',
    /ends too early/,
  ],
];

test('keys that may not sign are refused, and why', () => {
  for (const [name, blob, fault, why] of refused) {
    const read = parsePublicKey(blob);
    assert.ok(!read.ok, name);
    assert.equal(read.fault, fault, name);
    assert.match(read.why, why, name);
  }
});

test('a line’s type is the key’s own', () => {
  assert.equal(parsePublicKeyText('ssh-ed25519', base64(edwards)).ok, true);
  const rows: readonly (readonly [string, string, RegExp])[] = [
    ['ssh-rsa', base64(edwards), /says ssh-rsa, and the key is ssh-ed25519/],
    [
      'ssh-ed25519',
      base64(bytes(framed('ssh-ed25519-cert-v01@openssh.com'), framed('x'))),
      /the key is ssh-ed25519-cert/,
    ],
    ['ssh-ed25519', 'AA==', /the key is none/],
    ['ssh-ed25519', `${base64(edwards)}=`, /not base 64/],
  ];
  for (const [type, text, why] of rows) {
    const read = parsePublicKeyText(type, text);
    assert.ok(!read.ok && read.fault === 'malformed');
    assert.match(read.why, why);
  }
});

test('a fingerprint is ssh-keygen’s', () => {
  // ssh-keygen -lf of this key, OpenSSH 9.2.
  const read = parsePublicKeyText(
    'ssh-ed25519',
    'AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl',
  );
  assert.ok(read.ok);
  assert.equal(fingerprint(read.key.blob), 'SHA256:+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU');
});

test('a coordinate is written with its leading zeros, or one key would have two blobs', () => {
  for (let tries = 0; tries < 20_000; tries++) {
    const { x = '', y = '' } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({
      format: 'jwk',
    });
    const [left, right] = [Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')];
    if (right[0] !== 0) continue;
    const blob = (last: Uint8Array): Uint8Array =>
      bytes(framed('ecdsa-sha2-nistp256'), framed('nistp256'), framed(4, left, last));
    assert.equal(parsePublicKey(blob(right)).ok, true);
    assert.equal(parsePublicKey(blob(right.subarray(1))).ok, false);
    assert.equal(parsePublicKey(blob(bytes(right, 0))).ok, false);
    return;
  }
  assert.fail('no such key came');
});
