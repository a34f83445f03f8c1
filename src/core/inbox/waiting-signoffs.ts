import type { CheckedCondition, CheckedRule, CheckResult } from '../gate/check-result.ts';
import { listed } from '../gate/citation.ts';
import { shellWord } from '../render/shell-word.ts';
import type { InboxItem } from './inbox-item.ts';

/** A branch that was judged: its names, the command that brings somebody there, and its range; both are words for a shell. */
export type JudgedBranch = {
  readonly names: readonly string[];
  readonly go: string;
  readonly range: string;
};

/** What the gate says a branch still waits for, as far as this person could do it. */
export function waitingSignoffs(
  { rules }: Pick<CheckResult, 'rules'>,
  branch: JudgedBranch,
  me: string,
): readonly InboxItem[] {
  return [
    ...rules.flatMap((rule) => rejected(rule, branch, me)),
    ...rules
      .filter(({ state }) => state === 'unmet')
      .flatMap((rule) => [...openPlaces(rule, branch, me), ...openAnswers(rule, branch, me)]),
  ];
}

/** A reject is told to the authors of what it stops; to its signer once there is something new to look at. */
function rejected(
  { id, rejects = [], authors }: CheckedRule,
  { names, go, range }: JudgedBranch,
  me: string,
): readonly InboxItem[] {
  const item = { branches: names, about: id, due: null, overdue: false } as const;
  return rejects.flatMap(({ person, role, reason, moved }): readonly InboxItem[] => {
    if (person === me) {
      if (moved.length === 0) return [];
      return [
        {
          ...item,
          kind: 'signoff',
          what: `your reject stops ${id}, and ${listed(moved.map((path) => (typeof path === 'string' ? path : path.b64)))} moved since: look again, and replace it where it is settled`,
          command: `${go}countersign sign --range ${range} --rule ${id} --role ${role}`,
        },
      ];
    }
    return authors.includes(me)
      ? [
          {
            ...item,
            kind: 'reject',
            what: `${person}, as ${role}, rejected your change under ${id}: ${reason ?? 'no reason is written'}; nothing lands until ${person} replaces the reject`,
            command: `${go}countersign check --range ${range}`,
          },
        ]
      : [];
  });
}

function openPlaces(
  { id, requirements }: CheckedRule,
  { names, go, range }: JudgedBranch,
  me: string,
): readonly InboxItem[] {
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
function openAnswers(
  { id, checklist, authors }: CheckedRule,
  { names, go, range }: JudgedBranch,
  me: string,
): readonly InboxItem[] {
  const open = (checklist?.unanswered ?? []).filter(({ by }) => by === 'author');
  if (open.length === 0 || !authors.includes(me)) return [];
  return [
    {
      kind: 'answers',
      branches: names,
      what: `${id} waits for your answers: ${open.map((item) => item.id).join(', ')}`,
      about: id,
      due: null,
      overdue: false,
      command: `${go}countersign sign --range ${range} --rule ${id}`,
    },
  ];
}

/**
 * Conditions of approvals that this person owns, or stated and has to close, or under which a change of theirs may land.
 *
 * @param authored rules of this branch that the person wrote part of
 */
export function waitingConditions(
  conditions: readonly CheckedCondition[],
  branch: JudgedBranch,
  me: string,
  authored: ReadonlySet<string> = new Set(),
): readonly InboxItem[] {
  return conditions
    .filter(
      ({ state, owner, by, rule }) =>
        state !== 'met' && (owner === me || by === me || authored.has(rule)),
    )
    .map(({ text, owner, by, role, due, rule, state }) => ({
      kind: 'condition',
      branches: branch.names,
      what: conditionTask({ text, owner, by, role, rule }, me),
      about: rule,
      due,
      overdue: state === 'overdue',
      command:
        by === me
          ? `${branch.go}countersign sign --range ${branch.range} --rule ${rule} --meets ${shellWord(text)}`
          : `${branch.go}countersign check --range ${branch.range}`,
    }));
}

function conditionTask(
  {
    text,
    owner,
    by,
    role,
    rule,
  }: Pick<CheckedCondition, 'text' | 'owner' | 'by' | 'role' | 'rule'>,
  me: string,
): string {
  if (owner === me && by === me) return `do what you approved ${rule} on, then close it: ${text}`;
  if (owner === me)
    return `do what ${by} approved ${rule} on: ${text}; once it is done, tell ${by}, who closes it, as could another ${role}`;
  if (by === me) return `you close a condition that ${owner} owns: ${text}`;
  return `${by} approved your change under ${rule} on a condition that ${owner} owns: ${text}`;
}
