import { sha256Hex } from '../core/gate/change-digest.ts';
import type { ThreadFacts } from '../core/gate/evidence-context.ts';
import { reviewFolder } from '../core/gate/signoff-path.ts';
import { kindOfPath } from '../core/records/kind-of-path.ts';
import { parseRecord } from '../core/records/parse-record.ts';
import { dueTime, type ReviewThread, reviewThreads } from '../core/reviews/review-threads.ts';
import type { Git } from './ports.ts';
import { listTree, readTreeFiles } from './tree-files.ts';

/** Where threads are read: what lands, the target's tip, and the time of the check. */
export type ThreadTerms = { readonly lands: string; readonly tip: string; readonly now: Date };

/** Clocks differ by so many milliseconds. */
const clockSkew = 5 * 60_000;

/**
 * Review threads of what lands about some records. An event that cannot be read could be any, so it counts as an open
 * thread; a resolve from the future closes nothing.
 */
export async function readThreads(
  git: Git,
  { lands, tip, now }: ThreadTerms,
  records: readonly string[],
): Promise<readonly ThreadFacts[]> {
  if (records.length === 0) return [];
  const folders = records.map((id) => `${reviewFolder}${id}/`);
  const files = (await readTreeFiles(git, await listTree(git, lands, folders))).filter(
    ({ path }) => kindOfPath(path) === 'review',
  );
  const before = new Map(
    (await listTree(git, tip, folders)).map(({ path, oid }) => [path.text, oid]),
  );
  const read = files.map((file) => ({
    ...file,
    record:
      file.mode === '120000' ? null : parseRecord(file.path, file.bytes ?? new Uint8Array()).record,
  }));
  const events = read.flatMap(({ record }) =>
    record?.kind === 'review' &&
    !(record.value.type === 'resolve' && Date.parse(record.value.at) > now.getTime() + clockSkew)
      ? [record]
      : [],
  );
  const unread = read
    .filter(({ record }) => record?.kind !== 'review')
    .map(
      ({ path }): ThreadFacts => ({
        id: path,
        record: path.slice(reviewFolder.length).split('/')[0] ?? '',
        open: true,
        finding: false,
        due: null,
        closing: null,
      }),
    );
  const brought = new Map(
    files
      .filter(({ path, oid }) => before.get(path) !== oid)
      .map(({ path, bytes }) => [path, sha256Hex(bytes ?? new Uint8Array())]),
  );
  return [
    ...unread,
    ...reviewThreads(events).threads.map((thread) => threadFacts(thread, brought)),
  ];
}

function threadFacts(
  { id, record, state, time, changes }: ReviewThread,
  brought: ReadonlyMap<string, string>,
): ThreadFacts {
  const last = changes.at(-1);
  const path = state === 'resolved' && last ? `${reviewFolder}${record}/${last.event}.yaml` : null;
  const sha256 = path === null ? undefined : brought.get(path);
  return {
    id,
    record,
    open: state === 'open',
    finding: time !== null,
    due: time === null ? null : dueTime(time),
    closing: path !== null && sha256 !== undefined ? { path, sha256 } : null,
  };
}
