/**
 * Mutation testing of the gate and of the signatures: `node test/mutation/mutation.ts`.
 *
 * 1. Stryker's instrumenter puts all mutants into the source, each behind a switch; one program holds them and the tests.
 * 2. The situations of `test/gate` are played once with real git and real keys. What the gate asked of git is kept.
 * 3. Each mutant runs the quick tests and the situations that reach it, until one fails. A situation asserts what its test asserts.
 *
 * `--continue` goes on where a run was cut off. To hold one mutant against a test as it stands, lay `.cache/mutation/tree` over a copy of the
 * project, and run the test there with the mutant's number in `__STRYKER_ACTIVE_MUTANT__`.
 *
 * COUNTERSIGN_MUTANTS how many, drawn at random by COUNTERSIGN_SEED (all where it is not given) · COUNTERSIGN_HISTORIES how many drawn
 * histories are among the situations · COUNTERSIGN_MUTATED a part of the path of the files to look at.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Dice } from '../gate/drawn/dice.ts';
import { bundle, folder } from './bundle.ts';
import { isMessage, type Mutant, root } from './mutants.ts';
import { reportOf } from './report.ts';
import { knownOutcomes, outcomeFile, runMutants } from './run-mutants.ts';
import type { Outcome } from './worker.ts';

/** The share of mutants that the tests have to kill. */
const least = 0.85;

const seed = Number(process.env['COUNTERSIGN_SEED'] ?? 1);
const part = process.env['COUNTERSIGN_MUTATED'] ?? '';
const goOn = process.argv.includes('--continue');

if (!existsSync(join(root, 'test/mutation/node_modules')))
  execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: join(root, 'test/mutation'),
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
const mutants = (await bundle()).filter(
  (mutant) => !isMessage(mutant) && mutant.file.includes(part),
);
if (!goOn) {
  rmSync(outcomeFile, { force: true });
  record();
  execFileSync(process.execPath, [join(root, 'test/mutation/cover.ts')], { stdio: 'inherit' });
}
const drawn = shuffled(mutants).slice(
  0,
  Number(process.env['COUNTERSIGN_MUTANTS'] ?? mutants.length),
);
// First by the tests that are likeliest to fail, and what survives those by all that reach it.
const known = knownOutcomes();
await judgeAll(
  drawn.filter(({ id }) => !known.has(id)),
  60,
);
const outcomes = knownOutcomes();
await judgeAll(
  drawn.filter(({ id }) => isHalfDone(outcomes.get(id))),
  Number.MAX_SAFE_INTEGER,
);
const report = reportOf(drawn, knownOutcomes(), mutants.length);
writeFileSync(join(folder, 'report.md'), report.text);
console.log(report.summary);
console.log(`${report.share >= least ? '1 passed, 0' : '0 passed, 1'} failed`);
process.exitCode = report.share >= least ? 0 : 1;

function isHalfDone(outcome: Outcome | undefined): boolean {
  return outcome?.state === 'survived' && outcome.left > 0;
}

async function judgeAll(some: readonly Mutant[], most: number): Promise<void> {
  await runMutants(some, most, (done, { state }) => {
    if (done % 100 === 0) console.log(`${done} of ${some.length}, the last ${state}`);
  });
}

/** In a process of its own: it ends without its handlers, so that the repositories stay. */
function record(): void {
  try {
    execFileSync(
      process.execPath,
      [join(root, 'test/mutation/record.ts'), process.env['COUNTERSIGN_HISTORIES'] ?? '4'],
      { stdio: 'inherit' },
    );
  } catch (error) {
    if ((error as { signal?: string }).signal !== 'SIGKILL') throw error;
  }
}

/** Everything in an order that the seed gives: its beginning is a random sample of the whole. */
function shuffled(all: readonly Mutant[]): readonly Mutant[] {
  const dice = new Dice(seed);
  const order = [...all];
  for (let at = order.length - 1; at > 0; at--) {
    const other = dice.roll(at + 1);
    [order[at], order[other]] = [order[other] as Mutant, order[at] as Mutant];
  }
  return order;
}
