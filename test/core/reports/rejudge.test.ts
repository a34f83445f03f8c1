import assert from 'node:assert/strict';
import { test } from 'node:test';
import { metricText } from '../../../src/core/render/report/report-figures.ts';
import { rejudge, targetSentence } from '../../../src/core/reports/rejudge.ts';
import type { ResultTarget } from '../../../src/core/reports/result.ts';
import { by, people, possible, stated, stored, type Table, target } from './stored-results.ts';

/** Four women of the night. */
const rare: Table = { ...people, 'f,night': [2, 0, 2, 0] };

const hiddenNow =
  /^EV-7K2M9QXA: recall by sex, shift rests on counts of few people, which are not stored, so the verdict cannot be computed from the file$/;

for (const [what, table, targets, verdict, open, why] of [
  ['of everyone', people, [target('accuracy', 0.5)], 'pass', undefined, /every target is met/],
  [
    'by sex, each group with all its counts',
    people,
    [target('recall', 0.5, { by: ['sex'] }), target('selection_rate_ratio', 0.5, { by: ['sex'] })],
    'pass',
    undefined,
    /every target is met/,
  ],
  [
    'that rests on a count of few',
    people,
    [target('recall', 0.5, by)],
    null,
    ['pass', 'undecided', 'fail'],
    hiddenNow,
  ],
  [
    'that rests on one, beside one that is met',
    people,
    [target('accuracy', 0.5), target('recall', 0.5, by)],
    null,
    ['pass', 'undecided', 'fail'],
    hiddenNow,
  ],
  [
    'that rests on one, beside one that is not met',
    people,
    [target('accuracy', 0.99), target('recall', 0.5, by)],
    'fail',
    undefined,
    /^EV-7K2M9QXA: accuracy is .* not met$/,
  ],
  [
    'that rests on one, beside one that is undecided',
    people,
    [target('accuracy', 0.82), target('recall', 0.5, by)],
    null,
    ['undecided', 'fail'],
    /^EV-7K2M9QXA: accuracy is .* undecided; whether another is not met rests on counts of few people, which are not stored$/,
  ],
  [
    'of fairness alone that rests on one',
    people,
    [target('recall_ratio', 0.5, by)],
    null,
    ['undecided', 'fail'],
    /about fairness only/,
  ],
  [
    'that a group fails whose counts are there',
    { ...people, 'f,late': [90, 20, 90, 20], 'm,late': [20, 20, 90, 400] },
    [target('recall', 0.5, by)],
    'fail',
    undefined,
    /recall of sex m, shift late is .* not met/,
  ],
  [
    'that does not need the count of few',
    people,
    [target('fpr', 0.5, { ...by, op: '<=' })],
    'pass',
    undefined,
    /every target is met/,
  ],
  [
    'by group, where a group of few rows can meet nothing',
    rare,
    [target('accuracy', 0.5, { ...by, min_n: 30 })],
    null,
    ['undecided', 'fail'],
    /^EV-7K2M9QXA: accuracy of sex f, shift night cannot be estimated, wanted >= 0\.5: undecided \(rests on fewer than 30 rows\); measure more of its rows, state a smaller min_n on the target, or put the target on a slice of the groups that are large enough; whether another is not met/,
  ],
] as const) {
  test(`a stored result is judged again by a target ${what}`, () => {
    const { evaluation, result } = stored(table, targets);
    const found = rejudge(result, evaluation, stated(targets), []);
    assert.equal(found.verdict, verdict);
    assert.deepEqual(found.open, open);
    assert.match(found.why, why);
    assert.equal(
      possible(found).includes(result.verdict),
      true,
      'what was measured is among what it can be',
    );
  });
}

test('a target says how it stands and not the number that is hidden elsewhere', () => {
  // Groups that a target protects are hidden last, so that the worst of them is hidden only for a count of its own.
  const { result } = stored({ ...people, 'f,night': [3, 20, 60, 60] }, [
    target('recall', 0.01, by),
    target('fpr', 0.5, { ...by, op: '<=' }),
  ]);
  const [recall, fpr] = result.targets;
  assert.deepEqual(
    [recall?.state, recall?.value, recall?.low, recall?.high, recall?.why],
    ['met', null, null, null, 'suppressed: it would tell a count under 5'],
  );
  assert.equal(typeof fpr?.value, 'number');
  const night = result.models.candidate?.groups.find(
    ({ by: key }) => key['sex'] === 'f' && key['shift'] === 'night',
  );
  assert.deepEqual(
    [metricText(night?.metrics['recall']), night?.n],
    ['suppressed: it would tell a count under 5', 143],
  );
  assert.match(
    targetSentence(recall as ResultTarget),
    /^recall of sex f, shift night is not shown, wanted >= 0\.01: met/,
  );
});

test('that counts are not shown is said only where one is not', () => {
  const noteOf = (table: Table, minCell: number): readonly string[] =>
    stored(table, [target('accuracy', 0.5)], minCell).result.notes.filter((note) =>
      note.includes('not shown'),
    );
  assert.deepEqual(noteOf({ ...people, 'f,night': [60, 20, 60, 5] }, 5), []);
  assert.deepEqual(noteOf(people, 5), [
    'counts under 5 are not shown, nor what they could be worked out from',
  ]);
  assert.deepEqual(noteOf(people, 0), []);
});
