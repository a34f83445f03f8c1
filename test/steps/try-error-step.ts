import assert from 'node:assert/strict';
import { spawnSync, type SpawnSyncOptionsWithStringEncoding } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { exemptSteps } from '../../scripts/exempt-steps.ts';
import { claim } from '../../scripts/step-ledger.ts';
import {
  isFilledIn,
  isMisunderstood,
  type PrintedStep,
  printedSteps,
  templateOf,
} from './printed-steps.ts';
import { editorOfSteps, pathOfSteps } from './step-program.ts';

/** A run of the command line that ended with 2: where, as whom, with what, and what it told. */
export type Refused = {
  readonly folder: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stderr: string;
};

/** Runs the step that an error of the command line prints, where no test of this run has: asked again, it must say something else. */
export function tryErrorStep(refused: Refused): void {
  const [, , code, fix] =
    /^countersign: (.*) \(([a-z]+\/[a-z-]+)\)\n {2}(.+)$/m.exec(refused.stderr) ?? [];
  if (code === undefined || fix === undefined) return;
  for (const step of printedSteps(fix)) {
    const template = templateOf(code, step);
    if (exemptSteps.some((row) => row.template.test(template))) claim({ template, done: 'exempt' });
    else if (claim({ template, done: step.kind }) && !isFilledIn(step))
      assert.equal(
        tried(refused, code, step),
        null,
        `a printed step does not help: ${template}: ${fix}`,
      );
  }
}

/** Why a step does not help; null where it does. The folder is put back at its own place, since others name it. */
function tried(refused: Refused, code: string, step: PrintedStep): string | null {
  const kept = mkdtempSync(join(tmpdir(), 'countersign-kept-'));
  const copy = join(kept, 'copy');
  spawnSync('cp', ['-a', refused.folder, copy]);
  try {
    return ran(refused, code, step);
  } finally {
    rmSync(refused.folder, { recursive: true, force: true });
    cpSync(copy, refused.folder, {
      recursive: true,
      verbatimSymlinks: true,
      preserveTimestamps: true,
    });
    rmSync(kept, { recursive: true, force: true });
  }
}

function ran({ folder, args, env }: Refused, code: string, step: PrintedStep): string | null {
  // Who asks about a repository elsewhere goes there for what is to be done to it.
  const place = args.includes('--repo') ? (args[args.indexOf('--repo') + 1] ?? '.') : '.';
  const options: SpawnSyncOptionsWithStringEncoding = {
    cwd: resolve(folder, place),
    encoding: 'utf8',
    env: { ...env, PATH: pathOfSteps(), GIT_EDITOR: editorOfSteps() },
    stdio: ['ignore', 'pipe', 'pipe'],
  };
  for (const command of step.commands) {
    const { status, stdout, stderr } = spawnSync('sh', ['-c', command], options);
    // What is refused for another reason is one step further, and says the next.
    const isFurther = status === 2 && /\([a-z]+\/[a-z-]+\)\n/.test(stderr);
    const isRefused = isFurther ? stderr.includes(`(${code})`) : status !== 0;
    if (isMisunderstood(stderr) || (step.kind === 'run' && isRefused))
      return `${command}: exit ${status}: ${stderr}${stdout}`;
  }
  // A step about how a command is typed is the command, typed rightly.
  if (step.kind !== 'run' || code.startsWith('usage/')) return null;
  const { status, stderr } = spawnSync('countersign', [...args], { ...options, cwd: folder });
  return status === 2 && stderr.includes(`(${code})`) ? `it is refused as before: ${stderr}` : null;
}
