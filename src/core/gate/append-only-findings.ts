import { shellWord } from '../render/shell-word.ts';
import type { Finding } from '../finding/finding.ts';
import { kindOfPath } from '../records/kind-of-path.ts';
import type { RangeCommit } from './authors.ts';
import type { RawEntry } from './raw-diff.ts';
import type { RawPath } from './raw-path.ts';
import { isRecordPath } from './signoff-path.ts';
import { absent } from './change-findings.ts';

/** Object ids of the files of what lands, by path, in the folders that are only ever added to. */
export type LandingFiles = ReadonlyMap<string, string>;

/** A change of what is only ever added to. */
type AppendedTo = {
  readonly entries: readonly RawEntry[];
  readonly commits: readonly RangeCommit[];
  readonly conflicts?: readonly RawPath[];
  readonly tip?: string;
  /** Mode and object id, by path, of what was altered on the target before and may be put back as it was signed. */
  readonly asSigned?: ReadonlyMap<string, string>;
};

/**
 * Sign-offs, exceptions and review events are append-only, between the two ends and in every commit between. What one
 * commit added must land as it was added: a merge of several histories can drop a file that no comparison shows. Where
 * nobody knows what would land, the commits alone tell: what only the target has was deleted by nobody.
 */
export function appendOnlyFindings(
  { conflicts = [], commits, tip = '', asSigned = new Map(), ...change }: AppendedTo,
  landing: LandingFiles,
): readonly Finding[] {
  const entries = conflicts.length > 0 ? [] : change.entries;
  const added = new Map(
    commits.flatMap(({ oid, touched }) =>
      touched.filter(isAdded).map(({ path }) => [path.raw, oid] as const),
    ),
  );
  const brought = new Set(entries.filter(isAdded).map(({ path }) => path.raw));
  const taken = new Set(
    entries.filter(({ oldMode }) => oldMode !== absent).map(({ path }) => path.raw),
  );
  // The commit after which no other mends it; what is only staged can still be put right.
  const culprits = new Map(
    commits
      .filter(({ oid }) => oid !== 'pending')
      .flatMap(({ oid, touched }) =>
        touched
          .filter(({ oldMode }) => oldMode !== absent)
          .map(({ path }) => [path.raw, oid] as const),
      ),
  );
  const found = new Map<string, Finding>();
  for (const entry of [...entries, ...commits.flatMap(({ touched }) => touched)]) {
    const { path, oldMode, newMode, newOid } = entry;
    if (path.text === null || !isAppendOnly(path.text)) continue;
    const lands = landing.get(path.text);
    if (oldMode === absent && (newMode === absent || lands === newOid)) continue;
    if (lands === newOid && asSigned.get(path.text) === `${newMode} ${newOid}`) continue;
    // What lands and is no entry lies at the tip just so.
    const atTip =
      taken.has(path.raw) ||
      (conflicts.length === 0 && lands !== undefined && !brought.has(path.raw));
    found.set(
      path.text,
      altered(path.text, {
        deleted: newMode === absent || lands === undefined,
        missing: taken.has(path.raw) || lands === undefined,
        tip,
        source: (atTip ? tip : added.get(path.raw)) ?? '',
        culprit: culprits.get(path.raw),
      }),
    );
  }
  return [...found.values()];
}

function isAppendOnly(path: string): boolean {
  return isRecordPath(path) || kindOfPath(path) === 'review';
}

function isAdded({ oldMode, newMode }: RawEntry): boolean {
  return oldMode === absent && newMode !== absent;
}

/** How a file that is only ever added was altered: `source` is the commit that has it as it was signed, `culprit` a commit that altered it; `missing` says whether it is altered still. */
type Alteration = {
  readonly deleted: boolean;
  readonly missing: boolean;
  readonly tip: string;
  readonly source: string;
  readonly culprit: string | undefined;
};

function altered(path: string, { deleted, missing, tip, source, culprit }: Alteration): Finding {
  const restore = isCommit(source)
    ? `git restore --staged --worktree --source=${source.slice(0, 12)} -- ${shellWord(path)}`
    : null;
  const steps = [
    `git reset --soft $(git merge-base ${tip.slice(0, 12)} HEAD)`,
    ...(missing && restore !== null ? [restore] : []),
    'git commit',
  ];
  const back =
    culprit !== undefined && isCommit(tip)
      ? `no later commit mends that, so write the branch anew without it: ${steps.join(' && ')}`
      : `bring the file back as it was${restore === null ? '' : `: ${restore}`}`;
  const what = deleted ? 'deleted' : 'edited';
  const where = culprit === undefined ? what : `${what} in ${culprit.slice(0, 12)}`;
  const place = { severity: 'error', path, line: 1, column: 1 } as const;
  if (!isRecordPath(path))
    return {
      ...place,
      code: `review/${what}`,
      message: `an event of a review was ${where}; they are only ever added`,
      fix: `${back}; to say otherwise, add an event: countersign review reply <thread> --body "…"`,
    };
  return {
    ...place,
    code: `signoff/${what}`,
    message: `a signed record was ${where}; they are only ever added`,
    fix: back,
  };
}

function isCommit(text: string): boolean {
  return /^[0-9a-f]{40,64}$/.test(text);
}
