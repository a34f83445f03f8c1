/** `npm run check`: everything that needs no editor and no long history: types, build, lint, dead code, boundaries and unit tests. */
import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';

const root = new URL('..', import.meta.url).pathname;
const bin = (name: string): string => `${root}node_modules/.bin/${name}`;

/** One part of the check: a program and its arguments. */
type Step = { readonly name: string; readonly program: string; readonly args: readonly string[] };

type StepResult = { readonly name: string; readonly ok: boolean; readonly seconds: number; readonly output: string };

/** What a check came to; each step that is no test counts as one. */
export type CheckTotals = { readonly passed: number; readonly failed: number };

/** Paths of the quick tests; those named `*.slow.test.ts` build many repositories and are for `npm test`. */
export function quickTests(): readonly string[] {
  return globSync('test/**/*.test.ts', { cwd: root }).filter((path) => !path.endsWith('.slow.test.ts')).sort();
}

/** Runs every step, two at a time, and prints a line for each; the output of those that fail is shown whole. */
export async function check(): Promise<CheckTotals> {
  // The bundle is what some tests run, so it comes first; types share a build cache with nothing else.
  const waves: readonly (readonly Step[])[] = [
    [
      { name: 'build', program: process.execPath, args: ['scripts/build.ts'] },
      { name: 'types', program: bin('tsc'), args: ['--build'] },
    ],
    [
      { name: 'lint', program: bin('biome'), args: ['lint', '--error-on-warnings', '.'] },
      { name: 'dead code', program: bin('knip'), args: ['--no-config-hints'] },
    ],
    [{ name: 'unit tests', program: process.execPath, args: ['--test', '--test-reporter=tap', ...quickTests()] }],
  ];
  const results: StepResult[] = [];
  for (const wave of waves) {
    const done = await Promise.all(wave.map(run));
    for (const result of done) report(result);
    results.push(...done);
  }
  const counted = results.map(totalsOf);
  return { passed: sum(counted.map(({ passed }) => passed)), failed: sum(counted.map(({ failed }) => failed)) };
}

function run({ name, program, args }: Step): Promise<StepResult> {
  const started = performance.now();
  return new Promise((done) => {
    const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NO_COLOR: '1' } });
    const pieces: Buffer[] = [];
    child.stdout.on('data', (piece: Buffer) => pieces.push(piece));
    child.stderr.on('data', (piece: Buffer) => pieces.push(piece));
    const end = (ok: boolean, note = ''): void => done({ name, ok, seconds: (performance.now() - started) / 1000, output: Buffer.concat(pieces).toString('utf8') + note });
    child.on('error', (error) => end(false, String(error)));
    child.on('close', (code) => end(code === 0));
  });
}

function report(result: StepResult): void {
  const { passed, failed } = totalsOf(result);
  const count = passed + failed > 1 ? ` (${passed} passed, ${failed} failed)` : '';
  console.log(`${result.ok ? '✓' : '✗'} ${result.name}${count}, ${result.seconds.toFixed(1)} s`);
  if (!result.ok) console.log(failuresOf(result.output));
}

/** Of a long list of tests only the failing ones are worth reading. */
function failuresOf(output: string): string {
  const blocks = output.split(/^(?=(?:not )?ok \d+ - )/m);
  const failing = blocks.filter((block) => block.startsWith('not ok '));
  return failing.length > 0 ? failing.join('') : output;
}

function totalsOf({ ok, output }: StepResult): CheckTotals {
  const count = (word: string): number => Number(new RegExp(`^# ${word} (\\d+)$`, 'm').exec(output)?.[1] ?? 0);
  if (!/^# tests \d+$/m.test(output)) return { passed: ok ? 1 : 0, failed: ok ? 0 : 1 };
  const failed = count('fail') + count('cancelled');
  // A runner that broke without a failing test has still failed.
  return { passed: count('pass'), failed: ok ? failed : Math.max(failed, 1) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

if (import.meta.main) {
  const { passed, failed } = await check();
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}
