/** Hands mutants to a worker, which is ended and begun anew when it is silent for too long: such a mutant counts as killed. */
import { type ChildProcess, fork } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { folder } from './bundle.ts';
import type { Mutant } from './mutants.ts';
import type { Outcome } from './worker.ts';

const patience = 60_000;
/** What one mutant leaves in memory is little, and adds up. */
const mutantsPerWorker = 400;

export const outcomeFile = join(folder, 'outcomes.jsonl');

/** What is known already: a run that was cut off goes on where it was. */
export function knownOutcomes(): ReadonlyMap<string, Outcome> {
  const lines = existsSync(outcomeFile)
    ? readFileSync(outcomeFile, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
    : [];
  return new Map(
    lines.map((line) => JSON.parse(line) as Outcome).map((outcome) => [outcome.id, outcome]),
  );
}

/** Judges mutants one after another by at most so many tests, and keeps each outcome as it comes. */
export async function runMutants(
  mutants: readonly Mutant[],
  most: number,
  tell: (done: number, outcome: Outcome) => void,
): Promise<void> {
  let worker: ChildProcess | null = null;
  let served = 0;
  for (const [at, mutant] of mutants.entries()) {
    if (served === mutantsPerWorker) {
      worker?.kill();
      worker = null;
    }
    if (worker === null) served = 0;
    worker ??= await begin();
    served++;
    const outcome: Outcome | null = await ask(worker, mutant, most);
    if (outcome === null) {
      worker.kill('SIGKILL');
      worker = null;
    }
    const known: Outcome = outcome ?? {
      id: mutant.id,
      state: 'timeout',
      by: null,
      why: 'no answer',
      ran: 0,
      left: 0,
      missed: 0,
      ms: patience,
    };
    appendFileSync(outcomeFile, `${JSON.stringify(known)}\n`);
    tell(at + 1, known);
  }
  worker?.kill();
}

/** A worker that has read everything: one that cannot begin must not look like a mutant that was killed. */
function begin(): Promise<ChildProcess> {
  const worker = fork(join(import.meta.dirname, 'worker.ts'), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  return new Promise((done, fail) => {
    worker.once('message', () => {
      worker.removeAllListeners();
      done(worker);
    });
    worker.once('exit', () => fail(new Error('the worker ended before it began')));
  });
}

function ask(worker: ChildProcess, mutant: Mutant, most: number): Promise<Outcome | null> {
  return new Promise((done) => {
    const finish = (outcome: Outcome | null): void => {
      clearTimeout(timer);
      worker.removeAllListeners();
      done(outcome);
    };
    const timer = setTimeout(() => finish(null), patience);
    worker.on('message', (outcome: Outcome) => finish(outcome));
    worker.on('exit', () => finish(null));
    worker.send({ mutant, most });
  });
}
