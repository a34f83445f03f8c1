import { foldEmail } from '../records/email.ts';
import type { GatePolicy } from './gate-policy.ts';
import type { ApprovedCommits, ProvenSignature } from './judged-signoff.ts';
import type { SignoffPayload } from './payload.ts';

/**
 * Why what a CI job signed in a person's place is nothing, or null. It may say that the person's login approved, and no
 * more: it answers nothing, takes nothing back, knows nobody and closes nothing.
 */
export function attestationProblem(
  payload: SignoffPayload,
  via: NonNullable<SignoffPayload['via']>,
  proof: ProvenSignature,
  { attestors, people }: GatePolicy,
): string | null {
  if (
    !(attestors ?? []).some(
      ({ forge, principal }) => forge === via.forge && principal === proof.principal,
    )
  )
    return `the key belongs to ${proof.principal}, who is no attestor for ${via.forge}`;
  const login = Object.hasOwn(people, payload.person)
    ? people[payload.person]?.forge?.[via.forge]
    : undefined;
  if (login === undefined || foldEmail(login) !== foldEmail(via.login))
    return `${via.login} on ${via.forge} is not ${payload.person} by the policy`;
  const { decision, replaces, vouches, meets, conditions, role, answers } = payload;
  if (
    decision !== 'approve' ||
    replaces !== null ||
    role === 'author' ||
    Object.keys(answers).length > 0 ||
    [vouches, meets, conditions].some((list) => list !== undefined && list.length > 0)
  )
    return `an attestor may say that ${payload.person} approved, and no more`;
  return null;
}

/**
 * Why what a person approved on a forge is not what lands, or null. They approved a commit with all that lies in it: what
 * the rule governs and what is listed as evidence has to be what that commit brings.
 */
export function commitProblem(
  { rule, evidence }: SignoffPayload,
  { login, commit }: NonNullable<SignoffPayload['via']>,
  { known, mayBeGone }: ApprovedCommits,
): string | null {
  const about = `${login} approved ${commit.slice(0, 12)}`;
  const approved = known.get(commit);
  if (approved === undefined)
    return mayBeGone ? null : `${about}, which is no commit of this change`;
  if (!approved.rules.has(rule))
    return `${about}, and what ${rule} governs is not what that commit brings`;
  const moved = evidence.find(({ path }) => approved.moved.has(path));
  return moved
    ? `${about}, and ${moved.path}, which is listed as evidence, is not what that commit brings`
    : null;
}
