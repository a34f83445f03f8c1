import type { CheckedCondition, CheckedRule, CheckResult } from '../gate/check-result.ts';
import { shellWord } from '../render/shell-word.ts';
import type { InboxItem } from './inbox-item.ts';

/** A branch that was judged: its names, the command that brings somebody there, and its range; both are words for a shell. */
export type JudgedBranch = { readonly names: readonly string[]; readonly go: string; readonly range: string };

/** What the gate says a branch still waits for, as far as this person could do it. */
export function waitingSignoffs({ rules }: Pick<CheckResult, 'rules'>, branch: JudgedBranch, me: string): readonly InboxItem[] {
  return rules.filter(({ state }) => state === 'unmet').flatMap((rule) => [...openPlaces(rule, branch, me), ...openAnswers(rule, branch, me)]);
}

function openPlaces({ id, requirements }: CheckedRule, { names, go, range }: JudgedBranch, me: string): readonly InboxItem[] {
  const open = requirements.filter(({ state, could }) => state === 'unmet' && could.includes(me));
  return open.map(({ role, independent }) => ({
    kind: 'signoff',
    branches: names,
    what: `${id} waits for your sign-off as ${independent ? 'independent ' : ''}${role}`,
    about: id,
    due: null,
    overdue: false,
    command: `${go}countersign sign --range ${range} --rule ${id} --role ${role}`,
  }));
}

/** Questions of the checklist that only an author can answer. */
function openAnswers({ id, checklist, authors }: CheckedRule, { names, go, range }: JudgedBranch, me: string): readonly InboxItem[] {
  const open = (checklist?.unanswered ?? []).filter(({ by }) => by === 'author');
  if (open.length === 0 || !authors.includes(me)) return [];
  return [{ kind: 'answers', branches: names, what: `${id} waits for your answers: ${open.map((item) => item.id).join(', ')}`, about: id, due: null, overdue: false, command: `${go}countersign sign --range ${range} --rule ${id}` }];
}

/** Conditions of approvals that this person owns, or stated and has to close. */
export function waitingConditions(conditions: readonly CheckedCondition[], branch: JudgedBranch, me: string): readonly InboxItem[] {
  return conditions.filter(({ state, owner, by }) => state !== 'met' && (owner === me || by === me)).map(({ text, owner, by, due, rule, state }) => ({
    kind: 'condition',
    branches: branch.names,
    what: owner === me ? `you own a condition of ${by}: ${text}` : `you close a condition that ${owner} owns: ${text}`,
    about: rule,
    due,
    overdue: state === 'overdue',
    command: by === me ? `${branch.go}countersign sign --range ${branch.range} --rule ${rule} --meets ${shellWord(text)}` : `countersign check --range ${branch.range}`,
  }));
}
