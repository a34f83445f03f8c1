import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRevoked, parseRevokedKeys } from '../../../src/core/signatures/revocation.ts';
import { base64, bytes, framed, hex, mpint } from './ssh-writer.ts';

const edwards = bytes(
  framed('ssh-ed25519'),
  framed(hex('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a')),
);
const line = `ssh-ed25519 ${base64(edwards)}`;

function read(text: string | Uint8Array): ReturnType<typeof parseRevokedKeys> {
  return parseRevokedKeys('revoked_keys', bytes(text));
}

test('keys stand one a line', () => {
  const weak = bytes(
    framed('ssh-rsa'),
    mpint(hex('010001')),
    mpint(new Uint8Array(128).fill(0xa5)),
  );
  for (const text of [
    line,
    line.replace(' ', ' \t '),
    ` \t ${line} \t `,
    `${line} ada's lost key`,
    `# lost\r\n\r\n\t${line}\r\n`,
    `ssh-rsa ${base64(weak)}\n${line}\n`,
  ]) {
    const { keys, findings } = read(text);
    assert.deepEqual(findings, [], text);
    assert.equal(isRevoked(keys, edwards), true, text);
    assert.equal(isRevoked(keys, bytes(edwards, 0)), false, text);
  }
  assert.deepEqual(read(''), { keys: [], findings: [] });
});

test('what is not understood might be the revocation that matters, and hides no other', () => {
  const padded = bytes(
    framed('ssh-rsa'),
    framed(hex('00010001')),
    mpint(new Uint8Array(256).fill(0xa5)),
  );
  const rows: readonly (readonly [string, string])[] = [
    ['x', 'revoked/malformed'],
    [base64(edwards), 'revoked/malformed'],
    [`ada@example.org ${line}`, 'revoked/malformed'],
    [`ssh-rsa ${base64(edwards)}`, 'revoked/malformed'],
    [`${line}x`, 'revoked/malformed'],
    [`${line}!`, 'revoked/malformed'],
    [`${line.slice(0, -4)}`, 'revoked/malformed'],
    // ssh-keygen would revoke the key by this line; our comparison by blob would not, so that it must not pass in silence.
    [`ssh-rsa ${base64(padded)}`, 'revoked/malformed'],
    ['SHA256:+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU', 'revoked/malformed'],
    [`serial: 1`, 'revoked/malformed'],
    [`ssh-ed25519\u00a0${base64(edwards)}`, 'revoked/malformed'],
  ];
  for (const [text, code] of rows) {
    const { keys, findings } = read(`${text}\n${line}\n`);
    assert.deepEqual(
      findings.map((finding) => [finding.code, finding.severity, finding.line]),
      [[code, 'error', 1]],
      text,
    );
    assert.equal(isRevoked(keys, edwards), true, text);
  }
});

test('a binary list is refused', () => {
  const { keys, findings } = read(bytes('SSHKRL\n\0', hex('00000001'), line));
  assert.deepEqual(
    [keys, findings.map(({ code, severity }) => [code, severity])],
    [[], [['revoked/binary', 'error']]],
  );
});
