import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseSshSignature, signedBytes } from '../../../src/core/signatures/sshsig.ts';
import {
  armour,
  base64,
  bytes,
  framed,
  hex,
  mpint,
  type SignatureParts,
  signatureBlob,
  uint32,
} from './ssh-writer.ts';

const point = hex('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a');
const parts: SignatureParts = {
  key: bytes(framed('ssh-ed25519'), framed(point)),
  namespace: 'model-signoff',
  hash: 'sha512',
  format: 'ssh-ed25519',
  value: new Uint8Array(64).fill(1),
};
const rsa = bytes(framed('ssh-rsa'), mpint(hex('010001')), mpint(new Uint8Array(256).fill(0xa5)));
const sk = bytes(framed('sk-ssh-ed25519@openssh.com'), framed(point), framed('ssh:'));
const fido = { ...parts, key: sk, format: 'sk-ssh-ed25519@openssh.com' };
const honest = armour(signatureBlob(parts));

test('a signature file is taken apart', () => {
  const read = parseSshSignature(honest);
  assert.ok(read.ok);
  const { key, ...rest } = read.signature;
  assert.deepEqual(key.blob, parts.key);
  assert.deepEqual(rest, {
    namespace: 'model-signoff',
    hash: 'sha512',
    format: 'ssh-ed25519',
    value: parts.value,
    fido: null,
  });
  assert.ok(parseSshSignature(honest.replaceAll('\n', '\r\n')).ok);
  assert.ok(parseSshSignature(honest.trimEnd()).ok);
  for (const format of ['rsa-sha2-256', 'rsa-sha2-512'])
    assert.ok(parseSshSignature(armour(signatureBlob({ ...parts, key: rsa, format }))).ok);
});

test('the words of a FIDO key are read', () => {
  const read = parseSshSignature(armour(signatureBlob({ ...fido, tail: bytes(5, uint32(7)) })));
  assert.ok(read.ok);
  assert.deepEqual(read.signature.fido, { flags: 5, counter: 7 });
});

test('what is not to the letter a signature is refused, and why', () => {
  const of = (changed: Partial<SignatureParts>): string =>
    armour(signatureBlob({ ...parts, ...changed }));
  const rows: readonly (readonly [string, string, RegExp])[] = [
    ['nothing', '', /armoured/],
    ['text before', `x\n${honest}`, /armoured/],
    ['text after', `${honest}x`, /armoured/],
    ['an empty line inside', honest.replace('\n', '\n\n'), /armoured/],
    ['a space inside', honest.replace('U1NI', 'U1 NI'), /armoured/],
    ['a header inside', honest.replace('\n', '\nComment: x\n'), /armoured/],
    ['no body', armour(new Uint8Array()), /armoured/],
    ['two signatures', honest + honest, /armoured/],
    ['padding in the middle', honest.replace(/[A-Za-z0-9+/]{2}\n/, '==\n'), /armoured/],
    ['other magic', of({ magic: 'SSHSIC' }), /does not begin/],
    ['version 0', of({ version: 0 }), /version 0/],
    ['version 2', of({ version: 2 }), /version 2/],
    ['a key of no kind', of({ key: framed('ssh-dss') }), /not accepted/],
    ['SHA-1', of({ hash: 'sha1' }), /"sha1"/],
    ['SHA-384', of({ hash: 'sha384' }), /"sha384"/],
    ['reserved bytes', of({ reserved: 'x' }), /reserved/],
    ['bytes after', of({ after: Uint8Array.of(0) }), /after its end/],
    ['bytes after the value', of({ tail: Uint8Array.of(0) }), /after its end/],
    ['another key’s format', of({ format: 'ssh-rsa' }), /does not make signatures of ssh-rsa/],
    ['RSA with SHA-1', of({ key: rsa, format: 'ssh-rsa' }), /does not make signatures of ssh-rsa/],
    [
      'RSA as a certificate',
      of({ key: rsa, format: 'rsa-sha2-512-cert-v01@openssh.com' }),
      /does not make/,
    ],
    ['FIDO without its words', armour(signatureBlob(fido)), /ends too early/],
    [
      'FIDO with more words',
      armour(signatureBlob({ ...fido, tail: bytes(1, uint32(0), 0) })),
      /after its end/,
    ],
    ['a namespace that no editor shows', of({ namespace: 'a\nb' }), /plain text/],
  ];
  for (const [name, text, why] of rows) {
    const read = parseSshSignature(text);
    assert.ok(!read.ok, name);
    assert.match(read.why, why, name);
  }
});

test('no cut, and no byte taken out or put in, leaves a signature', () => {
  const blob = signatureBlob({ ...fido, tail: bytes(1, uint32(0)) });
  for (let at = 0; at < blob.length; at++) {
    assert.equal(parseSshSignature(armour(blob.subarray(0, at))).ok, false, `cut at ${at}`);
    assert.equal(
      parseSshSignature(armour(bytes(blob.subarray(0, at), blob.subarray(at + 1)))).ok,
      false,
      `without ${at}`,
    );
    assert.equal(
      parseSshSignature(armour(bytes(blob.subarray(0, at), 0, blob.subarray(at)))).ok,
      false,
      `one more at ${at}`,
    );
  }
});

test('the frame that is signed binds namespace and hash', () => {
  assert.equal(
    base64(signedBytes('file', 'sha512', hex('aabb'))),
    base64(bytes('SSHSIG', framed('file'), framed(), framed('sha512'), framed(hex('aabb')))),
  );
});
