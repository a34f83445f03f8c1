import type { Difference, HistoryReader, Tree, WrittenCommit } from './read-history.ts';

/** What a reading of carried lines is about: a rule's part of a change, and who wrote it as far as names of files tell. */
export type Carrying = {
  readonly reader: HistoryReader;
  readonly governed: (path: string) => boolean;
  readonly commits: readonly WrittenCommit[];
  readonly direct: readonly WrittenCommit[];
  /** Tip, head and what lands, where the head does not contain the tip. */
  readonly landing: { readonly parents: readonly Tree[]; readonly tree: Tree } | null;
};

/** The commits whose lines came to governed files under other names; null where that cannot be told. */
export async function carriedOver(about: Carrying): Promise<readonly WrittenCommit[] | null> {
  const merged = await byMerges(about);
  return merged === null ? null : [...merged, ...(await byMoves(about))];
}

const same = (tree: Tree, path: string, other: Tree): boolean =>
  tree.get(path)?.oid === other.get(path)?.oid && tree.get(path)?.mode === other.get(path)?.mode;

type Merge = {
  readonly tree: Tree;
  readonly parents: readonly Tree[];
  /** What the merge is made on. */
  readonly before: readonly WrittenCommit[];
  /** What whoever made it did by hand; null of the merge with the target, which nobody made yet. */
  readonly did: readonly Difference[] | null;
};

/** Merges of lines of history of which none holds the other. */
async function mergesOf({ reader, commits, landing }: Carrying): Promise<readonly Merge[]> {
  const merges: Merge[] = [];
  for (const commit of commits) {
    if (commit.parents.length < 2) continue;
    const behind = await Promise.all(commit.parents.map((oid) => reader.ancestors(oid)));
    const [first = '', second = ''] = commit.parents;
    const holdsTheOther = behind[1]?.has(first) || behind[0]?.has(second);
    if (commit.parents.length === 2 && holdsTheOther) continue;
    merges.push({
      tree: await reader.tree(commit.oid),
      parents: await Promise.all(commit.parents.map((oid) => reader.tree(oid))),
      before: commits.filter(({ oid }) => behind.some((set) => set.has(oid))),
      did: commit.did,
    });
  }
  return landing === null ? merges : [...merges, { ...landing, before: commits, did: null }];
}

async function byMerges(about: Carrying): Promise<readonly WrittenCommit[] | null> {
  const found: WrittenCommit[] = [];
  for (const merge of await mergesOf(about))
    for (const path of merge.tree.keys()) {
      if (!about.governed(path)) continue;
      const workers = await workersOn(merge, path, about.reader);
      if (workers === null) return null;
      found.push(...workers);
    }
  return found;
}

/** Who worked on what a merge carried to a path; nobody where it carried nothing, null where it cannot be told. */
async function workersOn(
  { tree, parents, before, did }: Merge,
  path: string,
  reader: HistoryReader,
): Promise<readonly WrittenCommit[] | null> {
  const lacking = parents.filter((parent) => !parent.has(path));
  if (lacking.length === 0 || parents.some((parent) => same(parent, path, tree))) return [];
  const left = lacking.flatMap((parent) =>
    [...parent].filter(([name]) => !tree.has(name)).map(([name, { oid }]) => ({ name, oid })),
  );
  if (left.length === 0 && !did?.some((one) => one.path === path)) return null;
  const merged = await lines(reader, tree.get(path)?.oid ?? '');
  const scores = await Promise.all(
    left.map(async ({ oid }) => alike(await lines(reader, oid), merged)),
  );
  const near = left.filter((_, index) => (scores[index] ?? 0) >= 0.5);
  const names = (near.length > 0 ? near : left).map(({ name }) => name);
  const workers = before.filter((commit) =>
    commit.did.some((one) => one.after !== null && names.includes(one.path)),
  );
  return did === null && workers.length === 0 ? null : workers;
}

async function byMoves({
  reader,
  governed,
  commits,
  direct,
}: Carrying): Promise<readonly WrittenCommit[]> {
  const low = (names: readonly string[]): readonly string[] =>
    names.map((name) => name.toLowerCase());
  const known = direct.flatMap(({ emails }) => low(emails));
  const found: WrittenCommit[] = [];
  for (const other of commits) {
    if (direct.includes(other) || low(other.emails).every((name) => known.includes(name))) continue;
    if (other.did.every(({ path }) => isWord(path))) continue;
    const elsewhere = other.did.filter(
      (did) => isFile(did) && !governed(did.path) && !did.path.startsWith('.countersign/'),
    );
    for (const one of direct) {
      if (!(await reader.ancestors(one.oid)).has(other.oid)) continue;
      const came = one.did.filter((did) => isFile(did) && governed(did.path));
      for (const mine of elsewhere)
        for (const theirs of came) if (await isTaken(reader, mine, theirs)) found.push(other);
    }
  }
  return found;
}

const isWord = (path: string): boolean =>
  /^\.countersign\/(signoffs\/[^/]+|exceptions|reviews\/[^/]+)\/[^/]+\.yaml$/.test(path);

const isFile = ({ path, before, after }: Difference): boolean =>
  after?.mode.startsWith('10') === true &&
  (after.oid !== before?.oid || after.mode !== before.mode) &&
  !isWord(path);

/** A version of a file elsewhere lies in a version of a governed one: more so than what stood there, and with what was added. */
async function isTaken(
  reader: HistoryReader,
  mine: Difference,
  theirs: Difference,
): Promise<boolean> {
  const of = async (file: Difference['after']): Promise<readonly string[] | null> =>
    file?.mode.startsWith('10') ? lines(reader, file.oid) : null;
  const [was, is] = [await of(mine.before), (await of(mine.after)) ?? []];
  const [stood, came] = [await of(theirs.before), (await of(theirs.after)) ?? []];
  const near = alike(is, came);
  if (mine.after?.oid === mine.before?.oid && !bringsMode(mine, theirs)) return false;
  if (near < 0.5 || (stood !== null && near <= alike(stood, came))) return false;
  const added = is.filter((line) => !was?.includes(line));
  return added.length === 0 || added.some((line) => came.includes(line) && !stood?.includes(line));
}

/** Whether the mode that somebody set elsewhere came with a file that had another here, or was not here. */
export const bringsMode = (mine: Difference, theirs: Difference): boolean =>
  mine.after !== null &&
  mine.after.mode !== mine.before?.mode &&
  theirs.after?.mode === mine.after.mode &&
  theirs.before?.mode !== theirs.after.mode;

/** The lines of a blob that are not blank, each once; a submodule has none. */
async function lines(reader: HistoryReader, oid: string): Promise<readonly string[]> {
  const content = await reader.blob(oid).catch(() => Buffer.alloc(0));
  const whole = content.toString('latin1').split('\n');
  // A licence says nothing of whose the lines below it are.
  const top = whole.findIndex((line) => !/^\s*(#|\/\/|\/\*|\*|--|%|;|<!--|$)/.test(line));
  const all = top < 0 ? whole : whole.slice(top);
  return [...new Set(all.map((line) => line.trim()))].filter((line) => line !== '');
}

function alike(one: readonly string[], other: readonly string[]): number {
  const size = (of: readonly string[]): number => of.join('').length;
  const larger = Math.max(size(one), size(other));
  return larger === 0 ? 0 : size(one.filter((line) => other.includes(line))) / larger;
}
