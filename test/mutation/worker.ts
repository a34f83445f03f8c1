/** Judges mutants one by one as they come from the parent process: runs the tests that reach a mutant until one fails. */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { deserialize } from 'node:v8';
import { folder } from './bundle.ts';
import type { Coverage, Played } from './cover.ts';
import type { Mutant } from './mutants.ts';
import { playSituation } from './play.ts';
import { freshProgram, type Program, type Situation, switches } from './program.ts';

/** What became of a mutant. `by` is the test that failed, and `why` how; `missed` counts questions that git was asked anew, `left` tests that were not run. */
export type Outcome = {
  readonly id: string;
  readonly state: 'killed' | 'survived' | 'unreached' | 'timeout';
  readonly by: string | null;
  readonly why: string;
  readonly ran: number;
  readonly left: number;
  readonly missed: number;
  readonly ms: number;
};

const situations = deserialize(
  readFileSync(join(folder, 'situations.bin')),
) as readonly Situation[];
const { played, atLoad } = deserialize(readFileSync(join(folder, 'coverage.bin'))) as Coverage;
const byName = new Map(situations.map((situation) => [situation.name, situation]));
const whileLoading = new Set(atLoad);
/** How often each test has failed, in all and for a file: who killed one mutant of a file will kill others. */
const kills = new Map<string, number>();

/** A loop that a mutant made endless is cut off here. */
const mostHits = 20_000_000;

/** Tests that take longer are about time, and would cost a mutant that survives more than all others together. */
const longest = 3000;
const quick = played.filter(({ ms }) => ms < longest);

const mutants = JSON.parse(readFileSync(join(folder, 'mutants.json'), 'utf8')) as readonly Mutant[];
const fileOf = new Map(mutants.map(({ id, file }) => [id, file]));
const byFile = new Map<string, Set<Played>>(mutants.map(({ file }) => [file, new Set()]));
for (const test of quick)
  for (const id of Object.keys(test.reached)) byFile.get(fileOf.get(id) ?? '')?.add(test);

/**
 * The tests that could fail by a mutant. What is worked out while a module loads is used by whatever reaches that module, and
 * by the tests that bear its name: of a module that is a list and nothing else, no test reaches more than that.
 */
function reaching({ id, file }: Mutant): readonly Played[] {
  return whileLoading.has(id)
    ? quick.filter((test) => byFile.get(file)?.has(test) || isAbout(test, file))
    : quick.filter(({ reached }) => id in reached);
}

/** The chance that a test fails, in no unit, for its time. A test of few lines is about them, and one of many only passes by: quick tests come before situations. */
function worthOf(test: Played, { id, file }: Mutant): number {
  const { name, ms, reached } = test;
  return (
    (((kills.get(`${file} ${name}`) ?? 0) * 5 + (kills.get(name) ?? 0) + (focus.get(test) ?? 0)) /
      (ms + 5)) *
    (byName.has(name) ? 1 : 1000) *
    (isAbout(test, file) ? 1000 : 1) *
    (id in reached ? 1000 : 1)
  );
}

/** Whether a test stands in the file that bears the source's name: among those that reach a mutant it comes first. */
function isAbout(test: Played, file: string): boolean {
  return test.file.endsWith(`/${basename(file, '.ts')}.test.ts`);
}

const focus = new Map(played.map((test) => [test, 500 / (Object.keys(test.reached).length + 1)]));

async function runTest(program: Program, { name, file }: Played): Promise<void> {
  switches.hitCount = 0;
  switches.hitLimit = mostHits;
  const situation = byName.get(name);
  if (situation) {
    await playSituation(program, situation);
    return;
  }
  const { tests, before, after } = await program.collect(
    program.unitFiles[file] as () => Promise<unknown>,
  );
  for (const hook of before) await program.runCollected(hook);
  const found = tests.find((test) => `${file} › ${test.name}` === name) ?? loaded.get(name);
  if (found) loaded.set(name, found);
  for (const test of tests) loaded.set(`${file} › ${test.name}`, test);
  if (found === undefined) throw new Error('the file does not declare this test any more');
  await program.runCollected(found.body);
  for (const hook of after) await program.runCollected(hook);
}

/** Tests of files that this mutant's program has loaded already: a module is loaded once. */
let loaded = new Map<
  string,
  { readonly name: string; readonly body: Parameters<Program['runCollected']>[0] }
>();

async function judgeMutant(mutant: Mutant, most: number): Promise<Outcome> {
  const { id, file } = mutant;
  const started = performance.now();
  const tests = reaching(mutant);
  const outcome = (
    state: Outcome['state'],
    ran: number,
    { by = null, why = '', missed = 0 }: Partial<Pick<Outcome, 'by' | 'why' | 'missed'>> = {},
  ): Outcome => ({
    id,
    state,
    by,
    why,
    ran,
    left: tests.length - ran,
    missed,
    ms: performance.now() - started,
  });
  if (tests.length === 0) return outcome('unreached', 0);
  loaded = new Map();
  switches.activeMutant = id;
  let missed = 0;
  let program: Program | null = null;
  const order = [...tests].sort((a, b) => worthOf(b, mutant) - worthOf(a, mutant)).slice(0, most);
  for (const [at, test] of order.entries()) {
    try {
      program ??= freshProgram();
      program.deck.missed = 0;
      await runTest(program, test);
      missed += program.deck.missed;
    } catch (error) {
      for (const key of [test.name, `${file} ${test.name}`])
        kills.set(key, (kills.get(key) ?? 0) + 1);
      return outcome('killed', at + 1, {
        by: test.name,
        why: String(error instanceof Error ? error.message : error).slice(0, 200),
        missed: missed + (program?.deck.missed ?? 0),
      });
    }
  }
  return outcome('survived', order.length, { missed });
}

process.on(
  'message',
  async ({ mutant, most }: { readonly mutant: Mutant; readonly most: number }) => {
    process.send?.(await judgeMutant(mutant, most));
  },
);
process.on('unhandledRejection', () => {});
process.send?.('ready');
