import { compareText } from '../finding/finding.ts';
import { matchesAny } from '../gate/scope.ts';
import type { AnchorState, FollowedAnchor } from '../trails/followed-anchor.ts';
import { byProof } from './followed-graph.ts';
import type { Graph, GraphEdge, GraphNode } from './graph.ts';
import { fileNode, type LinkKind } from './record-links.ts';

/**
 * One step of a trail: a node, how it hangs on the step above, and what hangs on it. `end` says which of the two holds the
 * link: `out` the step above, `in` this one.
 */
export type TrailStep = {
  readonly node: GraphNode;
  readonly link: LinkKind | null;
  readonly end: 'out' | 'in' | null;
  readonly lines: readonly [number, number] | null;
  /** Of a code anchor: whether the lines are sure, and where they were. Null for every other step. */
  readonly anchor: TrailAnchor | null;
  readonly steps: readonly TrailStep[];
};

/** How sure the lines of a step are, and where they were when they were anchored. */
export type TrailAnchor = {
  readonly state: AnchorState;
  readonly was: { readonly path: string; readonly lines: readonly [number, number] };
  readonly why: string;
};

/** What stands behind a record, and what was made of it. A decision shows its feedback, feedback its decisions, and so on. */
export function trailOfRecord(graph: Graph, id: string): TrailStep | null {
  const node = graph.node(id);
  return node ? step(graph, node, null, new Set([id])) : null;
}

/** What stands behind lines of a file: every record with an anchor, marker or glob there. Without lines, behind the whole file. */
export function trailOfLines(
  graph: Graph,
  path: string,
  lines: readonly [number, number] | null,
): TrailStep {
  const node = graph.node(fileNode(path)) ?? {
    id: fileNode(path),
    kind: 'file' as const,
    title: path,
    status: null,
    path,
    exists: true,
  };
  const behind = recordsBehind(graph, path, lines);
  const seen = new Set([node.id, ...behind.map(({ id }) => id)]);
  return {
    node,
    link: null,
    end: null,
    lines,
    anchor: null,
    steps: behind.map(({ id, link, lines: at, anchor }) =>
      step(graph, graph.node(id) as GraphNode, { kind: link, end: 'in', at, anchor }, seen),
    ),
  };
}

/** A record that stands behind some lines, and by what. */
export type RecordBehind = {
  readonly id: string;
  readonly link: LinkKind;
  readonly lines: readonly [number, number] | null;
  readonly anchor: FollowedAnchor | undefined;
};

/** Decisions first, since they answer why; then by id. */
export function recordsBehind(
  graph: Graph,
  path: string,
  lines: readonly [number, number] | null,
): readonly RecordBehind[] {
  const anchored = graph
    .incoming(fileNode(path))
    .filter(({ kind }) => kind === 'code')
    .sort(byProof)
    .map(
      ({ from, kind, lines: at, anchor }): RecordBehind => ({
        id: from,
        link: kind,
        lines: at,
        anchor,
      }),
    );
  const marked = graph
    .outgoing(fileNode(path))
    .filter(({ kind }) => kind === 'marker')
    .map(
      ({ to, kind, lines: at }): RecordBehind => ({
        id: to,
        link: kind,
        lines: at,
        anchor: undefined,
      }),
    );
  const governed = graph.edges
    .filter(({ kind, to }) => kind === 'governs' && matchesAny([to.slice('glob:'.length)])(path))
    .map(
      ({ from, kind }): RecordBehind => ({
        id: from,
        link: kind,
        lines: null,
        anchor: undefined,
      }),
    );
  const touching = [...anchored, ...marked, ...governed].filter(
    ({ lines: at }) => lines === null || at === null || (at[0] <= lines[1] && at[1] >= lines[0]),
  );
  const first = new Map<string, RecordBehind>();
  for (const record of touching) if (!first.has(record.id)) first.set(record.id, record);
  const order = ({ id }: RecordBehind): number => (graph.node(id)?.kind === 'decision' ? 0 : 1);
  return [...first.values()].sort((a, b) => order(a) - order(b) || compareText(a.id, b.id));
}

/** Links that a trail follows from a node, and from which end: what a person asks next of it. */
const follows: Readonly<Record<string, readonly (readonly [LinkKind, 'out' | 'in'])[]>> = {
  decision: [
    ['feedback', 'out'],
    ['code', 'out'],
    ['slice', 'out'],
    ['target-slice', 'out'],
    ['evaluation', 'out'],
    ['supersedes', 'out'],
    ['supersedes', 'in'],
    ['marker', 'in'],
    ['review', 'in'],
    ['signoff', 'out'],
  ],
  feedback: [
    ['feedback', 'in'],
    ['duplicate-of', 'out'],
    ['duplicate-of', 'in'],
    ['code', 'out'],
    ['slice', 'out'],
    ['review', 'in'],
  ],
  slice: [
    ['slice', 'in'],
    ['target-slice', 'in'],
    ['review', 'in'],
  ],
  evaluation: [
    ['result', 'out'],
    ['slice', 'out'],
    ['evaluation', 'in'],
    ['review', 'in'],
  ],
  file: [
    ['code', 'in'],
    ['marker', 'out'],
  ],
};

/** How a step hangs on the one above. */
type Hanging = {
  readonly kind: LinkKind;
  readonly end: 'out' | 'in';
  readonly at: readonly [number, number] | null;
  readonly anchor: FollowedAnchor | undefined;
};

function trailAnchor(anchor: FollowedAnchor | undefined): TrailAnchor | null {
  if (anchor === undefined) return null;
  const { path, lines, state, why } = anchor;
  return { state, was: { path, lines }, why };
}

function step(
  graph: Graph,
  node: GraphNode,
  by: Hanging | null,
  seen: ReadonlySet<string>,
): TrailStep {
  const shown = {
    node,
    link: by?.kind ?? null,
    end: by?.end ?? null,
    lines: by?.at ?? null,
    anchor: trailAnchor(by?.anchor),
  };
  const next = (follows[node.kind] ?? []).flatMap(([kind, end]) => {
    const edges: readonly GraphEdge[] =
      end === 'out' ? graph.outgoing(node.id) : graph.incoming(node.id);
    return edges
      .filter((edge) => edge.kind === kind && touches(node, by, edge))
      .map((edge) => ({
        id: end === 'out' ? edge.to : edge.from,
        kind,
        end,
        at: edge.lines,
        anchor: edge.anchor,
      }));
  });
  // Each thing once on the way down: a trail answers, it does not go in circles.
  const fresh = [...new Map(next.map((item) => [item.id, item])).values()].filter(
    ({ id }) => !seen.has(id),
  );
  const below = new Set([...seen, ...fresh.map(({ id }) => id)]);
  // What else names the same file or slice is told, and has a trail of its own.
  const sideways = by !== null && (node.kind === 'file' || node.kind === 'slice');
  return {
    ...shown,
    steps: fresh.map(({ id, ...hanging }) =>
      sideways && hanging.end === 'in'
        ? {
            node: graph.node(id) as GraphNode,
            link: hanging.kind,
            end: hanging.end,
            lines: hanging.at,
            anchor: trailAnchor(hanging.anchor),
            steps: [],
          }
        : step(graph, graph.node(id) as GraphNode, hanging, below),
    ),
  };
}

/** Of a file only the records of the very lines that led to it are of interest. */
function touches(node: GraphNode, by: Hanging | null, edge: GraphEdge): boolean {
  const [here, there] = [by?.at ?? null, edge.lines];
  return (
    node.kind !== 'file' ||
    here === null ||
    there === null ||
    (there[0] <= here[1] && there[1] >= here[0])
  );
}
