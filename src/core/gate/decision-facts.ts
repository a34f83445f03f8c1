import type { Decision } from '../records/decision.ts';
import { isInvolvedGlob } from '../records/involved-glob.ts';
import type { Risk } from './gate-policy.ts';
import { matchesAny } from './scope.ts';

/** A decision record of a tree, as evidence. */
export type DecisionFacts = {
  readonly path: string;
  readonly sha256: string;
  readonly record: Decision;
  readonly covers: (path: string) => boolean;
};

/** Reads what a decision stands over: the files of its code anchors, and the globs that it governs. */
export function decisionFacts(path: string, sha256: string, record: Decision): DecisionFacts {
  const anchored = new Set((record.trail?.code ?? []).map((anchor) => anchor.path));
  // A glob that would take time without end stands over nothing: whoever wrote it would stop every check.
  const governed = matchesAny((record.governs ?? []).filter((glob) => !isInvolvedGlob(glob)));
  return { path, sha256, record, covers: (file) => anchored.has(file) || governed(file) };
}

/** From little to much: oversight grows with it. */
const risks: readonly Risk[] = ['low', 'medium', 'high', 'critical'];

const living: ReadonlySet<string> = new Set(['proposed', 'in-review', 'accepted', 'shipped']);

/** Whether a decision stands over anything: one that was rejected or superseded does not. */
export function isLiving({ record }: DecisionFacts): boolean {
  return living.has(record.status);
}

/** Living decisions that stand over a file; null, a path that is not UTF-8, is covered by none. What was rejected or superseded stands over nothing. */
export function coveringOf(
  file: string | null,
  decisions: readonly DecisionFacts[],
): readonly DecisionFacts[] {
  return file === null
    ? []
    : decisions.filter((decision) => isLiving(decision) && decision.covers(file));
}

/**
 * Decisions that a change would leave behind: those that stood over its files at the target's tip as they stood there, and
 * those that another one superseded. What was asked of them is asked still; else a second decision would be a way round.
 */
export function leftBehind(
  files: readonly (string | null)[],
  decisions: readonly DecisionFacts[],
  atTip: readonly DecisionFacts[],
): readonly DecisionFacts[] {
  const stood = files.flatMap((file) => coveringOf(file, atTip));
  const superseded = [...atTip, ...decisions].filter(
    ({ record, covers }) =>
      record.status === 'superseded' && files.some((file) => file !== null && covers(file)),
  );
  return [...new Set([...stood, ...superseded])];
}

/** Evaluations that some decisions name, sorted. */
export function evaluationsOf(decisions: readonly DecisionFacts[]): readonly string[] {
  return [...new Set(decisions.flatMap(({ record }) => record.evaluations ?? []))].sort();
}

/** Whether a decision stood at the target's tip as it is now. */
export function stoodBefore(decision: DecisionFacts, atTip: readonly DecisionFacts[]): boolean {
  return atTip.some(({ path, sha256 }) => path === decision.path && sha256 === decision.sha256);
}

/** How much oversight a change asks for. `phases` is null where it could be of any phase. */
export type Circumstances = { readonly risk: Risk; readonly phases: ReadonlySet<string> | null };

/** What holds where nothing that was signed says otherwise. */
export const unknownCircumstances: Circumstances = { risk: 'critical', phases: null };

/**
 * The circumstances of a change by the decisions that stand over its files, at the target's tip and in what lands: the
 * highest of their risks and all of their phases, so that lowering one in the same change gains nothing. A file that no
 * decision of what lands covers is critical.
 *
 * @param files governed paths that changed
 */
export function circumstancesOf(
  files: readonly (string | null)[],
  decisions: readonly DecisionFacts[],
  atTip: readonly DecisionFacts[],
): Circumstances {
  if (files.length === 0 || files.some((file) => coveringOf(file, decisions).length === 0))
    return unknownCircumstances;
  const covering = files
    .flatMap((file) => coveringOf(file, [...decisions, ...atTip]))
    .map(({ record }) => record);
  const phases = covering.map(({ phase }) => phase);
  return {
    risk: highest(covering.map(({ risk }) => risk)),
    phases: phases.includes(undefined) ? null : new Set(phases.flatMap((phase) => phase ?? [])),
  };
}

function highest(found: readonly Risk[]): Risk {
  return risks[Math.max(...found.map((risk) => risks.indexOf(risk)))] ?? 'critical';
}

type Graded = { readonly from_risk?: Risk | undefined; readonly phase?: string | undefined };

/** Whether a demand with `from_risk` and `phase` holds in these circumstances. */
export function applies({ from_risk, phase }: Graded, { risk, phases }: Circumstances): boolean {
  if (from_risk !== undefined && risks.indexOf(risk) < risks.indexOf(from_risk)) return false;
  return phase === undefined || phases === null || phases.has(phase);
}

/** Whether some demands depend on circumstances at all. */
export function isGraded(demands: readonly Graded[]): boolean {
  return demands.some(({ from_risk, phase }) => from_risk !== undefined || phase !== undefined);
}
