import { compareText, type Finding, type Position } from '../finding/finding.ts';
import { coveringOf, type DecisionFacts, decisionFacts } from '../gate/decision-facts.ts';
import type { ParsedRecord } from '../records/parse-record.ts';
import { kindOfId } from '../records/record-id.ts';
import type { ReviewRecord } from '../reviews/event-order.ts';
import { type ReviewThread, reviewThreads } from '../reviews/review-threads.ts';
import { threadTitle } from '../reviews/thread-list.ts';
import { Graph, type GraphEdge, type GraphNode, type NodeKind } from './graph.ts';
import { fileNode, personNode, recordLinks } from './record-links.ts';
import { danglingFinding, supersededFinding } from './link-findings.ts';

/** A marker in a comment of the code, `@DR-…` or `@FB-…`. */
export type CodeMarker = { readonly id: string; readonly at: Position };

/** A stored result; its verdict is what it says of itself, judged again by the gate and the report. */
export type ResultFile = {
  readonly path: string;
  readonly evaluation: string;
  readonly verdict: string | null;
  /** Whether its bytes are not those that its name says. */
  readonly altered: boolean;
  /** How often the labels were looked at when it was made, this time included. */
  readonly looks: number;
};

/** A sign-off by what it says of itself: nothing here is verified, and only `countersign verify` proves it. */
export type SignoffFile = {
  readonly path: string;
  readonly person: string;
  readonly says: string;
  readonly evidence: readonly string[];
  /** Files that a reject which lists no evidence is about; empty for any other. */
  readonly rejects: readonly string[];
};

/** What a graph is made of. */
export type GraphInput = {
  readonly records: readonly ParsedRecord[];
  /** Ids that broken records claim: links to them do not dangle, though nothing else is known of them. */
  readonly broken: readonly { readonly id: string; readonly path: string }[];
  readonly results: readonly ResultFile[];
  readonly signoffs: readonly SignoffFile[];
  readonly markers: readonly CodeMarker[];
  /** Whether a file of the working tree exists. */
  readonly exists: (path: string) => boolean;
};

/** The index in memory, the review threads among it, and what is wrong with its links. */
export type BuiltGraph = {
  readonly graph: Graph;
  readonly threads: readonly ReviewThread[];
  readonly findings: readonly Finding[];
};

/** Builds the index. Links that lead nowhere become nodes that do not exist, and findings at the link. */
export function buildGraph(input: GraphInput): BuiltGraph {
  const nodes = new Map<string, GraphNode>();
  const records = [...input.records].sort((a, b) => compareText(a.path, b.path));
  const duplicates = addRecords(nodes, records, input.broken);
  const reviews = reviewThreads(
    records.filter((record): record is ReviewRecord => record.kind === 'review'),
  );
  for (const thread of reviews.threads)
    nodes.set(threadNode(thread), {
      id: threadNode(thread),
      kind: 'review',
      title: threadTitle(thread),
      status: thread.state,
      path: thread.first.path,
      exists: true,
    });
  const results = [...input.results].sort(
    (a, b) => a.looks - b.looks || compareText(a.path, b.path),
  );
  const byPath = new Map(
    [...nodes.values()].flatMap((node) =>
      node.path === null ? [] : [[node.path, node.id] as const],
    ),
  );
  const decisions = records.flatMap((record) =>
    record.kind === 'decision' ? [decisionFacts(record.path, '', record.value)] : [],
  );
  const edges = [
    ...records.flatMap(recordEdges),
    ...reviews.threads.map(threadEdge),
    ...results.map(resultEdge),
    ...input.signoffs.flatMap((signoff) => signoffEdges(signoff, byPath, decisions)),
    ...input.markers.map(markerEdge),
  ];
  for (const { path, verdict, altered, looks } of results)
    addFile(
      nodes,
      'result',
      path,
      `${altered ? 'not what was measured' : (verdict ?? 'unreadable')}, look ${looks} (${path.slice(path.lastIndexOf('/') + 1)})`,
    );
  for (const { path, says } of input.signoffs) addFile(nodes, 'signoff', path, says);
  for (const { to, from } of edges) {
    if (!nodes.has(to)) nodes.set(to, unlisted(to, input.exists));
    if (!nodes.has(from)) nodes.set(from, unlisted(from, input.exists));
  }
  const graph = new Graph(nodes, edges);
  return {
    graph,
    threads: reviews.threads,
    findings: [
      ...duplicates,
      ...reviews.findings,
      ...graph.dangling.map(danglingFinding),
      ...edges.flatMap((edge) => supersededFinding(graph, edge)),
    ],
  };
}

function addRecords(
  nodes: Map<string, GraphNode>,
  records: readonly ParsedRecord[],
  broken: GraphInput['broken'],
): readonly Finding[] {
  const findings: Finding[] = [];
  for (const record of records) {
    const { id } = record;
    if (id === null) continue;
    const other = nodes.get(id);
    if (other)
      findings.push({
        code: 'record/duplicate-id',
        severity: 'error',
        message: `${id} is the id of ${other.path} too`,
        fix: 'give one of them a new id',
        ...record.locate(['id']),
      });
    else
      nodes.set(id, {
        id,
        kind: record.kind as NodeKind,
        title: titleOf(record),
        status: 'status' in record.value ? String(record.value.status) : null,
        path: record.path,
        exists: true,
      });
  }
  for (const { id, path } of broken) {
    if (!nodes.has(id))
      nodes.set(id, {
        id,
        kind: kindOfId(id) ?? 'file',
        title: '(this record cannot be read)',
        status: null,
        path,
        exists: true,
      });
  }
  return findings;
}

/** A thread of a review: what a person asks for, where its events are but files. */
function threadNode({ record, id }: ReviewThread): string {
  return `review:${record}/${id}`;
}

function threadEdge(thread: ReviewThread): GraphEdge {
  return {
    from: threadNode(thread),
    to: thread.record,
    kind: 'review',
    source: 'record',
    at: thread.first.locate(['record']),
    lines: null,
  };
}

function titleOf(record: ParsedRecord): string {
  const title = 'title' in record.value ? record.value.title : '';
  return typeof title === 'string' ? title : '(kept out of the repository)';
}

function recordEdges(record: ParsedRecord): readonly GraphEdge[] {
  const from = record.id;
  return from === null
    ? []
    : recordLinks(record).map(({ to, kind, source, at, lines }) => ({
        from,
        to,
        kind,
        source,
        at: record.locate(at),
        lines: lines ?? null,
      }));
}

function place(path: string): Position {
  return { path, line: 1, column: 1, end_line: 1, end_column: 1 };
}

function resultEdge({ path, evaluation }: ResultFile): GraphEdge {
  return {
    from: evaluation,
    to: `result:${path}`,
    kind: 'result',
    source: 'name',
    at: place(path),
    lines: null,
  };
}

/**
 * A sign-off hangs on the person who made it, and on every record that it lists as evidence. A reject may list none: it hangs
 * on the living decisions that stand over what it stops.
 */
function signoffEdges(
  { path, person, evidence, rejects }: SignoffFile,
  byPath: ReadonlyMap<string, string>,
  decisions: readonly DecisionFacts[],
): readonly GraphEdge[] {
  const edge = (from: string, to: string): GraphEdge => ({
    from,
    to,
    kind: 'signoff',
    source: 'name',
    at: place(path),
    lines: null,
  });
  const about = rejects.flatMap((file) =>
    coveringOf(file, decisions).map(({ record }) => record.id),
  );
  const records = new Set([...evidence.flatMap((file) => byPath.get(file) ?? []), ...about]);
  return [
    edge(`signoff:${path}`, personNode(person)),
    ...[...records].map((record) => edge(record, `signoff:${path}`)),
  ];
}

function addFile(
  nodes: Map<string, GraphNode>,
  kind: 'result' | 'signoff',
  path: string,
  title: string,
): void {
  nodes.set(`${kind}:${path}`, {
    id: `${kind}:${path}`,
    kind,
    title,
    status: null,
    path,
    exists: true,
  });
}

function markerEdge({ id, at }: CodeMarker): GraphEdge {
  return {
    from: fileNode(at.path),
    to: id,
    kind: 'marker',
    source: 'marker',
    at,
    lines: [at.line, at.line],
  };
}

/** A node that no record is: a file, a glob, a person, an artifact; or a record that is missing. */
function unlisted(id: string, exists: (path: string) => boolean): GraphNode {
  const [, prefix = '', name = ''] =
    /^(file|glob|person|artifact|result|signoff):(.*)$/s.exec(id) ?? [];
  if (prefix === 'file')
    return { id, kind: 'file', title: name, status: null, path: name, exists: exists(name) };
  if (prefix !== '')
    return { id, kind: prefix as NodeKind, title: name, status: null, path: null, exists: true };
  return {
    id,
    kind: kindOfId(id) ?? 'file',
    title: '(missing)',
    status: null,
    path: null,
    exists: false,
  };
}
