import { type CloneFacts, type CloneRemote, cloneRemote } from '../core/gate/clone-remote.ts';
import { CountersignError } from './errors.ts';
import { refsQuestion, settingsQuestion } from './git-questions.ts';
import type { Git } from './ports.ts';

const decoder = new TextDecoder();

/** All branches, local and remote-tracking, the names of tags, and which remote is judged by: read once. */
export type Refs = {
  /** Full ref → object id; no remote's HEAD. */
  readonly branches: ReadonlyMap<string, string>;
  /** Short names of tags: never followed, only told apart. */
  readonly tags: ReadonlySet<string>;
  readonly chosen: CloneRemote;
  /** The remote whose branches go before local ones; null where there is none. */
  readonly remote: string | null;
  /** Whether the remote may have branches that were never asked for, as in a clone of one branch. */
  readonly partial: boolean;
  /** Full ref that the remote's HEAD names, be it here or not; null where it names none. */
  readonly remoteHead: string | null;
  /** git config `countersign.target`, empty where it is not set. */
  readonly configuredTarget: string;
};

/**
 * Reads the branches of a clone.
 *
 * @param pushed what git calls the remote that a push goes to, a name or an address: its branches go before those of the usual one
 */
export async function readRefs(git: Git, pushed?: string): Promise<Refs> {
  const [out, configured] = await Promise.all([git.run(refsQuestion), git.run(settingsQuestion)]);
  if (out.code !== 0)
    throw new CountersignError(
      'git/failed',
      `git could not list the branches: ${out.stderr.trim()}`,
      'run "git fsck"',
    );
  const listed = readListed(decoder.decode(out.stdout));
  const { addresses, whole, ...settings } = readSettings(
    configured.code === 0 ? decoder.decode(configured.stdout) : '',
  );
  const remotes = [...addresses.keys()];
  const heads = remotes.length > 1 ? await allHeads(git, listed.heads, remotes) : listed.heads;
  const facts: CloneFacts = {
    branches: listed.branches,
    heads: new Set(heads.keys()),
    remotes,
    current: listed.current,
    settings,
  };
  const chosen = cloneRemote(facts, pushed === undefined ? undefined : nameOf(pushed, addresses));
  const remote = chosen.kind === 'remote' ? chosen.name : null;
  return {
    branches: listed.branches,
    tags: listed.tags,
    chosen,
    remote,
    partial: remote !== null && !whole.has(remote),
    remoteHead: remote === null ? null : (heads.get(remote) ?? (await danglingHead(git, remote))),
    configuredTarget: settings.target,
  };
}

type Listed = {
  readonly branches: ReadonlyMap<string, string>;
  readonly tags: ReadonlySet<string>;
  /** Remote → the ref that its HEAD names. */
  readonly heads: ReadonlyMap<string, string>;
  readonly current: string | null;
};

function readListed(text: string): Listed {
  const branches = new Map<string, string>();
  const tags = new Set<string>();
  const heads = new Map<string, string>();
  let current: string | null = null;
  for (const line of text.split('\n')) {
    const [name = '', oid = '', symbolic = '', checkedOut = ''] = line.split('\0');
    const [, remote] = /^refs\/remotes\/(.+)\/HEAD$/s.exec(name) ?? [];
    if (name.startsWith('refs/tags/')) tags.add(name.slice('refs/tags/'.length));
    else if (remote !== undefined && symbolic !== '') heads.set(remote, symbolic);
    else if (name !== '') branches.set(name, oid);
    if (checkedOut === '*') current = name.slice('refs/heads/'.length);
  }
  return { branches, tags, heads, current };
}

/** Settings, the remotes with their addresses, and those of them of which all branches are fetched. */
type Settings = CloneFacts['settings'] & {
  readonly addresses: ReadonlyMap<string, readonly string[]>;
  readonly whole: ReadonlySet<string>;
};

function readSettings(text: string): Settings {
  const single = new Map<string, string>();
  const addresses = new Map<string, string[]>();
  const whole = new Set<string>();
  const branches = new Map<string, { remote?: string; pushRemote?: string }>();
  for (const entry of text.split('\0')) {
    const end = entry.indexOf('\n');
    const [key, value] = end < 0 ? [entry, ''] : [entry.slice(0, end), entry.slice(end + 1)];
    const [, section, name, word] = /^(remote|branch)\.(.+)\.([a-z]+)$/s.exec(key) ?? [];
    if (section === undefined || name === undefined) single.set(key, value.trim());
    else if (section === 'remote') {
      const known = addresses.get(name) ?? [];
      addresses.set(name, word === 'fetch' ? known : [...known, value]);
      if (word === 'fetch' && /^\+?refs\/(?:heads\/)?\*:/.test(value)) whole.add(name);
    } else
      branches.set(name, {
        ...branches.get(name),
        ...(word === 'remote' ? { remote: value } : { pushRemote: value }),
      });
  }
  return {
    target: single.get('countersign.target') ?? '',
    remote: single.get('countersign.remote') ?? '',
    pushDefault: single.get('remote.pushdefault') ?? '',
    branches,
    addresses,
    whole,
  };
}

/** git names a remote by its address where a push was told that. */
function nameOf(
  pushed: string,
  addresses: ReadonlyMap<string, readonly string[]>,
): string | undefined {
  if (addresses.has(pushed)) return pushed;
  return [...addresses].find(([, known]) => known.includes(pushed))?.[0];
}

/** A remote whose HEAD names a branch that is gone had a target, and is not passed over for another. */
async function allHeads(
  git: Git,
  listed: ReadonlyMap<string, string>,
  remotes: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = await Promise.all(
    remotes.map(
      async (remote) => [remote, listed.get(remote) ?? (await danglingHead(git, remote))] as const,
    ),
  );
  return new Map([
    ...listed,
    ...found.flatMap(([remote, head]) => (head === null ? [] : [[remote, head] as const])),
  ]);
}

/** A HEAD that names a branch which is gone is listed by nobody: git passes over it. */
async function danglingHead(git: Git, remote: string): Promise<string | null> {
  const asked = await git.run(['symbolic-ref', '--quiet', `refs/remotes/${remote}/HEAD`]);
  return asked.code === 0 ? decoder.decode(asked.stdout).trim() : null;
}
