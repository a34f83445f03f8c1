import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { test } from 'node:test';
import {
  type SignatureTerms,
  type VerifiedSignature,
  verifySignature,
} from '../../../src/core/signatures/verify-signature.ts';
import { fingerprint } from '../../../src/core/signatures/ssh-public-key.ts';
import { cryptoVerifier } from '../../../src/node/crypto-verifier.ts';
import {
  armour,
  bytes,
  framed,
  mpint,
  type SignatureParts,
  signatureBlob,
  uint32,
} from './ssh-writer.ts';

/** A key of a kind: its blob, the formats of its signatures, and how it signs, as the wire format writes that. */
type Kind = {
  readonly blob: Uint8Array;
  readonly formats: readonly string[];
  readonly sign: (data: Uint8Array, format: string) => Uint8Array;
};

const part = (key: KeyObject, name: 'x' | 'y' | 'n' | 'e'): Buffer =>
  Buffer.from(key.export({ format: 'jwk' })[name] as string, 'base64url');
const sha256 = (some: Uint8Array | string): Buffer => createHash('sha256').update(some).digest();

function edwards(): Kind {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return {
    blob: bytes(framed('ssh-ed25519'), framed(part(publicKey, 'x'))),
    formats: ['ssh-ed25519'],
    sign: (data) => sign(null, data, privateKey),
  };
}

function curve(name: 'P-256' | 'P-384' | 'P-521', hash: string): Kind {
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

function rsa(): Kind {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    blob: bytes(framed('ssh-rsa'), mpint(part(publicKey, 'e')), mpint(part(publicKey, 'n'))),
    formats: ['rsa-sha2-256', 'rsa-sha2-512'],
    sign: (data, format) => sign(format === 'rsa-sha2-256' ? 'sha256' : 'sha512', data, privateKey),
  };
}

const message = bytes('what is signed\n');
const kinds: Readonly<Record<string, Kind>> = {
  ed25519: edwards(),
  'ecdsa P-256': curve('P-256', 'sha256'),
  'ecdsa P-384': curve('P-384', 'sha384'),
  'ecdsa P-521': curve('P-521', 'sha512'),
  rsa: rsa(),
};
const one = kinds['ed25519'] as Kind;

function frame(over: Uint8Array, hash: string, namespace: string): Uint8Array {
  return bytes(
    'SSHSIG',
    framed(namespace),
    framed(),
    framed(hash),
    framed(createHash(hash).update(over).digest()),
  );
}

function parts(
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

const at = new Date('2026-11-24T06:00:00Z');
const second = at.getTime() / 1000;
type Signer = SignatureTerms['allowed'][number];
const signer = (kind: Kind, more: Partial<Signer> = {}): Signer => ({
  principal: 'ben@example.org',
  blob: kind.blob,
  namespaces: ['git', 'model-signoff'],
  validAfter: null,
  validBefore: null,
  line: 1,
  ...more,
});
const verify = (
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

const honest = parts(one);
const other = kinds['rsa'] as Kind;
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
