import type { CheckedEvidence } from './check-result.ts';
import { shellWord } from '../render/shell-word.ts';
import { isCited, listed, uncited, unmet } from './citation.ts';
import { coveringOf, evaluationsOf, stoodBefore } from './decision-facts.ts';
import type { EvidenceContext, ResultFacts } from './evidence-context.ts';
import { sameInputsBefore } from './same-inputs.ts';
import { citation, type Demand, otherCode, type Refusal, refusal } from './result-refusal.ts';

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
