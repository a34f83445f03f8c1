/**
 * `npm run test:long`: what takes minutes to hours and is no part of `npm test`.
 *
 * | part | files below `test/` | for |
 * |---|---|---|
 * | generated inputs | `fuzz/*.test.ts`, and others that ask `fuzzRuns` | 100,000 inputs a property; another number with COUNTERSIGN_FUZZ_RUNS |
 * | drawn histories | `gate/reference.slow.test.ts` | 400 histories of 14 steps, judged by the gate and by a plain reading of its page; another number with COUNTERSIGN_HISTORIES |
 * | printed steps | `gate/*.slow.test.ts`, `cli/*.test.ts` | every next step that a scenario prints is run, and the state must be better after it |
 * | mutants | `mutation/mutation.ts` | every mutant of the gate and of the signatures, against the tests; fewer with COUNTERSIGN_MUTANTS |
 * | ratios | `bench/*.bench.ts` | what people wait for, against what no program could be faster than; on a quiet machine |
 */
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { printedStepsTried } from './printed-steps-tried.ts';
import { ledgerVariable } from './step-ledger.ts';
import { addTotals, nodeTests, runSteps, type Step, type Totals } from './steps.ts';

const root = new URL('..', import.meta.url).pathname;
const files = (pattern: string): readonly string[] => globSync(pattern, { cwd: root }).sort();

process.env['COUNTERSIGN_FUZZ_RUNS'] ??= '100000';
const seed = (process.env['COUNTERSIGN_DRAW_SEED'] ??= String(Date.now() % 2 ** 31));
console.log(`Inputs are drawn with COUNTERSIGN_DRAW_SEED=${seed}.`);
const histories = process.env['COUNTERSIGN_HISTORIES'] ?? '400';

/** One test may take an hour, in milliseconds. */
const patient = ['--test-timeout=3600000'];

const generated = files('test/**/*.test.ts').filter((path) =>
  readFileSync(join(root, path), 'utf8').includes('fuzzRuns('),
);
const ledger = mkdtempSync(join(tmpdir(), 'countersign-steps-'));
const steps: readonly Step[] = [
  { name: 'build', program: process.execPath, args: ['scripts/build.ts'] },
  nodeTests('generated inputs', generated, patient),
  {
    ...nodeTests('drawn histories', ['test/gate/reference.slow.test.ts'], patient),
    env: { COUNTERSIGN_HISTORIES: histories, COUNTERSIGN_HISTORY_STEPS: '14' },
  },
  {
    ...nodeTests(
      'printed steps',
      [...files('test/gate/*.slow.test.ts'), ...files('test/cli/*.test.ts')],
      patient,
    ),
    env: { [ledgerVariable]: ledger },
  },
  {
    name: 'mutants',
    program: process.execPath,
    args: ['test/mutation/mutation.ts'],
    env: { COUNTERSIGN_FUZZ_RUNS: '0' },
  },
  ...files('test/bench/*.bench.ts').map(
    (path): Step => ({ name: path, program: process.execPath, args: [path] }),
  ),
];

const totals: Totals[] = [];
// One after another: a ratio beside another test says nothing.
for (const step of steps) {
  console.log(`… ${step.name}`);
  totals.push(await runSteps([step]));
}
totals.push(printedStepsTried(ledger));
rmSync(ledger, { recursive: true, force: true });
const { passed, failed } = addTotals(totals);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
