import assert from 'node:assert/strict';
import { test } from 'node:test';
import { caseTime, judge } from './kit/judged.ts';
import { judgePlainly } from './reference/judge-plainly.ts';
import { RandomHistory } from './drawn/random-history.ts';

/** How many histories are made; each is looked at after every few steps. More by COUNTERSIGN_HISTORIES, from COUNTERSIGN_SEED on, longer by COUNTERSIGN_HISTORY_STEPS. */
const count = Number(process.env['COUNTERSIGN_HISTORIES'] ?? 4);
const firstSeed = Number(process.env['COUNTERSIGN_SEED'] ?? 1);
const steps = Number(process.env['COUNTERSIGN_HISTORY_STEPS'] ?? 12);

const now = new Date(caseTime);

for (let seed = firstSeed; seed < firstSeed + count; seed++) {
  test(`the gate and a plain reading of its rules say the same of history ${seed}`, async () => {
    const history = await RandomHistory.begin(seed);
    for (let step = 0; step < steps; step++) {
      await history.step();
      const { result, verdict, says } = await judge(history.repo);
      const plain = await judgePlainly(history.repo.dir, {
        tip: 'main',
        head: 'HEAD',
        target: 'refs/heads/main',
        now,
      });
      const states = Object.fromEntries(
        (result?.rules ?? []).map(({ id, digest, state }) => [id, { digest, state }]),
      );
      const where = `seed ${seed}, after ${history.told.join(', ')}\nthe gate: ${verdict}\n${says}\nthe plain reading: ${plain.verdict}: ${plain.why.join('; ')}\n${history.repo.dir}`;
      assert.deepEqual(
        { verdict, rules: states },
        { verdict: plain.verdict, rules: plain.rules },
        where,
      );
    }
  });
}
