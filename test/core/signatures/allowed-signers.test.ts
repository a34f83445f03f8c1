import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseAllowedSigners, signerOf } from '../../../src/core/signatures/allowed-signers.ts';
import { parsePublicKeyText } from '../../../src/core/signatures/ssh-public-key.ts';
import { base64, bytes, framed, hex, mpint } from './ssh-writer.ts';

const ada = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl';
const ben = `ssh-ed25519 ${base64(bytes(framed('ssh-ed25519'), framed(hex('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a'))))}`;

function read(text: string | Uint8Array): ReturnType<typeof parseAllowedSigners> {
  return parseAllowedSigners('allowed_signers', bytes(text));
}

test('lines are read as ssh-keygen reads them', () => {
  const rows: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
    [
      `ada@example.org ${ada}`,
      {
        principal: 'ada@example.org',
        namespaces: null,
        validAfter: null,
        validBefore: null,
        line: 1,
      },
    ],
    [
      `# a remark\n\n  ada@example.org\t${ada} ada's key, "of 2026"\r\n`,
      { principal: 'ada@example.org', line: 3 },
    ],
    [
      `ada@example.org namespaces="git,model-signoff" ${ada}`,
      { namespaces: ['git', 'model-signoff'] },
    ],
    [
      `ada@example.org Namespaces="model-signoff",VALID-AFTER="20260101Z",valid-before="202612312359Z" ${ada}`,
      {
        namespaces: ['model-signoff'],
        validAfter: Date.UTC(2026, 0, 1) / 1000,
        validBefore: Date.UTC(2026, 11, 31, 23, 59) / 1000,
      },
    ],
    [
      ` \tada@example.org \t namespaces="git" \t ${ada.replace(' ', ' \t ')} \t `,
      { principal: 'ada@example.org', namespaces: ['git'] },
    ],
    [
      `ada@example.org valid-after="20260101Z" ${ada}`,
      { validAfter: Date.UTC(2026, 0, 1) / 1000, validBefore: null },
    ],
    [
      `ada@example.org valid-before="20260102030405Z" ${ada}`,
      { validBefore: Date.UTC(2026, 0, 2, 3, 4, 5) / 1000 },
    ],
    [`ü@example.org ${ada}`, { principal: 'ü@example.org' }],
  ];
  for (const [text, wanted] of rows) {
    const {
      signers: [signer],
      findings,
    } = read(text);
    assert.deepEqual(findings, [], text);
    for (const [field, value] of Object.entries(wanted))
      assert.deepEqual(signer?.[field as 'line'], value, `${text} ${field}`);
  }
});

test('a key finds its signer', () => {
  const { signers } = read(`ada@example.org ${ada}\nben@example.org ${ben}\n`);
  const [type = '', text = ''] = ben.split(' ');
  const key = parsePublicKeyText(type, text);
  assert.ok(key.ok);
  assert.equal(signerOf(signers, key.key.blob)?.principal, 'ben@example.org');
  assert.equal(signerOf(signers, bytes(key.key.blob, 0)), undefined);
});

const keyLine = (type: string, ...parts: readonly Uint8Array[]): string =>
  `${type} ${base64(bytes(framed(type), ...parts))}`;
const unclear: readonly (readonly [string, string])[] = [
  [`ada@example.org cert-authority ${ada}`, 'signers/certificate-authority'],
  [`ada@example.org namespaces="git",Cert-Authority ${ada}`, 'signers/certificate-authority'],
  [`*@example.org ${ada}`, 'signers/pattern'],
  [`ada?@example.org ${ada}`, 'signers/pattern'],
  [`!ada@example.org ${ada}`, 'signers/pattern'],
  [`"ada@example.org" ${ada}`, 'signers/pattern'],
  [`ada@example.org,eve@example.org ${ada}`, 'signers/pattern'],
  [`ada@example.org namespaces="model-*" ${ada}`, 'signers/pattern'],
  [`ada@example.org namespaces="!git" ${ada}`, 'signers/pattern'],
  [`ada@example.org namespaces="" ${ada}`, 'signers/malformed'],
  [`ada@example.org namespaces="git, model-signoff" ${ada}`, 'signers/malformed'],
  [`ada@example.org namespaces="git,,model-signoff" ${ada}`, 'signers/malformed'],
  [`ada@example.org namespaces=git ${ada}`, 'signers/malformed'],
  [`ada@example.org namespaces ${ada}`, 'signers/malformed'],
  [`ada@example.org namespaces="git",namespaces="model-signoff" ${ada}`, 'signers/malformed'],
  [`ada@example.org namespaces="git", valid-after="20260101Z" ${ada}`, 'signers/malformed'],
  [`ada@example.org no-touch-required="x" ${ada}`, 'signers/malformed'],
  [`ada@example.org valid-after="20260101" ${ada}`, 'signers/time'],
  [`ada@example.org valid-after="202601011200" ${ada}`, 'signers/time'],
  [`ada@example.org valid-after="2026010Z" ${ada}`, 'signers/time'],
  [`ada@example.org valid-after="x20260101Z" ${ada}`, 'signers/time'],
  [`ada@example.org valid-after="20260101Zx" ${ada}`, 'signers/time'],
  [`ada@example.org valid-after="20260230Z" ${ada}`, 'signers/time'],
  [`ada@example.org valid-after="20260101240000Z" ${ada}`, 'signers/time'],
  [`ada@example.org valid-after="20260101235960Z" ${ada}`, 'signers/time'],
  [`ada@example.org valid-after="20261301Z" ${ada}`, 'signers/time'],
  [`ada@example.org valid-after="20260101z" ${ada}`, 'signers/time'],
  [`ada@example.org valid-after="00500101Z" ${ada}`, 'signers/time'],
  [`ada@example.org valid-after="19691231Z" ${ada}`, 'signers/time'],
  [`ada@example.org valid-before="19700101Z" ${ada}`, 'signers/time'],
  [`ada@example.org valid-after="20260101Z",valid-before="20260101Z" ${ada}`, 'signers/time'],
  [`ada@example.org valid-after="20260102Z",valid-before="20260101Z" ${ada}`, 'signers/time'],
  [`ada@example.org ${keyLine('ssh-dss', framed('x'))}`, 'signers/key-type'],
  [
    `ada@example.org ${keyLine('ssh-ed25519-cert-v01@openssh.com', framed('x'))}`,
    'signers/key-type',
  ],
  [
    `ada@example.org ${keyLine('sk-ssh-ed25519@openssh.com', framed(hex('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a')), framed('https://example.org'))}`,
    'signers/key-type',
  ],
  [
    `ada@example.org ${keyLine('ssh-rsa', mpint(hex('010001')), mpint(new Uint8Array(128).fill(0xa5)))}`,
    'signers/weak-key',
  ],
  [`ada@example.org ${keyLine('ssh-ed25519', framed(new Uint8Array(32)))}`, 'signers/weak-key'],
  [`ada@example.org ${ada.replace('ssh-ed25519', 'ssh-rsa')}`, 'signers/malformed'],
  ['ada@example.org ssh-ed25519', 'signers/malformed'],
  ['ada@example.org', 'signers/malformed'],
  [`ada@example.org ${ada.slice(0, -3)}`, 'signers/malformed'],
  [`ada@example.org ${ada}\rben@example.org ${ben}`, 'signers/malformed'],
  [`ada@example.org\u00a0${ada}`, 'signers/malformed'],
  [`ada@example.org\0 ${ada}`, 'signers/malformed'],
  [`ada@example.org ${ada} a remark\0`, 'signers/malformed'],
  [`\ufeffada@example.org ${ada}`, 'signers/malformed'],
  [`\u200fada@example.org ${ada.replace('AAAA', 'AAA\u200f')}`, 'signers/malformed'],
];

test('what would make the signer depend on the reader is an error of its line, and hides no other line', () => {
  for (const [line, code] of unclear) {
    const { signers, findings } = read(`${line}\nben@example.org ${ben}\n`);
    assert.deepEqual(
      findings.map((finding) => [finding.code, finding.severity, finding.line]),
      [[code, 'error', 1]],
      `${line}: ${findings.map(({ message }) => message).join()}`,
    );
    assert.deepEqual(
      signers.map(({ principal }) => principal),
      ['ben@example.org'],
      line,
    );
  }
});

test('one key stands once', () => {
  const { signers, findings } = read(
    `ada@example.org namespaces="git" ${ada}\nben@example.org ${ada}\nben@example.org ${ben} x\n`,
  );
  assert.deepEqual(
    findings.map(({ code, line }) => [code, line]),
    [['signers/key-twice', 2]],
  );
  assert.match(findings[0]?.message ?? '', /line 1/);
  assert.equal(signers.length, 2);
});

test('a file that is not UTF-8 names nobody', () => {
  const { signers, findings } = read(bytes(`ada@example.org ${ada} `, 0xff, '\n'));
  assert.deepEqual([signers.length, findings.map(({ code }) => code)], [0, ['signers/malformed']]);
});
