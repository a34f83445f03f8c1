import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { tryErrorStep } from '../steps/try-error-step.ts';

const cli = new URL('../../dist/cli.js', import.meta.url).pathname;

/** What a run of the built command line left behind. */
export type Ran = { readonly code: number; readonly out: string; readonly err: string };

/** A policy for the branch main with these people, each with an address at example.org, and what else it says. */
export function policyOf(people: readonly string[], rest: string): string {
  const person = (name: string): string =>
    `  ${name}: {name: ${name.charAt(0).toUpperCase()}${name.slice(1)}, emails: [${name}@example.org], principals: [${name}@example.org]}\n`;
  return `schema: countersign/policy@1\nrepository: wage-model\ntargets: [main]\npeople:\n${people.map(person).join('')}${rest}`;
}

/** A throw-away repository in which commands are typed as a person types them. */
export type Workplace = {
  readonly folder: string;
  readonly git: (...args: readonly string[]) => string;
  /** Runs the built command line; `person` names the git author and committer, with an address at example.org. */
  readonly countersign: (
    args: readonly string[],
    person?: string,
    environment?: Readonly<Record<string, string>>,
  ) => Ran;
  readonly write: (path: string, text: string) => void;
  readonly read: (path: string) => string;
  readonly commit: (message: string, person: string) => void;
  /** Private key file of a person, made when first asked for. */
  readonly key: (person: string) => string;
  /** A line of `allowed_signers` for each of these people, under these options. */
  readonly signers: (people: readonly string[], options?: string) => string;
  readonly remove: () => void;
};

function environmentAt(home: string): Record<string, string | undefined> {
  return {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'))),
    HOME: home,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    NO_COLOR: '1',
  };
}

function as(person: string): Record<string, string> {
  return {
    GIT_AUTHOR_NAME: person,
    GIT_AUTHOR_EMAIL: `${person}@example.org`,
    GIT_COMMITTER_NAME: person,
    GIT_COMMITTER_EMAIL: `${person}@example.org`,
  };
}

/** Opens a new repository on branch main, with nothing of the machine's own git configuration. Needs git and ssh-keygen. */
export function openWorkplace(): Workplace {
  const home = mkdtempSync(join(tmpdir(), 'countersign-cli-'));
  const folder = join(home, 'wage-model');
  mkdirSync(folder);
  const environment = environmentAt(home);
  const run = (
    program: string,
    args: readonly string[],
    extra: Readonly<Record<string, string>> = {},
  ): Ran => {
    const { status, stdout, stderr } = spawnSync(program, args, {
      cwd: folder,
      encoding: 'utf8',
      env: { ...environment, ...extra },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return { code: status ?? -1, out: stdout, err: stderr };
  };
  const must = (
    program: string,
    args: readonly string[],
    extra?: Readonly<Record<string, string>>,
  ): string => {
    const ran = run(program, args, extra);
    if (ran.code !== 0)
      throw new Error(`${program} ${args.join(' ')} ended with ${ran.code}: ${ran.err}${ran.out}`);
    return ran.out;
  };
  const keys = new Set<string>();
  const place: Workplace = {
    folder,
    git: (...args) => must('git', args),
    countersign: (args, person = 'ada', more = {}) => {
      const own = { ...as(person), ...more };
      const ran = run(process.execPath, [cli, ...args], own);
      if (ran.code === 2)
        tryErrorStep({ folder, args, env: { ...environment, ...own }, stderr: ran.err });
      return ran;
    },
    write: (path, text) => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    },
    read: (path) => readFileSync(join(folder, path), 'utf8'),
    commit: (message, person) => {
      must('git', ['add', '--all']);
      must('git', ['commit', '--quiet', '--no-verify', '-m', message], as(person));
    },
    key: (person) => {
      const path = join(home, person);
      if (!keys.has(person))
        must('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', path]);
      keys.add(person);
      return path;
    },
    signers: (people, options = 'namespaces="model-signoff"') =>
      people
        .map((person) => {
          const [type, key] = readFileSync(`${place.key(person)}.pub`, 'utf8')
            .trim()
            .split(' ');
          return `${person}@example.org ${options} ${type} ${key}\n`;
        })
        .join(''),
    remove: () => rmSync(home, { recursive: true, force: true }),
  };
  must('git', ['init', '--quiet', '--initial-branch=main']);
  return place;
}
