/** What is at a path of the repository. `elsewhere` names the same path in another spelling, under which a file is there. */
export type Presence =
  | { readonly kind: 'tracked' | 'untracked' | 'ignored' | 'link' | 'absent' }
  | { readonly kind: 'submodule'; readonly submodule: string }
  | { readonly kind: 'other-spelling'; readonly spelled: string };

/** What git lists: tracked paths with their modes, those that it would add, and those that are there and ignored. */
export type Listing = {
  readonly tracked: ReadonlyMap<string, string>;
  readonly untracked: ReadonlySet<string>;
  readonly ignored: ReadonlySet<string>;
};

/** One answer to what is at a path, for every question that depends on it. */
export function presenceIn(listing: Listing): (path: string) => Presence {
  const { tracked, untracked, ignored } = listing;
  let spellings: ReadonlyMap<string, string> | undefined;
  return (path) => {
    const mode = tracked.get(path);
    if (mode === '120000') return { kind: 'link' };
    if (mode === '160000') return { kind: 'submodule', submodule: path };
    if (mode !== undefined) return { kind: 'tracked' };
    if (untracked.has(path)) return { kind: 'untracked' };
    const submodule = foldersOf(path).find((folder) => tracked.get(folder) === '160000');
    if (submodule !== undefined) return { kind: 'submodule', submodule };
    if (ignored.has(path)) return { kind: 'ignored' };
    spellings ??= new Map(
      [...tracked.keys(), ...untracked].map((known) => [folded(known), known] as const),
    );
    const spelled = spellings.get(folded(path));
    return spelled === undefined ? { kind: 'absent' } : { kind: 'other-spelling', spelled };
  };
}

/** Whether something that an anchor can point at is there. */
export function isPresent({ kind }: Presence): boolean {
  return kind !== 'absent' && kind !== 'other-spelling';
}

function foldersOf(path: string): readonly string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}

function folded(path: string): string {
  return path.normalize('NFC').toLowerCase();
}
