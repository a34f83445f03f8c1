import { type FollowedAnchor, isProved } from '../trails/followed-anchor.ts';
import { Graph, type GraphEdge, type GraphNode } from './graph.ts';
import { fileNode } from './record-links.ts';

/** An anchor that was followed, by the file of its record and its place in it, from 0. */
export type FollowedLink = {
  readonly record: string;
  readonly index: number;
  readonly followed: FollowedAnchor;
};

/**
 * The graph with every code anchor at the file and lines where it is today. One whose lines nobody finds stands for its whole
 * file, and says so.
 */
export function followedGraph(graph: Graph, links: readonly FollowedLink[]): Graph {
  if (links.length === 0) return graph;
  const byPlace = new Map(
    links.map(({ record, index, followed }) => [`${index}:${record}`, followed]),
  );
  const counts = new Map<string, number>();
  const nodes = new Map<string, GraphNode>(graph.nodes);
  const edges = graph.edges.map((edge): GraphEdge => {
    if (edge.kind !== 'code') return edge;
    const index = counts.get(edge.at.path) ?? 0;
    counts.set(edge.at.path, index + 1);
    const anchor = byPlace.get(`${index}:${edge.at.path}`);
    if (anchor === undefined) return edge;
    const path = anchor.now?.path ?? anchor.path;
    const to = fileNode(path);
    if (!nodes.has(to))
      nodes.set(to, { id: to, kind: 'file', title: path, status: null, path, exists: true });
    return { ...edge, to, lines: anchor.now?.lines ?? null, anchor };
  });
  return new Graph(nodes, edges);
}

/** Proved ones first. */
export function byProof(a: Pick<GraphEdge, 'anchor'>, b: Pick<GraphEdge, 'anchor'>): number {
  const doubt = ({ anchor }: Pick<GraphEdge, 'anchor'>): number =>
    anchor === undefined || isProved(anchor) ? 0 : 1;
  return doubt(a) - doubt(b);
}
