import type { SignoffPayload } from '../core/gate/payload.ts';
import type { AuthenticSignoff } from '../core/gate/standing.ts';
import type { Checklist } from '../core/records/checklist.ts';

export type ChecklistItem = Checklist['items'][number];

/** Whether an item is for a signer of this role: the author's are the author's, or the model-owner's where no author is a person. */
export function asksOf(
  item: ChecklistItem,
  role: string,
  isAuthor: boolean,
  noPersonWrote: boolean,
): boolean {
  const forAuthor = item.by !== 'signer' && (isAuthor || noPersonWrote);
  const forSigner =
    item.by !== 'author' &&
    role !== 'author' &&
    (item.roles === undefined || item.roles.includes(role));
  return forAuthor || forSigner;
}

/**
 * What of an earlier approval needs no second answer. A checklist that changed since may ask something else under the same
 * name, and what was answered no, and must not be, is open.
 */
export function stillAnswered(
  items: readonly ChecklistItem[],
  earlier: AuthenticSignoff | null,
  checklist: string | null,
): SignoffPayload['answers'] {
  if (
    earlier === null ||
    earlier.payload.decision !== 'approve' ||
    earlier.payload.checklist !== checklist
  )
    return {};
  const { answers } = earlier.payload;
  return Object.fromEntries(
    items.flatMap(({ id, must }) => {
      const given = Object.hasOwn(answers, id) ? answers[id] : undefined;
      return given === undefined ||
        (must && given.answer === 'no') ||
        (given.answer === 'not-applicable' && !given.note?.trim())
        ? []
        : [[id, given]];
    }),
  );
}
