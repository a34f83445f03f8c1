import type { Checklist } from '../records/checklist.ts';
import type { UnansweredItem } from './check-result.ts';
import type { SignoffPayload } from './payload.ts';

type Item = Checklist['items'][number];

/** Who answers what: a payload and the items that this person has to answer. */
type Duty = {
  readonly by: string;
  readonly items: readonly Item[];
  readonly answers: readonly SignoffPayload[];
};

/**
 * The `must` items of a checklist that nobody who has to answer them answered, or that somebody answered with no.
 *
 * The author answers the author's items, each signer the signer's. Where no author is a person, the model-owner answers
 * the author's items, else any signer.
 *
 * @param signed approvals and authors' answers that count for this digest
 * @param authors ids of the persons among the authors
 * @param asksNobody whether the rule asks nobody for approval, so that no signer will come to answer
 */
export function unansweredItems(
  checklist: Checklist,
  signed: readonly SignoffPayload[],
  authors: ReadonlySet<string>,
  asksNobody: boolean,
): readonly UnansweredItem[] {
  const must = checklist.items.filter((item) => item.must);
  const authorItems = must.filter((item) => item.by !== 'signer');
  const duties: Duty[] = [
    { by: 'author', items: authorItems, answers: answeringForAuthor(signed, authors) },
  ];
  for (const payload of signed) {
    if (payload.role === 'author') continue;
    const items = must.filter(
      (item) =>
        item.by !== 'author' && (item.roles === undefined || item.roles.includes(payload.role)),
    );
    duties.push({ by: payload.person, items, answers: [payload] });
  }
  if (asksNobody && duties.length === 1)
    duties.push({
      by: 'signer',
      items: must.filter((item) => item.by !== 'author' && item.roles === undefined),
      answers: [],
    });
  const open = duties.flatMap(({ by, items, answers }) =>
    items.flatMap((item) => openItem(item, by, answers)),
  );
  return [...open, ...refusals(must, signed, open)];
}

function answeringForAuthor(
  signed: readonly SignoffPayload[],
  authors: ReadonlySet<string>,
): readonly SignoffPayload[] {
  if (authors.size > 0) return signed.filter(({ person }) => authors.has(person));
  const owners = signed.filter(({ role }) => role === 'model-owner');
  return owners.length > 0 ? owners : signed;
}

function openItem(
  item: Item,
  by: string,
  answers: readonly SignoffPayload[],
): readonly UnansweredItem[] {
  const states = answers.map((payload) => answerState(payload, item.id));
  if (states.includes('no')) return [{ id: item.id, by, answer: 'no' }];
  if (states.includes('answered')) return [];
  return [
    { id: item.id, by, answer: states.includes('without-reason') ? 'without-reason' : 'none' },
  ];
}

function answerState(
  payload: SignoffPayload,
  id: string,
): 'answered' | 'no' | 'none' | 'without-reason' {
  const given = Object.hasOwn(payload.answers, id) ? payload.answers[id] : undefined;
  if (!given) return 'none';
  if (given.answer === 'not-applicable') return given.note?.trim() ? 'answered' : 'without-reason';
  return given.answer === 'yes' ? 'answered' : 'no';
}

/** A `no` from somebody who did not even have to answer is still a no. */
function refusals(
  must: readonly Item[],
  signed: readonly SignoffPayload[],
  known: readonly UnansweredItem[],
): readonly UnansweredItem[] {
  const said = signed.flatMap((payload) =>
    must
      .filter((item) => answerState(payload, item.id) === 'no')
      .map((item): UnansweredItem => ({ id: item.id, by: payload.person, answer: 'no' })),
  );
  return said.filter((no) => !known.some(({ id, answer }) => id === no.id && answer === 'no'));
}
