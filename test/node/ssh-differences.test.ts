import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  armour,
  bigEndian,
  bytes,
  framed,
  mpint,
  toNumber,
  uint32,
  unarmour,
} from '../core/signatures/ssh-writer.ts';
import { numbersOf } from './ecdsa-numbers.ts';
import { spanOf } from './signature-spans.ts';
import { keygenAccepts, makeKey, type MadeKey, signBy, type Vector } from './ssh-keygen.ts';
import {
  byToken,
  folder,
  honest,
  keys,
  message,
  namespace,
  principal,
  rsa,
  rsaParts,
  sha256,
  tokens,
  toSign,
  vectorBy,
  vectorOf,
  weAccept,
  webBytes,
} from './ssh-vectors.ts';

/** Signs as an authority for itself would: a certificate of Ada's key by Ada's key. */
function certified(): Vector {
  const authority = makeKey(folder, 'authority', ['-t', 'ed25519']);
  const key = keys['ed25519'] as MadeKey;
  execFileSync('ssh-keygen', [
    '-q',
    '-s',
    authority.file,
    '-I',
    'x',
    '-n',
    principal,
    `${key.file}.pub`,
  ]);
  const armoured = signBy({ ...key, file: `${key.file}-cert.pub` }, namespace, message);
  return {
    message,
    armoured,
    namespace,
    principal,
    allowed: `${principal} cert-authority ${authority.text}\n`,
  };
}

/** The order of the subgroup in which Ed25519 signs. */
const edwardsOrder = 2n ** 252n + 27742317777372353535851937790883648493n;

/**
 * Where this project refuses what ssh-keygen accepts. Each row: what, why, and a vector that only ssh-keygen accepts. There
 * is no row in the other direction.
 */
const stricter: readonly (readonly [string, string, () => Vector])[] = [
  [
    'RSA of 1024 bits',
    'such keys are within reach of who really wants one',
    () => vectorBy(makeKey(folder, 'rsa1024', ['-t', 'rsa', '-b', '1024'])),
  ],
  [
    'a wildcard among the principals',
    'the line does not say whose key it is',
    () => ({
      ...vectorBy(keys['ed25519'] as MadeKey),
      allowed: `*@example.org ${keys['ed25519']?.text}\n`,
    }),
  ],
  [
    'several principals in a line',
    'one key would sign for two people',
    () => ({
      ...vectorBy(keys['ed25519'] as MadeKey),
      allowed: `eve@example.org,${principal} ${keys['ed25519']?.text}\n`,
    }),
  ],
  [
    'principals in quotes',
    'what stands between them could hold spaces and commas',
    () => ({
      ...vectorBy(keys['ed25519'] as MadeKey),
      allowed: `"${principal}" ${keys['ed25519']?.text}\n`,
    }),
  ],
  [
    'a wildcard among the namespaces',
    'a key for one purpose would sign for another',
    () => ({
      ...vectorBy(keys['ed25519'] as MadeKey),
      allowed: `${principal} namespaces="model-*" ${keys['ed25519']?.text}\n`,
    }),
  ],
  [
    'one key in two lines',
    'the second line changes what the first says',
    () => ({
      ...vectorBy(keys['ed25519'] as MadeKey),
      allowed: `${principal} namespaces="git" ${keys['ed25519']?.text}\n${principal} ${keys['ed25519']?.text}\n`,
    }),
  ],
  [
    'a certificate of an authority',
    'whoever holds the authority’s key could sign as anybody',
    certified,
  ],
  [
    'a time without Z',
    'it would depend on the zone of who checks',
    () => ({
      ...vectorBy(keys['ed25519'] as MadeKey),
      allowed: `${principal} valid-after="20200101" ${keys['ed25519']?.text}\n`,
    }),
  ],
  [
    'a time that no calendar has',
    'readers differ in what they make of February 30',
    () => ({
      ...vectorBy(keys['ed25519'] as MadeKey),
      allowed: `${principal} valid-after="20200230Z" ${keys['ed25519']?.text}\n`,
    }),
  ],
  [
    'a line that cannot be read beside a good one',
    'it might be the one that matters',
    () => ({
      ...vectorBy(keys['ed25519'] as MadeKey),
      allowed: `x\n${principal} ${keys['ed25519']?.text}\n`,
    }),
  ],
  [
    'a key of small order',
    'under it anybody can sign: here with no private key at all',
    () => smallOrder(),
  ],
  [
    'S of an Ed25519 signature plus the group’s order',
    'one signature would have several forms',
    () => {
      const vector = honest.get('ed25519 sha512') as Vector;
      const blob = unarmour(vector.armoured);
      const { end } = spanOf(blob, 'value');
      const s = toNumber(blob.slice(end - 32, end).reverse());
      return {
        ...vector,
        armoured: armour(
          bytes(blob.subarray(0, end - 32), bigEndian(s + edwardsOrder, 32).toReversed()),
        ),
      };
    },
  ],
  [
    'leading zeros in the numbers of an ecdsa signature',
    'one signature would have several forms',
    () => {
      const { r, s, rebuild } = numbersOf(honest.get('nistp256 sha512') as Vector);
      return rebuild(framed(bigEndian(r, 40)), mpint(bigEndian(s, 40)));
    },
  ],
  [
    'leading zeros in the numbers of an RSA key',
    'one key would have several forms, of which a revocation names one',
    () => {
      const padded = bytes(
        framed('ssh-rsa'),
        framed(0, 0, webBytes(rsa.publicKey, 'e')),
        mpint(webBytes(rsa.publicKey, 'n')),
      );
      return vectorOf({ ...rsaParts('sha512'), key: padded }, 'ssh-rsa');
    },
  ],
  [
    'a FIDO key made for another application',
    'a web site could ask for its signatures',
    () => vectorOf(byToken('sk-ed25519', 1, 'https://example.org'), tokens['sk-ed25519'].type),
  ],
  [
    'a signature that a browser asked for',
    'what it signs is the browser’s text, of which the frame is a part',
    webAuthn,
  ],
  [
    'a signature of version 0',
    'there is no such format',
    () => vectorOf({ ...rsaParts('sha512'), version: 0 }, 'ssh-rsa'),
  ],
  [
    'bytes in the reserved field',
    'unsigned room in a signed file',
    () => vectorOf({ ...rsaParts('sha512'), reserved: 'x' }, 'ssh-rsa'),
  ],
  [
    'text after the signature',
    'unsigned room in a signed file',
    () => ({
      ...vectorBy(keys['ed25519'] as MadeKey),
      armoured: `${signBy(keys['ed25519'] as MadeKey, namespace, message)}more\n`,
    }),
  ],
  [
    'spaces inside the signature',
    'unsigned room in a signed file',
    () => ({
      ...vectorBy(keys['ed25519'] as MadeKey),
      armoured: signBy(keys['ed25519'] as MadeKey, namespace, message).replace('U1NI', 'U1 NI'),
    }),
  ],
];

/** Nobody's signature: with the key of order 1 the equation does not depend on the message. */
function smallOrder(): Vector {
  const neutral = bytes(1, new Uint8Array(31));
  return vectorOf(
    {
      key: bytes(framed('ssh-ed25519'), framed(neutral)),
      namespace,
      hash: 'sha512',
      format: 'ssh-ed25519',
      value: bytes(neutral, new Uint8Array(32)),
    },
    'ssh-ed25519',
  );
}

/** OpenSSH's webauthn-sk form (PROTOCOL.u2f). */
function webAuthn(): Vector {
  const { pair, type, key } = tokens['sk-ecdsa'];
  const origin = 'https://example.org';
  const challenge = Buffer.from(toSign('sha512')).toString('base64url');
  const clientData = `{"type":"webauthn.get","challenge":"${challenge}","origin":"${origin}","crossOrigin":false}`;
  const words = bytes(1, uint32(41));
  const value = tokens['sk-ecdsa'].sign(
    bytes(sha256(bytes('ssh:')), words, sha256(bytes(clientData))),
    pair.privateKey,
  );
  return vectorOf(
    {
      key: key(pair.publicKey, 'ssh:'),
      namespace,
      hash: 'sha512',
      format: 'webauthn-sk-ecdsa-sha2-nistp256@openssh.com',
      value,
      tail: bytes(words, framed(origin), framed(clientData), framed()),
    },
    type,
  );
}

for (const [name, why, make] of stricter) {
  test(`stricter than ssh-keygen: ${name}, since ${why}`, () => {
    const vector = make();
    assert.equal(keygenAccepts(folder, vector), true, 'ssh-keygen accepts it');
    assert.equal(weAccept(vector), false, 'we do not');
  });
}

test('a binary revocation list, which ssh-keygen reads, is refused and not passed over', () => {
  const key = keys['ed25519'] as MadeKey;
  const file = join(folder, 'list.krl');
  execFileSync('ssh-keygen', ['-q', '-k', '-f', file, `${key.file}.pub`]);
  const list = readFileSync(file);
  const vector = { ...vectorBy(keys['nistp256'] as MadeKey), revoked: list };
  assert.equal(keygenAccepts(folder, vector), true);
  assert.equal(keygenAccepts(folder, { ...vectorBy(key), revoked: list }), false);
  assert.equal(weAccept(vector), false);
});
