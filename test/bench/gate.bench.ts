/**
 * What people wait for, as ratios to what no program could be faster than: each pair of programs takes turns, and the
 * fastest run of each counts, so that a busy machine changes the ratios little. Ends with 1 where one is above its limit.
 *
 * node test/bench/gate.bench.ts [the Node that people have, where it is another than this one]
 */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { program } from '../cli/program.ts';
import { ModelRepo } from '../gate/kit/model-repo.ts';
import { policyWithRule } from '../gate/kit/policy.ts';

/** What a program has to end with, and to say: one that failed at once would be the fastest. */
type Wanted = { readonly status?: number; readonly says?: RegExp; readonly input?: string };

/** Milliseconds of a program in a folder. */
function time(
  cwd: string,
  command: string,
  args: readonly string[],
  { status: wanted = 0, says = /(?:)/, input }: Wanted = {},
): number {
  const started = performance.now();
  const { status, error, stdout, stderr } = spawnSync(command, args, {
    cwd,
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
    env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' },
  });
  const took = performance.now() - started;
  if (error || status !== wanted || !says.test(stdout))
    throw new Error(
      `${command} ${args.join(' ')} ended with ${status}: ${error ?? ''}${stderr}${stdout.slice(0, 500)}`,
    );
  return took;
}

/** The fastest of some runs of each, in turns. */
function fastest(runs: number, ...programs: readonly (() => number)[]): readonly number[] {
  const best = programs.map((run) => run());
  for (let count = 1; count < runs; count++)
    for (const [index, run] of programs.entries())
      best[index] = Math.min(best[index] as number, run());
  return best;
}

/** The Node that hooks and commands run on. */
const node = process.argv[2] ?? process.execPath;

let failed = 0;

function report(name: string, ratio: number, limit: number, about: string): void {
  const good = ratio <= limit;
  if (!good) failed++;
  console.log(`${good ? '✓' : '✗'} ${name}: ${ratio.toFixed(2)} (at most ${limit}) — ${about}`);
}

const shown = (ms: number): string => `${ms.toFixed(0)} ms`;
const emptyNode = (cwd: string) => (): number => time(cwd, node, ['-e', '']);

/** What the pre-commit hook adds to a commit in a repository of 10,000 records. */
async function hook(): Promise<void> {
  const records = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => record(index)));
  const repo = await ModelRepo.make({
    files: {
      ...records,
      '.countersign/decisions/DR-SCORE.yaml': decision('DR-SCORE', 'model/score.py'),
    },
    policy: policyWithRule({
      evidence: [{ kind: 'decision', status: ['accepted'], covers: 'changed-files' }],
      checklist: undefined,
    }),
    checklist: null,
  });
  time(repo.dir, node, [program, 'hook', 'install'], { says: /^pre-commit: git runs the gate/ });
  await repo.git('config', 'user.name', 'ada');
  await repo.git('config', 'user.email', 'ada@example.org');
  repo.write('model/score.py', 'def score(row):\n    return 1\n');
  const commit =
    (...options: readonly string[]) =>
    (): number => {
      spawnSync('git', ['reset', '--quiet', '--soft', 'main'], { cwd: repo.dir });
      spawnSync('git', ['add', '--all'], { cwd: repo.dir });
      return time(repo.dir, 'git', [...options, 'commit', '--quiet', '--message=score']);
    };
  const measure = (): { readonly ratio: number; readonly about: string } => {
    const [empty = 0, without = 0, withHook = 0] = fastest(
      15,
      emptyNode(repo.dir),
      commit('-c', 'core.hooksPath=/dev/null'),
      commit(),
    );
    return {
      ratio: (withHook - without) / empty,
      about: `${shown(withHook - without)} on top of ${shown(without)} and ${shown(empty)} of an empty node`,
    };
  };
  // An upper bound that no clone meets, and no repository of one's own for long: git packs from 6,700 loose objects on.
  const loose = measure();
  await repo.git('gc', '--quiet');
  const { ratio, about } = measure();
  report(
    'hook of a commit / empty node',
    ratio,
    4,
    `${about}, 10,000 records; ${loose.ratio.toFixed(2)} where each is a loose object`,
  );
}

function record(index: number): readonly [string, string] {
  const id = index.toString().padStart(8, '0');
  if (index % 10 === 0)
    return [`.countersign/decisions/DR-${id}.yaml`, decision(`DR-${id}`, `model/part${index}.py`)];
  return [
    `.countersign/feedback/FB-${id}.yaml`,
    `schema: countersign/feedback@1\nid: FB-${id}\ntitle: Feedback ${index} about wages\nbody: |\n  Words of a person about the model, number ${index}.\nchannel: survey\nreceived_at: 2026-10-01T08:00:00+02:00\nstatus: new\n`,
  ];
}

function decision(id: string, path: string): string {
  return `schema: countersign/decision@1\nid: ${id}\ntitle: Decision about ${path}\nstatus: accepted\nowner: ada\nrisk: medium\ndecision: do it\ntrail:\n  code:\n    - {path: ${path}, lines: [1, 4]}\n`;
}

/** A branch that itself brings 10,000 records: what a commit on it waits for, and what the check of the whole does. */
async function broughtRecords(): Promise<void> {
  const repo = await ModelRepo.make({
    policy: policyWithRule({
      evidence: [{ kind: 'decision', status: ['accepted'], covers: 'changed-files' }],
      checklist: undefined,
    }),
    checklist: null,
    files: { '.countersign/decisions/DR-SCORE.yaml': decision('DR-SCORE', 'model/score.py') },
  });
  for (let index = 0; index < 10_000; index++) repo.write(...record(index));
  await repo.commit('ten thousand records', 'ben');
  await repo.git('gc', '--quiet');
  await repo.git('config', 'user.name', 'ada');
  await repo.git('config', 'user.email', 'ada@example.org');
  repo.write('model/score.py', 'def score(row):\n    return 1\n');
  await repo.git('add', '--all');
  const parsing = `const { readFileSync, readdirSync } = require('node:fs'); const { parse } = require(${JSON.stringify(createRequire(import.meta.url).resolve('yaml'))}); for (const kind of ['feedback', 'decisions']) for (const name of readdirSync('.countersign/' + kind)) parse(readFileSync('.countersign/' + kind + '/' + name, 'utf8'))`;
  const [empty = 0, hooked = 0, parsed = 0, checked = 0] = fastest(
    7,
    emptyNode(repo.dir),
    () => time(repo.dir, node, [program, 'hook', 'run', 'pre-commit']),
    () => time(repo.dir, node, ['-e', parsing]),
    () => time(repo.dir, node, [program, 'check', '--range', 'main...change', '--json']),
  );
  report(
    'hook of a commit on a branch of 10,000 new records / empty node',
    hooked / empty,
    15,
    `${shown(hooked)} against ${shown(empty)}`,
  );
  report(
    'check of a range of 10,000 new records / reading and parsing them',
    checked / parsed,
    1.5,
    `${shown(checked)} against ${shown(parsed)}`,
  );
}

/** The check of a branch of 200 commits and 50 sign-offs. */
async function range(): Promise<void> {
  const repo = await ModelRepo.make({});
  for (let count = 0; count < 150; count++) {
    repo.write('model/score.py', `def score(row):\n    return ${count}\n`);
    await repo.commit(`step ${count}`, 'ada');
    if (count % 3 === 0) await repo.signoff(count % 2 === 0 ? 'ben' : 'cy', 'validator');
  }
  const [empty = 0, check = 0] = fastest(9, emptyNode(repo.dir), () =>
    time(repo.dir, node, [program, 'check', '--range', 'main...change', '--json'], {
      status: 1,
      says: /"commits":200,/,
    }),
  );
  const commits = await repo.git('rev-list', '--count', 'main..change');
  report(
    'check of a range / empty node',
    check / empty,
    12,
    `${shown(check)} for ${commits} commits and 50 sign-offs`,
  );
}

/** The digest of 10,000 changed files of 8 KB. */
async function digest(): Promise<void> {
  const repo = await ModelRepo.make({});
  for (let index = 0; index < 10_000; index++)
    repo.write(
      `model/part${index % 100}/file${index}.py`,
      Array.from(
        { length: 200 },
        (_, line) => `weight_${line} = ${Math.sin(index * 200 + line)}\n`,
      ).join(''),
    );
  await repo.commit('ten thousand files', 'ada');
  await repo.git('gc', '--quiet');
  const oids = (await repo.git('diff-tree', '-r', 'main', 'change'))
    .split('\n')
    .map((line) => line.split(' ')[3]);
  const hash = `${process.platform === 'darwin' ? 'shasum -a 256' : 'sha256sum'}`;
  const [floor = 0, ours = 0] = fastest(
    5,
    () =>
      time(repo.dir, 'sh', ['-c', `git cat-file --batch | ${hash}`], {
        input: `${oids.join('\n')}\n`,
      }),
    () =>
      time(repo.dir, node, [program, 'digest', '--range', 'main...change', '--json'], {
        says: /"digest":"v1:/,
      }),
  );
  report(
    'digest / git cat-file --batch | sha256',
    ours / floor,
    2,
    `${shown(ours)} against ${shown(floor)}, 10,000 files in one range`,
  );
}

console.log(
  spawnSync(node, ['-p', '"Node " + process.version'], { encoding: 'utf8' }).stdout.trim(),
);
await hook();
await broughtRecords();
await range();
await digest();
process.exitCode = failed === 0 ? 0 : 1;
