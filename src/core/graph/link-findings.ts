import type { Finding } from '../finding/finding.ts';
import type { Graph, GraphEdge } from './graph.ts';

/** A link that leads nowhere, at its place. */
export function danglingFinding({ to, at, kind }: GraphEdge): Finding {
  const isFile = to.startsWith('file:');
  const what = isFile ? to.slice('file:'.length) : to;
  return {
    code: 'link/dangling',
    severity: 'error',
    message: isFile
      ? `the file ${what}, to which this anchor points, is not there`
      : `there is no ${kind === 'marker' || kind === 'review' ? 'record' : kind} ${what}`,
    fix: isFile
      ? 'point it at the file that holds the lines now, or take it away'
      : `write the record, or take the link away; countersign list shows what is there`,
    ...at,
  };
}

/** A comment in the code that names a decision which another has taken the place of. */
export function supersededFinding(graph: Graph, edge: GraphEdge): readonly Finding[] {
  if (edge.kind !== 'marker' || graph.node(edge.to)?.status !== 'superseded') return [];
  const living = successor(graph, edge.to, new Set());
  return [
    {
      code: 'link/superseded',
      severity: 'warning',
      message: `${edge.to} is superseded${living ? ` by ${living}` : ''}`,
      fix: living ? `write @${living}` : 'name the decision that stands now',
      ...edge.at,
    },
  ];
}

function successor(graph: Graph, id: string, seen: Set<string>): string | null {
  if (seen.has(id)) return null;
  seen.add(id);
  const next = graph.incoming(id).find(({ kind }) => kind === 'supersedes')?.from;
  if (next === undefined) return null;
  return graph.node(next)?.status === 'superseded' ? successor(graph, next, seen) : next;
}
