import { shellWord } from '../render/shell-word.ts';
import { isPast, type ReviewThread } from '../reviews/review-threads.ts';
import { threadTitle } from '../reviews/thread-list.ts';
import type { InboxItem } from './inbox-item.ts';

/** By what threads are sorted out for one person. */
export type ThreadTerms = {
  /** The policy's id of this person, by which words name them: `@ben`. */
  readonly me: string;
  /** Whether words are this person's, by the name that their event gives. */
  readonly isMine: (by: string) => boolean;
  /** Whether this person owns a record, on any branch. */
  readonly owns: (record: string) => boolean;
  /** Branches that hold events of a thread. */
  readonly branchesOf: (thread: ReviewThread) => readonly string[];
  readonly now: Date;
};

/**
 * The open threads in which it is this person's turn: somebody else spoke last, on a record that is theirs or in a thread
 * where they spoke or were named. A finding on a record of theirs waits for them whoever spoke last.
 */
export function waitingThreads(
  threads: readonly ReviewThread[],
  { me, isMine, owns, branchesOf, now }: ThreadTerms,
): readonly InboxItem[] {
  return threads
    .filter(({ state }) => state === 'open')
    .flatMap((thread): readonly InboxItem[] => {
      const { id, record, type, severity, due, anchor, comments } = thread;
      const finding = type === 'finding';
      const last = comments.at(-1);
      const theirTurn = last === undefined ? !isMine(thread.first.value.by) : !isMine(last.by);
      const concerned =
        owns(record) || comments.some(({ by, body }) => isMine(by) || names(body, me));
      if (!(finding && owns(record)) && !(theirTurn && concerned)) return [];
      const place = anchor.path ? ` at ${anchor.path}` : '';
      return [
        {
          kind: finding ? 'finding' : 'thread',
          branches: branchesOf(thread),
          what: `${finding ? `${severity === null ? '' : `${severity} `}finding` : 'thread'} ${id} on ${record}${place}: ${threadTitle(thread)}${last && comments.length > 1 ? ` (last: ${last.by})` : ''}`,
          about: record,
          due,
          overdue: due !== null && isPast(due, now),
          command: `countersign review reply ${shellWord(id)} --body "<words>"`,
        },
      ];
    });
}

/** Whether words name a person, and not one whose name only begins so. */
function names(body: string, person: string): boolean {
  return body
    .split(/(?=@)/)
    .some((part) => part.startsWith(`@${person}`) && !/[\w-]/.test(part.charAt(person.length + 1)));
}
