import type { GatePolicy, Requirement } from '../core/gate/gate-policy.ts';
import type { ApprovedCommit } from '../core/gate/judged-signoff.ts';
import type { SignoffPayload } from '../core/gate/payload.ts';
import { foldEmail } from '../core/records/email.ts';
import { approvedCommits, movedFrom } from './approved-commits.ts';
import type { ChangeSource } from './change.ts';
import { CountersignError } from './errors.ts';
import { assertAttestorKey, type JudgingPolicy, judgingPolicy } from './own-key.ts';
import type { Signer } from './ports.ts';
import type { Repository } from './repository.ts';
import { readRuledChange, type RuledChange, type ScopedRule } from './ruled-change.ts';
import { draftOf, type MadeSignoff, signDraft, type SignoffDraft } from './signoff-draft.ts';
import { signoffEvidence } from './signoff-evidence.ts';

type Via = NonNullable<SignoffPayload['via']>;

/** What the job of a forge wants to sign: that a login there approved a commit. */
export type AttestRequest = {
  readonly source: ChangeSource;
  readonly target?: string | undefined;
  readonly rule?: string | undefined;
  readonly role?: string | undefined;
  readonly via: Via;
};

/**
 * Signs, with the key of a forge's job, that a person's login approved a commit of the change: for each rule that accepts
 * such an approval from them. It lists the evidence that lies in that commit, and answers nothing. Nothing is written.
 *
 * @throws CountersignError where the policy names no such job or login, or where the gate would not count the approval
 */
export async function attest(
  repository: Repository,
  request: AttestRequest,
  signer: Signer,
): Promise<readonly MadeSignoff[]> {
  const ruled = await readRuledChange(repository, request.source, request);
  const base = await judgingPolicy(repository, ruled);
  if (base === null)
    throw new CountersignError(
      'policy/none',
      `${ruled.branch.ref} has no policy, so there is nothing to sign for`,
      'countersign init, then land the policy',
    );
  const { forge } = request.via;
  if (!(base.policy.attestors ?? []).some((attestor) => attestor.forge === forge))
    throw new CountersignError(
      'sign/no-attestor',
      `the policy names no job that may say who approved on ${forge}`,
      `name its key by a policy change: attestors: [{forge: ${forge}, principal: …}]`,
    );
  const drafts = await draftsOf(repository, ruled, base, request);
  const made: MadeSignoff[] = [];
  for (const draft of drafts)
    made.push(
      await signDraft(
        repository,
        draft,
        {},
        { signer, assertKey: (signed) => assertAttestorKey(repository, base, forge, signed) },
      ),
    );
  return made;
}

async function draftsOf(
  repository: Repository,
  ruled: RuledChange,
  base: JudgingPolicy,
  request: AttestRequest,
): Promise<readonly SignoffDraft[]> {
  const { via } = request;
  const person = personOf(base.policy, via);
  const waiting = ruled.rules
    .filter(
      ({ rule, builtIn, raw }) =>
        !builtIn && raw.length > 0 && (request.rule === undefined || rule.id === request.rule),
    )
    .flatMap((part) => {
      const role = placeOf(part, base.policy, person, request.role);
      return role === null ? [] : [{ part, role }];
    });
  if (waiting.length === 0)
    throw new CountersignError(
      'sign/not-needed',
      `no rule of this change accepts an approval of ${person} on ${via.forge}`,
      'a requirement accepts one by accept: [key, forge], in a role that the person has',
    );
  const { change } = ruled;
  const approved = approvedCommits(
    await movedFrom(
      repository.git,
      change,
      change.commits.map(({ oid }) => oid),
      new Set([via.commit]),
    ),
    ruled.rules,
  ).known.get(via.commit);
  const drafts: SignoffDraft[] = [];
  for (const { part, role } of waiting) {
    const { moved } = approvedFor(part, via, approved);
    const { files } = await signoffEvidence(repository, ruled, part);
    drafts.push({
      ...draftOf(base, change.target, part, {
        person,
        role,
        decision: 'approve',
        evidence: files.filter(({ path }) => !moved.has(path)),
        replaces: null,
      }),
      via,
    });
  }
  return drafts;
}

/** Whose login it is. */
function personOf({ people }: GatePolicy, { forge, login }: Via): string {
  const found = Object.entries(people)
    .filter(
      ([, { forge: logins = {} }]) =>
        Object.hasOwn(logins, forge) && foldEmail(logins[forge] ?? '') === foldEmail(login),
    )
    .map(([person]) => person);
  const [person] = found;
  if (person === undefined || found.length > 1)
    throw new CountersignError(
      'sign/unknown-login',
      `${login} on ${forge} is ${found.length > 1 ? found.join(' and ') : 'nobody'} by the policy`,
      `name the login of one person by a policy change: forge: {${forge}: ${login}}`,
    );
  return person;
}

/** The role in which an approval on a forge could fill a place of a rule; null where there is none. */
function placeOf(
  { rule, change: { authors } }: ScopedRule,
  { roles }: GatePolicy,
  person: string,
  wanted: string | undefined,
): string | null {
  const may = ({ role, accept, independent, presence }: Requirement): boolean =>
    (wanted ?? role) === role &&
    accept?.includes('forge') === true &&
    presence === undefined &&
    roles[role]?.includes(person) === true &&
    !(independent && authors.persons.has(person));
  return rule.require.find(may)?.role ?? null;
}

function approvedFor(
  { rule }: ScopedRule,
  { login, commit, forge }: Via,
  approved: ApprovedCommit | undefined,
): ApprovedCommit {
  if (approved?.rules.has(rule.id)) return approved;
  const why =
    approved === undefined
      ? 'which is no commit of this change'
      : `and what ${rule.id} governs is not what that commit brings`;
  throw new CountersignError(
    'sign/other-commit',
    `${login} approved ${commit.slice(0, 12)}, ${why}`,
    `${login} approves what is there now on ${forge}`,
  );
}
