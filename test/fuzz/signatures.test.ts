import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseAllowedSigners } from '../../src/core/signatures/allowed-signers.ts';
import { parseRevokedKeys } from '../../src/core/signatures/revocation.ts';
import { parsePublicKey } from '../../src/core/signatures/ssh-public-key.ts';
import { parseSshSignature } from '../../src/core/signatures/sshsig.ts';
import { verifySignature } from '../../src/core/signatures/verify-signature.ts';
import { cryptoVerifier } from '../../src/node/crypto-verifier.ts';
import {
  armour,
  base64,
  bytes,
  framed,
  hex,
  signatureBlob,
  uint32,
} from '../core/signatures/ssh-writer.ts';
import { fuzzRuns } from '../fuzz-runs.ts';
import { changed, changedBytes, exhausting } from './mutations.ts';
import { isKey, keyName, keys, strings } from './plain-keys.ts';
import { within } from './within.ts';
import { fc } from '../drawn-inputs.ts';

test('a changed key is a key only where a plain reader says so', () => {
  fc.assert(
    fc.property(changedBytes(keyName.map((name) => keys[name] as Uint8Array)), (blob) => {
      const read = parsePublicKey(blob);
      assert.equal(read.ok, isKey(blob));
      if (read.ok) assert.deepEqual(Buffer.from(read.key.blob), Buffer.from(blob));
    }),
    { numRuns: fuzzRuns(1000) },
  );
});

const signature = fc
  .record({
    name: keyName,
    namespace: fc.constantFrom('model-signoff', 'git', 'x'),
    hash: fc.constantFrom('sha256', 'sha512', 'sha1'),
    value: fc.uint8Array({ maxLength: 64 }),
  })
  .map(({ name, namespace, hash, value }) =>
    signatureBlob({
      key: keys[name] as Uint8Array,
      namespace,
      hash,
      format: name === 'ssh-rsa' ? 'rsa-sha2-512' : name,
      value,
      ...(name.startsWith('sk-') ? { tail: bytes(1, uint32(7)) } : {}),
    }),
  );

const formats: Readonly<Record<string, readonly string[]>> = {
  'ssh-rsa': ['rsa-sha2-256', 'rsa-sha2-512'],
};

/** Printable and short, as names in the protocol are. */
function isName(part: Buffer | undefined): part is Buffer {
  return (
    part !== undefined && part.length <= 256 && part.every((byte) => byte >= 0x20 && byte <= 0x7e)
  );
}

/** PROTOCOL.sshsig, field by field. */
function isSignature(blob: Uint8Array): boolean {
  const buffer = Buffer.from(blob);
  if (
    buffer.subarray(0, 6).toString('latin1') !== 'SSHSIG' ||
    buffer.length < 10 ||
    buffer.readUInt32BE(6) !== 1
  )
    return false;
  const fields = strings(buffer.subarray(10));
  const [key, namespace, reserved, hash, inner] = fields ?? [];
  if (
    fields?.length !== 5 ||
    !key ||
    !inner ||
    !isKey(key) ||
    !isName(namespace) ||
    reserved?.length !== 0 ||
    !['sha256', 'sha512'].includes(hash?.toString('latin1') ?? '')
  )
    return false;
  const type = strings(key)?.[0]?.toString('latin1') ?? '';
  const tail = type.startsWith('sk-') ? 5 : 0;
  if (inner.length < tail) return false;
  const parts = strings(inner.subarray(0, inner.length - tail));
  return (
    parts?.length === 2 &&
    isName(parts[0]) &&
    (formats[type] ?? [type]).includes(parts[0].toString('latin1'))
  );
}

test('changed bytes are a signature only where a plain reader says so', () => {
  fc.assert(
    fc.property(changedBytes(signature), (blob) => {
      const read = parseSshSignature(armour(blob));
      assert.equal(read.ok, isSignature(blob), Buffer.from(blob).toString('hex'));
      const verified = verifySignature(
        hex('00'),
        armour(blob),
        { namespace: 'model-signoff', allowed: [], revoked: [], at: new Date(0) },
        cryptoVerifier,
      );
      assert.equal(verified.kind, 'unproven');
    }),
    { numRuns: fuzzRuns(1000) },
  );
});

test('a changed armour is read only in its one form', () => {
  fc.assert(
    fc.property(changed(signature.map(armour)), (text) => {
      const read = parseSshSignature(text);
      if (!read.ok) return;
      const lines = text.replaceAll('\r\n', '\n').replace(/\n$/, '').split('\n');
      assert.deepEqual(
        [lines[0], lines.at(-1)],
        ['-----BEGIN SSH SIGNATURE-----', '-----END SSH SIGNATURE-----'],
      );
      const body = lines.slice(1, -1).join('');
      assert.equal(Buffer.from(body, 'base64').toString('base64'), body);
      assert.ok(isSignature(Buffer.from(body, 'base64')));
    }),
    { numRuns: fuzzRuns(500) },
  );
});

test('no text crashes or stops the readers of keys and signatures', () => {
  const read = (text: string): void => {
    parseAllowedSigners('allowed_signers', Buffer.from(text));
    parseRevokedKeys('revoked_keys', Buffer.from(text));
    parseSshSignature(text);
    parsePublicKey(Buffer.from(text));
  };
  for (const [name, text] of exhausting) within(name, () => read(text));
  const many = Array.from(
    { length: 20_000 },
    (_, index) =>
      `p${index} ssh-ed25519 ${base64(bytes(framed('ssh-ed25519'), framed(hex((index + 1000).toString(16).padStart(64, '0')))))}\n`,
  ).join('');
  within('many signers', () =>
    assert.ok(parseAllowedSigners('allowed_signers', Buffer.from(many)).signers.length > 19_000),
  );
  fc.assert(fc.property(fc.string({ unit: 'binary' }), read), { numRuns: fuzzRuns(500) });
});
