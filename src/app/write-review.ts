import { parseRecord } from '../core/records/parse-record.ts';
import type { ReviewEvent } from '../core/records/review-event.ts';
import { shellWord } from '../core/render/shell-word.ts';
import { nearestName } from '../core/records/schema/nearest-name.ts';
import { readYaml } from '../core/records/yaml/yaml-source.ts';
import { compareTimes } from '../core/reviews/event-order.ts';
import { eventPath, eventText, type NewEvent, newEventId } from '../core/reviews/new-event.ts';
import { plainWords, quoteOf, wordsOf } from '../core/reviews/quote.ts';
import type { ReviewThread } from '../core/reviews/review-threads.ts';
import {
  followPointer,
  meantPointer,
  readPointer,
  writePointer,
} from '../core/reviews/yaml-pointer.ts';
import { authorIdentity, authorText } from './author-identity.ts';
import { CountersignError } from './errors.ts';
import type { Repository } from './repository.ts';
import { readRecord, readReviews } from './reviews.ts';

type Place = Pick<Repository, 'files' | 'git' | 'random' | 'person'>;

/** A new thread. */
export type NewThread = {
  readonly record: string;
  /** Pointer to what it is about, such as `/rollback/plan`; empty for the whole record. */
  readonly at: string;
  /** Words in it that it is about; the beginning of what stands there where absent. */
  readonly quote?: string | undefined;
  readonly body: string;
  readonly type?: 'comment' | 'suggest' | 'finding' | undefined;
  readonly severity?: ReviewEvent['severity'];
  readonly due?: string | undefined;
};

/** An event of a review as it was written. */
export type WrittenEvent = {
  readonly thread: string;
  readonly record: string;
  readonly event: string;
  readonly path: string;
  readonly type: ReviewEvent['type'];
};

/**
 * Begins a thread on a record. Nothing is written where the event would not keep its schema.
 *
 * @param event its id, and that of its first event, where it had to be known before
 */
export async function startThread(
  place: Place,
  { record, at, quote, body, type = 'comment', severity, due }: NewThread,
  event: string = newEventId(place.random.bytes(5)),
): Promise<WrittenEvent> {
  if (type !== 'finding' && (severity !== undefined || due !== undefined))
    throw new CountersignError(
      'usage/finding',
      'only a finding has a severity and a day by which it is due',
      'add --type finding',
    );
  const anchor = await anchorOf(place, record, at, quote);
  return write(
    place,
    event,
    { thread: event, record, type, anchor, severity, due, body: words(body, type) },
    null,
  );
}

/** Goes on with a thread: a reply, an edit of one's own words, or a step between open and resolved. */
export async function continueThread(
  place: Place,
  thread: ReviewThread,
  said: {
    readonly type: 'reply' | 'edit' | 'resolve' | 'reopen';
    readonly body?: string | undefined;
    readonly event?: string | undefined;
  },
): Promise<WrittenEvent> {
  const { type, body, event } = said;
  if (type === 'resolve' && thread.state === 'resolved')
    throw new CountersignError(
      'review/resolved',
      `the thread ${thread.id} is resolved already`,
      `to open it again: countersign review reopen ${shellWord(`${thread.record}/${thread.id}`)}`,
    );
  if (type === 'reopen' && thread.state === 'open')
    throw new CountersignError(
      'review/open',
      `the thread ${thread.id} is open already`,
      `to say more: countersign review reply ${shellWord(thread.id)} --body "<words>"`,
    );
  if (type === 'edit') await mustBeOwn(place, thread, event);
  const spoken =
    type === 'reply' || type === 'edit' || (body ?? '').trim() !== ''
      ? words(body ?? '', type)
      : undefined;
  return write(
    place,
    newEventId(place.random.bytes(5)),
    { thread: thread.id, record: thread.record, type, event, body: spoken },
    thread,
  );
}

/** Nobody rewrites what another said, and an edit that did would only be shown beside it. */
async function mustBeOwn(
  place: Place,
  thread: ReviewThread,
  event: string | undefined,
): Promise<void> {
  const target = thread.comments.find((comment) => comment.event === event);
  const own = authorText(await authorIdentity(place));
  if (target?.by !== own)
    throw new CountersignError(
      'review/not-yours',
      `these are the words of ${target?.by ?? 'nobody'}, and you are ${own}`,
      'write a reply instead',
    );
}

/**
 * The thread that a person names: by its id, or as `RECORD/ID` where several records have a thread of that id.
 *
 * @throws CountersignError `review/unknown-thread` or `review/ambiguous-thread`
 */
export async function findThread(
  { files }: Pick<Place, 'files'>,
  name: string,
): Promise<ReviewThread> {
  const { threads } = await readReviews(files, null);
  const found = threads.filter(({ id, record }) => id === name || `${record}/${id}` === name);
  const [only, ...others] = found;
  if (!only) {
    const near = nearestName(
      name,
      threads.map(({ id }) => id),
    );
    throw new CountersignError(
      'review/unknown-thread',
      `there is no thread ${JSON.stringify(name)}`,
      near
        ? `did you mean ${shellWord(near)}? all of them: countersign review list`
        : 'see the threads: countersign review list',
    );
  }
  if (others.length > 0)
    throw new CountersignError(
      'review/ambiguous-thread',
      `${found.map(({ record }) => record).join(' and ')} each have a thread ${JSON.stringify(name)}`,
      `say which: ${shellWord(`${only.record}/${only.id}`)}`,
    );
  return only;
}

function words(body: string, type: string): string {
  if (!/[\p{L}\p{N}]/u.test(body))
    throw new CountersignError(
      'review/no-words',
      `a ${type} needs words`,
      'say them with --body "<words>", in letters or digits',
    );
  // As it is printed by commands that say what to type.
  if (body.trim() === '<words>')
    throw new CountersignError(
      'review/no-words',
      `<words> stands for what you have to say, and is no ${type}`,
      'write it in place of <words>: --body "I do."',
    );
  return body;
}

async function anchorOf(
  { files, git }: Place,
  record: string,
  at: string,
  quote: string | undefined,
): Promise<NewEvent['anchor']> {
  const found = await readRecord(files, record);
  if (found?.text == null)
    throw new CountersignError(
      'record/none',
      `there is no record ${record} that could be read`,
      'countersign list decisions; or see what is broken: countersign index',
    );
  const { value } = readYaml(found.path, found.text);
  const steps = readPointer(at);
  if (steps === null)
    throw new CountersignError(
      'review/place',
      `${JSON.stringify(at)} is not a place in a record`,
      `write it like ${meantPointer(at) ?? '/rollback/plan'}, or leave it empty for the whole record`,
    );
  const { path, value: there, rest } = followPointer(value, steps);
  if (rest.length > 0)
    throw noPlace(record, at, writePointer(path), { there, missing: rest[0] ?? '' });
  const about = quote === undefined ? quoteOf(there) : plainWords(quote);
  if (!wordsOf(there).includes(about))
    throw new CountersignError(
      'review/quote',
      `${at || record} does not say “${about}”`,
      `it says “${quoteOf(there)}”`,
    );
  const commit = await commitOf(git, found.path, found.bytes);
  const place =
    path.length === 0
      ? {}
      : { path: writePointer(path), ...(about === '' ? {} : { quote: about }) };
  return { ...place, ...(commit === null ? {} : { commit }) };
}

function noPlace(
  record: string,
  at: string,
  known: string,
  { there, missing }: { readonly there: unknown; readonly missing: string },
): CountersignError {
  const keys = typeof there === 'object' && there !== null ? Object.keys(there) : [];
  const near = Array.isArray(there) ? null : nearestName(missing, keys);
  const all = keys.map((key) => `${known}${writePointer([key])}`);
  // A list is told by its ends, and what is left out of another is counted: a cut that nobody sees would read as all there is.
  const listed =
    Array.isArray(there) && all.length > 2
      ? [`${all[0]} to ${all.at(-1)}`]
      : [
          ...all.slice(0, 12),
          ...(all.length > 12 ? [`and ${all.length - 12} more: countersign show ${record}`] : []),
        ];
  const has =
    listed.length > 0
      ? `${known || record} has ${listed.join(', ')}`
      : `${known} holds a single value`;
  const meant = near === null ? has : `did you mean ${known}${writePointer([near])}?`;
  return new CountersignError('review/place', `there is no ${at} in ${record}`, meant);
}

/** The commit in which the record reads as it does now; null where it was changed since or never committed. */
async function commitOf(
  git: Repository['git'],
  path: string,
  bytes: Uint8Array,
): Promise<string | null> {
  const head = await git.run(['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']);
  if (head.code !== 0) return null;
  const then = await git.run(['cat-file', 'blob', `HEAD:${path}`]);
  const same =
    then.code === 0 &&
    then.stdout.length === bytes.length &&
    bytes.every((byte, index) => byte === then.stdout[index]);
  return same ? new TextDecoder().decode(head.stdout).trim() : null;
}

async function write(
  { files, ...place }: Place,
  event: string,
  said: Omit<NewEvent, 'by' | 'at'>,
  thread: ReviewThread | null,
): Promise<WrittenEvent> {
  const author = await authorIdentity(place);
  const path = eventPath(said.record, event);
  const text = eventText({
    ...said,
    by: authorText(author),
    at: thread === null ? author.at : laterThan(thread.last.value.at, author.at),
  });
  const bytes = new TextEncoder().encode(text);
  const [problem] = parseRecord(path, bytes).findings;
  if (problem) throw new CountersignError(problem.code, problem.message, problem.fix);
  if ((await files.read(path)) !== null)
    throw new CountersignError(
      'review/exists',
      `${path} is there already`,
      'run the command again',
    );
  await files.write(path, bytes);
  return { thread: said.thread, record: said.record, event, path, type: said.type };
}

/**
 * The time of an event that answers others: never before what it answers. Clocks differ between machines, and a reply must
 * not slip before its question, nor a resolve before the reopening that it follows.
 */
function laterThan(last: string, now: string): string {
  if (compareTimes(now, last) > 0) return now;
  return new Date(Date.parse(last) + 1000).toISOString().replace(/\.\d+Z$/, 'Z');
}
