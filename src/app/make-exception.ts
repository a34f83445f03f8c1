import { isPast } from '../core/reviews/review-threads.ts';
import type { ExceptionPayload } from '../core/gate/payload.ts';
import type { GatePolicy } from '../core/gate/gate-policy.ts';
import { payloadBytes, writeSignedFile } from '../core/gate/signoff-file.ts';
import { exceptionPath } from '../core/gate/signoff-path.ts';
import { randomName } from '../core/records/record-id.ts';
import type { ChangeSource } from './change.ts';
import { CountersignError } from './errors.ts';
import { assertOwnKey, assertSettled, type JudgingPolicy, judgingPolicy } from './own-key.ts';
import type { Signer } from './ports.ts';
import type { Repository } from './repository.ts';
import { readRuledChange, type RuledChange, type ScopedRule } from './ruled-change.ts';
import { personAtWork } from './sign.ts';
import { payloadTime, signingMoment } from './signing-moment.ts';

/** What somebody wants to let land without its approvals. */
export type ExceptionRequest = {
  readonly source: ChangeSource;
  readonly target?: string | undefined;
  readonly rule: string;
  readonly person?: string | undefined;
  readonly reason: string;
  /** Until when it may land. */
  readonly expires: Date;
  /** `YYYY-MM-DD`: by when approvals have to follow; as late as the policy allows where absent. */
  readonly followUpBy?: string | undefined;
};

export type PreparedException = {
  readonly base: JudgingPolicy;
  readonly draft: Omit<ExceptionPayload, 'signed_at' | 'nonce'>;
  readonly meaning: string;
};

export type MadeException = {
  readonly path: string;
  readonly text: string;
  readonly payload: ExceptionPayload;
};

const dayLength = 86_400_000;

/** Holds an exception against the policy before anybody signs it: what the gate would not count is not made. */
export async function prepareException(
  repository: Repository,
  request: ExceptionRequest,
): Promise<PreparedException> {
  const ruled = await readRuledChange(repository, request.source, request);
  const { branch, change } = ruled;
  const base = await judgingPolicy(repository, ruled);
  if (base === null)
    throw new CountersignError(
      'policy/none',
      `${branch.ref} has no policy, so nothing needs an exception`,
      'countersign check',
    );
  const terms = base.policy.exceptions;
  if (!terms)
    throw new CountersignError(
      'exception/not-allowed',
      'the policy allows no exceptions',
      'get the approvals: countersign check',
    );
  const part = excusable(ruled, request.rule);
  assertSettled(ruled);
  const person = request.person ?? (await personAtWork(repository, base.policy));
  assertSigner(base.policy, part, { person, role: terms.role });
  const now = repository.clock.now();
  const latest = new Date(now.getTime() + terms.max_days * dayLength);
  if (request.expires <= now || request.expires > latest)
    throw new CountersignError(
      'exception/too-long',
      `an exception runs for ${terms.max_days} days at most, and from now`,
      `--expires ${payloadTime(latest)} or earlier`,
    );
  const lastDay = new Date(now.getTime() + terms.follow_up_days * dayLength)
    .toISOString()
    .slice(0, 10);
  const draft = {
    repository: base.policy.repository,
    target: change.target,
    rule: request.rule,
    digest: part.change.digest,
    person,
    role: terms.role,
    reason: request.reason,
    expires: payloadTime(request.expires),
    follow_up_by: request.followUpBy ?? lastDay,
  };
  if (draft.follow_up_by > lastDay || isPast(draft.follow_up_by, now))
    throw new CountersignError(
      'exception/follow-up',
      `approvals must follow within ${terms.follow_up_days} days`,
      `--follow-up ${lastDay} or earlier`,
    );
  const meaning = `${person}, as ${terms.role}, lets these very bytes (${draft.digest.slice(0, 15)}…) land on ${change.target.slice(11)} under ${draft.rule} until ${draft.expires} without what is missing; approvals must follow by ${draft.follow_up_by}, and every check says so until they do`;
  return { base, draft, meaning };
}

/** The part of a change that an exception is asked for: one that lands something, by a rule of the policy's own. */
function excusable({ change, rules }: RuledChange, id: string): ScopedRule {
  const part = rules.find(({ rule }) => rule.id === id);
  if (!part || part.raw.length === 0)
    throw new CountersignError(
      'sign/nothing',
      `nothing that ${id} governs would land on ${change.target.slice(11)}`,
      'name the rule and the range: --rule model-change --range main...HEAD',
    );
  if (part.builtIn)
    throw new CountersignError(
      'exception/built-in',
      `no exception can excuse ${id}`,
      'get the approvals: countersign check',
    );
  return part;
}

function assertSigner(
  { roles }: GatePolicy,
  { change: { authors } }: ScopedRule,
  { person, role }: { readonly person: string; readonly role: string },
): void {
  if (!roles[role]?.includes(person))
    throw new CountersignError(
      'sign/not-in-role',
      `${person} is no ${role}, who alone may sign an exception`,
      `${role} is ${(roles[role] ?? []).join(', ') || 'nobody'}`,
    );
  if (authors.persons.has(person))
    throw new CountersignError(
      'exception/author',
      `${person} wrote part of this change, and an exception is for somebody else to sign`,
      `another ${role} signs it`,
    );
}

/** Signs a prepared exception with the person's own key; any other is refused. Nothing is written. */
export async function makeException(
  repository: Repository,
  { base, draft }: PreparedException,
  signer: Signer,
): Promise<MadeException> {
  const payload: ExceptionPayload = { ...draft, ...signingMoment(repository) };
  const json = JSON.stringify(payload);
  const bytes = payloadBytes('exception', json);
  const signature = await signer.sign(bytes, 'model-signoff');
  assertOwnKey(repository, base, draft.person, { payload: bytes, signature });
  return {
    path: exceptionPath(`EX-${randomName(repository.random.bytes(5))}`),
    text: writeSignedFile('exception', json, signature),
    payload,
  };
}
