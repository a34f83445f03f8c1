import type { AnchorAnswer } from '../../app/follow-anchors.ts';
import { indexWithAnchors } from '../../app/index-with-anchors.ts';
import { anchorsOf } from '../../app/record-anchors.ts';
import { readOutcomes } from '../../app/outcome-files.ts';
import type { Files } from '../../app/ports.ts';
import type { Repository } from '../../app/repository.ts';
import { placeThreads } from '../../app/reviews.ts';
import { compareText, type Finding } from '../../core/finding/finding.ts';
import { buildGraph } from '../../core/graph/build-graph.ts';
import type { Graph } from '../../core/graph/graph.ts';
import { trailOfRecord } from '../../core/graph/trail-tree.ts';
import { kindOfPath } from '../../core/records/kind-of-path.ts';
import { type ParsedRecord, parseRecord } from '../../core/records/parse-record.ts';
import { type RecordKind, recordKinds } from '../../core/records/record-kind.ts';
import type { RecordValues } from '../../core/records/schemas.ts';
import { behindFile } from './behind-file.ts';
import type { Placed, RecordIndex } from './record-index.ts';

/** Reads every record below `.countersign/` and arranges them for the views; by the same function as the command line. */
export async function loadRecords(files: Files, repository: Repository): Promise<RecordIndex> {
  const { records, findings, graph, threads, anchors, unreadable } = await indexWithAnchors({
    ...repository,
    files,
  });
  return {
    ...arrange({ records, findings, graph, anchors }),
    unreadable,
    reviews: await placeThreads(files, threads),
  };
}

/** The same without git, for folders in which nothing may run: whether an anchored file is there is then not judged. */
export async function loadRecordsOnly(files: Files): Promise<RecordIndex> {
  const entries = await files.list('.countersign');
  const read = await Promise.all(
    entries
      .filter(({ path, kind }) => kind === 'file' && isRecord(path))
      .map(async ({ path }) => parseRecord(path, (await files.read(path)) ?? new Uint8Array())),
  );
  const records = read.flatMap(({ record }) => record ?? []);
  const broken = read.flatMap(({ record, id, path }) =>
    record === null && id !== null ? [{ id, path }] : [],
  );
  const { graph, findings, threads } = buildGraph({
    records,
    broken,
    ...(await readOutcomes(files, entries)),
    markers: [],
    exists: () => true,
  });
  return {
    ...arrange({
      records,
      findings: [...read.flatMap((parsed) => parsed.findings), ...findings],
      graph,
      anchors: records.flatMap(unfollowed),
    }),
    unreadable: read.filter(({ record }) => record === null).map(({ path }) => path),
    reviews: await placeThreads(files, threads),
  };
}

function isRecord(path: string): boolean {
  return (recordKinds as readonly (string | null)[]).includes(kindOfPath(path));
}

/** Where nothing may run, an anchor is followed by its digest alone, in the text that is open. */
function unfollowed(record: ParsedRecord): readonly AnchorAnswer[] {
  return anchorsOf(record).map((anchor, index) => {
    const [first = 1, last = first] = anchor.lines;
    const place = { path: anchor.path, lines: [first, last] as const };
    return {
      record: record.path,
      id: record.id ?? record.path,
      index,
      anchor,
      followed: {
        ...place,
        symbol: anchor.symbol ?? null,
        state: 'unproven',
        now: place,
        why: 'git is not asked in this folder',
      },
      held: null,
      today: null,
    };
  });
}

type Read = {
  readonly records: readonly ParsedRecord[];
  readonly findings: readonly Finding[];
  readonly graph: Graph;
  readonly anchors: readonly AnchorAnswer[];
};

function arrange({
  records,
  findings,
  graph,
  anchors,
}: Read): Omit<RecordIndex, 'reviews' | 'unreadable'> {
  const byId = new Map(
    records.flatMap((record) => (record.id === null ? [] : [[record.id, record] as const])),
  );
  return {
    feedback: placed(records, 'feedback'),
    decisions: placed(records, 'decision'),
    byPath: new Map(records.map((record) => [record.path, record])),
    byId,
    findings,
    graph,
    trail: (id) => trailOfRecord(graph, id),
    behind: (path, text) => behindFile({ graph, anchors }, path, text),
  };
}

/** Records of one kind, by id. */
function placed<Kind extends RecordKind>(
  records: readonly ParsedRecord[],
  kind: Kind,
): readonly Placed<RecordValues[Kind]>[] {
  const found = records.flatMap((record) =>
    record.kind === kind && record.id !== null
      ? [{ id: record.id, path: record.path, value: record.value as RecordValues[Kind] }]
      : [],
  );
  return found.sort((a, b) => compareText(a.id, b.id));
}
