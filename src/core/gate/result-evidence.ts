import type { CheckedEvidence } from './check-result.ts';
import { shellWord } from '../render/shell-word.ts';
import { isCited, listed, uncited, unmet } from './citation.ts';
import { coveringOf, evaluationsOf, stoodBefore } from './decision-facts.ts';
import type { EvidenceContext, ResultFacts } from './evidence-context.ts';
import type { EvidenceDemand } from './gate-policy.ts';
import { sameInputsBefore } from './same-inputs.ts';

type Demand = Extract<EvidenceDemand, { kind: 'result' }>;

const dayLength = 86_400_000;

/**
 * Results that pass on the code as it is now. Every evaluation that a decision of this change names has to pass: one may
 * not pick the measurement that looks best. Of those that the decisions of before name one has to, where the change rests
 * on them; where it brings its own beside them, they may not be left behind failing, or never measured.
 */
export function judgeResult(demand: Demand, context: EvidenceContext): CheckedEvidence {
  const groups = groupsOf(context);
  const open = groups.flatMap((group) => openGroup(group, demand, context) ?? []);
  // What only waits for a signature must not hide what a signature would not mend.
  const [worst] = [...open.filter(({ lacks }) => lacks !== 'citation'), ...open];
  if (worst) return worst;
  const good = groups.flatMap(
    ({ names }) => passing(resultsOf(names, context), demand, context)[0] ?? [],
  );
  const unlisted = unlistedDecision(good, context);
  if (unlisted !== null) return unlisted;
  return {
    kind: 'result',
    state: 'met',
    ref: good[0]?.path ?? null,
    ...trusting([...new Set(good)], demand, context),
  };
}

/**
 * A decision says what has to be measured, so of those over a file that name a result which counts the approvals must list
 * one as it is: else whoever takes the evaluation that fails out of a decision, or adds another decision, after the
 * signatures chooses what was signed. Null where they do.
 */
function unlistedDecision(
  good: readonly ResultFacts[],
  { files, decisions, decisionsAtTip, citing }: EvidenceContext,
): CheckedEvidence | null {
  const measured = new Set(good.map(({ evaluation }) => evaluation));
  const open = files
    .map((file) =>
      coveringOf(file, decisions).filter(({ record }) =>
        record.evaluations?.some((id) => measured.has(id)),
      ),
    )
    .find((naming) => naming.length > 0 && !naming.some((one) => isCited(one, citing)));
  if (open === undefined) return null;
  const [first = null] = [...open.filter((one) => !stoodBefore(one, decisionsAtTip)), ...open];
  return first === null
    ? null
    : unmet('result', first.record.id, uncited(first, citing), 'citation');
}

/** Evaluations of which one has to pass, and the words that say where they come from. */
type Group = { readonly id: string | null; readonly names: readonly string[]; readonly of: string };

function groupsOf({ files, decisions, decisionsAtTip }: EvidenceContext): readonly Group[] {
  const covering = [...new Set(files.flatMap((file) => coveringOf(file, decisions)))];
  const each = evaluationsOf(covering.filter((one) => !stoodBefore(one, decisionsAtTip)));
  const rested = evaluationsOf(covering);
  if (each.length === 0) return [{ id: rested[0] ?? null, names: rested, of: '' }];
  const stood = files.flatMap((file) => coveringOf(file, decisionsAtTip));
  const before = evaluationsOf(stood);
  const whose = stood.find(({ record }) => record.evaluations?.includes(before[0] ?? ''));
  return [
    ...each.map((id) => ({ id, names: [id], of: '' })),
    ...(before.length === 0
      ? []
      : [
          {
            id: before[0] ?? null,
            names: before,
            of: `, which ${whose?.record.id} asks for on the target,`,
          },
        ]),
  ];
}

/** Why no result of a group counts, or null where one does. */
function openGroup(
  { id, names, of }: Group,
  demand: Demand,
  context: EvidenceContext,
): CheckedEvidence | null {
  const results = resultsOf(names, context);
  const refusals = results.map((result) => refusal(result, demand, context));
  if (refusals.includes(null) || (of !== '' && stoodGood(results, refusals, demand))) return null;
  return (
    notStaged(names, refusals, context) ??
    closest(refusals, results, { demand, context }) ??
    unmet(
      'result',
      id,
      id === null
        ? 'no decision over these files names an evaluation'
        : `${id}${of} has no result; run: countersign evaluate ${id}`,
    )
  );
}

/**
 * Whether what stood is left behind in good order: it passed when it was last measured, and nobody has measured since that
 * it fails. That it was not measured on this code is told as a warning.
 */
function stoodGood(
  results: readonly ResultFacts[],
  refusals: readonly (Refusal | null)[],
  { verdict = 'pass' }: Demand,
): boolean {
  const here = refusals.filter((found) => found !== null && found.reached > otherCode);
  if (here.length > 0) return here.some((found) => found?.reached === citation);
  return results.some(
    ({ stood }, index) => refusals[index]?.reached === otherCode && stood === verdict,
  );
}

function passing(
  results: readonly ResultFacts[],
  demand: Demand,
  context: EvidenceContext,
): readonly ResultFacts[] {
  return results.filter((result) => refusal(result, demand, context) === null);
}

/** Evaluations that decisions over the files name, now or on the target, and of which no result passes; each with its decision. */
export function passedOver(
  demand: Demand,
  context: EvidenceContext,
): readonly { readonly evaluation: string; readonly decision: string }[] {
  const { files, decisions, decisionsAtTip } = context;
  const standing = files.flatMap((file) => coveringOf(file, [...decisions, ...decisionsAtTip]));
  return evaluationsOf(standing)
    .filter((id) => passing(resultsOf([id], context), demand, context).length === 0)
    .map((evaluation) => ({
      evaluation,
      decision:
        standing.find(({ record }) => record.evaluations?.includes(evaluation))?.record.id ?? '',
    }));
}

/** What has to be believed of results that count. */
function trusting(
  results: readonly ResultFacts[],
  { verify }: Demand,
  context: EvidenceContext,
): Pick<CheckedEvidence, 'unverified' | 'recomputed' | 'same_inputs'> {
  const unverified = results.flatMap(({ inputs }) =>
    inputs.filter(({ stands }) => stands === null).map(({ path }) => path),
  );
  const same = results.flatMap((result) => sameInputs(result, context));
  return {
    ...(same.length > 0 ? { same_inputs: same } : {}),
    ...(unverified.length > 0 ? { unverified: [...new Set(unverified)].sort() } : {}),
    ...(verify === 'recompute'
      ? { recomputed: results.every(({ recomputed }) => recomputed?.same === true) }
      : {}),
  };
}

/** A change of code that leaves every byte of what is measured alone is worth a question. */
function sameInputs(
  result: ResultFacts,
  { rule, results }: EvidenceContext,
): NonNullable<CheckedEvidence['same_inputs']> {
  const earlier = sameInputsBefore(result, results, rule);
  return earlier === null
    ? []
    : [{ evaluation: result.evaluation, result: result.path, before: earlier }];
}

/** The result that was made and forgotten, or the files that it would be made on and that are not what is staged. */
function notStaged(
  evaluations: readonly string[],
  refusals: readonly (Refusal | null)[],
  { rule, governed, unstaged }: EvidenceContext,
): CheckedEvidence | null {
  if (
    unstaged === undefined ||
    refusals.some((found) => found !== null && found.reached > otherCode)
  )
    return null;
  const made = unstaged.results.find(
    (result) => evaluations.includes(result.evaluation) && result.governed[rule] === governed,
  );
  if (made)
    return {
      ...unmet('result', made.path, `a result of ${made.evaluation} for this code is not staged`),
      fix: `${unstaged.stage} ${shellWord(made.path)}`,
    };
  const moved = unstaged.governed[rule] ?? [];
  if (evaluations.length === 0 || moved.length === 0) return null;
  return {
    ...unmet(
      'result',
      evaluations[0] ?? null,
      `${evaluations[0]} has no result for what is staged, and would be measured on other code: ${listed(moved)} ${moved.length === 1 ? 'differs' : 'differ'} between index and working tree`,
    ),
    fix: `${unstaged.stage} ${moved.map(shellWord).join(' ')}`,
  };
}

function resultsOf(
  evaluations: readonly string[],
  { results }: EvidenceContext,
): readonly ResultFacts[] {
  return results.filter(({ evaluation }) => evaluations.includes(evaluation));
}

/** Why a result does not count, and how far it got: of several, the one that got furthest says most. */
type Refusal = { readonly why: string; readonly reached: number; readonly fix?: string };

function refusal(result: ResultFacts, demand: Demand, context: EvidenceContext): Refusal | null {
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

const otherCode = 1;

const citation = 5;

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

function closest(
  refusals: readonly (Refusal | null)[],
  results: readonly ResultFacts[],
  { demand, context }: { readonly demand: Demand; readonly context: EvidenceContext },
): CheckedEvidence | null {
  const furthest = Math.max(...refusals.map((found) => found?.reached ?? -1));
  const index = refusals.findLastIndex((found) => found?.reached === furthest);
  const [found, result] = [refusals[index], results[index]];
  if (!found || !result) return null;
  if (found.reached === citation)
    return {
      ...unmet('result', result.path, found.why, 'citation'),
      ...trusting([result], demand, context),
    };
  return {
    ...unmet('result', result.path, found.why),
    ...(found.fix === undefined ? {} : { fix: found.fix }),
  };
}
