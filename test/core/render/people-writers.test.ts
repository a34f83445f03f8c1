import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '../../../src/core/finding/finding.ts';
import type { CheckResult } from '../../../src/core/gate/check-result.ts';
import { checkMarkdown } from '../../../src/core/render/check/check-markdown.ts';
import { verdictLine } from '../../../src/core/render/check-text.ts';
import { crowded, failing, hostile, passing } from './checks.ts';
import { rendered } from './rendered-markdown.ts';
import { met, write } from './written-checks.ts';

test('markdown: hostile text makes no element, link, image, mention or reference', () => {
  const { tags, links, text } = rendered(write('markdown', hostile));
  assert.deepEqual([...tags].sort(), [
    'h2',
    'h3',
    'li',
    'p',
    'strong',
    'sub',
    'table',
    'tbody',
    'td',
    'th',
    'thead',
    'tr',
    'ul',
  ]);
  assert.deepEqual(links, []);
  assert.doesNotMatch(text, /@everyone|eve@e|#1\b|!2\b|GH-3|\$4|%5|~bug|&7|https:\/\/|www\.evil/);
});

test('markdown: what does not fit is counted', () => {
  const markdown = checkMarkdown(crowded(5000), 20_000);
  assert.ok(markdown.length <= 20_000);
  const listed = markdown.match(/^- \*\*/gm)?.length ?? 0;
  assert.match(markdown, new RegExp(`and ${5000 - listed} more`));
  assert.ok(!markdown.includes('**warning**'), 'errors come first');
});

const weak: Finding = {
  code: 'policy/weak-policy-change',
  severity: 'warning',
  message: 'one person alone may change this policy',
  path: '.countersign/policy.yaml',
  line: 24,
  column: 1,
};
const lockedOut: Finding = {
  code: 'policy/author-locked-out',
  severity: 'warning',
  message: 'the rule model-change can never be met for a change by ben',
  path: '.countersign/policy.yaml',
  line: 17,
  column: 5,
};

test('text: what a policy warns of is one line where the change leaves it alone, and all of it where it does not', () => {
  const told = (findings: readonly Finding[], rules = passing.rules): readonly string[] =>
    write('text', { ...passing, rules, findings })
      .split('\n')
      .filter((line) => line.includes(' policy/'));
  assert.deepEqual(told([lockedOut, weak, { ...lockedOut, message: 'for a change by cy' }]), [
    '.countersign/policy.yaml:24:1: warning policy/weak-policy-change one person alone may change this policy; 2 more warnings of the policy: countersign doctor',
  ]);
  assert.deepEqual(told([lockedOut, { ...lockedOut, line: 18 }]), [
    '.countersign/policy.yaml:17:5: warning policy/author-locked-out the rule model-change can never be met for a change by ben; 1 more warning of the policy: countersign doctor',
  ]);
  assert.deepEqual(told([weak]), [
    '.countersign/policy.yaml:24:1: warning policy/weak-policy-change one person alone may change this policy',
  ]);
  assert.equal(
    told(
      [lockedOut, weak],
      [{ ...(passing.rules[0] as CheckResult['rules'][number]), id: 'policy-change' }],
    ).length,
    2,
  );
  // What is wrong is never put together with anything.
  assert.equal(
    told([lockedOut, weak, { ...weak, severity: 'error', code: 'policy/unreadable' }]).length,
    2,
  );
  assert.match(
    write('json', { ...passing, findings: [lockedOut, weak] }),
    /author-locked-out[^]*weak-policy-change/,
  );
});

test('a pass says on how many conditions those who signed did, and no other condition', () => {
  const [one] = failing.conditions;
  assert.ok(one && met);
  const of = (...conditions: readonly (typeof one)[]): string =>
    verdictLine({ ...passing, conditions });
  assert.equal(of(one), 'pass: model-change signed by ada, ben on 1 condition');
  assert.equal(
    of(one, { ...one, condition: 1 }),
    'pass: model-change signed by ada, ben on 2 conditions',
  );
  assert.equal(
    of({ ...one, state: 'met' }, { ...one, by: 'cy' }, { ...one, rule: 'docs' }),
    'pass: model-change signed by ada, ben',
  );
});
