import type { AnchorAnswer } from '../../app/follow-anchors.ts';
import { compareText } from '../../core/finding/finding.ts';
import type { Graph } from '../../core/graph/graph.ts';
import { fileNode } from '../../core/graph/record-links.ts';
import { recordsBehind } from '../../core/graph/trail-tree.ts';
import { fileLines, type FileLines } from '../../core/trails/anchored-lines.ts';
import { followAnchor } from '../../core/trails/follow-anchor.ts';
import { type FollowedAnchor, isProved } from '../../core/trails/followed-anchor.ts';
import type { Behind } from './record-index.ts';

type Linked = { readonly graph: Graph; readonly anchors: readonly AnchorAnswer[] };

/**
 * Everything that stands behind a file: anchors, markers in its comments, and decisions that govern it; by line, then
 * by id, the whole file last.
 *
 * @param text the file as it is shown, to follow anchors in; null for the file as it was last read
 */
export function behindFile(
  { graph, anchors }: Linked,
  path: string,
  text: string | null,
): readonly Behind[] {
  const shown = text === null ? null : fileLines(new TextEncoder().encode(text));
  const anchored = anchors
    .filter(({ followed }) => (followed.now?.path ?? followed.path) === path)
    .map((answer) => anchorBehind(answer, shown && followIn(answer, path, shown)));
  const marked = graph
    .outgoing(fileNode(path))
    .flatMap(({ to, kind, lines }): readonly Behind[] =>
      kind === 'marker' ? [{ id: to, source: 'marker', lines, anchor: null }] : [],
    );
  const governed = recordsBehind(graph, path, null).flatMap(({ id, link }): readonly Behind[] =>
    link === 'governs' ? [{ id, source: 'governs', lines: null, anchor: null }] : [],
  );
  return [...anchored, ...marked, ...governed].sort(
    (a, b) =>
      (a.lines?.[0] ?? Number.MAX_SAFE_INTEGER) - (b.lines?.[0] ?? Number.MAX_SAFE_INTEGER) ||
      compareText(a.id, b.id),
  );
}

function anchorBehind(answer: AnchorAnswer, edited: FollowedAnchor | null): Behind {
  const followed = edited ?? answer.followed;
  const { state, now, why, path, lines } = followed;
  return {
    id: answer.id,
    source: 'anchor',
    lines: now?.lines ?? null,
    anchor: { index: answer.index, state, why, was: { path, lines } },
  };
}

/** By the same rule as on disk, in the text as it is typed: what was found on disk says what the lines are. */
function followIn(
  { anchor, followed, held, today }: AnchorAnswer,
  path: string,
  shown: FileLines,
): FollowedAnchor {
  if (followed.state === 'lost' && followed.now === null && today === null) return followed;
  const known =
    isProved(followed) && followed.now && today
      ? { path, file: today, lines: followed.now.lines }
      : held;
  const found = followAnchor({
    anchor: known ? { ...anchor, path, lines: [...known.lines] } : { ...anchor, path },
    own: shown,
    held: known && { ...known, path },
    ...(followed.state === 'unproven' ? { lack: followed.why } : {}),
  });
  const moved =
    isProved(found) && (path !== anchor.path || found.now?.lines[0] !== anchor.lines[0]);
  const proved = moved ? 'moved' : 'exact';
  return {
    ...found,
    path: followed.path,
    lines: followed.lines,
    state: isProved(found) ? proved : found.state,
  };
}
