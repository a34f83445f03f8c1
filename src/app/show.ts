import type { GraphEdge } from '../core/graph/graph.ts';
import { CountersignError } from './errors.ts';
import { indexRecords } from './index-records.ts';
import type { Repository } from './repository.ts';

export type ShownLink = { readonly kind: string; readonly id: string; readonly title: string; readonly status: string | null; readonly exists: boolean };

/** A record with its links both ways: the JSON of `show`. */
export type ShownRecord = { readonly id: string; readonly kind: string; readonly path: string; readonly record: unknown; readonly links: readonly ShownLink[]; readonly linked_from: readonly ShownLink[] };

export async function showRecord(repository: Repository, id: string): Promise<ShownRecord> {
  const { graph, records } = await indexRecords(repository);
  const record = records.find((candidate) => candidate.id === id);
  if (!record) {
    const broken = graph.node(id);
    if (broken?.path && broken.exists) throw new CountersignError('record/broken', `${broken.path} cannot be read`, 'countersign index says why');
    throw new CountersignError('record/none', `there is no record ${id}`, 'countersign list feedback, or countersign list decisions');
  }
  const link = (other: string, { kind }: GraphEdge): ShownLink => {
    const node = graph.node(other);
    return { kind, id: other, title: node?.title ?? '', status: node?.status ?? null, exists: node?.exists ?? false };
  };
  return {
    id,
    kind: record.kind,
    path: record.path,
    record: record.value,
    links: graph.outgoing(id).map((edge) => link(edge.to, edge)),
    linked_from: graph.incoming(id).map((edge) => link(edge.from, edge)),
  };
}
