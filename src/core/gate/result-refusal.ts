import { isCited, uncited } from './citation.ts';
import type { EvidenceContext, ResultFacts } from './evidence-context.ts';
import type { EvidenceDemand } from './gate-policy.ts';

/** What a rule asks of results. */
export type Demand = Extract<EvidenceDemand, { kind: 'result' }>;

const dayLength = 86_400_000;

/** Why a result does not count, and how far it got: of several, the one that got furthest says most. */
export type Refusal = { readonly why: string; readonly reached: number; readonly fix?: string };

/** Why a result does not count; null where it does. */
export function refusal(
  result: ResultFacts,
  demand: Demand,
  context: EvidenceContext,
): Refusal | null {
  if (context.landing(result.path) !== result.sha256)
    return { why: `${result.path} is not what lands`, reached: 0 };
  if (result.governed[context.rule] !== context.governed)
    return {
      why: `${result.evaluation} was measured on other code; run: countersign evaluate ${result.evaluation}`,
      reached: otherCode,
    };
  const moved = result.plan.find(({ path, sha256 }) => context.landing(path) !== sha256);
  if (moved)
    return {
      why: `${moved.path} moved since ${result.evaluation} was measured; run: countersign evaluate ${result.evaluation}`,
      reached: 2,
    };
  const other = result.inputs.find(({ sha256, stands }) => stands !== null && stands !== sha256);
  if (other) return { why: otherData(other.path, result.evaluation), reached: 3 };
  const again = demand.verify === 'recompute';
  const verdict = result.verdict ?? (again ? result.stated : undefined);
  if (verdict === undefined)
    return {
      why: result.why,
      reached: 3,
      ...(result.stated === undefined
        ? {}
        : {
            fix:
              result.stated === (demand.verdict ?? 'pass')
                ? runAgain(result)
                : measureAgain(result, context.rule),
          }),
    };
  if (verdict !== (demand.verdict ?? 'pass'))
    return {
      why: result.verdict === null ? `${result.evaluation}: it came to ${verdict}` : result.why,
      reached: 4,
      fix: measureAgain(result, context.rule),
    };
  const another = again ? recomputing(result, context) : null;
  if (another !== null) return { ...another, reached: 4 };
  if (!isCited(result, context.citing))
    return { why: uncited(result, context.citing), reached: citation };
  const old = tooOld(result, demand.max_age_days, context);
  return old === null ? null : { why: old, reached: 6 };
}

/** A failed target is mended in the code; one that is undecided, in what is measured or wanted. */
function measureAgain({ evaluation, verdict, stated, wayOut }: ResultFacts, rule: string): string {
  const mend = (verdict ?? stated) === 'undecided' ? wayOut : undefined;
  return `${mend ?? `change what ${rule} governs`}, then measure again: countersign evaluate ${evaluation}`;
}

/** Measuring again leaves out the same counts again. */
function runAgain({ evaluation }: ResultFacts): string {
  return `ask the check to run ${evaluation} again, with verify: recompute on this evidence in .countersign/policy.yaml; or compare fewer and larger groups: fewer columns in its groups and its targets' by`;
}

/** How far a result got that was measured on other code. */
export const otherCode = 1;

/** How far a result got that lacks only a signature which lists it. */
export const citation = 5;

/** That the data of a result are not those that land. */
export function otherData(path: string, evaluation: string): string {
  return `${evaluation} was measured on other data than land in ${path}; run: countersign evaluate ${evaluation}`;
}

/** Why a result that has to be computed again does not count; null where it does, or where that is left to the check that counts. */
function recomputing(
  { path, evaluation, recomputed }: ResultFacts,
  { recomputes }: EvidenceContext,
): Omit<Refusal, 'reached'> | null {
  if (recomputed === undefined)
    return recomputes
      ? { why: `${path} has to be computed again, and was not; run: countersign check` }
      : null;
  if (recomputed.same) return null;
  const { why, fix } = recomputed;
  return {
    why: `${path} is not shown to be what ${evaluation} gives when it is run again: ${why}`,
    ...(fix === undefined ? {} : { fix }),
  };
}

function tooOld(
  result: ResultFacts,
  days: number | undefined,
  { citing, now }: EvidenceContext,
): string | null {
  if (days === undefined || citing === null) return null;
  const signed = citing.map(({ payload }) => Date.parse(payload.signed_at));
  return now.getTime() - Math.min(...signed) > days * dayLength
    ? `${result.path} was signed for more than ${days} days ago; run: countersign evaluate ${result.evaluation}`
    : null;
}
