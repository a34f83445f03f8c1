import { compareText, type Finding } from '../finding/finding.ts';
import type { ReviewEvent } from '../records/review-event.ts';
import { shellWord } from '../render/shell-word.ts';
import { compareEvents, eventId, type ReviewRecord } from './event-order.ts';
import type { FindingCode } from '../finding/finding-code.ts';

/** Words that somebody wrote in a thread, as they read today. Hostile text: every writer escapes it. */
export type ReviewComment = {
  /** Id of the event that wrote it. */
  readonly event: string;
  readonly type: ReviewEvent['type'];
  readonly by: string;
  readonly at: string;
  readonly body: string;
  /** When its author last wrote it anew; null where they never did. */
  readonly edited: string | null;
};

/** One step between open and resolved, and the event that took it. */
export type ReviewChange = {
  readonly event: string;
  readonly type: 'resolve' | 'reopen';
  readonly by: string;
  readonly at: string;
};

/** What people said of one place in a record, and whether it is settled. */
export type ReviewThread = {
  /** Unique together with `record`. */
  readonly id: string;
  readonly record: string;
  readonly state: 'open' | 'resolved';
  /** A finding has to be answered by a day; a suggestion says what to write instead. */
  readonly type: 'comment' | 'suggest' | 'finding';
  readonly anchor: NonNullable<ReviewEvent['anchor']>;
  /** Of its findings, the highest. */
  readonly severity: NonNullable<ReviewEvent['severity']> | null;
  /** Of its findings, the first: a date or a time. */
  readonly due: string | null;
  /** Until when nothing in it is pressing: as its findings say, and null where anything was said that no day was given for. */
  readonly time: string | null;
  readonly comments: readonly ReviewComment[];
  readonly changes: readonly ReviewChange[];
  /** The event that began it. */
  readonly first: ReviewRecord;
  /** The event that comes last in the order. */
  readonly last: ReviewRecord;
};

/** Threads by record, then by when they began; and what is odd about their events. */
export type ReviewThreads = {
  readonly threads: readonly ReviewThread[];
  readonly findings: readonly Finding[];
};

/**
 * Derives threads from their events. The same events give the same threads in whatever order they come, and an event that
 * is odd hides no other: it is a finding, its words are shown, and it closes nothing.
 */
export function reviewThreads(events: readonly ReviewRecord[]): ReviewThreads {
  const findings: Finding[] = [];
  const threads = [
    ...byThread(withoutCopies([...events].sort(compareEvents), findings)).values(),
  ].map((own) => threadOf(own, findings));
  return {
    threads: threads.sort(
      (a, b) => compareText(a.record, b.record) || compareEvents(a.first, b.first),
    ),
    findings,
  };
}

/** The same words of the same person at the same time are one event, however many files hold it; the one in its own folder counts. */
function withoutCopies(
  events: readonly ReviewRecord[],
  findings: Finding[],
): readonly ReviewRecord[] {
  const known = new Map<string, ReviewRecord>();
  for (const event of [
    ...events.filter(liesRightly),
    ...events.filter((event) => !liesRightly(event)),
  ]) {
    const key = JSON.stringify(event.value);
    const first = known.get(key);
    if (first)
      findings.push(
        odd(event, {
          code: 'review/copy',
          message: `this event stands in ${first.path} too`,
          fix: 'it counts once; nothing has to be done',
        }),
      );
    else known.set(key, event);
  }
  const kept = new Set(known.values());
  return events.filter((event) => kept.has(event));
}

function byThread(events: readonly ReviewRecord[]): ReadonlyMap<string, ReviewRecord[]> {
  const threads = new Map<string, ReviewRecord[]>();
  for (const event of events) {
    const key = JSON.stringify([event.value.record, event.value.thread]);
    const thread = threads.get(key);
    if (thread) thread.push(event);
    else threads.set(key, [event]);
  }
  return threads;
}

const beginnings: ReadonlySet<string> = new Set(['comment', 'suggest', 'finding']);

/** What is odd about the events of one thread. */
function oddEvents(
  events: readonly ReviewRecord[],
  {
    first,
    hasBegun,
    notEdits,
  }: {
    readonly first: ReviewRecord;
    readonly hasBegun: boolean;
    readonly notEdits: readonly ReviewRecord[];
  },
): readonly Finding[] {
  const misplaced = events.filter((event) => !liesRightly(event));
  const wordless = events.filter(
    ({ value }) => value.type !== 'resolve' && value.type !== 'reopen' && isBlank(value.body),
  );
  return [
    ...misplaced.map((event) =>
      odd(event, {
        code: 'review/other-record',
        severity: 'error',
        message: `this event is about ${event.value.record} and lies in the folder of ${folderOf(event)}`,
        fix: `say it again: countersign review reply ${shellWord(event.value.thread)} --body "<words>"`,
      }),
    ),
    ...(hasBegun
      ? []
      : [
          odd(first, {
            code: 'review/no-beginning',
            message: `nothing begins the thread ${first.value.thread}: its first event is a ${first.value.type}`,
            fix: 'bring back the file of its first comment',
          }),
        ]),
    ...notEdits.map((event) =>
      odd(event, {
        code: 'review/foreign-edit',
        message: 'this edit changes no words of its own author, so it is shown beside the others',
        fix: 'write a reply instead',
      }),
    ),
    ...wordless.map((event) =>
      odd(event, {
        code: 'review/no-words',
        message: `a ${event.value.type} without words says nothing`,
        fix: 'say it in a reply',
      }),
    ),
  ];
}

/** @param events of one thread, in order, one at least */
function threadOf(events: readonly ReviewRecord[], findings: Finding[]): ReviewThread {
  const begun = events.find(({ value }) => beginnings.has(value.type));
  const first = begun ?? (events[0] as ReviewRecord);
  const { comments, odd: notEdits } = commentsOf(events);
  findings.push(...oddEvents(events, { first, hasBegun: begun !== undefined, notEdits }));
  const changes = events.filter(
    (event) =>
      event.value.type === 'reopen' || (event.value.type === 'resolve' && liesRightly(event)),
  );
  const warnings = events.filter(({ value }) => value.type === 'finding').map(({ value }) => value);
  const opening = first.value.type === 'suggest' ? 'suggest' : 'comment';
  return {
    id: first.value.thread,
    record: first.value.record,
    state: changes.at(-1)?.value.type === 'resolve' ? 'resolved' : 'open',
    type: warnings.length > 0 ? 'finding' : opening,
    anchor:
      first.value.anchor ??
      events.find(({ value }) => value.anchor !== undefined)?.value.anchor ??
      {},
    severity: highest(warnings.flatMap(({ severity }) => severity ?? [])),
    due: firstDue(warnings),
    time: events.every(
      ({ value }) =>
        !beginnings.has(value.type) || (value.type === 'finding' && value.due !== undefined),
    )
      ? firstDue(warnings)
      : null,
    comments,
    changes: changes.map(({ value, path }) => ({
      event: eventId({ path }),
      type: value.type as ReviewChange['type'],
      by: value.by,
      at: value.at,
    })),
    first,
    last: events.at(-1) as ReviewRecord,
  };
}

/** What was said, with the last words of those who wrote theirs anew. */
function commentsOf(events: readonly ReviewRecord[]): {
  readonly comments: readonly ReviewComment[];
  readonly odd: readonly ReviewRecord[];
} {
  const said = events.filter(({ value }) => value.type !== 'edit' && !isBlank(value.body));
  const rewritten = new Map<ReviewRecord, ReviewRecord>();
  const notEdits: ReviewRecord[] = [];
  for (const edit of events.filter(({ value }) => value.type === 'edit')) {
    const target = edited(edit, said);
    if (target === undefined) notEdits.push(edit);
    else if (!isBlank(edit.value.body)) rewritten.set(target, edit);
  }
  const shown = [...said, ...notEdits.filter(({ value }) => !isBlank(value.body))].sort(
    compareEvents,
  );
  return {
    odd: notEdits,
    comments: shown.map((event) => {
      const edit = rewritten.get(event);
      return {
        event: eventId(event),
        type: event.value.type,
        by: event.value.by,
        at: event.value.at,
        body: edit?.value.body ?? event.value.body ?? '',
        edited: edit?.value.at ?? null,
      };
    }),
  };
}

/** The event whose words an edit replaces: the one that it names, else its author's last one before it. Nobody edits another's words. */
function edited(
  { value, ...edit }: ReviewRecord,
  said: readonly ReviewRecord[],
): ReviewRecord | undefined {
  const own = said.filter((event) => event.value.by === value.by);
  if (value.event !== undefined) return own.find((event) => eventId(event) === value.event);
  return own.findLast((event) => compareEvents(event, { ...edit, value } as ReviewRecord) < 0);
}

const ranks = ['low', 'medium', 'high', 'critical'] as const;

function highest(found: readonly NonNullable<ReviewEvent['severity']>[]): ReviewThread['severity'] {
  return ranks[Math.max(...found.map((severity) => ranks.indexOf(severity)))] ?? null;
}

/** When a day or a time is over, in milliseconds: a day at its end, in UTC. */
export function dueTime(due: string): number {
  return due.includes('T') ? Date.parse(due) : Date.parse(`${due}T00:00:00Z`) + 86_400_000;
}

/** Whether a day or a time is over. */
export function isPast(due: string, now: Date): boolean {
  return now.getTime() >= dueTime(due);
}

function firstDue(warnings: readonly ReviewEvent[]): string | null {
  return warnings.flatMap(({ due }) => due ?? []).sort(compareDue)[0] ?? null;
}

function compareDue(a: string, b: string): number {
  return dueTime(a) - dueTime(b) || compareText(a, b);
}

function folderOf({ path }: ReviewRecord): string {
  return path.split('/')[2] ?? '';
}

function liesRightly(event: ReviewRecord): boolean {
  return folderOf(event) === event.value.record;
}

function isBlank(body: string | undefined): boolean {
  return body === undefined || body.trim() === '';
}

function odd(
  event: ReviewRecord,
  {
    severity = 'warning',
    ...told
  }: {
    readonly code: FindingCode;
    readonly message: string;
    readonly fix: string;
    readonly severity?: Finding['severity'];
  },
): Finding {
  return {
    severity,
    ...told,
    ...event.locate(told.code === 'review/other-record' ? ['record'] : ['type']),
  };
}
