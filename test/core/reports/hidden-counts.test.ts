import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Target } from '../../../src/core/records/target.ts';
import { rejudge } from '../../../src/core/reports/rejudge.ts';
import type { EvaluationResult } from '../../../src/core/reports/result.ts';
import { all, by, people, possible, stated, stored, type Table, target } from './stored-results.ts';

test('whatever is hidden, the verdict is never another than the one of all counts', () => {
  let state = 7;
  const draw = (below: number): number => {
    state = (state * 48271) % 2147483647;
    return state % below;
  };
  let known = 0;
  for (let round = 0; round < 8; round += 1) {
    const cell = (): number => (draw(4) === 0 ? draw(9) : 15 + draw(90));
    const table = Object.fromEntries(
      ['f,day', 'f,night', 'm,day', 'm,night'].map((name) => [
        name,
        [cell(), cell(), cell(), cell()] as const,
      ]),
    );
    const metric = all[draw(all.length)] as string;
    const grouping = [{}, { by: ['sex'] }, { by: ['shift'] }, by][draw(4)] as Partial<Target>;
    const targets = [
      target('accuracy', 0.2),
      target(metric, draw(10) / 10, { ...grouping, op: draw(2) === 0 ? '>=' : '<=' }),
      ...(draw(2) === 0 ? [target('selection_rate_ratio', draw(8) / 10, by)] : []),
    ];
    const { evaluation, result } = stored(table, targets, 10);
    const found = rejudge(result, evaluation, stated(targets), []);
    if (found.verdict !== null) known += 1;
    assert.ok(
      possible(found).includes(result.verdict),
      JSON.stringify([round, table, targets, found.verdict, found.open, result.verdict]),
    );
  }
  assert.ok(known > 2, `${known} of 8 were judged`);
});

test('a count that is not there is not read as 0, whether or not it is said that it is hidden', () => {
  const targets = [target('recall', 0.99)];
  const { evaluation, result } = stored(people, targets, 0);
  assert.equal(result.verdict, 'fail');
  const { candidate } = result.models;
  const doctored = {
    ...result,
    models: { candidate: { ...candidate, overall: { ...candidate?.overall, fn: null } } },
  } as EvaluationResult;
  assert.equal(rejudge(doctored, evaluation, stated(targets), []).verdict, null);
});

test('a stored result passes on no target that nothing can miss', () => {
  const table: Table = { 'f,day': [300, 100, 500, 100], 'm,day': [300, 100, 500, 100] };
  const good = [target('accuracy', 0.5)];
  for (const empty of [target('fpr', 5, { op: '<=' }), target('recall', 0), target('auc', 0)]) {
    const { evaluation, result } = stored(table, good);
    assert.equal(rejudge(result, evaluation, stated(good), []).verdict, 'pass');
    assert.equal(
      rejudge(result, evaluation, stated([...good, empty]), []).verdict,
      empty.metric === 'auc' ? null : 'undecided',
    );
  }
});

for (const [what, table, targets, way] of [
  [
    'of a small group',
    { ...people, 'f,night': [9, 6, 7, 6] },
    [target('accuracy', 0.2, { ...by, min_n: 30 })],
    /^measure more of its rows, state a smaller min_n/,
  ],
  ['of a wide interval', people, [target('accuracy', 0.81)], /^measure more rows$/],
  [
    'of fairness alone',
    people,
    [target('fpr_difference', 0.9, { op: '<=', by: ['sex'] })],
    /^state in EV-7K2M9QXA a target that says what better means/,
  ],
  ['that is met', people, [target('accuracy', 0.1)], undefined],
] as const)
  test(`what can be done about a target ${what}`, () => {
    const { evaluation, result } = stored(table, targets);
    const { wayOut, verdict } = rejudge(result, evaluation, stated(targets), []);
    assert.equal(verdict, way === undefined ? 'pass' : 'undecided');
    if (way === undefined) assert.equal(wayOut, undefined);
    else assert.match(wayOut ?? '', way);
  });
