import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseAllowedSigners } from '../../src/core/signatures/allowed-signers.ts';
import { parseRevokedKeys } from '../../src/core/signatures/revocation.ts';
import { parsePublicKey } from '../../src/core/signatures/ssh-public-key.ts';
import { parseSshSignature } from '../../src/core/signatures/sshsig.ts';
import { verifySignature } from '../../src/core/signatures/verify-signature.ts';
import { cryptoVerifier } from '../../src/node/crypto-verifier.ts';
import { armour, base64, bytes, framed, hex, mpint, signatureBlob, uint32 } from '../core/signatures/ssh-writer.ts';
import { fuzzRuns } from '../fuzz-runs.ts';
import { changed, changedBytes, exhausting } from './mutations.ts';
import { within } from './within.ts';

const web = (text: string | undefined): Uint8Array => Uint8Array.from(Buffer.from(text ?? '', 'base64url'));
const edwards = web(generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }).x);
const point = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' });

const keys: Readonly<Record<string, Uint8Array>> = {
  'ssh-ed25519': bytes(framed('ssh-ed25519'), framed(edwards)),
  'ecdsa-sha2-nistp256': bytes(framed('ecdsa-sha2-nistp256'), framed('nistp256'), framed(4, web(point.x), web(point.y))),
  'ssh-rsa': bytes(framed('ssh-rsa'), mpint(web(rsa.e)), mpint(web(rsa.n))),
  'sk-ssh-ed25519@openssh.com': bytes(framed('sk-ssh-ed25519@openssh.com'), framed(edwards), framed('ssh:')),
};
const keyName = fc.constantFrom(...Object.keys(keys));

/** Strings of the wire format, one after another to the very end; null where they are not. */
function strings(blob: Uint8Array): readonly Buffer[] | null {
  const buffer = Buffer.from(blob);
  const found: Buffer[] = [];
  for (let at = 0; at < buffer.length; ) {
    if (at + 4 > buffer.length) return null;
    const end = at + 4 + buffer.readUInt32BE(at);
    if (end > buffer.length) return null;
    found.push(buffer.subarray(at + 4, end));
    at = end;
  }
  return found;
}

const prime = 2n ** 255n - 19n;
const weak = [0n, 1n, prime - 1n, 0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n, prime - 0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n];

/** Whether a blob is a key that may sign; of RSA and ecdsa only those that were made here, since a changed one is another number or no point. */
function isKey(blob: Uint8Array): boolean {
  if (Object.values(keys).some((key) => Buffer.compare(key, blob) === 0)) return true;
  const parts = strings(blob);
  const type = parts?.[0]?.toString('latin1');
  const y = parts?.[1]?.length === 32 ? BigInt(`0x${Buffer.from(parts[1]).reverse().toString('hex')}`) & (2n ** 255n - 1n) : prime;
  if (type === 'ssh-ed25519') return parts?.length === 2 && y < prime && !weak.includes(y);
  if (type === 'sk-ssh-ed25519@openssh.com') return parts?.length === 3 && parts[2]?.toString('latin1') === 'ssh:' && y < prime && !weak.includes(y);
  if (type === 'ssh-rsa') {
    const [, e, n] = parts ?? [];
    const plain = (number: Buffer | undefined): boolean => number !== undefined && number.length > 0 && (number[0] as number) < 0x80 && !(number[0] === 0 && (number[1] ?? 0) < 0x80);
    if (parts?.length !== 3 || !plain(e) || !plain(n)) return false;
    const [exponent, modulus] = [BigInt(`0x${e?.toString('hex')}`), BigInt(`0x${n?.toString('hex')}`)];
    const bits = modulus.toString(2).length;
    return exponent % 2n === 1n && exponent >= 3n && bits >= 2048 && bits <= 16384;
  }
  return false;
}

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

const signature = fc.record({ name: keyName, namespace: fc.constantFrom('model-signoff', 'git', 'x'), hash: fc.constantFrom('sha256', 'sha512', 'sha1'), value: fc.uint8Array({ maxLength: 64 }) }).map(({ name, namespace, hash, value }) =>
  signatureBlob({ key: keys[name] as Uint8Array, namespace, hash, format: name === 'ssh-rsa' ? 'rsa-sha2-512' : name, value, ...(name.startsWith('sk-') ? { tail: bytes(1, uint32(7)) } : {}) }),
);

const formats: Readonly<Record<string, readonly string[]>> = { 'ssh-rsa': ['rsa-sha2-256', 'rsa-sha2-512'] };

/** Printable and short, as names in the protocol are. */
function isName(part: Buffer | undefined): part is Buffer {
  return part !== undefined && part.length <= 256 && part.every((byte) => byte >= 0x20 && byte <= 0x7e);
}

/** PROTOCOL.sshsig, field by field. */
function isSignature(blob: Uint8Array): boolean {
  const buffer = Buffer.from(blob);
  if (buffer.subarray(0, 6).toString('latin1') !== 'SSHSIG' || buffer.length < 10 || buffer.readUInt32BE(6) !== 1) return false;
  const fields = strings(buffer.subarray(10));
  const [key, namespace, reserved, hash, inner] = fields ?? [];
  if (fields?.length !== 5 || !key || !inner || !isKey(key) || !isName(namespace) || reserved?.length !== 0 || !['sha256', 'sha512'].includes(hash?.toString('latin1') ?? '')) return false;
  const type = strings(key)?.[0]?.toString('latin1') ?? '';
  const tail = type.startsWith('sk-') ? 5 : 0;
  if (inner.length < tail) return false;
  const parts = strings(inner.subarray(0, inner.length - tail));
  return parts?.length === 2 && isName(parts[0]) && (formats[type] ?? [type]).includes(parts[0].toString('latin1'));
}

test('changed bytes are a signature only where a plain reader says so', () => {
  fc.assert(
    fc.property(changedBytes(signature), (blob) => {
      const read = parseSshSignature(armour(blob));
      assert.equal(read.ok, isSignature(blob), Buffer.from(blob).toString('hex'));
      const verified = verifySignature(hex('00'), armour(blob), { namespace: 'model-signoff', allowed: [], revoked: [], at: new Date(0) }, cryptoVerifier);
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
      assert.deepEqual([lines[0], lines.at(-1)], ['-----BEGIN SSH SIGNATURE-----', '-----END SSH SIGNATURE-----']);
      const body = lines.slice(1, -1).join('');
      assert.equal(Buffer.from(body, 'base64').toString('base64'), body);
      assert.ok(isSignature(Buffer.from(body, 'base64')));
    }),
    { numRuns: fuzzRuns(500) },
  );
});

/** One line of allowed_signers, letter by letter: principal, perhaps options, type, key, perhaps a remark. */
function readLine(line: string): { readonly principal: string; readonly namespaces: readonly string[] | null; readonly key: string } | null {
  const words: string[] = [];
  let word = '';
  let quoted = false;
  for (const letter of line) {
    if (letter === '"') quoted = !quoted;
    if ((letter === ' ' || letter === '\t') && !quoted) {
      if (word !== '') words.push(word);
      word = '';
    } else word += letter;
  }
  if (word !== '') words.push(word);
  // A remark may hold anything, an odd quote too: only the words before it count.
  const [principal = '', second = '', third = '', fourth = ''] = words;
  const typed = Object.keys(keys).includes(second);
  const [options, type, key] = typed ? ['', second, third] : [second, third, fourth];
  if (/["*?!,]/.test(principal) || !Object.keys(keys).includes(type)) return null;
  if (Buffer.from(key, 'base64').toString('base64') !== key || !isKey(Buffer.from(key, 'base64')) || strings(Buffer.from(key, 'base64'))?.[0]?.toString() !== type) return null;
  if (options === '') return { principal, namespaces: null, key };
  const found = options.split(/,(?=[A-Za-z-]+=")/).map((option) => /^([A-Za-z-]+)="([^"]*)"$/.exec(option));
  const names = found.map((option) => option?.[1]?.toLowerCase());
  if (names.some((name) => name === undefined || !['namespaces', 'valid-after', 'valid-before'].includes(name)) || new Set(names).size < names.length) return null;
  const value = found[names.indexOf('namespaces')]?.[2];
  if (value !== undefined && (/[*?!\s]/.test(value) || value.split(',').includes(''))) return null;
  return { principal, namespaces: value?.split(',') ?? null, key };
}

const line = fc.record({ principal: fc.constantFrom('ada@example.org', 'ben', 'x*'), options: fc.constantFrom('', 'namespaces="model-signoff" ', 'namespaces="git,model-signoff",valid-after="20260101Z" ', 'valid-before="20270101Z" ', 'cert-authority ', 'namespaces="a b" '), name: keyName, remark: fc.constantFrom('', ' ada', ' "x') }).map(({ principal, options, name, remark }) => `${principal} ${options}${name} ${base64(keys[name] as Uint8Array)}${remark}`);

test('a signer is accepted only where a plain reader accepts the line, and each other line is a finding', () => {
  fc.assert(
    fc.property(changed(fc.array(line, { maxLength: 3 }).map((lines) => `${lines.join('\n')}\n`)), (text) => {
      const { signers, findings } = parseAllowedSigners('allowed_signers', Buffer.from(text));
      const lines = Buffer.from(text).toString('utf8').split(/\r?\n/);
      for (const { principal, namespaces, blob, line: number } of signers) {
        const bare = (lines[number - 1] ?? '').replace(/^[ \t]+/, '');
        assert.deepEqual({ principal, namespaces, key: base64(blob) }, readLine(bare), bare);
      }
      const said = new Set([...signers.map(({ line: number }) => number), ...findings.map(({ line: number }) => number)]);
      if (findings[0]?.message.includes('UTF-8')) return;
      for (const [index, one] of lines.entries()) if (!/^[ \t]*(#|$)/.test(one)) assert.ok(said.has(index + 1), `nothing was said of ${one}`);
      assert.equal(new Set(signers.map(({ blob }) => base64(blob))).size, signers.length);
    }),
    { numRuns: fuzzRuns(1000) },
  );
});

test('a revoked key is read or told of, never passed over', () => {
  fc.assert(
    fc.property(changed(keyName.map((name) => `${name} ${base64(keys[name] as Uint8Array)} lost\n`)), (text) => {
      const { keys: found, findings } = parseRevokedKeys('revoked_keys', Buffer.from(text));
      const lines = Buffer.from(text).toString('utf8').replace(/^\ufeff/, '').split(/\r?\n/).filter((one) => !/^[ \t]*(#|$)/.test(one));
      if (findings[0]?.code === 'revoked/binary') return;
      assert.equal(found.length + findings.length, lines.length);
      for (const blob of found) assert.ok(lines.some((one) => one.includes(base64(blob))));
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
  const many = Array.from({ length: 20_000 }, (_, index) => `p${index} ssh-ed25519 ${base64(bytes(framed('ssh-ed25519'), framed(hex((index + 1000).toString(16).padStart(64, '0')))))}\n`).join('');
  within('many signers', () => assert.ok(parseAllowedSigners('allowed_signers', Buffer.from(many)).signers.length > 19_000));
  fc.assert(fc.property(fc.string({ unit: 'binary' }), read), { numRuns: fuzzRuns(500) });
});
