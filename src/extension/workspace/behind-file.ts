import { compareText } from '../../core/finding.ts';
import type { Graph } from '../../core/graph/graph.ts';
import { fileNode } from '../../core/graph/record-links.ts';
import { recordsBehind } from '../../core/graph/trail-tree.ts';
import type { CodeAnchor } from '../../core/records/code-anchor.ts';
import type { ParsedRecord } from '../../core/records/parse-record.ts';
import { followAnchor } from '../../core/trails/follow-anchor.ts';
import type { Behind } from './record-index.ts';

type Linked = { readonly graph: Graph; readonly byId: ReadonlyMap<string, ParsedRecord> };

/**
 * Everything that stands behind a file: anchors, markers in its comments, and decisions that govern it; by line, then
 * by id, the whole file last.
 *
 * @param text the file as it is shown, to follow anchors in; null to leave them where they were written
 */
export function behindFile(
  { graph, byId }: Linked,
  path: string,
  text: string | null,
): readonly Behind[] {
  const bytes = text === null ? null : new TextEncoder().encode(text);
  const ids = new Set(
    graph.incoming(fileNode(path)).flatMap(({ from, kind }) => (kind === 'code' ? [from] : [])),
  );
  const anchored = [...ids].flatMap((id) =>
    anchorsOf(byId.get(id), path).map((anchor) => follow(id, anchor, bytes)),
  );
  const marked = graph
    .outgoing(fileNode(path))
    .flatMap(({ to, kind, lines }): readonly Behind[] =>
      kind === 'marker' ? [{ id: to, source: 'marker', lines, state: 'exact' }] : [],
    );
  const governed = recordsBehind(graph, path, null).flatMap(({ id, link }): readonly Behind[] =>
    link === 'governs' ? [{ id, source: 'governs', lines: null, state: null }] : [],
  );
  return [...anchored, ...marked, ...governed].sort(
    (a, b) =>
      (a.lines?.[0] ?? Number.MAX_SAFE_INTEGER) - (b.lines?.[0] ?? Number.MAX_SAFE_INTEGER) ||
      compareText(a.id, b.id),
  );
}

function anchorsOf(record: ParsedRecord | undefined, path: string): readonly CodeAnchor[] {
  if (record?.kind !== 'feedback' && record?.kind !== 'decision') return [];
  return (record.value.trail?.code ?? []).filter((anchor) => anchor.path === path);
}

function follow(id: string, anchor: CodeAnchor, bytes: Uint8Array | null): Behind {
  const [first = 1, last = first] = anchor.lines;
  if (!bytes) return { id, source: 'anchor', lines: [first, last], state: null };
  const { state, now } = followAnchor(anchor, bytes, null);
  return { id, source: 'anchor', lines: now?.lines ?? null, state };
}
