import { compareFindings, type Finding } from '../core/finding/finding.ts';
import { duplicateFindings } from '../core/feedback/duplicate-findings.ts';
import { ruleFieldFindings } from '../core/feedback/rule-field-findings.ts';
import { buildGraph, type CodeMarker } from '../core/graph/build-graph.ts';
import { findMarkers } from '../core/graph/find-markers.ts';
import type { Graph } from '../core/graph/graph.ts';
import { decisionDoubts } from '../core/graph/decision-doubts.ts';
import { kindOfPath } from '../core/records/kind-of-path.ts';
import { misplacedRecord } from '../core/records/misplaced-record.ts';
import { type Parsed, type ParsedRecord, parseRecord } from '../core/records/parse-record.ts';
import { type RecordKind, recordKinds } from '../core/records/record-kind.ts';
import { isPresent } from '../core/trails/path-presence.ts';
import { sliceDoubts } from '../core/records/slice-doubts.ts';
import { metricFindings } from '../core/reports/known-metrics.ts';
import type { ReviewThread } from '../core/reviews/review-threads.ts';
import { CountersignError } from './errors.ts';
import { isSparse } from './left-out.ts';
import { readOutcomes } from './outcome-files.ts';
import type { FileEntry, Files } from './ports.ts';
import { type PathsOf, presentPaths } from './present-paths.ts';
import { anchorsOf } from './record-anchors.ts';
import { untrackedHolding } from './untracked-holding.ts';
import type { Repository } from './repository.ts';
import { workingPolicyFindings } from './working-policy.ts';

/** Files with markers that are read at one time. */
const atOnce = 32;

/** The index of a working tree. */
export type RecordIndex = {
  readonly graph: Graph;
  readonly records: readonly ParsedRecord[];
  readonly threads: readonly ReviewThread[];
  /** Paths of records that nobody could read: they are in no list and on no trail. */
  readonly unreadable: readonly string[];
  /** What is at any path: at that of every anchor, ignored ones too. */
  readonly present: PathsOf;
  readonly findings: readonly Finding[];
  readonly stats: IndexStats;
};

/** The JSON of `index`. Counts of files and links; `ms` is the time that it took. */
export type IndexStats = {
  readonly schema: 'countersign/index@1';
  readonly records: Readonly<Record<string, number>>;
  readonly edges: number;
  readonly dangling: number;
  readonly findings: { readonly error: number; readonly warning: number; readonly info: number };
  readonly parsed: number;
  readonly reused: number;
  readonly ms: number;
};

const plural: Readonly<Record<RecordKind, string>> = {
  feedback: 'feedback',
  decision: 'decisions',
  slice: 'slices',
  evaluation: 'evaluations',
  review: 'reviews',
  checklist: 'checklists',
  triage: 'triage',
  import: 'imports',
  policy: 'policy',
};

/**
 * Reads every record of the working tree and links them. A broken record hides no other: it is a finding.
 *
 * @param past a tree and what is at its paths: the records as they stood then
 */
export async function indexRecords(
  repository: Pick<Repository, 'files' | 'git' | 'clock'>,
  past?: PathsOf & { readonly tree: string },
): Promise<RecordIndex> {
  const started = repository.clock.now().getTime();
  const entries = await recordEntries(repository.files);
  const read = await parseAll(
    repository.files,
    entries.filter(({ path }) =>
      (recordKinds as readonly (string | null)[]).includes(kindOfPath(path)),
    ),
  );
  const records = read.flatMap(({ record }) => (record ? [record] : []));
  const { results, signoffs, findings: altered } = await readOutcomes(repository.files, entries);
  const present =
    past ??
    (await presentPaths(
      repository.git,
      records.flatMap((record) => anchorsOf(record).map(({ path }) => path)),
    ));
  const { graph, threads, findings } = buildGraph({
    records,
    broken: read.flatMap(({ record, id, path }) =>
      record === null && id !== null ? [{ id, path }] : [],
    ),
    results,
    signoffs,
    markers: await markers(repository, present),
    exists: (path) => isPresent(present.at(path)),
  });
  const misplaced = entries.flatMap(({ path }) => misplacedRecord(path) ?? []);
  const all = [
    ...read.flatMap((parsed) => parsed.findings),
    ...findings,
    ...altered,
    ...misplaced,
    ...metricFindings(records),
    ...duplicateFindings(records),
    ...ruleFieldFindings(records),
    ...(await workingPolicyFindings(repository, records, [...present.paths])),
    ...decisionDoubts(records, present.paths),
    ...sliceDoubts(records),
  ].sort(compareFindings);
  const count = (severity: Finding['severity']): number =>
    all.filter((finding) => finding.severity === severity).length;
  return {
    graph,
    records,
    threads,
    present,
    unreadable: read.flatMap(({ record, path }) => (record === null ? [path] : [])),
    findings: all,
    stats: {
      schema: 'countersign/index@1',
      records: { ...countsOf(records), results: results.length, signoffs: signoffs.length },
      edges: graph.edges.length,
      dangling: graph.dangling.length,
      findings: { error: count('error'), warning: count('warning'), info: count('info') },
      parsed: read.length,
      reused: 0,
      ms: repository.clock.now().getTime() - started,
    },
  };
}

function countsOf(records: readonly ParsedRecord[]): Readonly<Record<string, number>> {
  return Object.fromEntries(
    recordKinds.map((kind) => [
      plural[kind],
      records.filter((record) => record.kind === kind).length,
    ]),
  );
}

/** The files below `.countersign/`. The folder itself may not be a link: what is judged would lie elsewhere. */
async function recordEntries(files: Files): Promise<readonly FileEntry[]> {
  const entries = await files.list('.countersign');
  return entries.filter(({ path }) => !path.startsWith('.countersign/private/'));
}

async function parseAll(files: Files, entries: readonly FileEntry[]): Promise<readonly Parsed[]> {
  return Promise.all(entries.map((entry) => parseOne(files, entry)));
}

async function parseOne(files: Files, { path, kind }: FileEntry): Promise<Parsed> {
  try {
    if (kind === 'link')
      throw new CountersignError(
        'path/link',
        'a record must be a plain file, and this is a symbolic link',
        'put the file itself here',
      );
    const bytes = await files.read(path);
    return parseRecord(path, bytes ?? new Uint8Array());
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    const finding: Finding = {
      code: error.code === 'path/link' ? 'record/symlink' : error.code,
      severity: 'error',
      message: error.message,
      path,
      line: 1,
      column: 1,
      ...(error.fix ? { fix: error.fix } : {}),
    };
    return { kind: null, path, record: null, id: null, raw: undefined, findings: [finding] };
  }
}

/**
 * Markers in the code, found by git's own search outside the records: in the working tree, files among it that nobody added
 * yet, or in a tree. Whether a file is text is not asked: notebooks are often declared binary, so that nobody diffs them.
 *
 * @throws CountersignError `git/failed`: markers that nobody looked for must not look absent
 */
async function markers(
  { git, files }: Pick<Repository, 'git' | 'files'>,
  present: PathsOf,
): Promise<readonly CodeMarker[]> {
  const { tree } = present;
  const paths =
    tree === undefined
      ? await markedHere({ git, files }, present)
      : (await marked(git, [], tree)).map((path) => path.slice(tree.length + 1));
  const found: CodeMarker[] = [];
  for (let start = 0; start < paths.length; start += atOnce) {
    const batch = await Promise.all(
      paths.slice(start, start + atOnce).map(async (path) => {
        const bytes = await files.read(path).catch(() => null);
        return bytes === null ? [] : findMarkers(path, new TextDecoder().decode(bytes));
      }),
    );
    found.push(...batch.flat());
  }
  return found;
}

/** In the working tree, what nobody added yet and what a sparse checkout leaves out of it. */
async function markedHere(
  { git, files }: Pick<Repository, 'git' | 'files'>,
  present: PathsOf,
): Promise<readonly string[]> {
  const here = [
    ...(await marked(git, [])),
    ...(await untrackedHolding(files, present, ['@DR-', '@FB-'])),
    ...((await isSparse(git)) ? await marked(git, ['--cached']) : []),
  ];
  return [...new Set(here)].sort();
}

async function marked(
  git: Repository['git'],
  where: readonly string[],
  tree?: string,
): Promise<readonly string[]> {
  const out = await git.run([
    'grep',
    '-l',
    '-z',
    '--text',
    ...where,
    '-E',
    '@(DR|FB)-[0-9A-Z]{4,16}',
    ...(tree === undefined ? [] : [tree]),
    '--',
    '.',
    ':(exclude).countersign',
  ]);
  if (out.code > 1)
    throw new CountersignError(
      'git/failed',
      `git could not look for markers in the code: ${out.stderr.trim()}`,
      'see what git says of it: git fsck',
    );
  return new TextDecoder()
    .decode(out.stdout)
    .split('\0')
    .filter((path) => path !== '');
}
