/** The parts of a check: programs that are run, told in a line each, and counted. */
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';

const root = new URL('..', import.meta.url).pathname;

/** One part: a program and its arguments, run in the project's folder. */
export type Step = {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Runs at most, one where absent: a browser on a busy machine can miss a moment. */
  readonly tries?: number;
};

/** How many tests passed and failed; a part that is no test counts as one. */
export type Totals = { readonly passed: number; readonly failed: number };

type StepResult = {
  readonly name: string;
  readonly ok: boolean;
  readonly seconds: number;
  readonly output: string;
};

/** Longest time of one test, in milliseconds: one that hangs must fail, and say which it was. */
const patience = 600_000;

/** The part that runs files with Node's own runner. @throws Error without files, for which the runner would look by itself */
export function nodeTests(
  name: string,
  files: readonly string[],
  options: readonly string[] = [],
): Step {
  if (files.length === 0) throw new Error(`${name}: there is no such file`);
  return {
    name,
    program: process.execPath,
    args: [
      '--test',
      '--test-reporter=tap',
      `--test-timeout=${patience}`,
      // By itself the runner leaves one processor idle: of two it would use one.
      `--test-concurrency=${availableParallelism()}`,
      ...options,
      ...files,
    ],
  };
}

/** Runs parts at once, prints a line for each as they all end, and the output of those that failed. */
export async function runSteps(steps: readonly Step[]): Promise<Totals> {
  const results = await Promise.all(steps.map(runPatiently));
  for (const result of results) report(result);
  return addTotals(results.map(totalsOf));
}

/** The sum of counts. */
export function addTotals(totals: readonly Totals[]): Totals {
  return {
    passed: sum(totals.map(({ passed }) => passed)),
    failed: sum(totals.map(({ failed }) => failed)),
  };
}

/** Each try that failed is told, so that what fails now and then does not look sound. */
async function runPatiently(step: Step): Promise<StepResult> {
  for (let left = (step.tries ?? 1) - 1; ; left--) {
    const result = await run(step);
    if (left === 0 || totalsOf(result).failed === 0) return result;
    console.log(`! ${step.name}: failed, and is run again\n${failuresOf(result.output)}`);
  }
}

function run({ name, program, args, env }: Step): Promise<StepResult> {
  const started = performance.now();
  return new Promise((done) => {
    const child = spawn(program, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NO_COLOR: '1', ...env },
    });
    const pieces: Buffer[] = [];
    child.stdout.on('data', (piece: Buffer) => pieces.push(piece));
    child.stderr.on('data', (piece: Buffer) => pieces.push(piece));
    const end = (ok: boolean, note = ''): void =>
      done({
        name,
        ok,
        seconds: (performance.now() - started) / 1000,
        output: Buffer.concat(pieces).toString('utf8') + note,
      });
    child.on('error', (error) => end(false, String(error)));
    child.on('close', (code) => end(code === 0));
  });
}

function report(result: StepResult): void {
  const { passed, failed } = totalsOf(result);
  const skipped = countOf(result.output, 'skipped');
  const counts = [
    `${passed} passed`,
    `${failed} failed`,
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
  ].join(', ');
  console.log(
    `${failed === 0 ? '✓' : '✗'} ${result.name}${passed + failed > 1 ? ` (${counts})` : ''}, ${result.seconds.toFixed(1)} s`,
  );
  if (failed > 0) console.log(failuresOf(result.output));
}

/** Of a long list of tests only the failing ones are worth reading. */
function failuresOf(output: string): string {
  const blocks = output.split(/^(?= *(?:not )?ok \d+ - )/m);
  const failing = blocks.filter((block) => block.trimStart().startsWith('not ok '));
  return failing.length > 0 ? failing.join('') : output;
}

/** Reads the closing lines of a test runner: TAP's, or `N passed, N failed`. */
function totalsOf({ ok, output }: StepResult): Totals {
  const plain = [...output.matchAll(/^(\d+) passed, (\d+) failed$/gm)].at(-1);
  if (plain) return agreed(ok, Number(plain[1]), Number(plain[2]));
  if (/^# tests \d+$/m.test(output))
    return agreed(
      ok,
      countOf(output, 'pass'),
      countOf(output, 'fail') + countOf(output, 'cancelled'),
    );
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1 };
}

/** A runner that broke without a failing test has still failed, and one that ran none has shown nothing. */
function agreed(ok: boolean, passed: number, failed: number): Totals {
  return { passed, failed: ok && passed + failed > 0 ? failed : Math.max(failed, 1) };
}

function countOf(output: string, word: string): number {
  return Number(new RegExp(`^# ${word} (\\d+)$`, 'm').exec(output)?.[1] ?? 0);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
