import { shellWord } from '../core/render/shell-word.ts';
import { CountersignError } from './errors.ts';
import { fetchStep } from './missing-history.ts';
import type { Git } from './ports.ts';
import type { Refs } from './refs.ts';

const decoder = new TextDecoder();

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
      `if it is only missing from this clone: ${await fetchStep(git)}`,
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
  const remote = `${refs.remote}/${base}`;
  if (refs.remote !== null && refs.branches.has(`refs/remotes/${remote}`))
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

/** The remote-tracking branch of a branch; null where there is no remote. */
export function trackingRef({ remote }: Pick<Refs, 'remote'>, ref: string): string | null {
  return remote === null ? null : `refs/remotes/${remote}/${ref.slice('refs/heads/'.length)}`;
}

/** Whether a branch exists, here or at the remote. */
export function hasTip(refs: Refs, ref: string): boolean {
  return refs.branches.has(ref) || refs.branches.has(trackingRef(refs, ref) ?? '');
}

/** How a range names the tip that `tipOf` finds: a clone need not have a local branch of that name, or a fresh one. */
export function tipName(refs: Refs, ref: string): string {
  const tracking = trackingRef(refs, ref);
  return tracking !== null && refs.branches.has(tracking)
    ? tracking.slice('refs/remotes/'.length)
    : ref.slice('refs/heads/'.length);
}

/** A branch's tip where no range names it: the remote-tracking branch, which others see too, else the local one. */
export function tipOf(refs: Refs, ref: string): string {
  const short = ref.slice('refs/heads/'.length);
  const tip = refs.branches.get(trackingRef(refs, ref) ?? '') ?? refs.branches.get(ref);
  if (tip === undefined)
    throw new CountersignError(
      'target/missing',
      `there is no branch ${short}, neither here nor at ${refs.remote ?? 'a remote'}`,
      missingStep(refs, short),
    );
  return tip;
}

function missingStep({ branches, remote }: Refs, short: string): string {
  if (branches.size === 0) return 'make the first commit: git add --all && git commit';
  const other = 'git config countersign.target <branch>';
  return remote === null
    ? `name another: ${other}`
    : `git fetch ${shellWord(remote)} ${shellWord(`+refs/heads/${short}:refs/remotes/${remote}/${short}`)}, or name another: ${other}`;
}
