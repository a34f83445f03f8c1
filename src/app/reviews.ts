import { compareFindings, type Finding } from '../core/finding/finding.ts';
import { recordPath } from '../core/records/kind-of-path.ts';
import { parseRecord } from '../core/records/parse-record.ts';
import { kindOfId } from '../core/records/record-id.ts';
import { decodeText } from '../core/records/yaml/decode-text.ts';
import type { ReviewRecord } from '../core/reviews/event-order.ts';
import { anchorPlacer, type PlacedAnchor } from '../core/reviews/place-anchor.ts';
import { type ReviewThread, reviewThreads } from '../core/reviews/review-threads.ts';
import { type ListedThread, listedThreadOf } from '../core/reviews/thread-list.ts';
import { CountersignError } from './errors.ts';
import type { Files } from './ports.ts';

/** Threads of a working tree, with what is odd or broken about their events. */
export type ReadReviews = {
  readonly threads: readonly ReviewThread[];
  readonly findings: readonly Finding[];
};

const folder = '.countersign/reviews';

/** Reads the threads of one record, or of all. A broken event hides no other: it is a finding. */
export async function readReviews(
  files: Pick<Files, 'read' | 'list'>,
  record: string | null,
): Promise<ReadReviews> {
  const entries = await files.list(record === null ? folder : `${folder}/${record}`);
  const read = await Promise.all(
    entries.filter(({ path }) => path.endsWith('.yaml')).map(({ path }) => parseEvent(files, path)),
  );
  const { threads, findings } = reviewThreads(
    read.flatMap(({ record: parsed }) =>
      parsed?.kind === 'review' ? [parsed as ReviewRecord] : [],
    ),
  );
  const shown = record === null ? threads : threads.filter((thread) => thread.record === record);
  return {
    threads: shown,
    findings: [...read.flatMap((parsed) => parsed.findings), ...findings].sort(compareFindings),
  };
}

async function parseEvent(
  files: Pick<Files, 'read'>,
  path: string,
): Promise<ReturnType<typeof parseRecord>> {
  const bytes = await files.read(path).catch((error: unknown) => {
    if (error instanceof CountersignError) return null;
    throw error;
  });
  return parseRecord(path, bytes ?? new Uint8Array());
}

/** A thread at its place of today. */
export type PlacedThread = {
  readonly thread: ReviewThread;
  /** File of the record under review; null where there is none. */
  readonly path: string | null;
  /** Null where the record is missing, or cannot be read as it stands. */
  readonly placed: PlacedAnchor | null;
};

/** Finds the places of threads; each record is read once. */
export async function placeThreads(
  files: Pick<Files, 'read'>,
  threads: readonly ReviewThread[],
): Promise<readonly PlacedThread[]> {
  const records = new Map(
    await Promise.all(
      [...new Set(threads.map(({ record }) => record))].map(
        async (id) => [id, await readRecord(files, id)] as const,
      ),
    ),
  );
  const placers = new Map(
    [...records].map(([id, found]) => [
      id,
      found?.text == null ? null : anchorPlacer(found.path, found.text),
    ]),
  );
  return threads.map((thread) => ({
    thread,
    path: records.get(thread.record)?.path ?? null,
    placed: placers.get(thread.record)?.(thread.anchor) ?? null,
  }));
}

/** What a listing is asked for: one record or all, and only what is still open. */
export type ReviewRequest = { readonly record?: string | undefined; readonly open?: boolean };

/** The threads at their places of today. */
export async function listReviews(
  files: Pick<Files, 'read' | 'list'>,
  { record, open = false }: ReviewRequest,
): Promise<{ readonly threads: readonly ListedThread[]; readonly findings: readonly Finding[] }> {
  if (record !== undefined && kindOfId(record) === null)
    throw new CountersignError(
      'usage/record',
      `${JSON.stringify(record)} is not the id of a record`,
      'an id looks like DR-7K2M9QXA; see: countersign list decisions',
    );
  const { threads, findings } = await readReviews(files, record ?? null);
  const placed = await placeThreads(
    files,
    threads.filter(({ state }) => !open || state === 'open'),
  );
  return {
    threads: placed.map(({ thread, placed: place }) => listedThreadOf(thread, place)),
    findings,
  };
}

/** A record's file as a text, which is null where it is none. */
export type RecordFile = {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly text: string | null;
};

/** The file of a record by its id; null where there is none. */
export async function readRecord(
  files: Pick<Files, 'read'>,
  id: string,
): Promise<RecordFile | null> {
  const kind = kindOfId(id);
  const path = kind && recordPath(kind, id);
  const bytes = path && (await files.read(path).catch(() => null));
  return path && bytes ? { path, bytes, text: decodeText(path, bytes).text } : null;
}
