import { shellWord } from '../core/render/shell-word.ts';
import { CountersignError } from './errors.ts';
import { refsQuestion, targetQuestion } from './git-questions.ts';
import type { Git } from './ports.ts';

const decoder = new TextDecoder();

/** All branches, local and remote-tracking, and the names of tags, read once. */
export type Refs = {
  /** Full ref → object id. */
  readonly branches: ReadonlyMap<string, string>;
  /** Short names of tags: never followed, only told apart. */
  readonly tags: ReadonlySet<string>;
  /** Full ref that `refs/remotes/origin/HEAD` names, if any. */
  readonly originHead: string | null;
  /** git config `countersign.target`, empty where it is not set. */
  readonly configuredTarget: string;
};

export async function readRefs(git: Git): Promise<Refs> {
  const [out, configured] = await Promise.all([git.run(refsQuestion), git.run(targetQuestion)]);
  if (out.code !== 0)
    throw new CountersignError(
      'git/failed',
      `git could not list the branches: ${out.stderr.trim()}`,
      'run "git fsck"',
    );
  const branches = new Map<string, string>();
  const tags = new Set<string>();
  let originHead: string | null = null;
  for (const line of decoder.decode(out.stdout).split('\n')) {
    const [name = '', oid = '', symbolic = ''] = line.split('\0');
    if (name === 'refs/remotes/origin/HEAD') originHead = symbolic || null;
    else if (name.startsWith('refs/tags/')) tags.add(name.slice('refs/tags/'.length));
    else if (name !== '') branches.set(name, oid);
  }
  return {
    branches,
    tags,
    originHead,
    configuredTarget: configured.code === 0 ? decoder.decode(configured.stdout).trim() : '',
  };
}

/**
 * The object id that a name on the command line stands for: a full object id, a branch, a remote-tracking branch or HEAD,
 * with `~N` and `^N` after it. Never a tag: whoever may push a tag must not be able to move a check elsewhere.
 *
 * @throws CountersignError `revision/unknown` or `revision/ambiguous`
 */
export async function resolveRevision(git: Git, refs: Refs, name: string): Promise<string> {
  const [, base = '', steps = ''] = /^(.*?)((?:[~^]\d*)*)$/s.exec(name) ?? [];
  const oid = await resolveBase(git, refs, base);
  const asked = await git.run([
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${oid}${steps}^{commit}`,
  ]);
  if (asked.code !== 0)
    throw new CountersignError(
      'revision/unknown',
      `there is no commit ${JSON.stringify(name)} here`,
      'if it is only missing from this clone: git fetch --unshallow',
    );
  return decoder.decode(asked.stdout).trim();
}

async function resolveBase(git: Git, refs: Refs, base: string): Promise<string> {
  if (/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(base)) return base;
  if (base === 'HEAD' || base === '@') return 'HEAD';
  const full = base.startsWith('refs/') ? [base] : [`refs/heads/${base}`, `refs/remotes/${base}`];
  const found = full.filter((ref) => refs.branches.has(ref));
  if (found.length === 0) throw unknownRevision(refs, base);
  const rivals = base.startsWith('refs/')
    ? []
    : [...found.slice(1), ...(refs.tags.has(base) ? [`refs/tags/${base}`] : [])];
  if (rivals.length > 0)
    throw new CountersignError(
      'revision/ambiguous',
      `${JSON.stringify(base)} is ${found[0]} and ${rivals.join(' and ')}`,
      `say which: ${found[0]}`,
    );
  const oid = refs.branches.get(found[0] as string) as string;
  if (await beginsAnother(git, base, oid))
    throw new CountersignError(
      'revision/ambiguous',
      `${JSON.stringify(base)} is a branch and the beginning of an object id`,
      `say which: ${found[0]}`,
    );
  return oid;
}

/** Whether a name is the beginning of the id of another object than this, which some readers take it for. */
async function beginsAnother(git: Git, name: string, oid: string): Promise<boolean> {
  if (!/^[0-9a-f]{4,64}$/.test(name)) return false;
  const asked = await git.run(['rev-parse', `--disambiguate=${name}`]);
  return decoder
    .decode(asked.stdout)
    .split('\n')
    .some((other) => other !== '' && other !== oid);
}

function unknownRevision(refs: Refs, base: string): CountersignError {
  if (refs.tags.has(base))
    return new CountersignError(
      'revision/unknown',
      `${JSON.stringify(base)} is a tag, and a tag can be moved by whoever may push one`,
      `say the commit: git rev-parse ${base}^{commit}`,
    );
  const remote = `origin/${base}`;
  if (refs.branches.has(`refs/remotes/${remote}`))
    return new CountersignError(
      'revision/unknown',
      `there is no branch ${JSON.stringify(base)} in this clone`,
      `say ${remote}, or make it a branch: git branch --track ${shellWord(base)} ${shellWord(remote)}`,
    );
  return new CountersignError(
    'revision/unknown',
    `there is no branch or full object id ${JSON.stringify(base)}`,
    /^[0-9a-f]{4,39}$/.test(base)
      ? `write object ids in full: git rev-parse ${base}`
      : 'see the branches: git branch --all; write object ids in full',
  );
}

/** Names by which a target is found where nothing says which it is. */
export const usualTargets: readonly string[] = ['main', 'master'];

/** The ref that is the target where nobody names one. */
export function defaultTargetRef(refs: Refs): string {
  return defaultTarget(refs).ref;
}

/**
 * The target where nobody names one: git config `countersign.target`, else origin's HEAD, else main, else master. The last
 * two are only guessed: anybody who may push a branch can make one of that name.
 */
export function defaultTarget(refs: Refs): { readonly ref: string; readonly guessed: boolean } {
  if (refs.configuredTarget !== '')
    return { ref: targetRef(refs.configuredTarget), guessed: false };
  if (refs.originHead?.startsWith('refs/remotes/origin/'))
    return {
      ref: `refs/heads/${refs.originHead.slice('refs/remotes/origin/'.length)}`,
      guessed: false,
    };
  const usual = usualTargets
    .map((branch) => `refs/heads/${branch}`)
    .find((ref) => hasTip(refs, ref));
  if (usual !== undefined) return { ref: usual, guessed: true };
  throw new CountersignError(
    'target/unknown',
    'no target branch is known: neither main nor master exists, and origin names none',
    refs.branches.size === 0
      ? 'make the first commit: git add --all && git commit'
      : 'once and for all: git config countersign.target <branch>; check, sign and digest take it by --target too',
  );
}

/** `main` or `refs/heads/main` as a full ref. */
export function targetRef(name: string): string {
  if (name.startsWith('refs/heads/')) return name;
  if (name.startsWith('refs/'))
    throw new CountersignError(
      'target/unknown',
      `${name} is not a branch`,
      'a target is a branch, such as main',
    );
  return `refs/heads/${name}`;
}

/** Whether a branch exists, here or at origin. */
export function hasTip({ branches }: Refs, ref: string): boolean {
  return (
    branches.has(ref) || branches.has(`refs/remotes/origin/${ref.slice('refs/heads/'.length)}`)
  );
}

/** How a range names the tip that `tipOf` finds: a clone need not have a local branch of that name, or a fresh one. */
export function tipName({ branches }: Refs, ref: string): string {
  const short = ref.slice('refs/heads/'.length);
  return branches.has(`refs/remotes/origin/${short}`) ? `origin/${short}` : short;
}

/** A branch's tip where no range names it: the remote-tracking branch, which others see too, else the local one. */
export function tipOf(refs: Refs, ref: string): string {
  const short = ref.slice('refs/heads/'.length);
  const tip = refs.branches.get(`refs/remotes/origin/${short}`) ?? refs.branches.get(ref);
  if (tip === undefined)
    throw new CountersignError(
      'target/missing',
      `there is no branch ${short}, neither here nor at origin`,
      refs.branches.size === 0
        ? 'make the first commit: git add --all && git commit'
        : `git fetch origin ${short}, or name another: git config countersign.target <branch>`,
    );
  return tip;
}
