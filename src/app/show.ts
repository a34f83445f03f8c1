import type { FollowedAnchor } from '../core/trails/followed-anchor.ts';
import type { GraphEdge } from '../core/graph/graph.ts';
import type { ReviewThread } from '../core/reviews/review-threads.ts';
import { threadTitle } from '../core/reviews/thread-list.ts';
import { followAnchors } from './follow-anchors.ts';
import { indexRecords } from './index-records.ts';
import { anchorGround } from './index-with-anchors.ts';
import { noRecord } from './no-record.ts';
import type { Repository } from './repository.ts';
import { type SignoffStanding, standingOfSignoffs } from './signoff-standing.ts';

export type ShownLink = {
  readonly kind: string;
  readonly id: string;
  readonly title: string;
  readonly status: string | null;
  readonly exists: boolean;
  /** Of a code anchor, as the record gives them. */
  readonly lines: readonly [number, number] | null;
  /** Of a code anchor: where its lines are today, and how sure that is. Null for every other link. */
  readonly anchor: Pick<FollowedAnchor, 'state' | 'now' | 'why'> | null;
};

/** A review thread on a record; what was said in it, `review list` tells. */
export type ShownThread = Pick<ReviewThread, 'id' | 'state' | 'type' | 'severity' | 'due'> & {
  readonly path: string;
  readonly title: string;
  readonly comments: number;
};

/** A record with its links both ways and its review threads: the JSON of `show`. */
export type ShownRecord = {
  readonly id: string;
  readonly kind: string;
  readonly path: string;
  readonly record: unknown;
  readonly links: readonly ShownLink[];
  readonly linked_from: readonly ShownLink[];
  readonly threads: readonly ShownThread[];
  /** Sign-offs that list it, and what each is worth for the bytes that are here. */
  readonly signoffs: readonly SignoffStanding[];
};

export async function showRecord(repository: Repository, id: string): Promise<ShownRecord> {
  const index = await indexRecords(repository);
  const { graph, records, threads } = index;
  const record = records.find((candidate) => candidate.id === id);
  if (!record) throw noRecord(id, index, { records });
  const followed = await followAnchors(await anchorGround(repository, index), [record]);
  const anchors = new Map(
    graph
      .outgoing(id)
      .filter(({ kind, at }) => kind === 'code' && at.path === record.path)
      .map((edge, at) => [edge, followed[at]?.followed]),
  );
  const link = (other: string, edge: GraphEdge): ShownLink => {
    const { kind, lines } = edge;
    const anchor = anchors.get(edge);
    const node = graph.node(other);
    return {
      kind,
      id: other,
      title: node?.title ?? '',
      status: node?.status ?? null,
      exists: node?.exists ?? false,
      lines,
      anchor: anchor ? { state: anchor.state, now: anchor.now, why: anchor.why } : null,
    };
  };
  return {
    id,
    kind: record.kind,
    path: record.path,
    record: record.value,
    links: graph.outgoing(id).map((edge) => link(edge.to, edge)),
    linked_from: graph.incoming(id).map((edge) => link(edge.from, edge)),
    threads: threads.filter((thread) => thread.record === id).map(shownThread),
    signoffs: await standingOfSignoffs(
      repository,
      graph
        .outgoing(id)
        .flatMap(({ kind, to }) => (kind === 'signoff' ? [graph.node(to)?.path ?? ''] : [])),
    ),
  };
}

function shownThread(thread: ReviewThread): ShownThread {
  const { id, state, type, severity, due, anchor, comments } = thread;
  return {
    id,
    state,
    type,
    severity,
    due,
    path: anchor.path ?? '',
    title: threadTitle(thread),
    comments: comments.length,
  };
}
