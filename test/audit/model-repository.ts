/** A model repository for one test: real git, real keys, a policy on main, and people who commit, sign and land. */
import { spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { digestChange } from '../../src/app/digest.ts';
import { sha256Hex } from '../../src/core/gate/change-digest.ts';
import type { Repository } from '../../src/app/repository.ts';
import {
  payloadBytes,
  type SignedKind,
  writeSignedFile,
} from '../../src/core/gate/signoff-file.ts';
import { openRepository } from '../../src/node/repository.ts';
import { execute, keys, people, type Person, signers } from './people-keys.ts';

export const policy = `schema: countersign/policy@1
repository: wage-model
targets: [main, "release/*"]
people:
${people.map((person) => `  ${person}: {name: ${person}, emails: [${person}@example.org], principals: [${person}@example.org]}`).join('\n')}
agents: ["*[bot]@*"]
platforms: ["noreply@github.com"]
roles:
  model-owner: [ada]
  validator: [ben, cy]
  policy-admin: [eve, fay]
rules:
  - id: model-change
    paths: ["model/**"]
    except: ["**/*.md"]
    require:
      - {role: model-owner, count: 1}
      - {role: validator, count: 1, independent: true}
exceptions: {role: policy-admin, count: 1, max_days: 3, follow_up_days: 10}
`;

/** The day on which everything begins; each commit is an hour after the one before. */
const begin = Date.UTC(2026, 0, 5, 8);

export type SignTerms = {
  readonly rule?: string;
  readonly range?: string;
  readonly target?: string;
  readonly key?: string;
  readonly over?: Readonly<Record<string, unknown>>;
};

/** Runs git as nobody's git: no configuration of the machine's. */
export function environment(): Record<string, string> {
  const kept = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !entry[0].startsWith('GIT_'),
  );
  return { ...Object.fromEntries(kept), GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
}

/** A repository whose clock the test turns: commits and signatures are made at `now`. */
export class ModelRepository {
  readonly folder: string;
  /** Milliseconds; an hour passes with each commit. */
  now = begin;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** A repository without a commit, its branch `main`. */
  static async empty(objectFormat: 'sha1' | 'sha256' = 'sha1'): Promise<ModelRepository> {
    const made = new ModelRepository(await mkdtemp(join(tmpdir(), 'countersign-model-')));
    await made.git('init', '--quiet', '--initial-branch=main', `--object-format=${objectFormat}`);
    return made;
  }

  /** A model that nobody protected, and then the policy. */
  static async withPolicy(
    text: string = policy,
    objectFormat: 'sha1' | 'sha256' = 'sha1',
  ): Promise<ModelRepository> {
    const made = await ModelRepository.empty(objectFormat);
    await made.write('model/score.py', 'bar = 12\n');
    await made.commit('A model', 'ada');
    await made.write('.countersign/policy.yaml', text);
    await made.write('.countersign/allowed_signers', await signers());
    await made.commit('Say who must approve what', 'eve');
    return made;
  }

  /** A first commit that brings the model and the policy, as "init" and one commit of everything do. */
  static async withPolicyAtRoot(
    objectFormat: 'sha1' | 'sha256' = 'sha1',
  ): Promise<ModelRepository> {
    const made = await ModelRepository.empty(objectFormat);
    await made.write('model/score.py', 'bar = 12\n');
    await made.write('.countersign/policy.yaml', policy);
    await made.write('.countersign/allowed_signers', await signers());
    await made.commit('A model, and who must approve what', 'eve');
    return made;
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  open(): Promise<Repository> {
    return openRepository(this.folder, environment());
  }

  async git(...args: readonly string[]): Promise<string> {
    return this.gitAs('eve', ...args);
  }

  async gitAs(person: string, ...args: readonly string[]): Promise<string> {
    const email = person.includes('@') ? person : `${person}@example.org`;
    const date = `${Math.floor(this.now / 1000)} +0000`;
    const env = {
      ...environment(),
      GIT_AUTHOR_NAME: person,
      GIT_AUTHOR_EMAIL: email,
      GIT_COMMITTER_NAME: person,
      GIT_COMMITTER_EMAIL: email,
      GIT_AUTHOR_DATE: date,
      GIT_COMMITTER_DATE: date,
    };
    const { stdout } = await execute('git', ['-c', 'core.hooksPath=/dev/null', ...args], {
      cwd: this.folder,
      env,
    });
    return stdout.trim();
  }

  async write(path: string, text: string | Uint8Array, mode = 0o644): Promise<void> {
    const absolute = join(this.folder, path);
    await mkdir(dirname(absolute), { recursive: true });
    await writeFile(absolute, text);
    await chmod(absolute, mode);
  }

  read(path: string): Promise<string> {
    return readFile(join(this.folder, path), 'utf8');
  }

  async commit(message: string, person: string): Promise<string> {
    this.now += 3_600_000;
    await this.gitAs(person, 'add', '--all');
    await this.gitAs(person, 'commit', '--quiet', '--allow-empty', '--no-verify', '-m', message);
    return this.git('rev-parse', 'HEAD');
  }

  async branch(name: string): Promise<void> {
    await this.git('switch', '--quiet', '--create', name);
  }

  /** What a person would sign: the digest of the branch against the target, or of another range. */
  async payload(
    person: Person,
    role: string,
    { rule = 'model-change', range = 'main...HEAD', target = 'main', over = {} }: SignTerms,
  ): Promise<Record<string, unknown>> {
    const [from = '', to = ''] = range.split('...');
    const { rules } = await digestChange(await this.open(), {
      source: { kind: 'range', from, to },
      target,
      rule,
    });
    const found = rules[0];
    if (!found) throw new Error(`there is no rule ${rule}`);
    const seen = await execute('git', ['show', `${from}:.countersign/policy.yaml`], {
      cwd: this.folder,
      env: environment(),
      encoding: 'buffer',
    });
    const nonce = sha256Hex(
      new TextEncoder().encode(`${person} ${role} ${this.now} ${found.digest}`),
    ).slice(0, 16);
    return {
      repository: 'wage-model',
      target: `refs/heads/${target}`,
      rule,
      digest: found.digest,
      policy: `sha256:${sha256Hex(seen.stdout)}`,
      checklist: null,
      person,
      role,
      decision: 'approve',
      answers: {},
      evidence: [],
      manifest:
        found.entries.length > 1000
          ? null
          : found.entries.map((entry) => [
              entry.path,
              entry.old_mode,
              entry.old,
              entry.new_mode,
              entry.new,
            ]),
      replaces: null,
      signed_at: this.time(),
      nonce,
      ...over,
    };
  }

  /** Now, as payloads write it. */
  time(days = 0): string {
    return new Date(this.now + days * 86_400_000).toISOString().replace('.000Z', 'Z');
  }

  /** Signs what a branch would bring, and commits the sign-off there; returns its path. */
  async sign(person: Person, role: string, terms: SignTerms = {}): Promise<string> {
    const payload = await this.payload(person, role, terms);
    const path = `.countersign/signoffs/${payload['rule']}/${person}.${String(payload['digest']).slice(3, 15)}.${String(payload['nonce']).slice(0, 4)}.yaml`;
    await this.write(path, await signedText('signoff', payload, terms.key ?? person));
    await this.commit(`Sign as ${role}`, person);
    return path;
  }

  /** The owner's and the validator's signatures. */
  async signBoth(terms: SignTerms = {}): Promise<void> {
    await this.sign('ada', 'model-owner', terms);
    await this.sign('ben', 'validator', terms);
  }

  /** Lets a branch land on main by a merge commit, as a forge does, and returns the commit. */
  async merge(branch: string, into = 'main'): Promise<string> {
    this.now += 3_600_000;
    await this.git('switch', '--quiet', into);
    await this.git('merge', '--quiet', '--no-ff', '--no-verify', '-m', `Merge ${branch}`, branch);
    return this.git('rev-parse', 'HEAD');
  }

  /** A change of the model on a branch of its own, signed by both and landed by a merge. */
  async landSigned(name: string, bar: number): Promise<string> {
    await this.branch(name);
    await this.write('model/score.py', `bar = ${bar}\n`);
    await this.commit(`Set the bar to ${bar}`, 'ada');
    await this.signBoth();
    return this.merge(name);
  }
}

/** `sha256:…` of what a file signs, by which another payload names it. */
export async function signedPayloadId(repository: ModelRepository, path: string): Promise<string> {
  const [head = '', json = ''] = (await repository.read(path))
    .split('\n')
    .slice(2, 4)
    .map((line) => line.slice(2));
  return `sha256:${sha256Hex(new TextEncoder().encode(`${head}\n${json}\n`))}`;
}

/** A signed file, signed by ssh-keygen. */
export async function signedText(
  kind: SignedKind,
  payload: Readonly<Record<string, unknown>>,
  key: string,
): Promise<string> {
  const json = JSON.stringify(payload);
  return writeSignedFile(
    kind,
    json,
    await sshSign(join(await keys(), key), payloadBytes(kind, json)),
  );
}

function sshSign(key: string, payload: Uint8Array): Promise<string> {
  return new Promise((done, fail) => {
    const child = spawn('ssh-keygen', ['-Y', 'sign', '-q', '-n', 'model-signoff', '-f', key], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const pieces: Buffer[] = [];
    child.stdout.on('data', (piece: Buffer) => pieces.push(piece));
    child.on('error', fail);
    child.on('close', (code) =>
      code === 0
        ? done(Buffer.concat(pieces).toString('utf8'))
        : fail(new Error(`ssh-keygen ended with ${code}`)),
    );
    child.stdin.end(payload);
  });
}
