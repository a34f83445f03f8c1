import { compareFindings, type Finding } from '../finding/finding.ts';
import type { ParsedRecord } from './parse-record.ts';
import { globProblems } from './policy/policy-globs.ts';
import { identityProblems } from './policy/policy-identities.ts';
import { type PolicyProblem, placedFinding } from './policy/policy-problem.ts';
import { requirementProblems } from './policy/policy-requirements.ts';
import { signsForTheGate } from './policy/policy-signers.ts';
import type { Policy } from './policy.ts';
import { nearestName } from './schema/nearest-name.ts';

/** A policy that keeps its schema. */
export type PolicyRecord = Extract<ParsedRecord, { kind: 'policy' }>;

/** What of the files beside the policy decides whether it can be met. */
export type PolicySurroundings = {
  /** Lines of `allowed_signers`; a null list of namespaces stands for all of them. */
  readonly allowedSigners: readonly {
    readonly principal: string;
    readonly namespaces?: readonly string[] | null;
  }[];
  /** Names of the checklists that can be read; not looked at where absent. */
  readonly checklists?: ReadonlySet<string>;
};

/** The rules that hold in every repository with a policy; their names are taken. */
const builtIn: readonly string[] = ['policy-change', 'repository-settings'];

/** Where something is asked. `pre-merge-commit` is asked as `pre-commit` is where it is absent. */
const knownStages: readonly string[] = ['pre-commit', 'pre-merge-commit', 'pre-push', 'ci'];

/**
 * What is wrong with a policy beyond its form, so that a policy that locks everyone out, or counts one person as two,
 * can be refused before it holds.
 *
 * @param known null where nobody looked at the files beside it: then every principal is taken to have a key
 */
export function policyProblems(
  record: PolicyRecord,
  known: PolicySurroundings | null,
): readonly Finding[] {
  const policy = record.value;
  const signers = {
    policy,
    principals: known === null ? null : principalsOf(known),
    hardware: null,
  };
  const problems = [
    ...identityProblems(policy),
    ...globProblems(policy),
    ...ruleNames(policy),
    ...checklistProblems(policy, known?.checklists),
    ...stageProblems(policy),
    ...landingProblems(policy),
    ...requirementProblems(signers),
  ];
  return problems.map((problem) => placedFinding(problem, record)).toSorted(compareFindings);
}

function principalsOf({ allowedSigners }: PolicySurroundings): ReadonlySet<string> {
  return new Set(allowedSigners.filter(signsForTheGate).map(({ principal }) => principal));
}

/** A rule whose checklist is not there would ask nothing. */
function checklistProblems(
  { rules }: Policy,
  checklists: ReadonlySet<string> | undefined,
): readonly PolicyProblem[] {
  if (checklists === undefined) return [];
  return rules.flatMap(({ id, checklist }, index): PolicyProblem[] => {
    if (checklist === undefined || checklists.has(checklist)) return [];
    const message = `the rule ${id} names the checklist ${checklist}, which is not there or cannot be read`;
    return [
      {
        code: 'policy/unknown-checklist',
        severity: 'error',
        message,
        fix: `write .countersign/checklists/${checklist}.yaml`,
        path: ['rules', index, 'checklist'],
      },
    ];
  });
}

/** Names that two rules share, also on systems that ignore case: the folder of sign-offs is called after the rule. */
function ruleNames({ rules }: Policy): readonly PolicyProblem[] {
  if (rules.length === 0)
    return [
      {
        code: 'policy/no-rules',
        severity: 'warning',
        message: 'no rule governs anything but the policy itself',
        fix: 'add a rule',
        path: ['rules'],
        at: 'key',
      },
    ];
  const first = new Map<string, string>();
  return rules.flatMap(({ id }, index): PolicyProblem[] => {
    const path = ['rules', index, 'id'];
    const name = id.toLowerCase();
    if (builtIn.includes(name))
      return [
        {
          code: 'policy/reserved-name',
          severity: 'error',
          message: `${id} is the name of a built-in rule`,
          fix: 'give the rule another name',
          path,
        },
      ];
    const other = first.get(name);
    if (other === undefined) first.set(name, id);
    if (other === undefined) return [];
    return [
      {
        code: 'policy/duplicate-rule',
        severity: 'error',
        message: `a rule called ${other} stands above`,
        fix: 'give every rule a name of its own',
        path,
      },
    ];
  });
}

/** A forge that squashes or rebases writes commits of its own, which no person signs. */
function landingProblems({ identity, landing }: Policy): readonly PolicyProblem[] {
  if (identity !== 'signed' || landing === undefined || landing === 'merge') return [];
  return [
    {
      code: 'policy/unsigned-landing',
      severity: 'warning',
      message: `a forge that lands by ${landing} writes commits that no person signs: a check of the branch passes, and an audit finds what landed unsigned`,
      fix: `write landing: merge; or land by ${landing} on a machine whose git signs commits, never with the button of a forge`,
      path: ['landing'],
    },
  ];
}

function stageProblems({ stages = {} }: Policy): readonly PolicyProblem[] {
  const unknown = Object.keys(stages).filter((stage) => !knownStages.includes(stage));
  const problems = unknown.map((stage): PolicyProblem => {
    const near = stage === 'commit-msg' ? undefined : nearestName(stage, knownStages);
    return {
      code: 'policy/unknown-stage',
      severity: 'error',
      message:
        stage === 'commit-msg'
          ? 'commit-msg looks at a message, and the gate has no such hook: nothing would be asked there'
          : `no stage is called ${stage}`,
      fix: near ? `did you mean ${near}?` : `write one of ${knownStages.join(', ')}`,
      path: ['stages', stage],
      at: 'key',
    };
  });
  if (stages.ci === undefined || stages.ci === 'all') return problems;
  return [
    ...problems,
    {
      code: 'policy/weak-stage',
      severity: 'error',
      message: `ci is ${stages.ci}, and the check that counts always asks for all: no policy makes it weaker`,
      fix: 'write ci: all',
      path: ['stages', 'ci'],
    },
  ];
}
