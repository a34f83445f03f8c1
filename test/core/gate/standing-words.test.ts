import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import type { JudgedSignoff } from '../../../src/core/gate/judged-signoff.ts';
import { copies, signoffFindings, standingFor } from '../../../src/core/gate/standing.ts';
import { digest, entryOf, hex } from './values.ts';
import { after, by, expiredKey } from './standing-values.ts';

const entries = [entryOf('model/a.py'), entryOf('model/b.py')];

const other = `v1:${hex('e')}`;
const standings: readonly (readonly [
  name: string,
  signoffs: readonly JudgedSignoff[],
  want: readonly [approvals: number, answers: number, rejects: number],
])[] = [
  ['an approval', [by('a')], [1, 1, 0]],
  ['answers of an author', [by('a', { role: 'author' })], [0, 1, 0]],
  [
    'of another rule',
    [by('a', { rule: 'docs' }), by('b', { rule: 'docs', decision: 'reject' })],
    [0, 0, 0],
  ],
  ['a stale approval', [by('a', {}, { state: 'stale' })], [0, 0, 0]],
  ['an approval by an expired key', [by('a', {}, { state: 'expired' })], [0, 0, 0]],
  ['an approval that landed', [by('a', {}, { landed: true })], [0, 0, 0]],
  ['a withdrawal', [by('a', { decision: 'withdraw' })], [0, 0, 0]],
  ['an approval and its withdrawal', [by('a'), after('b', { decision: 'withdraw' })], [0, 0, 0]],
  [
    'a forged one',
    [by('a', {}, { state: 'forged' }), by('b', { decision: 'reject' }, { state: 'not-allowed' })],
    [0, 0, 0],
  ],
  ['a reject of this content', [by('a', { decision: 'reject' })], [0, 0, 1]],
  [
    'a reject of other content, in the range',
    [by('a', { decision: 'reject', digest: other }, { state: 'stale' })],
    [0, 0, 1],
  ],
  [
    'a reject of other content, that landed before it',
    [by('a', { decision: 'reject', digest: other }, { state: 'stale', landed: true })],
    [0, 0, 1],
  ],
  [
    'a reject of other content, which has landed',
    [
      by(
        'a',
        { decision: 'reject', digest: other },
        { state: 'stale', landed: true, settled: true },
      ),
    ],
    [0, 0, 0],
  ],
  [
    'a reject of this content, which landed before',
    [by('a', { decision: 'reject' }, { landed: true, settled: true })],
    [0, 0, 1],
  ],
  [
    'a reject under a rule that is renamed since, of a file that lands',
    [
      by(
        'a',
        {
          decision: 'reject',
          rule: 'old',
          digest: other,
          manifest: [['model/b.py', '100644', '-', '100644', hex('1')]],
        },
        { state: 'not-allowed', because: 'unknown-rule' },
      ),
    ],
    [0, 0, 1],
  ],
  [
    'a reject under a rule that is renamed since, of another file',
    [
      by(
        'a',
        {
          decision: 'reject',
          rule: 'old',
          digest: other,
          manifest: [['docs/b.md', '100644', '-', '100644', hex('1')]],
        },
        { state: 'not-allowed', because: 'unknown-rule' },
      ),
    ],
    [0, 0, 0],
  ],
  [
    'a reject under a rule that is renamed since, of more files than it lists',
    [
      by(
        'a',
        { decision: 'reject', rule: 'old', digest: other, manifest: null },
        { state: 'not-allowed', because: 'unknown-rule' },
      ),
    ],
    [0, 0, 1],
  ],
  [
    'a reject under a rule that is renamed since, of what has landed',
    [
      by(
        'a',
        { decision: 'reject', rule: 'old', digest: other, manifest: null },
        { state: 'not-allowed', because: 'unknown-rule', landed: true, settled: true },
      ),
    ],
    [0, 0, 0],
  ],
  [
    'a reject in a role that was taken away',
    [by('a', { decision: 'reject' }, { state: 'not-allowed', because: 'role' })],
    [0, 0, 1],
  ],
  [
    'an approval, and its withdrawal by a fast clock that names it',
    [by('a'), after('b', { decision: 'withdraw' }, { state: 'not-allowed', because: 'future' })],
    [0, 0, 0],
  ],
  [
    'a reject that its signer withdraws by a fast clock',
    [
      by('a', { decision: 'reject' }),
      after('b', { decision: 'withdraw' }, { state: 'not-allowed', because: 'future' }),
    ],
    [0, 0, 1],
  ],
  [
    'an approval and its withdrawal, which an expired key takes back',
    [by('c'), by('a', { decision: 'withdraw' }), after('b', {}, expiredKey)],
    [0, 0, 0],
  ],
  [
    'a reject of this content, that landed',
    [by('a', { decision: 'reject' }, { landed: true })],
    [0, 0, 1],
  ],
  [
    'a reject of this content, that landed under another name of the rule',
    [by('a', { decision: 'reject', rule: 'docs' }, { landed: true })],
    [0, 0, 1],
  ],
  [
    'a reject of other content, that landed under another name of the rule',
    [by('a', { decision: 'reject', rule: 'docs', digest: other }, { landed: true })],
    [0, 0, 0],
  ],
  [
    'a reject of this content, that its signer replaced under another name of the rule',
    [by('a', { decision: 'reject', rule: 'docs' }, { landed: true }), after('b')],
    [1, 1, 1],
  ],
  [
    'a reject by a key that was revoked since',
    [by('a', { decision: 'reject' }, { state: 'revoked' })],
    [0, 0, 1],
  ],
  ['a reject that its signer replaced', [by('a', { decision: 'reject' }), after('b')], [1, 1, 0]],
  [
    'an approval, and its signer’s withdrawal that names no other',
    [by('a'), by('b', { decision: 'withdraw' })],
    [0, 0, 0],
  ],
  [
    'an approval, and its signer’s withdrawal of something else',
    [by('a'), by('b', { decision: 'withdraw', digest: `v1:${hex('e')}` })],
    [1, 1, 0],
  ],
  [
    'an approval, and its signer’s withdrawal that landed by itself',
    [by('a'), by('b', { decision: 'withdraw' }, { landed: true })],
    [0, 0, 0],
  ],
  [
    'an approval, and its signer’s withdrawal of what landed then',
    [by('a'), by('b', { decision: 'withdraw' }, { landed: true, settled: true })],
    [1, 1, 0],
  ],
  [
    'an approval, and another’s withdrawal',
    [by('a'), by('b', { decision: 'withdraw' }, {}, 'cy')],
    [1, 1, 0],
  ],
  [
    'a reject and another’s approval',
    [by('a', { decision: 'reject' }), after('b', {}, {}, 'cy')],
    [1, 1, 1],
  ],
];

for (const [name, signoffs, want] of standings) {
  test(`what stands for a rule: ${name}`, () => {
    const { approvals, answers, rejects } = standingFor(
      { id: 'model-change', digest, entries },
      signoffs,
    );
    assert.deepEqual([approvals.length, answers.length, rejects.length], want);
  });
}

const file = (name: string, id: string | null) => ({ file: name, id });
const twice: readonly (readonly [
  name: string,
  brought: readonly ReturnType<typeof file>[],
  landed: readonly (readonly [string, string])[],
  found: readonly (readonly [path: string, of: string])[],
])[] = [
  ['two payloads', [file('a', '1'), file('b', '2')], [], []],
  [
    'one payload in two files, of which the later by name is the copy',
    [file('b', '1'), file('a', '1')],
    [],
    [['b', 'a']],
  ],
  [
    'one payload in three files',
    [file('c', '1'), file('a', '1'), file('b', '1')],
    [],
    [
      ['b', 'a'],
      ['c', 'a'],
    ],
  ],
  ['of what landed under another name', [file('a', '1')], [['1', 'z']], [['a', 'z']]],
  ['of what landed under this name', [file('a', '1')], [['1', 'a']], []],
  ['without a payload', [file('a', null), file('b', null)], [], []],
];

for (const [name, brought, landed, found] of twice) {
  test(`copies of signed files: ${name}`, () => {
    const findings = copies(brought, new Map(landed));
    assert.deepEqual(
      findings.map(({ code, severity, path, message }) => [code, severity, path, message]),
      found.map(([path, of]) => ['signoff/copy', 'error', path, `this is a copy of ${of}`]),
    );
  });
}

const told = {
  code: 'signoff/stale',
  severity: 'warning',
  message: 'moved',
  fix: 'sign again',
} as const;
const staleOf = (because: JudgedSignoff['because']): JudgedSignoff =>
  by('a', {}, { state: 'stale', because, findings: [told] });
for (const [name, signoff, other, asked] of [
  ['nobody signed again', staleOf('moved'), null, true],
  ['its signer signed what is there now', staleOf('moved'), by('b'), false],
  ['its signer answered the new checklist', staleOf('checklist'), by('b'), false],
  ['its signer looked again', staleOf('too-old'), by('b'), false],
  ['it served before', staleOf('served'), by('b'), true],
  ['another signed', staleOf('moved'), by('b', {}, {}, 'cy'), true],
  ['its signer signed for another rule', staleOf('moved'), by('b', { rule: 'docs' }), true],
  ['its signer signed in another role', staleOf('moved'), by('b', { role: 'author' }), true],
  ['the other moved, too', staleOf('moved'), by('b', {}, { state: 'stale' }), true],
] as const)
  test(`a sign-off that counts no more asks for another, unless it is there: ${name}`, () =>
    assert.deepEqual(
      signoffFindings(signoff, other === null ? [signoff] : [signoff, other]).map(
        ({ code, fix }) => [code, fix],
      ),
      [['signoff/stale', asked ? 'sign again' : undefined]],
    ));
