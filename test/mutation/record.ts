/**
 * Plays every situation of `test/gate` once with real git and real keys, and keeps what the gate asked and was told:
 * `node record.ts <histories>`. The folders stay, for questions that only a mutant asks.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serialize } from 'node:v8';
import { folder } from './bundle.ts';
import { playSituation } from './play.ts';
import { freshProgram, type Situation } from './program.ts';

/** Steps of a drawn history: after each the gate is asked. */
const steps = 14;

const corpus = join(folder, 'corpus');
rmSync(corpus, { recursive: true, force: true });
mkdirSync(corpus, { recursive: true });
process.env['TMPDIR'] = corpus;

const situations: Situation[] = [];
const program = freshProgram();

async function record(about: Omit<Situation, 'tape'>): Promise<void> {
  const situation: Situation = { ...about, tape: new Map() };
  try {
    await playSituation(program, situation);
    situations.push(situation);
  } catch (error) {
    console.log(
      `left out, since it fails without a mutant: ${about.name}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

async function recordCases(file: string, load: () => Promise<unknown>): Promise<void> {
  await program.collect(load);
  for (const { about, name, begin = {}, play, want, says, ofBen } of program.collectedCases.splice(
    0,
  )) {
    program.deck.tape = null;
    const repo = await program.ModelRepo.make(typeof begin === 'function' ? await begin() : begin);
    const { afterwards: _, ...question } = (await play(repo)) ?? {};
    await record({
      file,
      name: `${file} › ${about} › ${name}`,
      dir: repo.dir,
      question,
      wanted: { kind: 'case', want, says, ofBen },
    });
  }
  console.log(`${situations.length} situations, after ${file}`);
}

async function recordHistory(seed: number): Promise<void> {
  const file = 'test/gate/reference.slow.test.ts';
  const history = await program.RandomHistory.begin(seed);
  for (let step = 1; step <= steps; step++) {
    program.deck.tape = null;
    await history.step();
    const dir = join(corpus, `history-${seed}-${step}`);
    execFileSync('cp', ['-al', history.repo.dir, dir]);
    const { verdict, rules } = await program.judgePlainly(dir, {
      tip: 'main',
      head: 'HEAD',
      target: 'refs/heads/main',
      now: new Date(program.caseTime),
    });
    await record({
      file,
      name: `${file} › history ${seed}, step ${step}`,
      dir,
      question: {},
      wanted: { kind: 'history', verdict, rules },
    });
  }
}

for (const [file, load] of Object.entries(program.caseFiles)) await recordCases(file, load);
for (let seed = 1; seed <= Number(process.argv[2] ?? 4); seed++) await recordHistory(seed);
writeFileSync(join(folder, 'situations.bin'), serialize(situations));
console.log(`${situations.length} situations`);
// The folders are wanted still: no handler may remove them.
process.kill(process.pid, 'SIGKILL');
