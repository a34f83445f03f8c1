import { recordName } from '../core/records/kind-of-path.ts';
import type { ParsedRecord } from '../core/records/parse-record.ts';
import { nearestName } from '../core/records/schema/nearest-name.ts';
import { CountersignError } from './errors.ts';
import type { RecordIndex } from './index-records.ts';

/**
 * That no record has this id, with the one that has nearly this; else where to look. A record that is there and cannot be
 * read is named with what is wrong in it: another one in its place would be the wrong item.
 *
 * @param records those that may be meant; `index` says which could not be read
 */
export function noRecord(
  id: string,
  index: Pick<RecordIndex, 'unreadable' | 'findings' | 'graph'>,
  {
    records,
    look = 'countersign list feedback, or countersign list decisions',
  }: { readonly records: readonly ParsedRecord[]; readonly look?: string },
): CountersignError {
  const node = index.graph.node(id);
  const broken =
    index.unreadable.find((path) => recordName(path) === id) ??
    index.unreadable.find((path) => node?.exists === true && path === node.path);
  if (broken !== undefined) return unreadable(broken, index);
  const near = nearestName(id, [
    ...records.flatMap((record) => record.id ?? []),
    ...index.unreadable.map(recordName),
  ]);
  return new CountersignError(
    'record/none',
    `there is no record ${id}`,
    near === null ? look : `did you mean ${near}? Else see ${look}`,
  );
}

function unreadable(path: string, { findings }: Pick<RecordIndex, 'findings'>): CountersignError {
  const why = findings.find((found) => found.path === path && found.severity === 'error');
  return new CountersignError(
    'record/broken',
    `${path} cannot be read${why === undefined ? '' : `: ${why.message} (line ${why.line ?? 1})`}`,
    why?.fix ?? 'countersign check --records says why',
  );
}
