import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { cp, mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { digestOf, manifestRows, readDiff, type Row } from './digest.ts';
import { signerLines, signWith } from './keys.ts';
import { checklistText, type PolicyValue, policyText, policyValue } from './policy.ts';
import { must, run } from './processes.ts';

/** How a repository begins. */
export type Beginning = {
  readonly policy?: PolicyValue | string | null;
  readonly signers?: string;
  readonly checklist?: string | null;
  /** More files of the first commit. */
  readonly files?: Readonly<Record<string, string>>;
  readonly objectFormat?: 'sha1' | 'sha256';
  /** What has happened already: the usual change, Ada's sign-off as its owner, Ben's as validator. */
  readonly upTo?: 'change' | 'owner' | 'both';
};

export const scoreText =
  "def score(row):\n    if row['education'] > 12:\n        return 1\n    return 0\n";
export const raisedText = scoreText.replace('> 12', '> 13');

const knownPeople = ['ada', 'ben', 'cy', 'dee', 'eve', 'fay'];

/** What a case says of a signed payload that differs from the usual. */
export type PayloadChanges = Readonly<Record<string, unknown>>;

export type SignoffOptions = {
  readonly rule?: string;
  /** Whose key signs; the person's own where absent. */
  readonly key?: string;
  readonly namespace?: string;
  readonly head?: string;
  readonly target?: string;
  readonly commit?: boolean;
  /** Who commits the file; the signer where absent. */
  readonly committer?: string;
  readonly path?: string;
  readonly payload?: PayloadChanges;
  /** Changes the text of the finished file. */
  readonly edit?: (text: string) => string;
  /** Changes the JSON line before it is signed. */
  readonly editJson?: (json: string) => string;
};

const pathsOf: Readonly<Record<string, (path: string) => boolean>> = {
  'model-change': (path) =>
    (path === 'model' || path.startsWith('model/')) && !path.endsWith('.md'),
  'policy-change': (path) =>
    /^\.countersign\/(policy\.yaml|allowed_signers|revoked_keys|checklists\/.*)$/s.test(path),
  'repository-settings': (path) =>
    /(^|\/)(\.gitattributes|\.gitmodules|\.lfsconfig|\.dvc\/config)$|(^|\/)(\.pre-commit-config\.yaml|\.?lefthook(-local)?\.ya?ml|Jenkinsfile)$|^\.(github\/(workflows|actions)|circleci|gitea\/workflows)\/|^(\.gitlab-ci\.yml|azure-pipelines\.yml)$|(^|\/)\.husky\//s.test(
      path,
    ),
};

const made: string[] = [];
process.on('exit', () => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

export async function freshFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-gate-'));
  made.push(folder);
  return folder;
}

const templates = new Map<string, Promise<string>>();

/** SHA-256 of blobs by object id: the same in every repository. */
const contents = new Map<string, string>();

/** A model repository with a policy on main, people with keys, and a branch `change` to work on. */
export class ModelRepo {
  readonly dir: string;
  /** Which paths a rule governs, for digests. */
  readonly scopes: Record<string, (path: string) => boolean> = { ...pathsOf };
  /** Whether a rule governs a path that is not UTF-8. */
  governsBytes: (rule: string, path: Buffer) => boolean = () => true;
  /** Variables of somebody's git besides their name, where commits are not of the usual time, or are signed. */
  circumstances: (who: string) => Promise<Record<string, string>> = async () => ({});

  constructor(dir: string) {
    this.dir = dir;
  }

  /** Repositories that begin alike are copies of one that was made once. */
  static async make(beginning: Beginning = {}): Promise<ModelRepo> {
    const dir = await freshFolder();
    await cp(await templateOf(beginning), dir, { recursive: true });
    return new ModelRepo(dir);
  }

  async git(...args: string[]): Promise<string> {
    return (await this.gitBytes(args)).toString('utf8').replace(/\n$/, '');
  }

  gitBytes(
    args: readonly string[],
    options: { readonly env?: Record<string, string>; readonly input?: string | Uint8Array } = {},
  ): Promise<Buffer> {
    return must('git', ['-c', 'core.hooksPath=/dev/null', ...args], { cwd: this.dir, ...options });
  }

  /** git as somebody; with `committer` and other variables where they differ. */
  async gitAs(
    who: string,
    args: readonly string[],
    env: Record<string, string> = {},
  ): Promise<string> {
    return (
      await this.gitBytes(args, { env: { ...as(who), ...(await this.circumstances(who)), ...env } })
    )
      .toString('utf8')
      .trim();
  }

  async tryGit(...args: string[]): Promise<number> {
    return (
      await run('git', ['-c', 'core.hooksPath=/dev/null', ...args], {
        cwd: this.dir,
        env: as('ada'),
      })
    ).code;
  }

  write(path: string | Buffer, content: string | Uint8Array): void {
    const full = Buffer.concat([Buffer.from(`${this.dir}/`), Buffer.from(path)]);
    const folder = full.lastIndexOf('/');
    mkdirSync(full.subarray(0, folder), { recursive: true });
    writeFileSync(full, content);
  }

  async read(path: string): Promise<string> {
    return readFile(join(this.dir, path), 'utf8');
  }

  async sha256(path: string): Promise<string> {
    return createHash('sha256')
      .update(await readFile(join(this.dir, path)))
      .digest('hex');
  }

  /** Commits everything as somebody, past every hook. */
  async commit(message: string, who: string, env: Record<string, string> = {}): Promise<void> {
    await this.git('add', '-A');
    await this.gitAs(who, ['commit', '-q', '--no-verify', '--allow-empty', '-m', message], env);
  }

  /** The usual change: one number in the model. */
  async change(who = 'ada', text = raisedText, env: Record<string, string> = {}): Promise<void> {
    this.write('model/score.py', text);
    await this.commit('raise the bar', who, env);
  }

  /** What would land: the head's tree where it contains the target, else the automatic merge. */
  async lands(head: string, target: string): Promise<string> {
    if (head === 'index') {
      const tree = await this.git('write-tree');
      head = await this.gitAs('ada', ['commit-tree', tree, '-p', 'HEAD', '-m', 'x']);
    }
    const { code } = await run('git', ['merge-base', '--is-ancestor', target, head], {
      cwd: this.dir,
    });
    if (code === 0) return head;
    const merged = await run('git', ['merge-tree', '--write-tree', target, head], {
      cwd: this.dir,
    });
    return merged.code === 0 ? merged.stdout.toString('utf8').trim() : head;
  }

  /** The rows of a rule's digest. */
  async rows(rule: string, head: string, target: string): Promise<readonly Row[]> {
    const diff = readDiff(
      await this.gitBytes([
        'diff-tree',
        '-r',
        '-z',
        '--raw',
        '--no-renames',
        '--no-abbrev',
        '--ignore-submodules=none',
        target,
        await this.lands(head, target),
      ]),
    );
    const inside = this.scopes[rule] ?? (() => false);
    const governed = diff.filter(({ path }) =>
      Buffer.from(path.toString('utf8')).equals(path)
        ? inside(path.toString('utf8'))
        : this.governsBytes(rule, path),
    );
    return Promise.all(
      governed.map(async ({ path, oldMode, oldOid, newMode, newOid }) => ({
        path,
        oldMode,
        old: await this.content(oldMode, oldOid),
        newMode,
        now: await this.content(newMode, newOid),
      })),
    );
  }

  private async content(mode: string, oid: string): Promise<string> {
    if (/^0+$/.test(oid)) return '-';
    if (mode === '160000') return `gitlink:${oid}`;
    const known =
      contents.get(oid) ??
      createHash('sha256')
        .update(
          await this.gitBytes(['cat-file', 'blob', oid], { env: { GIT_NO_REPLACE_OBJECTS: '1' } }),
        )
        .digest('hex');
    contents.set(oid, known);
    return known;
  }

  async digest(rule = 'model-change', head = 'HEAD', target = 'main'): Promise<string> {
    return digestOf(await this.rows(rule, head, target));
  }

  /** A file's digest as the policy branch has it. */
  private async atMain(path: string): Promise<string | null> {
    const oid = (
      await run('git', ['rev-parse', '-q', '--verify', `refs/heads/main:${path}`], {
        cwd: this.dir,
      })
    ).stdout
      .toString()
      .trim();
    return oid === '' ? null : `sha256:${await this.content('100644', oid)}`;
  }

  /** What somebody signs of the change as it stands. */
  async payload(
    who: string,
    role: string,
    { rule = 'model-change', head = 'HEAD', target = 'main' }: SignoffOptions = {},
  ): Promise<Record<string, unknown>> {
    const rows = await this.rows(rule, head, target);
    const asked = !['policy-change', 'repository-settings'].includes(rule);
    return {
      repository: 'wage-model',
      target: `refs/heads/${target}`,
      rule,
      digest: digestOf(rows),
      policy: await this.atMain('.countersign/policy.yaml'),
      checklist: asked ? await this.atMain('.countersign/checklists/model-change.yaml') : null,
      person: who,
      role,
      decision: 'approve',
      answers: asked ? { 'tests-pass': { answer: 'yes', note: 'ran them' } } : {},
      evidence: [],
      manifest: rows.length > 1000 ? null : manifestRows(rows),
      replaces: null,
      signed_at: '2026-11-23T06:00:00Z',
      nonce: randomBytes(8).toString('hex'),
    };
  }

  /** Signs as somebody; the path of the sign-off. */
  async signoff(who: string, role: string, options: SignoffOptions = {}): Promise<string> {
    const payload: Record<string, unknown> = {
      ...(await this.payload(who, role, options)),
      ...options.payload,
    };
    const text = await signedText('signoff', payload, options.key ?? who, options);
    const path =
      options.path ??
      `.countersign/signoffs/${payload['rule']}/${who}.${String(payload['digest']).slice(3, 15)}.${String(payload['nonce']).slice(0, 4)}.yaml`;
    this.write(path, options.edit ? options.edit(text) : text);
    if (options.commit !== false)
      await this.commit(
        `sign-off of ${who}`,
        options.committer ?? (knownPeople.includes(who) ? who : 'ada'),
      );
    return path;
  }

  /** The two approvals that the usual rule asks for; the path of the second. */
  async both(options: SignoffOptions = {}): Promise<string> {
    await this.signoff('ada', 'model-owner', options);
    return this.signoff('ben', 'validator', options);
  }

  /** The two approvals that a change of the policy asks for. */
  async admins(options: SignoffOptions = {}): Promise<void> {
    await this.signoff('eve', 'policy-admin', { rule: 'policy-change', ...options });
    await this.signoff('fay', 'policy-admin', { rule: 'policy-change', ...options });
  }

  /** An emergency exception; its path. */
  async exception(
    who: string,
    changes: PayloadChanges = {},
    options: SignoffOptions & { readonly name?: string } = {},
  ): Promise<string> {
    const rule = options.rule ?? 'model-change';
    const payload = {
      repository: 'wage-model',
      target: `refs/heads/${options.target ?? 'main'}`,
      rule,
      digest: await this.digest(rule, options.head, options.target),
      person: who,
      role: 'policy-admin',
      reason: 'wrong wages are being shown now',
      expires: '2026-11-25T00:00:00Z',
      follow_up_by: '2026-12-01',
      signed_at: '2026-11-23T06:00:00Z',
      nonce: randomBytes(8).toString('hex'),
      ...changes,
    };
    const path = `.countersign/exceptions/${options.name ?? 'EX-ABC123'}.yaml`;
    const text = await signedText('exception', payload, options.key ?? who, options);
    this.write(path, options.edit ? options.edit(text) : text);
    await this.commit('exception', options.committer ?? who);
    return path;
  }

  /** `sha256:…` of the payload of a signed file, by which another replaces it. */
  async payloadId(path: string): Promise<string> {
    const [head = '', json = ''] = (await this.read(path))
      .split('\n')
      .slice(2, 4)
      .map((line) => line.slice(2));
    return `sha256:${createHash('sha256').update(`${head}\n${json}\n`).digest('hex')}`;
  }

  /** Lands the branch on main, and begins another. */
  async land(next = 'next'): Promise<void> {
    await this.git('switch', '-q', 'main');
    await this.git('merge', '-q', '--ff-only', '-');
    await this.git('switch', '-q', '-c', next);
  }

  /** A commit on main while the branch goes on. */
  async onMain(path: string, content: string, who = 'eve'): Promise<void> {
    const branch = await this.git('branch', '--show-current');
    await this.git('switch', '-q', 'main');
    this.write(path, content);
    await this.commit('elsewhere', who);
    await this.git('switch', '-q', branch);
  }
}

/** Variables that make somebody the author and the committer. */
export function as(who: string): Record<string, string> {
  const email = who.includes('@') ? who : `${who}@example.org`;
  return {
    GIT_AUTHOR_NAME: who,
    GIT_AUTHOR_EMAIL: email,
    GIT_COMMITTER_NAME: who,
    GIT_COMMITTER_EMAIL: email,
    GIT_AUTHOR_DATE: commitTime,
    GIT_COMMITTER_DATE: commitTime,
  };
}

/** When every commit is made: after the usual signatures, before the usual check. */
const commitTime = '2026-11-24T00:00:00Z';

/** The whole text of a signed file. */
export async function signedText(
  kind: 'signoff' | 'exception',
  payload: unknown,
  key: string,
  { namespace = 'model-signoff', editJson }: SignoffOptions = {},
): Promise<string> {
  const json = JSON.stringify(payload);
  const bytes = `model-${kind}@1\n${editJson ? editJson(json) : json}\n`;
  const indent = (text: string): string =>
    text
      .split('\n')
      .map((line) => (line === '' ? '' : `  ${line}`))
      .join('\n');
  return `schema: countersign/${kind}@1\npayload: |\n${indent(bytes)}signature: |\n${indent(await signWith(key, bytes, namespace))}`;
}

function templateOf(beginning: Beginning): Promise<string> {
  const key = JSON.stringify(beginning);
  const template =
    templates.get(key) ?? (beginning.upTo === undefined ? begin(beginning) : goOn(beginning));
  templates.set(key, template);
  return template;
}

async function goOn({ upTo, ...beginning }: Beginning): Promise<string> {
  const repo = await ModelRepo.make(beginning);
  await repo.change();
  if (upTo !== 'change') await repo.signoff('ada', 'model-owner');
  if (upTo === 'both') await repo.signoff('ben', 'validator');
  return repo.dir;
}

async function begin({
  policy = policyValue(),
  signers,
  checklist = checklistText,
  files = {},
  objectFormat = 'sha1',
}: Beginning): Promise<string> {
  const dir = await freshFolder();
  const repo = new ModelRepo(dir);
  await must(
    'git',
    ['init', '-q', '-b', 'main', '--template=', `--object-format=${objectFormat}`],
    { cwd: dir },
  );
  await repo.git('config', 'commit.gpgsign', 'false');
  await repo.git('config', 'gc.auto', '0');
  if (policy !== null) {
    repo.write(
      '.countersign/policy.yaml',
      typeof policy === 'string' ? policy : policyText(policy),
    );
    repo.write('.countersign/allowed_signers', signers ?? (await signerLines(knownPeople)));
    if (checklist !== null) repo.write('.countersign/checklists/model-change.yaml', checklist);
  }
  repo.write('model/score.py', scoreText);
  repo.write('README.md', '# model\n');
  for (const [path, text] of Object.entries(files)) repo.write(path, text);
  await repo.commit('base', 'eve');
  await repo.git('switch', '-q', '-c', 'change');
  mkdirSync(dirname(join(dir, '.git/info/x')), { recursive: true });
  return dir;
}
