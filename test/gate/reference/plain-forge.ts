import { changeOf, type Change, scopesOf } from './plain-change.ts';
import type { Terms } from './read-policy.ts';
import type { SignedFile } from './read-signed.ts';

/** Whether a job's key says here that a person's login approved something, and nothing besides. */
export function isAttested({ payload, principal }: SignedFile, { policy }: Terms): boolean {
  const { via, person, decision, role, answers, replaces, vouches, meets, conditions } = payload;
  if (
    !(policy.attestors ?? []).some((one) => one.forge === via.forge && one.principal === principal)
  )
    return false;
  const login = policy.people[person]?.forge?.[via.forge];
  if (login === undefined || login.toLowerCase() !== String(via.login).toLowerCase()) return false;
  return (
    decision === 'approve' &&
    role !== 'author' &&
    Object.keys(answers).length === 0 &&
    replaces === null &&
    vouches === undefined &&
    meets === undefined &&
    conditions === undefined
  );
}

/** Whether the commit that was approved is one of the change, would land what is signed, and has all the evidence that is listed. */
export async function isOfCommit(
  { payload }: SignedFile,
  change: Change,
  terms: Terms,
): Promise<boolean> {
  const { reader, tip, target, now } = change;
  const { rule, digest, via, evidence } = payload;
  if (!change.commits.some(({ oid }) => oid === via.commit)) return false;
  const approved = await changeOf(reader, { tip, head: via.commit, target, now });
  if (approved.why.includes('conflict')) return false;
  const scope = (await scopesOf(approved, terms, new Set())).find((one) => one.rule.id === rule);
  if (scope?.digest !== digest) return false;
  for (const { path, sha256 } of evidence) {
    const file = approved.after.get(Buffer.from(path).toString('latin1'));
    if (file === undefined || (await reader.sha256(file.oid)) !== sha256) return false;
  }
  return true;
}
