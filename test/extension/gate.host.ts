import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckResult } from '../../src/core/gate/check-result.ts';
import type { GateState } from '../../src/extension/workspace/snapshot.ts';
import { eventually, hostCase } from './cases.ts';
import { git, write } from './model-repository.ts';
import { openModel } from './open-model.ts';

function resultOf(gate: GateState): CheckResult | null {
  return gate.kind === 'checked' ? gate.result : null;
}

hostCase('the verdict follows what git stages and unstages', async () => {
  const { folder, ready } = await openModel();
  assert.equal(resultOf(ready().gate)?.verdict, 'pass');
  const before = readFileSync(join(folder, 'model/score.py'), 'utf8');
  write(folder, 'model/score.py', before.replace('0.5', '0.7'));
  git(folder, 'add', 'model/score.py');
  const failed = await eventually('a verdict over the staged change', () => {
    const result = resultOf(ready().gate);
    return result?.verdict === 'fail' && result;
  });
  assert.deepEqual(
    failed.rules.map(({ id, state }) => [id, state]),
    [['model-change', 'unmet']],
  );
  assert.deepEqual(failed.rules[0]?.requirements[0]?.could, ['ben']);
  git(folder, 'reset', '--quiet', '--hard');
  await eventually('a pass after the reset', () => resultOf(ready().gate)?.verdict === 'pass');
});
