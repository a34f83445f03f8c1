import type { CheckResult } from '../core/gate/check-result.ts';
import { conditionProblem } from '../core/gate/condition-problem.ts';
import type { UnstagedFacts } from '../core/gate/evidence-context.ts';
import type { GatePolicy } from '../core/gate/gate-policy.ts';
import { parsePayload, type SignoffPayload, signoffPayload } from '../core/gate/payload.ts';
import { readSignedFile } from '../core/gate/signoff-file.ts';
import { stagedSignoffs } from './earlier-signoff.ts';
import { CountersignError } from './errors.ts';
import type { JudgingPolicy } from './own-key.ts';
import type { Repository } from './repository.ts';
import type { RuledChange, ScopedRule } from './ruled-change.ts';
import { addCommand } from './unstaged.ts';
import type { PreparedSignoff, SignRequest } from './sign.ts';

/** Refuses conditions that nobody could keep, before anything is signed. */
export function assertKeepable(
  conditions: SignRequest['conditions'],
  policy: GatePolicy,
  now: Date,
): void {
  for (const condition of conditions ?? []) {
    const problem = conditionProblem(condition, policy, now);
    if (problem !== null)
      throw new CountersignError(`sign/condition-${problem.part}`, problem.what, problem.fix);
  }
}

/** The rules, of which nothing would land, whose open conditions the request names. */
export function conditionRules(
  { rules }: RuledChange,
  { conditions }: CheckResult,
  { rule: asked, meets = [] }: SignRequest,
): readonly ScopedRule[] {
  const named = new Set(
    conditions
      .filter(
        ({ state, text }) =>
          state !== 'met' &&
          meets.some((words) => text.toLowerCase().includes(words.toLowerCase())),
      )
      .map(({ rule }) => rule),
  );
  return rules.filter(({ rule: { id } }) => (asked === undefined ? named.has(id) : id === asked));
}

/** A signature that says that a condition is met, and nothing of any change: there is no file that it could be about. */
export function prepareClosing(
  { ruled, result }: { readonly ruled: RuledChange; readonly result: CheckResult },
  { rule, change: { digest } }: ScopedRule,
  person: string,
  request: SignRequest,
): PreparedSignoff {
  const base = ruled.base as JudgingPolicy;
  if (request.decision !== 'approve') throw nothingToSign(ruled, request.rule);
  const role =
    request.role ??
    rule.require
      .map((requirement) => requirement.role)
      .find((asked) => base.policy.roles[asked]?.includes(person));
  if (role === undefined)
    throw new CountersignError(
      'sign/no-role',
      `${person} has no role that ${rule.id} asks for`,
      'the signer of the condition closes it, or another person of their role',
    );
  if (role !== 'author' && !base.policy.roles[role]?.includes(person))
    throw notInRole(base.policy, role, person);
  const {
    change: { target, tip, lands },
  } = ruled;
  const more = extras(request, result, rule.id);
  const words = result.conditions
    .filter(({ payload, condition }) =>
      more.meets?.some((met) => met.payload === payload && met.condition === condition),
    )
    .map(({ text }) => text);
  const whole = { from: tip, to: lands, files: [] };
  return {
    rule: rule.id,
    person,
    role,
    isAuthor: false,
    digest,
    files: [],
    items: [],
    given: {},
    earlierAnswers: {},
    movedSince: null,
    strangers: [],
    promises: [],
    evidence: [],
    background: { decisions: [], feedback: [], results: [], plans: [], reviews: [] },
    diff: whole,
    whole,
    meaning: `${person}, as ${role}, says that what ${rule.id} was approved on is done: ${words.join('; ')}; no file changes`,
    base,
    draft: {
      repository: base.policy.repository,
      target,
      rule: rule.id,
      digest,
      policy: base.digest,
      checklist: base.checklists.get(rule.checklist ?? '')?.digest ?? null,
      person,
      role,
      decision: 'approve',
      evidence: [],
      manifest: [],
      replaces: null,
      ...more,
    },
  };
}

/** Refuses to say once more that a condition is met where the same person's word lies staged: a second file would say nothing new. */
export async function assertNotSaid(
  { git }: Repository,
  drafts: readonly PreparedSignoff[],
): Promise<void> {
  const staged = await stagedSignoffs(git);
  for (const { path, bytes } of staged) {
    const read = readSignedFile('signoff', bytes);
    const parsed = read.ok ? parsePayload<SignoffPayload>(signoffPayload, read.json) : null;
    if (!parsed?.ok) continue;
    const { person, meets = [] } = parsed.value;
    const again = drafts.find(
      ({ draft }) =>
        draft.person === person &&
        draft.meets?.every((met) =>
          meets.some(
            ({ payload, condition }) => payload === met.payload && condition === met.condition,
          ),
        ),
    );
    if (again)
      throw new CountersignError(
        'sign/said-already',
        `${person} has signed that this is done, and the file is staged: ${path}`,
        'git commit brings it',
      );
  }
}

/** Says who is in a role that somebody wants to sign in and is not. */
export function notInRole({ roles }: GatePolicy, role: string, person: string): CountersignError {
  return new CountersignError(
    'sign/not-in-role',
    `${person} is no ${role}`,
    `${role} is ${(roles[role] ?? []).join(', ') || 'nobody'}`,
  );
}

/** The optional parts of a payload; absent where nobody asked for them. */
export function extras(
  { vouches = [], conditions = [], meets = [] }: SignRequest,
  { conditions: open }: CheckResult,
  rule: string,
): Pick<SignoffPayload, 'vouches' | 'conditions' | 'meets'> {
  const met = meets.map((words) =>
    conditionNamed(
      words,
      open.filter((condition) => condition.rule === rule && condition.state !== 'met'),
    ),
  );
  return {
    ...(conditions.length > 0 ? { conditions: [...conditions] } : {}),
    ...(met.length > 0 ? { meets: met } : {}),
    ...(vouches.length > 0 ? { vouches: [...vouches] } : {}),
  };
}

function conditionNamed(
  words: string,
  open: CheckResult['conditions'],
): { payload: string; condition: number } {
  const whole = open.filter(({ text }) => text === words);
  const found =
    whole.length > 0
      ? whole
      : open.filter(({ text }) => text.toLowerCase().includes(words.toLowerCase()));
  const [one] = found;
  if (one && found.length === 1) return { payload: one.payload, condition: one.condition };
  const list = open.map(({ text, by }) => `"${text}" (${by})`).join(', ');
  throw new CountersignError(
    'sign/condition',
    `${found.length === 0 ? 'no open condition' : `${found.length} open conditions`} of this rule ${found.length > 1 ? 'say' : 'says'} ${JSON.stringify(words)}`,
    open.length === 0
      ? 'no condition is open: countersign check'
      : `open are ${list}: name one by words that only it has`,
  );
}

/** Why there is nothing to sign, in words that say what to do. */
export function nothingToSign(
  { rules, change }: RuledChange,
  rule: string | undefined,
): CountersignError {
  if (rule !== undefined && !rules.some(({ rule: { id } }) => id === rule))
    return new CountersignError(
      'rule/unknown',
      `the policy has no rule ${rule}`,
      `it has ${rules.map(({ rule: { id } }) => id).join(', ')}`,
    );
  return new CountersignError(
    'sign/nothing',
    `nothing that ${rule ?? 'a rule'} governs would land on ${change.target.slice(11)}`,
    'stage the change first (git add), or name the range: --range main...HEAD',
  );
}

/** The same of what is staged: what is changed and not staged is named, since a commit that failed takes back what it staged (`git commit -a`). */
export function nothingStaged(
  ruled: RuledChange,
  rule: string | undefined,
  { governed, stage }: UnstagedFacts,
): CountersignError {
  const { code, message, fix } = nothingToSign(ruled, rule);
  const paths = [
    ...new Set(
      Object.entries(governed).flatMap(([id, changed]) =>
        rule === undefined || id === rule ? changed : [],
      ),
    ),
  ];
  return code !== 'sign/nothing' || paths.length === 0
    ? new CountersignError(code, message, fix)
    : new CountersignError(
        code,
        `${message}: it is changed and not staged`,
        addCommand(stage, paths),
      );
}
