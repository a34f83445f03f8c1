import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import type { JudgedSignoff } from '../../../src/core/gate/judged-signoff.ts';
import { landedRule, lateSignatures } from '../../../src/core/gate/landing.ts';
import { checkedRule, hex, signoffOf } from './values.ts';
import { digestOf, rule } from './landed-values.ts';

test('a signature says whose it is, by which key, over what and in which file', () => {
  const [signature] = landedRule(rule, [signoffOf('ben')], digestOf).signatures;
  const file = '.countersign/signoffs/model-change/ben.yaml';
  assert.deepEqual(signature, {
    person: 'ben',
    role: 'validator',
    file,
    sha256: `of ${file}`,
    payload: 'sha256:ben',
    key: 'SHA256:ben',
    via: null,
    signed_at: '2026-11-23T06:00:00Z',
    counted: true,
  });
  assert.equal(
    landedRule(rule, [signoffOf('ben', {}, { proof: null })], digestOf).signatures[0]?.key,
    null,
  );
  assert.equal(
    landedRule(
      rule,
      [signoffOf('ben', { via: { forge: 'github', login: 'Ben-H', commit: 'a'.repeat(40) } })],
      digestOf,
    ).signatures[0]?.via,
    'github:Ben-H',
  );
});

test('what signatures list is told once a file and content, by path, with everybody who lists it', () => {
  const [one, two, other, last] = [
    { path: 'b.json', sha256: hex('2') },
    { path: 'a.json', sha256: hex('3') },
    { path: 'b.json', sha256: hex('1') },
    { path: 'c.json', sha256: hex('1') },
  ];
  assert.deepEqual(
    landedRule(rule, [signoffOf('ben', { evidence: [other, one] })], digestOf).evidence.map(
      ({ sha256 }) => sha256,
    ),
    [hex('1'), hex('2')],
  );
  const { evidence } = landedRule(
    rule,
    [
      signoffOf('ben', { evidence: [one, last, two] }),
      signoffOf('ada', { role: 'model-owner', evidence: [other, one] }),
      signoffOf('cy', { evidence: [one], decision: 'reject' }),
    ],
    digestOf,
  );
  assert.deepEqual(evidence, [
    { ...two, by: ['ben'] },
    { ...other, by: ['ada'] },
    { ...one, by: ['ada', 'ben'] },
    { ...last, by: ['ben'] },
  ]);
});

const late: readonly {
  readonly name: string;
  readonly signoff: JudgedSignoff;
  readonly want: readonly [rule: string, counted: boolean] | null;
}[] = [
  {
    name: 'an approval of other content',
    signoff: signoffOf('ben', { digest: `v1:${hex('e')}` }, { state: 'stale' }),
    want: ['model-change', true],
  },
  {
    name: 'an approval of a rule that nothing of this landing touches',
    signoff: signoffOf('ben', { rule: 'docs' }),
    want: ['docs', true],
  },
  {
    name: 'answers of an author',
    signoff: signoffOf('ada', { role: 'author', rule: 'docs' }),
    want: ['docs', false],
  },
  { name: 'an approval of what landed with it', signoff: signoffOf('ben'), want: null },
  { name: 'a reject', signoff: signoffOf('ben', { rule: 'docs', decision: 'reject' }), want: null },
  {
    name: 'one that had landed',
    signoff: signoffOf('ben', { rule: 'docs' }, { landed: true }),
    want: null,
  },
  {
    name: 'one whose key was revoked',
    signoff: signoffOf('ben', { rule: 'docs' }, { state: 'revoked' }),
    want: null,
  },
  {
    name: 'one of which nothing is known',
    signoff: { ...signoffOf('ben', { rule: 'docs' }), payload: null },
    want: null,
  },
  {
    name: 'one by nobody',
    signoff: signoffOf('ben', { rule: 'docs' }, { state: 'unknown-signer' }),
    want: null,
  },
];

for (const { name, signoff, want } of late) {
  test(`a signature for what had landed before: ${name}`, () => {
    const found = lateSignatures([rule, checkedRule({ id: 'settings' })], [signoff], digestOf);
    assert.deepEqual(
      found.map(({ rule: id, signature }) => [id, signature.counted]),
      want === null ? [] : [want],
    );
    if (want !== null)
      assert.deepEqual(
        [found[0]?.digest, found[0]?.signature.person],
        [signoff.payload?.digest, signoff.payload?.person],
      );
  });
}
