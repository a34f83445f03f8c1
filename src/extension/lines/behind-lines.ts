import type { TextDocument } from 'vscode';
import { isProved } from '../../core/trails/followed-anchor.ts';
import { groupBy } from '../tree/group-by.ts';
import type { FolderSession } from '../workspace/folder-session.ts';
import type { ModelWorkspace } from '../workspace/model-workspace.ts';
import type { BehindAnchor, RecordIndex } from '../workspace/record-index.ts';

/** Lines of a document and the records that stand behind them. Lines count from 1, the last one included. */
export type LinesBehind = {
  readonly lines: readonly [number, number];
  /** Feedback and decisions that still hold. */
  readonly ids: readonly string[];
  /** Decisions that were rejected, rolled back or superseded: tried before, and why not. */
  readonly tried: readonly string[];
  /** Evaluations that measure the decisions which hold. */
  readonly evaluations: readonly string[];
  /** Anchors of which nothing proves that these are their lines. */
  readonly doubted: readonly DoubtedAnchor[];
};

/** An anchor that is not proved. `confirm` where a person can say that these lines are the ones that are meant. */
export type DoubtedAnchor = {
  readonly id: string;
  readonly anchor: BehindAnchor;
  readonly confirm: boolean;
};

/** Everything that stands behind the lines of a document, by the lines where it is anchored. */
export function linesBehind(
  model: ModelWorkspace,
  document: TextDocument,
): {
  readonly session: FolderSession;
  readonly index: RecordIndex;
  readonly blocks: readonly LinesBehind[];
} | null {
  const session = model.sessionOf(document.uri);
  const path = session?.path(document.uri);
  if (session?.state.kind !== 'ready' || path == null || path.startsWith('.countersign/'))
    return null;
  const { index } = session.state;
  const anchored = index.behind(path, document.getText()).flatMap((behind) => {
    // What is lost is told where it was.
    const lines = behind.lines ?? behind.anchor?.was.lines ?? null;
    return lines ? [{ ...behind, lines, confirm: behind.lines !== null }] : [];
  });
  const blocks = [...groupBy(anchored, ({ lines }) => lines.join('-')).values()].flatMap(
    (items): readonly LinesBehind[] => {
      const lines = items[0]?.lines;
      const tried = items.map(({ id }) => id).filter((id) => isFallen(index, id));
      const standing = items.filter(({ id }) => !tried.includes(id));
      const evaluations = [...new Set(standing.flatMap(({ id }) => measuredBy(index, id)))];
      return lines
        ? [
            {
              lines,
              tried: [...new Set(tried)],
              ids: [...new Set(standing.flatMap(({ id }) => [id, ...askedBy(index, id)]))],
              evaluations,
              doubted: items.flatMap(({ id, anchor, confirm }) =>
                anchor && !isProved(anchor) ? [{ id, anchor, confirm }] : [],
              ),
            },
          ]
        : [];
    },
  );
  return { session, index, blocks };
}

const fallen: readonly string[] = ['rejected', 'rolled-back', 'superseded'];

function isFallen(index: RecordIndex, id: string): boolean {
  const record = index.byId.get(id);
  return record?.kind === 'decision' && fallen.includes(record.value.status);
}

/** The feedback that asked for a decision stands behind its lines too. */
function askedBy(index: RecordIndex, id: string): readonly string[] {
  const record = index.byId.get(id);
  return record?.kind === 'decision' ? (record.value.feedback ?? []) : [];
}

function measuredBy(index: RecordIndex, id: string): readonly string[] {
  const record = index.byId.get(id);
  return record?.kind === 'decision' ? (record.value.evaluations ?? []) : [];
}
