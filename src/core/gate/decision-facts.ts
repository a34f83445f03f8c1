import type { Decision } from '../records/decision.ts';
import { type Risk, risks } from './gate-policy.ts';
import { matchesAny } from './scope.ts';

/** A decision record of a tree, as evidence. */
export type DecisionFacts = { readonly path: string; readonly sha256: string; readonly record: Decision; readonly covers: (path: string) => boolean };

/** Reads what a decision stands over: the files of its code anchors, and the globs that it governs. */
export function decisionFacts(path: string, sha256: string, record: Decision): DecisionFacts {
  const anchored = new Set((record.trail?.code ?? []).map((anchor) => anchor.path));
  const governed = matchesAny(record.governs ?? []);
  return { path, sha256, record, covers: (file) => anchored.has(file) || governed(file) };
}

/**
 * The risk of a change: the highest among the decisions that cover its files, at the target's tip and at the head, so
 * that lowering a decision's risk in the same change gains nothing. A file that no decision covers is critical.
 *
 * @param files governed paths that changed; null for a path that is not UTF-8, which nothing can cover
 */
export function riskOf(files: readonly (string | null)[], decisions: readonly DecisionFacts[]): Risk {
  const covering = files.map((file) => decisions.filter((decision) => file !== null && decision.covers(file)));
  if (files.length === 0 || covering.some((found) => found.length === 0)) return 'critical';
  return highest(covering.flat().map(({ record }) => record.risk));
}

function highest(found: readonly Risk[]): Risk {
  return risks[Math.max(...found.map((risk) => risks.indexOf(risk)))] ?? 'critical';
}

/** Whether a demand with `from_risk` and `phase` holds for a change of this risk and these phases. */
export function applies(demand: { readonly from_risk?: Risk | undefined; readonly phase?: string | undefined }, risk: Risk, phases: ReadonlySet<string>): boolean {
  if (demand.from_risk !== undefined && risks.indexOf(risk) < risks.indexOf(demand.from_risk)) return false;
  // A change whose phase no decision states might be of any phase: the demand holds.
  return demand.phase === undefined || phases.size === 0 || phases.has(demand.phase);
}
