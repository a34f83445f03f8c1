import { compareFindings, type Finding } from '../core/finding.ts';
import { recordPath } from '../core/records/kind-of-path.ts';
import { parseRecord } from '../core/records/parse-record.ts';
import { kindOfId } from '../core/records/record-id.ts';
import { decodeText } from '../core/records/yaml/decode-text.ts';
import type { ReviewRecord } from '../core/reviews/event-order.ts';
import { anchorPlacer } from '../core/reviews/place-anchor.ts';
import { type ReviewThread, reviewThreads } from '../core/reviews/review-threads.ts';
import { type ListedThread, listedThreadOf } from '../core/reviews/thread-list.ts';
import { CountersignError } from './errors.ts';
import type { Files } from './ports.ts';

/** Threads of a working tree, with what is odd or broken about their events. */
export type ReadReviews = { readonly threads: readonly ReviewThread[]; readonly findings: readonly Finding[] };

const folder = '.countersign/reviews';

/** Reads the threads of one record, or of all. A broken event hides no other: it is a finding. */
export async function readReviews(files: Pick<Files, 'read' | 'list'>, record: string | null): Promise<ReadReviews> {
  const entries = await files.list(record === null ? folder : `${folder}/${record}`);
  const read = await Promise.all(entries.filter(({ path }) => path.endsWith('.yaml')).map(({ path }) => parseEvent(files, path)));
  const { threads, findings } = reviewThreads(read.flatMap(({ record: parsed }) => (parsed?.kind === 'review' ? [parsed as ReviewRecord] : [])));
  const shown = record === null ? threads : threads.filter((thread) => thread.record === record);
  return { threads: shown, findings: [...read.flatMap((parsed) => parsed.findings), ...findings].sort(compareFindings) };
}

async function parseEvent(files: Pick<Files, 'read'>, path: string): Promise<ReturnType<typeof parseRecord>> {
  const bytes = await files.read(path).catch((error: unknown) => {
    if (error instanceof CountersignError) return null;
    throw error;
  });
  return parseRecord(path, bytes ?? new Uint8Array());
}

/** What a listing is asked for: one record or all, and only what is still open. */
export type ReviewRequest = { readonly record?: string | undefined; readonly open?: boolean };

/** The threads at their places of today. */
export async function listReviews(files: Pick<Files, 'read' | 'list'>, { record, open = false }: ReviewRequest): Promise<{ readonly threads: readonly ListedThread[]; readonly findings: readonly Finding[] }> {
  if (record !== undefined && kindOfId(record) === null) throw new CountersignError('usage/record', `${JSON.stringify(record)} is not the id of a record`, 'an id looks like DR-7K2M9QXA; see: countersign list decisions');
  const { threads, findings } = await readReviews(files, record ?? null);
  const wanted = threads.filter(({ state }) => !open || state === 'open');
  const placers = new Map(await Promise.all([...new Set(wanted.map((thread) => thread.record))].map(async (id) => [id, await placerOf(files, id)] as const)));
  return { threads: wanted.map((thread) => listedThreadOf(thread, placers.get(thread.record)?.(thread.anchor) ?? null)), findings };
}

async function placerOf(files: Pick<Files, 'read'>, id: string): Promise<ReturnType<typeof anchorPlacer>> {
  const text = await recordText(files, id);
  return text === null ? null : anchorPlacer(text.path, text.text);
}

/** The text of a record by its id; null where it is missing or no text. */
export async function recordText(files: Pick<Files, 'read'>, id: string): Promise<{ readonly path: string; readonly text: string; readonly bytes: Uint8Array } | null> {
  const kind = kindOfId(id);
  if (kind === null) return null;
  const path = recordPath(kind, id);
  const bytes = await files.read(path).catch(() => null);
  const text = bytes && decodeText(path, bytes).text;
  return bytes && typeof text === 'string' ? { path, text, bytes } : null;
}
