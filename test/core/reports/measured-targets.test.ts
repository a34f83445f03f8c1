import assert from 'node:assert/strict';
import { test } from 'node:test';
import { measuredTargets } from '../../../src/core/reports/measured-targets.ts';
import type { EvaluationResult, ResultTarget } from '../../../src/core/reports/result.ts';
import { plainTexts, reportOf } from './reports.ts';

const result = reportOf(plainTexts).result as EvaluationResult;
const { baseline, candidate } = result.models;

test('the worst target comes first, each with its number, its interval, what was wanted and the baseline', () => {
  assert.deepEqual(measuredTargets(result, result.targets), [
    'selection_rate_ratio, lowest gender female, highest gender male, is 0.927 (0.722 to 0.999) in the candidate, wanted >= 0.8: undecided; baseline 0.721',
    'recall of gender female is 0.820 (0.712 to 0.894) in the candidate, wanted >= 0.7: met; baseline 0.600',
    'accuracy is 0.826 (0.786 to 0.860) in the candidate, wanted >= 0.7: met; baseline 0.799',
  ]);
});

test('a baseline number is that of the same group', () => {
  const [of] = measuredTargets(result, [
    { ...(result.targets[0] as ResultTarget), between: [{ gender: 'male' }] },
  ]);
  const male = baseline?.groups.find(
    ({ by, slice }) => by['gender'] === 'male' && slice === undefined,
  )?.metrics['recall'];
  assert.ok(male !== undefined && male.value !== null);
  assert.match(
    of ?? '',
    new RegExp(`^recall of gender male is .*; baseline ${male.value.toFixed(3)}$`),
  );
  assert.doesNotMatch(
    measuredTargets(result, [
      { ...(result.targets[0] as ResultTarget), slice: 'SL-OTHER001' },
    ])[0] ?? '',
    /baseline/,
  );
});

test('without a candidate, or without a baseline, nothing stands beside', () => {
  for (const models of [baseline ? { baseline } : {}, candidate ? { candidate } : {}])
    assert.doesNotMatch(measuredTargets({ models }, result.targets).join('\n'), /baseline/);
});

test('ten lines at most, and how many more there are, which are the better ones', () => {
  const one = result.targets[0] as ResultTarget;
  const many = (states: readonly ResultTarget['state'][]): readonly string[] =>
    measuredTargets(
      result,
      states.map((state) => ({ ...one, state })),
    );
  const met = Array.from({ length: 10 }, () => 'met' as const);
  assert.equal(many(met).length, 10);
  const lines = many([...met, 'undecided', 'not met']);
  assert.equal(lines.length, 11);
  assert.match(lines[0] ?? '', /: not met\b/);
  assert.match(lines[1] ?? '', /: undecided\b/);
  assert.equal(lines[10], 'and 2 more targets, of which all are met');
  assert.equal(
    many(Array.from({ length: 12 }, () => 'not met' as const)).at(-1),
    'and 2 more targets, of which 2 are not met',
  );
});
