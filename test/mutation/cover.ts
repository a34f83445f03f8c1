/** Runs every quick test and every situation once without a mutant: what each takes, and which mutants it reaches. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { folder } from './bundle.ts';
import { playSituation } from './play.ts';
import { freshProgram, type Situation, switches } from './program.ts';

/** A test, what it takes in milliseconds, and which mutants it reaches how often. */
export type Played = {
  readonly name: string;
  readonly file: string;
  readonly ms: number;
  readonly reached: Readonly<Record<string, number>>;
};
/** `atLoad` are mutants that are reached while a module loads, and so by whatever uses that module. */
export type Coverage = { readonly played: readonly Played[]; readonly atLoad: readonly string[] };

const situations = deserialize(
  readFileSync(join(folder, 'situations.bin')),
) as readonly Situation[];
const played: Played[] = [];
const program = freshProgram();

async function timed(name: string, file: string, work: () => Promise<void>): Promise<void> {
  switches.currentTestId = name;
  const started = performance.now();
  try {
    await work();
    played.push({
      name,
      file,
      ms: performance.now() - started,
      reached: switches.mutantCoverage?.perTest[name] ?? {},
    });
  } catch (error) {
    console.log(
      `left out, since it fails without a mutant: ${name}: ${error instanceof Error ? error.message.slice(0, 300) : String(error)}`,
    );
  }
  switches.currentTestId = undefined;
}

for (const [file, load] of Object.entries(program.unitFiles)) {
  const { tests, before, after } = await program.collect(load);
  for (const hook of before) await program.runCollected(hook);
  for (const { name, body } of tests)
    await timed(`${file} › ${name}`, file, () => program.runCollected(body));
  for (const hook of after) await program.runCollected(hook);
}
const quick = played.length;
for (const situation of situations) {
  // Once to have every answer, and once more, which is what is timed.
  switches.currentTestId = 'first';
  await playSituation(program, situation).catch(() => {});
  await timed(situation.name, situation.file, () => playSituation(program, situation));
}
const coverage: Coverage = { played, atLoad: Object.keys(switches.mutantCoverage?.static ?? {}) };
writeFileSync(join(folder, 'coverage.bin'), serialize(coverage));
// With the answers that had not been asked for before.
writeFileSync(join(folder, 'situations.bin'), serialize(situations));
const seconds = (some: readonly Played[]): string =>
  (some.reduce((sum, { ms }) => sum + ms, 0) / 1000).toFixed(1);
console.log(
  `${quick} quick tests in ${seconds(played.slice(0, quick))} s, ${played.length - quick} situations in ${seconds(played.slice(quick))} s, ${coverage.atLoad.length} mutants while loading`,
);
process.exit(0);
