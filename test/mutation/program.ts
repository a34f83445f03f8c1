import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import vm from 'node:vm';
import type { Expected } from '../gate/kit/judged.ts';
import { folder } from './bundle.ts';
import { root } from './mutants.ts';
import type { Tape } from './tape.ts';

/** The bundle as it is once loaded. */
export type Program = Pick<
  typeof import('../gate/kit/judged.ts'),
  'assertExpected' | 'caseTime' | 'judge'
> &
  Pick<typeof import('../gate/kit/model-repo.ts'), 'ModelRepo'> &
  Pick<typeof import('../gate/reference/judge-plainly.ts'), 'judgePlainly'> &
  Pick<typeof import('../gate/drawn/random-history.ts'), 'RandomHistory'> &
  Pick<typeof import('./collected-cases.ts'), 'collectedCases'> &
  Pick<typeof import('./collected-tests.ts'), 'collect' | 'runCollected'> &
  Pick<typeof import('./tape.ts'), 'deck'> & {
    readonly unitFiles: Loaders;
    readonly caseFiles: Loaders;
  };
type Loaders = Readonly<Record<string, () => Promise<unknown>>>;

/** What the instrumented source reads and counts. */
export type Switches = {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
  mutantCoverage?: { readonly static: Hits; readonly perTest: Record<string, Hits> };
};
type Hits = Record<string, number>;

export const switches: Switches = {};
(globalThis as { __stryker__?: Switches }).__stryker__ = switches;

const script = new vm.Script(
  `(function (exports, require, module) {${readFileSync(join(folder, 'bundle.cjs'), 'utf8')}\n})`,
  {
    filename: join(folder, 'bundle.cjs'),
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  },
);
const run = script.runInThisContext() as (
  exports: object,
  require: NodeJS.Require,
  module: { exports: object },
) => void;

/** Everything evaluated anew, with the mutant that is switched on: also what is worked out while a module loads. */
export function freshProgram(): Program {
  const module = { exports: {} };
  run(module.exports, createRequire(join(root, 'package.json')), module);
  return module.exports as Program;
}

/** A repository, a question about it, and what a test of the project asserts of the answer. */
export type Situation = {
  readonly file: string;
  readonly name: string;
  readonly dir: string;
  readonly question: NonNullable<Parameters<Program['judge']>[1]>;
  readonly wanted:
    | ({ readonly kind: 'case' } & Expected)
    | { readonly kind: 'history'; readonly verdict: string; readonly rules: unknown };
  readonly tape: Tape;
};
