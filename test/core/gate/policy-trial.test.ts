import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '../../../src/core/finding/finding.ts';
import type { Landing, LandingState } from '../../../src/core/gate/landing.ts';
import {
  compareReplays,
  countOutcomes,
  reasons,
  type TriedOutcome,
} from '../../../src/core/gate/policy-trial.ts';

const finding = (message: string, severity: Finding['severity'] = 'error'): Finding => ({
  code: 'requirement/unmet',
  severity,
  message,
});

function landing(
  to: string,
  state: LandingState,
  steps = 1,
  ...findings: readonly Finding[]
): Landing {
  return {
    from: null,
    to,
    steps,
    how: 'merge',
    time: '2026-01-07T00:00:00Z',
    stamp: null,
    subject: `s ${to}`,
    verdict: 'pass',
    state,
    policy: null,
    rules: [],
    exceptions: [],
    conditions: [],
    findings,
  };
}

const outcomes: readonly (readonly [
  was: LandingState,
  would: LandingState,
  outcome: TriedOutcome,
  passes: 'pass' | 'fail' | null,
  why: readonly string[],
])[] = [
  ['signed', 'signed', 'as-it-was', 'pass', []],
  ['ungoverned', 'excepted', 'as-it-was', 'pass', []],
  ['excepted', 'failed', 'stopped', 'fail', ['new']],
  ['signed', 'unsigned', 'stopped', 'fail', ['new']],
  ['signed', 'undecidable', 'stopped', 'fail', ['new']],
  ['failed', 'signed', 'let-through', 'pass', ['old']],
  ['unsigned', 'ungoverned', 'let-through', 'pass', ['old']],
  ['failed', 'unsigned', 'as-it-was', 'fail', ['new']],
  ['unprotected', 'failed', 'untried', null, []],
  ['trusted', 'signed', 'untried', null, []],
  ['signed', 'trusted', 'untried', null, []],
  ['failed', 'unprotected', 'untried', null, []],
];

for (const [was, would, outcome, passes, why] of outcomes) {
  test(`a landing that was ${was}, and is ${would} to the candidate`, () => {
    const old = finding('old');
    const [tried] = compareReplays(
      [
        landing(
          'a',
          was,
          1,
          ...(was === 'signed' || was === 'ungoverned' || was === 'excepted' ? [] : [old]),
        ),
      ],
      [landing('a', would, 1, finding('new'), finding('aside', 'warning'))],
    );
    assert.deepEqual(tried, {
      from: null,
      to: 'a',
      steps: 1,
      time: '2026-01-07T00:00:00Z',
      subject: 's a',
      was,
      would: passes,
      outcome,
      why,
    });
  });
}

test('landings of several commits are held against all that the candidate sees in the same commits', () => {
  const past = [landing('c', 'signed', 3), landing('d', 'signed'), landing('f', 'signed', 2)];
  const apart = [
    landing('a', 'signed'),
    landing('b', 'failed', 1, finding('b')),
    landing('c', 'signed'),
    landing('d', 'signed'),
    landing('e', 'signed'),
    landing('f', 'failed', 1, finding('f')),
  ];
  assert.deepEqual(
    compareReplays(past, apart).map(({ to, outcome, why }) => [to, outcome, why]),
    [
      ['c', 'stopped', ['b']],
      ['d', 'as-it-was', []],
      ['f', 'stopped', ['f']],
    ],
  );
  const together = [landing('d', 'failed', 4, finding('d')), landing('f', 'signed', 2)];
  assert.deepEqual(
    compareReplays(past, together).map(({ to, outcome }) => [to, outcome]),
    [
      ['c', 'stopped'],
      ['d', 'stopped'],
      ['f', 'as-it-was'],
    ],
  );
  const oneUntried = [
    landing('a', 'trusted'),
    landing('c', 'signed', 2),
    landing('d', 'signed'),
    landing('f', 'signed', 2),
  ];
  assert.deepEqual(
    compareReplays(past, oneUntried).map(({ outcome }) => outcome),
    ['untried', 'as-it-was', 'as-it-was'],
  );
});

test('each error is told once, and only the first few', () => {
  assert.deepEqual(
    reasons([
      finding('a'),
      finding('b', 'warning'),
      finding('a'),
      finding('c'),
      finding('d'),
      finding('e'),
      finding('f'),
    ]),
    ['a', 'c', 'd', 'e'],
  );
});

test('outcomes are counted', () => {
  const tried = compareReplays(
    ['signed', 'signed', 'failed', 'failed', 'unprotected'].map((state) =>
      landing(state, state as LandingState),
    ),
    ['signed', 'failed', 'signed', 'signed', 'signed'].map((state) =>
      landing(state, state as LandingState),
    ),
  );
  assert.deepEqual(countOutcomes(tried), {
    stopped: 1,
    'let-through': 2,
    'as-it-was': 1,
    untried: 1,
  });
});
