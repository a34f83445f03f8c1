/** The sample's repository, its people and their keys, and what is done in it: by git, and by the product's own command line. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runProgram } from './run-program.ts';
import type { SampleRecord } from './sample-feedback.ts';
import type { SampleThread, SampleWords } from './sample-records.ts';
import { writeParquet } from './wage-data.ts';

/** Who works on the sample. */
export const people = ['ada', 'ben', 'cy', 'dee', 'eve'] as const;
type Person = (typeof people)[number];

/** Private key file of each person. */
export type Keys = Readonly<Record<Person, string>>;

/** Told of each step. */
export type Step = (text: string) => void;

/** The repository of the sample while it is made. */
export class SampleRepository {
  readonly directory: string;
  readonly cli: string;
  readonly onStep: Step;
  readonly origin: string;
  readonly keyFolder: string;
  readonly keys: Keys;
  readonly environment = cleanEnvironment();

  constructor(
    directory: string,
    { cli, onStep = () => {} }: { readonly cli: string; readonly onStep?: Step },
  ) {
    this.directory = directory;
    this.cli = cli;
    this.onStep = onStep;
    this.origin = `${directory}.origin.git`;
    this.keyFolder = `${directory}.keys`;
    this.keys = Object.fromEntries(
      people.map((person) => [person, join(this.keyFolder, person)]),
    ) as Keys;
  }

  run(
    program: string,
    args: readonly string[],
    extra: Readonly<Record<string, string>> = {},
    allowed: readonly number[] = [0],
  ): Promise<string> {
    return runProgram(
      program,
      args,
      { cwd: this.directory, env: { ...this.environment, ...extra } },
      allowed,
    );
  }

  git(...args: readonly string[]): Promise<string> {
    return this.run('git', args);
  }

  countersign(
    args: readonly string[],
    allowed: readonly number[] = [0],
    extra: Readonly<Record<string, string>> = {},
  ): Promise<string> {
    return this.run(process.execPath, [this.cli, ...args], extra, allowed);
  }

  async commit(message: string, person: Person): Promise<void> {
    await this.git('add', '--all');
    await this.run('git', ['commit', '--quiet', '--no-verify', '-m', message], identity(person));
  }

  async add(records: readonly SampleRecord[]): Promise<void> {
    for (const { kind, title, set } of records)
      await this.countersign([
        'new',
        kind,
        '--title',
        title,
        ...Object.entries(set).flatMap(([key, value]) => [
          '--set',
          `${key}=${typeof value === 'string' && textKeys.has(key) ? value : JSON.stringify(value)}`,
        ]),
      ]);
  }

  async sign(person: Person, role: string, range: string): Promise<void> {
    const answers = join(this.keyFolder, 'answers.json');
    await writeFile(
      answers,
      JSON.stringify({
        why: { answer: 'yes', note: 'read it aloud to a recruiter' },
        harm: { answer: 'yes', note: 'looked at every group of the report' },
        rollback: 'yes',
        reran: 'yes',
      }),
    );
    await this.countersign([
      'sign',
      '--range',
      range,
      '--as',
      person,
      '--role',
      role,
      '--key',
      this.keys[person],
      '--answers',
      answers,
    ]);
    await this.commit(`Sign as ${role}`, person);
  }

  async talk({ on, begins, goesOn }: SampleThread): Promise<void> {
    const as = ({ by, at }: SampleWords): Readonly<Record<string, string>> => ({
      ...identity(by as Person),
      GIT_AUTHOR_DATE: at,
    });
    const begun = await this.countersign(
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
      await this.countersign(
        ['review', words.action, thread, '--body', words.body],
        [0],
        as(words),
      );
  }

  async train(name: string): Promise<void> {
    await this.run(process.execPath, ['model/train.js', name]);
    if (name === 'candidate') return;
    await writeParquet(join(this.directory, 'data', `${name}.csv`));
    await rm(join(this.directory, 'data', `${name}.csv`));
  }

  async setModel(changes: readonly (readonly [string, string])[]): Promise<void> {
    const path = join(this.directory, 'model', 'score.js');
    const text = changes.reduce(
      (current, [from, to]) => current.replace(from, to),
      await readFile(path, 'utf8'),
    );
    await writeFile(path, text);
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

/** Who commits, as git is told. */
export function identity(person: Person): Readonly<Record<string, string>> {
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
