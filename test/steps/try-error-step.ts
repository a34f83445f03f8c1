import assert from 'node:assert/strict';
import { spawnSync, type SpawnSyncOptionsWithStringEncoding } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
  const options: SpawnSyncOptionsWithStringEncoding = {
    cwd: folder,
    encoding: 'utf8',
    env: { ...env, PATH: pathOfSteps(), GIT_EDITOR: editorOfSteps() },
    stdio: ['ignore', 'pipe', 'pipe'],
  };
  for (const command of step.commands) {
    const { status, stdout, stderr } = spawnSync('sh', ['-c', command], options);
    if (isMisunderstood(stderr) || (step.kind === 'run' && status !== 0))
      return `${command}: exit ${status}: ${stderr}${stdout}`;
  }
  if (step.kind !== 'run') return null;
  const { status, stderr } = spawnSync('countersign', [...args], options);
  return status === 2 && stderr.includes(`(${code})`) ? `it is refused as before: ${stderr}` : null;
}
