import { isSilentPath, type RangeCommit } from './authors.ts';
import { halfAlike, isTakenOver, likeness, type Lines, type MergedPath } from './carried-lines.ts';
import type { RawEntry } from './raw-diff.ts';
import type { RawPath } from './raw-path.ts';

/** A rule's part of a change, and the range that it comes from. */
export type WrittenChange = {
  /** What lands in the rule's scope. */
  readonly entries: readonly RawEntry[];
  readonly governs: (path: RawPath) => boolean;
  readonly commits: readonly RangeCommit[];
  /** What the merge with the target carries over, where the change has still to be merged. */
  readonly landing: readonly MergedPath[];
};

/** The lines of a blob by its object id; null where nobody looked. */
export type LinesById = (oid: string) => Lines | null;

/** A content that a commit put in a place, and what it took the place of. */
type Version = {
  readonly commit: RangeCommit;
  readonly path: RawPath;
  readonly before: string | null;
  readonly after: string;
  /** The mode that it came with, where the file had another or none. */
  readonly mode: string | null;
  /** Whether the mode is all that changed. */
  readonly alone: boolean;
};

/** More comparisons than this are not made: who moves thousands of files at once answers for what is not byte for byte another's. */
const mostComparisons = 5_000;

/**
 * The commits that wrote a rule's entries; authorship follows bytes, not names:
 * - those that touch the scope. One that only signs, excepts or reviews does not, unless its bytes land as something else;
 * - those that made a content elsewhere which a commit of the range then put into the scope as it was, or with changes of
 *   its own;
 * - those that worked on a file whose lines a merge carried over a rename into the scope.
 *
 * Where it cannot be told how an entry came, all of the range made it but for who only signed: somebody did it, and nobody
 * may be left out.
 */
export function writingCommits(
  change: WrittenChange,
  linesById: LinesById,
): readonly RangeCommit[] {
  const { entries, commits } = change;
  if (entries.length === 0) return [];
  const carried = carriedBy(change, linesById);
  if (carried === null || !isExplained(change, carried.paths)) return everybody(commits);
  const direct = directly(change);
  const { taken, elsewhere } = comparedVersions(change, direct);
  const before = ancestry(commits);
  const found = new Set([...direct, ...carried.by]);
  for (const other of elsewhere) {
    if (found.has(other.commit)) continue;
    const mine = contents(other, linesById);
    const isTaken = (one: Version): boolean => {
      const theirs = contents(one, linesById);
      return (
        mine !== null &&
        theirs !== null &&
        before(one.commit).has(other.commit) &&
        (!other.alone || one.mode === other.mode) &&
        isTakenOver(mine, theirs)
      );
    };
    if (taken.some(isTaken)) found.add(other.commit);
  }
  return commits.filter((commit) => found.has(commit));
}

/** The blobs whose lines `writingCommits` asks for; none where everybody who could be an author is one already. */
export function blobsToCompare(change: WrittenChange): readonly string[] {
  if (change.entries.length === 0) return [];
  const { taken, elsewhere } = comparedVersions(change, directly(change));
  const versions = [...taken, ...elsewhere].flatMap(({ before, after }) => [before, after]);
  const merged = carriedPaths(change).flatMap(({ merged: { oid, from } }) =>
    from.length > 1 ? [oid, ...from.map((one) => one.oid)] : [],
  );
  return [...new Set([...versions, ...merged])].filter((oid) => oid !== null);
}

/** All but those that did nothing else than sign, except or review; all where nobody did anything else. */
function everybody(commits: readonly RangeCommit[]): readonly RangeCommit[] {
  const loud = commits.filter(({ touched }) => touched.length === 0 || !isSilent(touched));
  return loud.length > 0 ? loud : commits;
}

const isSilent = (touched: readonly RawEntry[]): boolean =>
  touched.every(({ path }) => isSilentPath(path));

/** Whether a commit put bytes, or another mode, in a place: who marks a program executable wrote that. */
const hasContent = ({ oldMode, newMode, oldOid, newOid }: RawEntry): boolean =>
  newMode !== '000000' && (newOid !== oldOid || newMode !== oldMode);

function isExplained({ entries, commits }: WrittenChange, carried: ReadonlySet<string>): boolean {
  const paths = new Set(commits.flatMap(({ touched }) => touched.map(({ path }) => path.raw)));
  return entries.every(({ path }) => paths.has(path.raw) || carried.has(path.raw));
}

/** What an empty file is to git, in repositories of either kind of object ids: nobody's bytes. */
const emptyBlobs: ReadonlySet<string> = new Set([
  'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391',
  '473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813',
]);

/** The commits that touch the scope, and those that made a blob which one of them put there as it was. */
function directly({ entries, governs, commits }: WrittenChange): ReadonlySet<RangeCommit> {
  const landingAs = (part: readonly RawEntry[]): ReadonlySet<string> =>
    new Set(
      part
        .filter(({ newMode, newOid }) => newMode !== '000000' && !emptyBlobs.has(newOid))
        .flatMap(({ oldMode, newMode, newOid }) =>
          oldMode === newMode ? [newOid] : [newOid, `${newMode} ${newOid}`],
        ),
    );
  const brought = ({ oldMode, newMode, oldOid, newOid }: RawEntry): string | null => {
    if (newOid !== oldOid) return newOid;
    return oldMode === newMode ? null : `${newMode} ${newOid}`;
  };
  const governed = commits.flatMap(({ touched }) =>
    isSilent(touched) ? [] : touched.filter((touch) => hasContent(touch) && governs(touch.path)),
  );
  const landing = landingAs([...entries, ...governed]);
  const loudly = landingAs([...entries, ...governed].filter(({ path }) => !isSilentPath(path)));
  const wrote = ({ touched }: RangeCommit): boolean => {
    const silent = isSilent(touched);
    return touched.some(
      (touch) =>
        (!silent && governs(touch.path)) || (silent ? loudly : landing).has(brought(touch) ?? ''),
    );
  };
  return new Set(commits.filter(wrote));
}

/** Contents that merges carried into the scope, each with the merge; null for the one with the target. */
function carriedPaths({
  governs,
  commits,
  landing,
}: WrittenChange): readonly { readonly by: RangeCommit | null; readonly merged: MergedPath }[] {
  return [
    ...commits.flatMap((by) => by.merged.map((merged) => ({ by, merged }))),
    ...landing.map((merged) => ({ by: null, merged })),
  ].filter(({ merged: { path } }) => governs(path) && !isSilentPath(path));
}

/** What merges carried into the scope: who had worked on it, and the paths where it came to lie. */
type Carried = { readonly by: ReadonlySet<RangeCommit>; readonly paths: ReadonlySet<string> };

/** The commits that worked on what merges carried into the scope; null where nobody can tell what that was. */
function carriedBy(change: WrittenChange, linesById: LinesById): Carried | null {
  const found = new Set<RangeCommit>();
  const paths = new Set<string>();
  const before = ancestry(change.commits);
  for (const { by, merged } of carriedPaths(change)) {
    // Who resolved it by hand answers for it, together with those whose lines were there.
    const isResolved = by?.touched.some(({ path }) => path.raw === merged.path.raw) ?? false;
    if (merged.from.length === 0 && !isResolved) return null;
    const sources = likeliest(merged, linesById);
    const worked = [...(by === null ? change.commits : before(by))].filter((commit) =>
      commit.touched.some((touch) => sources.has(touch.path.raw) && touch.newMode !== '000000'),
    );
    // What a merge of the range took in may have landed before; what lands by the next one is somebody's of the range.
    if (by === null && worked.length === 0) return null;
    for (const commit of worked) found.add(commit);
    if (worked.length > 0) paths.add(merged.path.raw);
  }
  return { by: found, paths };
}

/** Of several paths from which a content may come, those that it is like; all where it is like none. */
function likeliest({ oid, from }: MergedPath, linesById: LinesById): ReadonlySet<string> {
  const merged = linesById(oid);
  const alike = from.filter((one) => {
    const lines = linesById(one.oid);
    return merged !== null && lines !== null && likeness(lines, merged) >= halfAlike;
  });
  return new Set((alike.length > 0 ? alike : from).map(({ path }) => path.raw));
}

/** Contents that came into the scope, and those that others made elsewhere, whose persons are no authors yet. */
function comparedVersions(
  { governs, commits }: WrittenChange,
  direct: ReadonlySet<RangeCommit>,
): { readonly taken: readonly Version[]; readonly elsewhere: readonly Version[] } {
  const known = new Set([...direct].flatMap(names));
  const others = commits.filter(
    (commit) => !isSilent(commit.touched) && names(commit).some((name) => !known.has(name)),
  );
  const elsewhere = others.flatMap((commit) =>
    versionsOf(commit).filter(({ path }) => !isRecord(path) && !governs(path)),
  );
  const taken = [...direct].flatMap((commit) =>
    versionsOf(commit).filter(({ path }) => governs(path)),
  );
  if (elsewhere.length * taken.length > mostComparisons) return { taken: [], elsewhere: [] };
  return elsewhere.length === 0 ? { taken: [], elsewhere } : { taken, elsewhere };
}

/** What is said of a model becomes no part of it with changes; as it was, it is found by its blob. */
function isRecord({ text }: RawPath): boolean {
  return text?.startsWith('.countersign/') ?? false;
}

function names({ author, committer, coAuthors }: RangeCommit): readonly string[] {
  return [author, committer, ...coAuthors].map((name) => name.toLowerCase());
}

function versionsOf(commit: RangeCommit): readonly Version[] {
  return commit.touched
    .filter((touch) => hasContent(touch) && /^10/.test(touch.newMode) && !isSilentPath(touch.path))
    .map(({ path, oldMode, newMode, oldOid, newOid }) => ({
      commit,
      path,
      before: /^10/.test(oldMode) ? oldOid : null,
      after: newOid,
      mode: oldMode === newMode ? null : newMode,
      alone: oldOid === newOid,
    }));
}

function contents(
  { before, after }: Version,
  linesById: LinesById,
): { readonly before: Lines | null; readonly after: Lines } | null {
  const lines = linesById(after);
  return lines === null
    ? null
    : { before: before === null ? null : linesById(before), after: lines };
}

/** The commits of the range that a commit is made on. */
function ancestry(
  commits: readonly RangeCommit[],
): (commit: RangeCommit) => ReadonlySet<RangeCommit> {
  const byId = new Map(commits.map((commit) => [commit.oid, commit]));
  const known = new Map<RangeCommit, ReadonlySet<RangeCommit>>();
  return (commit) => {
    const kept = known.get(commit);
    if (kept) return kept;
    const found = new Set<RangeCommit>();
    const waiting = [...commit.parents];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const parent = byId.get(next);
      if (parent === undefined || found.has(parent)) continue;
      found.add(parent);
      waiting.push(...parent.parents);
    }
    known.set(commit, found);
    return found;
  };
}
