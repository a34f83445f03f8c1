import type { Scope } from './plain-change.ts';
import type { Terms } from './read-policy.ts';
import type { SignedFile } from './read-signed.ts';

/** Whether a question that must be answered is open: the author's by an author, each signer's by that signer. */
export function unanswered(
  { rule, authors }: Scope,
  approvals: readonly SignedFile[],
  terms: Terms,
  asksNobody: boolean,
): boolean {
  if (rule.builtIn === true) return false;
  const must = terms.questions(rule.checklist).filter((item) => item.must);
  const said = ({ payload }: SignedFile, id: string): 'good' | 'no' | 'none' => {
    const given = payload.answers[id];
    if (given === undefined) return 'none';
    if (given.answer === 'no') return 'no';
    return given.answer === 'yes' || (given.note ?? '').trim() !== '' ? 'good' : 'none';
  };
  if (approvals.some((one) => must.some(({ id }) => said(one, id) === 'no'))) return true;
  const owners = approvals.filter(({ payload }) => payload.role === 'model-owner');
  const forNobody = owners.length > 0 ? owners : approvals;
  const forAuthor =
    authors.persons.size > 0
      ? approvals.filter(({ payload }) => authors.persons.has(payload.person))
      : forNobody;
  if (
    must.some(
      (item) => item.by !== 'signer' && !forAuthor.some((one) => said(one, item.id) === 'good'),
    )
  )
    return true;
  const signers = approvals.filter(({ payload }) => payload.role !== 'author');
  if (
    asksNobody &&
    signers.length === 0 &&
    must.some(({ by, roles }) => by !== 'author' && roles === undefined)
  )
    return true;
  return signers.some((one) =>
    must.some(
      (item) =>
        item.by !== 'author' &&
        (item.roles === undefined || item.roles.includes(one.payload.role)) &&
        said(one, item.id) !== 'good',
    ),
  );
}
