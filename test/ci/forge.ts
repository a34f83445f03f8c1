import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { git, write, writeModelRepository } from '../extension/model-repository.ts';

const project = new URL('../..', import.meta.url).pathname;

/** A forge's side of things: its copy of a model repository, a folder for the job, and the pinned copy of Countersign. */
export type Forge = {
  readonly root: string;
  readonly remote: string;
  readonly main: string;
  readonly countersign: string;
  readonly commit: string;
};

/** What a job came to. */
export type JobRun = {
  readonly exit: number;
  readonly log: string;
  readonly summary: string;
  readonly folder: string;
};

/**
 * Makes a remote with a landed policy, and a pull request 7 (merge request 7 too) whose commits the caller wrote. The copy
 * of Countersign is a stand-in whose build copies the bundle that was built already.
 */
export function openForge(): Forge {
  const root = mkdtempSync(join(tmpdir(), 'countersign-forge-'));
  const remote = join(root, 'owner', 'model');
  mkdirSync(remote, { recursive: true });
  writeModelRepository(remote);
  const policy = '.countersign/policy.yaml';
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', join(root, 'ben')]);
  const signers = '.countersign/allowed_signers';
  write(
    remote,
    signers,
    readFileSync(join(remote, signers), 'utf8').replace(
      /^(ben@\S+ \S+) .*$/m,
      (_, who: string) => `${who} ${readFileSync(join(root, 'ben.pub'), 'utf8').trim()}`,
    ),
  );
  write(
    remote,
    policy,
    readFileSync(join(remote, policy), 'utf8').replace(
      'targets: [main]',
      'targets: [main, "release/*"]',
    ),
  );
  cpSync(join(project, 'dist'), join(remote, 'tools/countersign'), {
    recursive: true,
    filter: (path) => !path.includes('webview'),
  });
  git(remote, 'add', '--all', '--force');
  git(remote, 'commit', '--quiet', '--message=Pin the checker');
  const countersign = join(root, 'countersign');
  cpSync(join(project, 'ci'), join(countersign, 'ci'), { recursive: true });
  cpSync(join(project, 'action.yml'), join(countersign, 'action.yml'));
  writeFileSync(
    join(countersign, 'build.mjs'),
    `import { cpSync } from 'node:fs';\ncpSync(${JSON.stringify(join(project, 'dist'))}, 'dist', { recursive: true });\n`,
  );
  writeFileSync(
    join(countersign, 'package.json'),
    JSON.stringify({ type: 'module', scripts: { build: 'node build.mjs' } }),
  );
  git(countersign, 'init', '--quiet', '--initial-branch=main');
  for (const [key, value] of [
    ['user.name', 'Ada'],
    ['user.email', 'ada@example.org'],
    ['uploadpack.allowAnySHA1InWant', 'true'],
  ] as const)
    git(countersign, 'config', key, value);
  git(countersign, 'add', '--all');
  git(countersign, 'commit', '--quiet', '--message=Start');
  return {
    root,
    remote,
    countersign,
    main: git(remote, 'rev-parse', 'HEAD').trim(),
    commit: git(countersign, 'rev-parse', 'HEAD').trim(),
  };
}

/** Commits files on a branch from main and makes it the head of pull request and merge request 7. Gives its object id. */
export function openRequest(
  { remote, main }: Forge,
  files: Readonly<Record<string, string>>,
): string {
  git(remote, 'switch', '--quiet', '--detach', main);
  for (const [path, text] of Object.entries(files)) write(remote, path, text);
  git(remote, 'add', '--all', '--force');
  git(remote, 'commit', '--quiet', '--message=Change');
  const head = git(remote, 'rev-parse', 'HEAD').trim();
  for (const ref of ['refs/pull/7/head', 'refs/merge-requests/7/head'])
    git(remote, 'update-ref', ref, head);
  git(remote, 'switch', '--quiet', 'main');
  return head;
}

/** What Ben signs of a request and sends, in a folder of its own. */
export function sentByBen({ root, remote }: Forge, head: string): string {
  const folder = mkdtempSync(join(root, 'sent '));
  const args = [
    'sign',
    '--range',
    `main...${head}`,
    '--rule',
    'model-change',
    '--as',
    'ben',
    '--role',
    'validator',
    '--key',
    join(root, 'ben'),
    '--print',
  ];
  writeFileSync(
    join(folder, 'from-ben.yaml'),
    execFileSync(process.execPath, [join(project, 'dist/cli.js'), ...args], {
      cwd: remote,
      env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' },
    }),
  );
  return folder;
}

type Action = {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly runs: {
    readonly steps: readonly {
      readonly id?: string;
      readonly shell: string;
      readonly env: Readonly<Record<string, string>>;
      readonly run: string;
    }[];
  };
};

/** Runs the steps of the action as a runner would: each in a shell of its own, expressions filled in, outputs carried on. */
export function runAction(
  forge: Forge,
  event: {
    readonly name: string;
    readonly payload: Readonly<Record<string, unknown>>;
    readonly variables?: Readonly<Record<string, string>>;
  },
  inputs: Readonly<Record<string, string>> = {},
): JobRun {
  const action = parse(readFileSync(join(project, 'action.yml'), 'utf8')) as Action;
  const folder = mkdtempSync(join(forge.root, 'job-'));
  const [summary, output] = [join(folder, 'summary.md'), join(folder, 'output')];
  const github = {
    event_name: event.name,
    token: 'token',
    event: { repository: { default_branch: 'main' }, ...event.payload },
  };
  const given = Object.fromEntries(
    Object.entries(action.inputs).map(([name, { default: usual = '' }]) => [
      name,
      inputs[name] ?? fill(usual, { github }),
    ]),
  );
  const steps: Record<string, { outputs: Record<string, string> }> = {};
  let log = '';
  for (const step of action.runs.steps) {
    if (step.shell !== 'sh') throw new Error(`the shell ${step.shell} is not played here`);
    writeFileSync(output, '');
    const env = Object.fromEntries(
      Object.entries(step.env).map(([name, text]) => [
        name,
        fill(text, { github, inputs: given, steps }),
      ]),
    );
    const runner = {
      RUNNER_TEMP: folder,
      GITHUB_ACTION_PATH: forge.countersign,
      GITHUB_RUN_ID: '1',
      GITHUB_RUN_ATTEMPT: '1',
      GITHUB_SERVER_URL: `file://${forge.root}`,
      GITHUB_REPOSITORY: 'owner/model',
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: summary,
    };
    const run = shell(folder, step.run, { ...runner, ...event.variables, ...env });
    log += run.log;
    if (run.exit !== 0) return { exit: run.exit, log, summary: textOf(summary), folder };
    if (step.id !== undefined)
      steps[step.id] = {
        outputs: Object.fromEntries(
          textOf(output)
            .split('\n')
            .filter((line) => line.includes('='))
            .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
        ),
      };
  }
  return { exit: 0, log, summary: textOf(summary), folder };
}

/** Fills in the expressions of a text; what is not there is empty, as on the forge. */
function fill(text: string, context: Readonly<Record<string, unknown>>): string {
  return text.replace(/\$\{\{ *([\w.-]+) *\}\}/g, (_, path: string) => {
    const value = path
      .split('.')
      .reduce<unknown>(
        (found, key) => (found as Record<string, unknown> | null | undefined)?.[key],
        context,
      );
    return value === undefined || value === null ? '' : String(value);
  });
}

type Template = {
  readonly spec: {
    readonly inputs: Readonly<
      Record<string, { readonly default?: string; readonly regex?: string }>
    >;
  };
};
type Job = {
  readonly variables: Readonly<Record<string, string>>;
  readonly script: readonly string[];
};

/** Runs the job of the GitLab template with its inputs filled in and the variables that the forge sets. */
export function runTemplate(
  forge: Forge,
  variables: Readonly<Record<string, string>>,
  inputs: Readonly<Record<string, string>> = {},
): JobRun {
  const text = readFileSync(join(project, 'ci/gitlab.yml'), 'utf8');
  const [head, body] = parseAllDocuments(text).map((document) => document.toJS() as unknown) as [
    Template,
    { countersign: Job },
  ];
  const given: Readonly<Record<string, string>> = {
    repository: forge.countersign,
    commit: forge.commit,
    ...inputs,
  };
  const value = (name: string): string => given[name] ?? head.spec.inputs[name]?.default ?? '';
  for (const [name, { regex }] of Object.entries(head.spec.inputs))
    if (regex !== undefined && !new RegExp(regex).test(value(name)))
      throw new Error(`the input ${name} does not match ${regex}`);
  const filled = (line: string): string =>
    line.replace(/\$\[\[ *inputs\.([\w-]+) *\]\]/g, (_, name: string) => value(name));
  const folder = mkdtempSync(join(forge.root, 'job-'));
  const env = Object.fromEntries(
    Object.entries(body.countersign.variables).map(([name, text]) => [name, filled(text)]),
  );
  const run = shell(folder, body.countersign.script.map(filled).join('\n'), {
    CI_DEFAULT_BRANCH: 'main',
    CI_REPOSITORY_URL: forge.remote,
    ...env,
    ...variables,
  });
  return { ...run, summary: '', folder };
}

function shell(
  folder: string,
  script: string,
  variables: Readonly<Record<string, string>>,
): { readonly exit: number; readonly log: string } {
  const { status, stdout, stderr } = spawnSync('sh', ['-e', '-c', script], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], HOME: join(folder, '..'), ...variables },
  });
  return { exit: status ?? -1, log: `${stdout}${stderr}` };
}

function textOf(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

/** Whether a POSIX shell, tar and npm are here, without which neither template can run. */
export function canPlay(): boolean {
  try {
    for (const program of ['tar', 'npm'])
      execFileSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
