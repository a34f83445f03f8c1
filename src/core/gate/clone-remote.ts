/** What git's settings and refs say of the remotes of a clone. */
export type CloneFacts = {
  /** Full ref → object id, of all local and remote-tracking branches. */
  readonly branches: ReadonlyMap<string, string>;
  /** Remotes that say which of their branches is the default one. */
  readonly heads: ReadonlySet<string>;
  /** Remotes that the settings know. */
  readonly remotes: readonly string[];
  /** Short name of the branch that is checked out; null where none is. */
  readonly current: string | null;
  readonly settings: {
    /** git config `countersign.target` and `countersign.remote`; empty where they are not set. */
    readonly target: string;
    readonly remote: string;
    readonly pushDefault: string;
    /** By short name of a branch. */
    readonly branches: ReadonlyMap<
      string,
      { readonly remote?: string | undefined; readonly pushRemote?: string | undefined }
    >;
  };
};

/** Which remote holds the branches that others see; `several` where nothing says which. */
export type CloneRemote =
  | { readonly kind: 'remote'; readonly name: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown'; readonly name: string }
  | { readonly kind: 'several'; readonly names: readonly string[] };

/** Names by which a target is found where nothing says which it is. */
export const usualTargets: readonly string[] = ['main', 'master'];

/**
 * The remote whose branches are judged by: the one that git config `countersign.remote` names, else the one that git pushes to,
 * else `origin`, else the only one. One that has no target, such as a fork with branches of work alone, is passed over for one
 * that has.
 *
 * @param first a remote that goes before those that are only usual, such as the one that a push goes to
 */
export function cloneRemote(facts: CloneFacts, first?: string): CloneRemote {
  const { settings, current, branches } = facts;
  const known = new Set(facts.remotes);
  // Whoever only fetched into this place, as a job of CI may, has no settings of it.
  if ([...branches.keys()].some((ref) => ref.startsWith('refs/remotes/origin/')))
    known.add('origin');
  if (first === undefined && settings.remote !== '')
    return known.has(settings.remote)
      ? { kind: 'remote', name: settings.remote }
      : { kind: 'unknown', name: settings.remote };
  const own = current === null ? undefined : settings.branches.get(current);
  const wanted = [
    first,
    settings.remote,
    own?.pushRemote,
    settings.pushDefault,
    own?.remote,
    'origin',
    ...(known.size === 1 ? known : []),
  ].filter((name): name is string => name !== undefined && known.has(name));
  const [name] = [...wanted.filter((remote) => holdsTarget(facts, remote)), ...wanted];
  if (name !== undefined) return { kind: 'remote', name };
  const holding = [...known].filter((remote) => holdsTarget(facts, remote));
  const [only, ...others] = holding.some((remote) => facts.heads.has(remote))
    ? holding.filter((remote) => facts.heads.has(remote))
    : holding;
  if (only === undefined) return { kind: 'none' };
  return others.length === 0
    ? { kind: 'remote', name: only }
    : { kind: 'several', names: [only, ...others] };
}

function holdsTarget({ heads, branches, settings }: CloneFacts, remote: string): boolean {
  const asked = settings.target.replace(/^refs\/heads\//, '');
  return (
    heads.has(remote) ||
    [asked, ...usualTargets].some(
      (name) => name !== '' && branches.has(`refs/remotes/${remote}/${name}`),
    )
  );
}
