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
};

/** What the rules of a policy govern. */
export type Shape = { readonly paths: readonly string[]; readonly docs: boolean };

export function someShape(dice: Dice): Shape {
  return { paths: dice.often(20) ? ['model/**', 'params.yaml'] : dice.often(30) ? ['model/**', 'caf\u00e9/**'] : modelRule.paths, docs: dice.often(50) };
}

export function someWorld(dice: Dice, shape: Shape): World {
  return { shape: dice.often(50) ? shape : null, times: dice.often(50), keys: dice.often(40), names: dice.often(40) };
}

const requirements = [
  modelRule.require,
  [{ role: 'validator', count: 2, independent: true }],
  [{ role: 'model-owner', count: 1 }, { role: 'ethics', count: 1, from_risk: 'high' }, { role: 'validator', count: 1, independent: true }],
  [{ role: 'validator', count: 1, independent: true, from_risk: 'medium' }],
  [{ role: 'validator', count: 1 }, { role: 'ethics', count: 1, phase: 'exploit' }],
] as const;

/** A policy whose demands are drawn. */
export function somePolicy(dice: Dice, shape: Shape): PolicyValue {
  const rule = { ...modelRule, require: dice.one(requirements), ...(dice.often(50) ? { evidence: [{ kind: 'decision', status: ['accepted'], covers: 'changed-files' }] } : {}), paths: shape.paths, ...(dice.often(40) ? { max_age_days: 7 } : {}) };
  const docs = { id: 'docs', paths: ['docs/**', '**/*.md'], require: [{ role: 'validator', count: 1 }] };
  return policyValue({ roles: { 'model-owner': ['ada', 'ben'], validator: ['ada', 'ben', 'cy'], ethics: ['dee', 'cy'], 'policy-admin': ['eve', 'fay', 'dee'] }, rules: shape.docs ? [rule, docs] : [rule] });
}

export const drawnChecklist = `schema: countersign/checklist@1\nname: model-change\nitems:\n  - {id: tests-pass, ask: "Passed?", must: true, by: both}\n  - {id: fair, ask: "Fair?", must: true, by: signer, roles: [ethics]}\n  - {id: told, ask: "Told?", must: false, by: author}\n`;
