import { manifestOf } from '../core/gate/change-digest.ts';
import type {
  CheckedCondition,
  CheckedRequirement,
  CheckResult,
} from '../core/gate/check-result.ts';
import type { GatePolicy } from '../core/gate/gate-policy.ts';
import type { SignoffPayload } from '../core/gate/payload.ts';
import { hasRole, identities } from '../core/gate/people.ts';
import { reasonAnswers } from '../core/gate/reject-reason.ts';
import type { ShownPath } from '../core/gate/raw-path.ts';
import { shellWord } from '../core/render/shell-word.ts';
import { authorIdentity } from './author-identity.ts';
import { check } from './check.ts';
import type { ChangeSource } from './change.ts';
import {
  assertKeepable,
  assertNotSaid,
  conditionRules,
  extras,
  nothingStaged,
  nothingToSign,
  notInRole,
  prepareClosing,
} from './sign-conditions.ts';
import { type Background, signoffEvidence } from './signoff-evidence.ts';
import { type DiffPlace, diffSince } from './signed-diff.ts';
import { type ChecklistItem, asksOf, stillAnswered } from './asked-items.ts';
import { type EarlierSignoffs, earlierSignoffs } from './earlier-signoff.ts';
import { CountersignError } from './errors.ts';
import { assertOwnKey, assertSettled, type JudgingPolicy, judgingPolicy } from './own-key.ts';
import type { Git, Signer } from './ports.ts';
import type { Repository } from './repository.ts';
import { draftOf, type MadeSignoff, signDraft, type SignoffDraft } from './signoff-draft.ts';
import { namedChange } from './named-change.ts';
import { readUnstaged } from './unstaged.ts';
import { readRuledChange, type RuledChange, type ScopedRule } from './ruled-change.ts';

/** What a person wants to sign. */
export type SignRequest = {
  readonly source: ChangeSource;
  readonly target?: string | undefined;
  readonly rule?: string | undefined;
  /** Id of a person of the policy; from git's e-mail where absent. */
  readonly person?: string | undefined;
  readonly role?: string | undefined;
  readonly decision: SignoffPayload['decision'];
  /** Why, of a reject. */
  readonly reason?: string | undefined;
  /** E-mails of authors whom the policy does not know and this signer does. */
  readonly vouches?: readonly string[];
  /** What has to be done after this change has landed. */
  readonly conditions?: NonNullable<SignoffPayload['conditions']>;
  /** Words out of conditions of earlier approvals, which this signature says are met. */
  readonly meets?: readonly string[];
};

export type Answers = SignoffPayload['answers'];

/** Everything that a person should see before signing, and everything that will be signed but for the answers. */
export type PreparedSignoff = {
  readonly rule: string;
  readonly person: string;
  readonly role: string;
  readonly isAuthor: boolean;
  readonly digest: string;
  readonly files: readonly ShownPath[];
  /** Items that this person has to answer or may answer. */
  readonly items: readonly ChecklistItem[];
  /** Answers that are given already: the reason of a reject. */
  readonly given: Answers;
  /** What this person answered when approving an earlier state of this change, and what still answers what is asked. */
  readonly earlierAnswers: Answers;
  /** E-mails of authors whom nobody knows, and for whom this person may vouch. */
  readonly strangers: readonly string[];
  /** Open conditions of earlier approvals that this person may close. */
  readonly promises: readonly CheckedCondition[];
  /** Files that moved since this person last signed; null where they never did. */
  readonly movedSince: readonly ShownPath[] | null;
  readonly evidence: SignoffPayload['evidence'];
  readonly background: Background;
  /** Where to read what changed since this person last signed, else the whole change. */
  readonly diff: DiffPlace;
  /** Where to read the whole change, from the target to what would land. */
  readonly whole: DiffPlace;
  /** In one sentence: what the signature will mean. */
  readonly meaning: string;
  /** By which the signature will be judged. */
  readonly base: JudgingPolicy;
  readonly draft: SignoffDraft;
};

/** Finds out what a person has to sign: one draft for each rule that waits for them. */
export async function prepareSignoffs(
  repository: Repository,
  request: SignRequest,
): Promise<readonly PreparedSignoff[]> {
  const read = await readRuledChange(repository, request.source, request);
  const { branch } = read;
  const base = await judgingPolicy(repository, read);
  if (base === null)
    throw new CountersignError(
      'policy/none',
      `${branch.ref} has no policy, so there is nothing to sign for`,
      'countersign init, then land the policy',
    );
  const ruled = { ...read, base };
  const person = request.person ?? (await personAtWork(repository, base.policy));
  if (!Object.hasOwn(base.policy.people, person))
    throw new CountersignError(
      'sign/unknown-person',
      `the policy knows no ${person}`,
      `it knows ${Object.keys(base.policy.people).join(', ')}; say who you are with --as`,
    );
  assertKeepable(request.conditions, base.policy, repository.clock.now());
  const result = await check(repository, { source: request.source, target: request.target });
  const rules = ruled.rules.filter(
    ({ rule, raw }) => raw.length > 0 && (request.rule === undefined || rule.id === request.rule),
  );
  const closed =
    rules.length === 0 && (request.meets ?? []).length > 0
      ? conditionRules(ruled, result, request)
      : [];
  if (closed.length > 0) {
    const closing = closed.map((part) => prepareClosing({ ruled, result }, part, person, request));
    await assertNotSaid(repository, closing);
    return closing;
  }
  if (rules.length === 0)
    throw request.source.kind === 'staged'
      ? nothingStaged(ruled, request.rule, await readUnstaged(repository, ruled.rules))
      : nothingToSign(ruled, request.rule);
  if (request.decision === 'approve') assertSettled(ruled);
  const earlier = await earlierSignoffs(repository, ruled);
  const drafts = await Promise.all(
    rules.map((rule) => prepare(repository, { ruled, result, earlier }, rule, person, request)),
  );
  const wanted = drafts.filter((draft) => draft !== null);
  if (wanted.length === 0)
    throw new CountersignError(
      'sign/not-needed',
      `no rule of this change waits for ${person}`,
      'say in which role you sign: --rule and --role',
    );
  return wanted;
}

/** What is read once for all the rules of a change. */
type Read = {
  readonly ruled: RuledChange;
  readonly result: CheckResult;
  readonly earlier: EarlierSignoffs;
};

async function prepare(
  repository: Repository,
  { ruled, result, earlier: before }: Read,
  part: ScopedRule,
  person: string,
  request: SignRequest,
): Promise<PreparedSignoff | null> {
  const policy = ruled.base?.policy as GatePolicy;
  const {
    rule,
    change: { digest, entries, authors, checklist },
  } = part;
  const isAuthor = authors.persons.has(person);
  const judged = result.rules.find(({ id }) => id === rule.id);
  const role = request.role ?? chooseRole(policy, judged?.requirements ?? [], person, isAuthor);
  if (role === null) {
    if (request.rule === undefined) return null;
    throw new CountersignError(
      'sign/no-role',
      `${person} has no role that ${rule.id} asks for`,
      `sign as author if you wrote part of it (--role author), or get a role by a policy change`,
    );
  }
  if (role !== 'author' && !policy.roles[role]?.includes(person))
    throw notInRole(policy, role, person);
  const earlier = before(rule.id, person);
  const { files: found, background } = await signoffEvidence(repository, ruled, part);
  // A reject lists what was looked at, too: so the records that it is about lead to it.
  const evidence = request.decision === 'withdraw' ? [] : found;
  const files = manifestOf(entries).map(([path]) => path);
  const whole = { from: ruled.change.tip, to: ruled.change.lands, files };
  const items = (checklist?.items ?? []).filter((item) =>
    asksOf(item, role, isAuthor, authors.persons.size === 0),
  );
  return {
    rule: rule.id,
    person,
    role,
    isAuthor,
    digest,
    files,
    items: request.decision === 'approve' ? items : [],
    given:
      request.decision === 'reject' && request.reason !== undefined
        ? reasonAnswers(request.reason)
        : {},
    earlierAnswers: stillAnswered(
      items,
      earlier,
      ruled.base?.checklists.get(rule.checklist ?? '')?.digest ?? null,
    ),
    strangers: isAuthor || role === 'author' ? [] : (judged?.strangers ?? []),
    promises: result.conditions.filter(
      (condition) =>
        condition.rule === rule.id &&
        condition.state !== 'met' &&
        (condition.by === person || hasRole(policy, person, condition.role)),
    ),
    movedSince: earlier?.moved ?? null,
    evidence,
    background,
    diff: await diffSince(repository, earlier, whole, ruled.change.head),
    whole,
    meaning: [
      meaningOf(
        {
          person,
          role,
          decision: request.decision,
          rule: rule.id,
          digest,
          target: ruled.change.target,
        },
        namedChange(request.source, ruled),
      ),
      ...alsoMeans(person, request),
    ].join('; '),
    base: ruled.base as JudgingPolicy,
    draft: {
      ...draftOf(ruled.base as JudgingPolicy, ruled.change.target, part, {
        person,
        role,
        decision: request.decision,
        evidence,
        replaces: earlier?.id ?? null,
      }),
      ...extras(request, result, rule.id),
    },
  };
}

/** A role in which this person fills an open place; else `author` for an author; null where nothing waits for them. */
function chooseRole(
  policy: GatePolicy,
  requirements: readonly CheckedRequirement[],
  person: string,
  isAuthor: boolean,
): string | null {
  const may = (requirement: CheckedRequirement): boolean =>
    policy.roles[requirement.role]?.includes(person) === true &&
    !(requirement.independent && isAuthor);
  const open =
    requirements.find((requirement) => requirement.state === 'unmet' && may(requirement)) ??
    requirements.find(may);
  return open?.role ?? (isAuthor ? 'author' : null);
}

function meaningOf(
  {
    person,
    role,
    decision,
    rule,
    digest,
    target,
  }: Pick<SignoffPayload, 'person' | 'role' | 'decision' | 'rule' | 'digest' | 'target'>,
  named: string,
): string {
  const as = role === 'author' ? `${person}, an author,` : `${person}, as ${role},`;
  const where = `on ${target.slice(11)} under ${rule}`;
  const command = `countersign sign${named === '' ? '' : ` ${named}`}`;
  const bytes = `(${digest.slice(0, 15)}…)`;
  if (decision === 'reject')
    return `${as} stops this change ${where}, whatever its bytes become, not only these ${bytes}: the reject stands until ${person} approves what is there then (${command} --rule ${rule}), or takes it back (${command} --withdraw --rule ${rule})`;
  if (decision === 'withdraw')
    return `${as} takes back what they signed before of this change ${where}, be it an approval or a reject; what others signed stands`;
  return `${as} lets this change land ${where}: these very bytes ${bytes}, and no others`;
}

/** What else the signature says, in the signer's name. */
function alsoMeans(
  person: string,
  { vouches = [], conditions = [], meets = [] }: SignRequest,
): readonly string[] {
  return [
    ...vouches.map((email) => `${person} knows that ${email} is a person's, who wrote part of it`),
    ...conditions.map(
      ({ text, owner, due }) => `on the condition that ${owner} does this by ${due}: ${text}`,
    ),
    ...meets.map((words) => `what was promised is done: ${words}`),
  ];
}

/** The person of the policy whom git's e-mail names; never an agent. */
export async function personAtWork(repository: Repository, policy: GatePolicy): Promise<string> {
  const { email } = await authorIdentity(repository);
  const who = identities(policy)(email);
  if (who.kind === 'person') return who.person;
  if (who.kind === 'agent')
    throw new CountersignError(
      'sign/agent',
      `${email} is an agent's address, and only a person can sign`,
      'a person signs on their own account',
    );
  throw new CountersignError(
    'sign/unknown-person',
    `the policy knows nobody with the e-mail ${email} that git uses here`,
    'say who you are with --as, or set git config user.email',
  );
}

/** Signs a prepared sign-off with a person's own key; any other is refused. Nothing is written. */
export async function makeSignoff(
  repository: Repository,
  prepared: PreparedSignoff,
  answers: Answers,
  signer: Signer,
): Promise<MadeSignoff> {
  const { draft, base, given } = prepared;
  return signDraft(
    repository,
    draft,
    { ...answers, ...given },
    { signer, assertKey: (signed) => assertOwnKey(repository, base, draft.person, signed) },
  );
}

/** Writes a signed file into the working tree and stages it, so that the next commit brings it. */
export async function storeSigned(
  { files, git }: Repository,
  { path, text }: { readonly path: string; readonly text: string },
): Promise<void> {
  await files.write(path, new TextEncoder().encode(text));
  await beginIndex(git);
  const added = await git.run(['add', '--force', '--sparse', '--', path]);
  if (added.code !== 0)
    throw new CountersignError(
      'git/failed',
      `what was signed is in ${path}, but git could not stage it: ${added.stderr.trim()}`,
      `git add --force --sparse -- ${shellWord(path)}`,
    );
}

/** In a clone without a checkout the index is empty: a commit of what is staged there would delete every other file. */
async function beginIndex(git: Git): Promise<void> {
  const listed = await git.run(['ls-files', '--cached', '-z', '--', ':/']);
  if (listed.code !== 0 || listed.stdout.length > 0) return;
  if ((await git.run(['rev-parse', '--verify', '--quiet', 'HEAD'])).code === 0)
    await git.run(['read-tree', 'HEAD']);
}
