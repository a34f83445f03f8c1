import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import type { Stage } from '../../../src/core/gate/check-result.ts';
import { blocking, condition, error, finding, judged, warning } from './verdict-input.ts';

const order = [
  'change/conflict',
  'policy/glob',
  'record/time',
  'link/dangling',
  'signoff/stale',
  'author/unknown',
  'evidence/result',
  'checklist/no',
  'requirement/unmet',
] as const;

test('the next step is of the error that a person can act on first', () => {
  for (const [at, area] of order.entries()) {
    const later = [
      ...order.slice(at + 1).map((other) => finding(other, 'error')),
      finding('path/link', 'error'),
      finding('evidence/not-cited', 'error'),
    ];
    assert.equal(
      judged({ findings: [...later, finding(area, 'error')].reverse() }).next,
      `mend ${area}`,
    );
  }
  assert.equal(
    judged({
      findings: [finding('evidence/not-cited', 'error'), finding('requirement/unmet', 'error')],
    }).next,
    'mend requirement/unmet',
  );
  assert.equal(
    judged({ findings: [warning, finding('path/link', 'error')] }).next,
    'mend path/link',
  );
  const { fix: _, ...mute } = error;
  assert.equal(judged({ findings: [mute, finding('path/link', 'error')] }).next, 'mend path/link');
  assert.deepEqual(
    [judged({ findings: [warning] }).next, judged({ findings: [mute] }).next],
    [null, null],
  );
});

const fixes: readonly (readonly [fix: string, named: string, want: string])[] = [
  ['countersign sign --rule r', '--range a...b', 'countersign sign --range a...b --rule r'],
  [
    'a second person signs: countersign sign --vouch',
    '--range $&...b',
    'a second person signs: countersign sign --range $&...b --vouch',
  ],
  ['countersign sign --withdraw', '--range a...b', 'countersign sign --range a...b --withdraw'],
  ['countersign sign --ruled', '--range a...b', 'countersign sign --ruled'],
  ['countersign sign', '--range a...b', 'countersign sign'],
  [
    'countersign sign --range x...y --rule r',
    '--range a...b',
    'countersign sign --range x...y --rule r',
  ],
  ['countersign sign --rule r', '', 'countersign sign --rule r'],
];

test('a step that goes by the target names it', () =>
  assert.equal(
    judged({ findings: [finding('path/link', 'error', { fix: 'git rebase <target>' })] }).next,
    'git rebase origin/main',
  ));

for (const [fix, named, want] of fixes)
  test(`a fix names the change: ${fix}${named === '' ? ', which is staged' : ''}`, () =>
    assert.equal(judged({ findings: [finding('path/link', 'error', { fix })], named }).next, want));

for (const stage of ['off', 'records', 'author', 'all'] satisfies readonly Stage[]) {
  test(`at stage ${stage} an error of the change counts${stage === 'off' ? ' not' : ''}`, () =>
    assert.equal(judged({ stage, findings: [error] }).exit, stage === 'off' ? 0 : 1));
}

test('a finding that knows no fix stays as it is', () =>
  assert.equal(
    judged({
      findings: [{ code: 'path/link', severity: 'error', message: 'm' }],
      named: '--range a...b',
    }).findings.find(({ code }) => code === 'path/link')?.fix,
    undefined,
  ));

test('the command that closes a condition can be pasted, whatever its words', () => {
  const { findings } = judged({
    conditions: [{ ...condition('open'), text: "watch Ada's recall; then tell" }],
    blocking,
  });
  assert.match(
    findings[0]?.fix ?? '',
    /: countersign sign --rule model-change --meets 'watch Ada'\\''s recall; then tell'$/,
  );
});
