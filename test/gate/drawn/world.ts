import { modelRule, type PolicyValue, policyValue } from '../kit/policy.ts';
import type { Dice } from './dice.ts';

/** What a history can have in it. Each is drawn, so that most histories have a few and the usual things happen in all. */
export type World = {
  /** What the rules govern for good; null where a change of the policy may draw it anew, and then nobody promises anything under them. */
  readonly shape: Shape | null;
  /** Commits of several times, some of them still to come. */
  readonly times: boolean;
  /** Keys that are changed, revoked, or good for a time. */
  readonly keys: boolean;
  /** Paths that are not UTF-8, and twins by case or by accents. */
  readonly names: boolean;
  /** Conditions, and exceptions whose approvals have to follow. */
  readonly promises: boolean;
  /** What decisions say of feedback, the way back and so on is asked for. */
  readonly evidence: boolean;
  /** Something is measured, and has to be good enough. */
  readonly results: boolean;
  /** Symbolic links. */
  readonly links: boolean;
  /** Commits that have to be signed. */
  readonly identity: boolean;
  /** A job that says what was approved on a forge. */
  readonly forge: boolean;
  /** Hardware that knows when somebody touches it. */
  readonly presence: boolean;
  /** Branches land by rebase. */
  readonly rebase: boolean;
};

/** What the rules of a policy govern. */
export type Shape = { readonly paths: readonly string[]; readonly docs: boolean };

export function someShape(dice: Dice): Shape {
  return { paths: somePaths(dice), docs: dice.often(50) };
}

function somePaths(dice: Dice): readonly string[] {
  if (dice.often(20)) return ['model/**', 'params.yaml'];
  return dice.often(30) ? ['model/**', 'caf\u00e9/**'] : modelRule.paths;
}

export function someWorld(dice: Dice, shape: Shape): World {
  const promises = dice.often(50);
  return {
    shape: promises || dice.often(30) ? shape : null,
    times: dice.often(50),
    keys: dice.often(40),
    names: dice.often(40),
    promises,
    evidence: dice.often(35),
    results: dice.often(20),
    links: dice.often(30),
    identity: dice.often(20),
    forge: dice.often(25),
    presence: dice.often(20),
    rebase: dice.often(15),
  };
}

const requirements = [
  modelRule.require,
  [{ role: 'validator', count: 2, independent: true }],
  [
    { role: 'model-owner', count: 1 },
    { role: 'ethics', count: 1, from_risk: 'high' },
    { role: 'validator', count: 1, independent: true },
  ],
  [{ role: 'validator', count: 1, independent: true, from_risk: 'medium' }],
  [
    { role: 'validator', count: 1 },
    { role: 'ethics', count: 1, phase: 'exploit' },
  ],
] as const;

const demands = [
  { kind: 'rollback' },
  { kind: 'rollback', rehearsed_within_days: 30 },
  { kind: 'rollout', kinds: ['toggle', 'shadow'], phase: 'explore' },
  { kind: 'escalation', from_risk: 'medium' },
  { kind: 'escalation' },
  { kind: 'feedback', count: 2, scope: ['training'] },
  { kind: 'feedback', count: 1 },
  { kind: 'review' },
  { kind: 'review' },
] as const;

/** A policy whose demands are drawn. */
export function somePolicy(
  dice: Dice,
  { paths, docs }: Shape,
  {
    evidence: more,
    results,
    identity,
    forge,
    presence,
    rebase,
  }: Pick<World, 'evidence' | 'results' | 'identity' | 'forge' | 'presence' | 'rebase'>,
): PolicyValue {
  const evidence: PolicyValue[] = dice.often(50)
    ? [{ kind: 'decision', status: ['accepted'], covers: 'changed-files' }]
    : [];
  if (more) evidence.push(dice.one(demands), ...(dice.often(30) ? [dice.one(demands)] : []));
  if (results)
    evidence.push({
      kind: 'result',
      verdict: 'pass',
      ...(dice.often(40) ? { max_age_days: 1 } : {}),
    });
  const asked = (need: PolicyValue): PolicyValue =>
    presence && need['role'] === 'validator' && need['count'] === 1 && dice.often(60)
      ? { ...need, presence: dice.one(['touch', 'touch', 'verify']) }
      : need;
  const rule = {
    ...modelRule,
    require: dice
      .one(requirements)
      .map(asked)
      .map((need) =>
        forge && need['role'] === 'validator' && dice.often(80)
          ? {
              ...need,
              accept: dice.one([
                ['key', 'forge'],
                ['key', 'forge'],
                'presence' in need ? ['key'] : ['forge'],
              ]),
            }
          : need,
      ),
    ...(dice.often(15) ? { up_to_date: true } : {}),
    ...(evidence.length > 0 ? { evidence } : {}),
    paths,
    ...(dice.often(40) ? { max_age_days: 7 } : {}),
  };
  const docsRule = {
    id: 'docs',
    paths: ['docs/**', '**/*.md'],
    require: [{ role: 'validator', count: 1 }],
  };
  const weak = {
    ...(dice.often(8) ? { repository_settings: 'off' } : {}),
    ...(dice.often(8) ? { policy_change: { count: 1 } } : {}),
  };
  return policyValue({
    ...weak,
    ...(identity ? { identity: 'signed' } : {}),
    ...(rebase ? { landing: 'rebase' } : {}),
    ...(forge ? { attestors: [{ forge: 'github', principal: 'forge@example.org' }] } : {}),
    roles: {
      'model-owner': ['ada', 'ben'],
      validator: ['ada', 'ben', 'cy'],
      ethics: ['dee', 'cy'],
      'policy-admin': ['eve', 'fay', 'dee'],
    },
    rules: docs ? [rule, docsRule] : [rule],
  });
}

/** Nobody can answer a question on a forge: where approvals come from there, the first is asked of somebody else. */
export const drawnChecklist = ({ forge }: World): string =>
  `schema: countersign/checklist@1\nname: model-change\nitems:\n  - {id: tests-pass, ask: "Passed?", must: true, by: both${forge ? ', roles: [model-owner]' : ''}}\n  - {id: fair, ask: "Fair?", must: true, by: signer, roles: [ethics]}\n  - {id: told, ask: "Told?", must: false, by: author}\n`;
