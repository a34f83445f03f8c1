// biome-ignore-all lint/suspicious/noThenProperty: the key of a rule's second half is called so in the file.
import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { classifyFeedback } from '../../../src/core/feedback/classify-feedback.ts';
import type { Feedback } from '../../../src/core/records/feedback.ts';
import type { Triage } from '../../../src/core/records/triage.ts';

const item: Feedback = {
  schema: 'countersign/feedback@1',
  id: 'FB-0001',
  title: 'Turned down after leave',
  body: 'The grade was\nTOO LOW for my work.',
  channel: 'survey',
  observed_at: 'unknown',
  status: 'new',
  cohort: { age_band: '35 to 49' },
};

const triage: Triage = {
  schema: 'countersign/triage@1',
  rules: [
    {
      id: 'monitors',
      when: { channel: ['monitor', 'log'] },
      then: { component: 'data', confidence: 0.9 },
    },
    {
      id: 'grades',
      when: { channel: 'survey', text: ['nowhere', 'too low'] },
      then: { component: 'threshold', category: 'quality', confidence: 0.4 },
    },
    { id: 'rest', when: {}, then: { assignee: 'ben', phase: 'explore' } },
  ],
  ambiguous_below: 0.5,
  owners: { threshold: 'ada' },
};

test('the first rule whose tests all hold decides, and says why and how sure it is', () => {
  assert.deepEqual(classifyFeedback(item, triage), {
    rule: 'grades',
    component: 'threshold',
    category: 'quality',
    assignee: 'ada',
    phase: undefined,
    confidence: 0.4,
    reason: 'the channel is survey, the text says "too low"',
    ambiguous: true,
  });
  assert.equal(classifyFeedback({ ...item, channel: 'log' }, triage)?.rule, 'monitors');
  assert.deepEqual(classifyFeedback({ ...item, channel: 'issue' }, triage), {
    rule: 'rest',
    component: undefined,
    category: undefined,
    assignee: 'ben',
    phase: 'explore',
    confidence: undefined,
    reason: 'the rule takes everything',
    ambiguous: false,
  });
});

const rows: readonly (readonly [string, Record<string, unknown>, string | null])[] = [
  ['a word of the title', { text: 'turned down' }, 'the title says "turned down"'],
  [
    'a star stands for any text, over lines too',
    { text: 'grade*low' },
    'the text says "grade*low"',
  ],
  ['the parts of a pattern keep their order', { text: 'low*grade' }, null],
  ['a pattern is no regular expression', { text: '[a-z]+' }, null],
  ['a field of the record', { 'cohort.age_band': '35 to 49' }, 'cohort.age_band is 35 to 49'],
  ['one of several values', { status: ['triaged', 'new'] }, 'status is new'],
  ['a field that is not there', { 'priority.impact': 5 }, null],
  ['a key of every object is no field', { 'constructor.name': 'Object' }, null],
  ['every test has to hold', { channel: 'survey', text: 'never said' }, null],
];

for (const [name, when, reason] of rows) {
  test(`a rule's test: ${name}`, () => {
    const found = classifyFeedback(item, {
      schema: 'countersign/triage@1',
      rules: [{ id: 'one', when, then: {} }],
    });
    assert.equal(found?.reason ?? null, reason);
  });
}

test('a text that is kept elsewhere matches nothing', () => {
  const elsewhere = { private: 'P1', digest: 'a'.repeat(64) };
  assert.equal(
    classifyFeedback({ ...item, title: elsewhere, body: elsewhere } as Feedback, {
      schema: 'countersign/triage@1',
      rules: [{ id: 'one', when: { text: '*' }, then: {} }],
    }),
    null,
  );
});

test('a text is found whatever its white space, its case and its Unicode form; a field through lists', () => {
  const said = { ...item, title: 'Turned\u00a0 \n down', body: 'at the cafe\u0301' };
  const listed = { ...said, contributors: [{ name: 'Zoe\u0308' }, { name: 'ada' }] };
  for (const when of [
    { text: ['turned down'] },
    { text: ['TURNED*CAFÉ', 'the café'] },
    { 'contributors.name': 'Zoë' },
    { 'contributors.name': ['ben', 'ada'] },
  ]) {
    const rules = [{ id: 'rule', when, then: {} }];
    assert.equal(
      classifyFeedback(listed, { schema: 'countersign/triage@1', rules })?.rule,
      'rule',
      JSON.stringify(when),
    );
  }
  const rules = [{ id: 'rule', when: { text: 'cafe' }, then: {} }];
  assert.equal(classifyFeedback(said, { schema: 'countersign/triage@1', rules }), null);
});
