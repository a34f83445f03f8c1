import type { Evaluation } from '../records/evaluation.ts';
import { planEvaluation, type PlannedSlice, type PlannedTarget } from './evaluation-plan.ts';
import { judgeStored, type StoredTarget } from './judge-stored.ts';
import { verdictOf } from './judge-targets.ts';
import { judgedSides, rowProblems } from './row-problems.ts';
import { betweenWords, type CodeNames, groupName, isAgainstReference } from './report-words.ts';
import type { EvaluationResult, EvaluationVerdict, ResultTarget } from './result.ts';

/**
 * What a stored result comes to. Where it leaves out counts that the verdict needs, `verdict` is null and `open` says what it
 * can be: only running the evaluation again tells which. `targets` are those whose state is known.
 */
export type Rejudged = {
  readonly verdict: EvaluationVerdict | null;
  readonly why: string;
  readonly targets: readonly ResultTarget[];
  readonly open?: readonly EvaluationVerdict[];
  /** What can be done about it, before it is measured again; absent where it can be no `undecided`. */
  readonly wayOut?: string;
};

/**
 * Judges a stored result again: its verdict is computed from the counts it holds and the plan as it stands, never read.
 *
 * @param result what the file holds, after its form was checked
 */
export function rejudge(
  result: EvaluationResult,
  evaluation: Evaluation,
  targets: readonly PlannedTarget[],
  slices: readonly PlannedSlice[],
): Rejudged {
  const planned = planEvaluation(evaluation, { slices, targets, minCell: 0, seed: result.seed });
  if (!planned.ok)
    return {
      verdict: null,
      why: `this version cannot measure ${planned.unsupported.join(', ')}`,
      targets: [],
    };
  const { plan } = planned;
  const wanted = plan.sides.flatMap((side) => (result.models[side] ? [] : [side]));
  if (wanted.length > 0)
    return {
      verdict: null,
      why: `the result has no counts of the ${wanted.join(' and ')}`,
      targets: [],
    };
  const silent = judgedSides(plan).filter((side) => result.rows?.[side] === undefined);
  // A file from which the rows were struck must not come to more than one that holds them.
  if (silent.length > 0)
    return {
      verdict: null,
      why: `the result does not say what became of the rows of the ${silent.join(' and ')}; run: countersign evaluate ${result.evaluation}`,
      targets: [],
      open: ['undecided'],
    };
  return verdictOn(judgeStored(plan, result), rowProblems(plan, result), {
    ...evaluation,
    id: result.evaluation,
  });
}

const verdicts = ['pass', 'undecided', 'fail'] as const;

/** A verdict is only as good as the worst that the counts which are not stored could make it. */
function verdictOn(
  judged: readonly StoredTarget[],
  problems: readonly string[],
  { id: evaluation, labels: names }: Pick<Evaluation, 'id' | 'labels'>,
): Rejudged {
  const known = judged.flatMap((found) => (found.known === 'nothing' ? [] : [found.target]));
  if (problems.length > 0)
    return {
      verdict: 'undecided',
      why: `${evaluation}: ${problems.join('; ')}`,
      targets: judged.flatMap((found) => (found.known === 'whole' ? [found.target] : [])),
      wayOut: `have those rows read, or state in ${evaluation} how many may be left out (plan: {max_left_out: …})`,
    };
  const { verdict: best, why } = verdictOf(
    judged.map((found) =>
      found.known === 'nothing' ? { metric: found.of.metric, state: 'met' } : found.target,
    ),
    [],
  );
  const { verdict: last } = verdictOf(
    judged.map((found) =>
      found.known === 'whole' ? found.target : { metric: 'not stored', state: 'not met' },
    ),
    [],
  );
  const targets = judged.flatMap((found) => (found.known === 'whole' ? [found.target] : []));
  if (best === last)
    return {
      verdict: best,
      why: why ?? judgedSentence(known, evaluation, names),
      targets,
      ...(best === 'undecided' ? { wayOut: wayOutOf(known, evaluation) } : {}),
    };
  const open = verdicts.slice(verdicts.indexOf(best), verdicts.indexOf(last) + 1);
  if (best !== 'pass')
    return {
      verdict: null,
      why: `${why ?? judgedSentence(known, evaluation, names)}; whether another is not met rests on counts of few people, which are not stored`,
      targets,
      open,
      ...(best === 'undecided' ? { wayOut: wayOutOf(known, evaluation) } : {}),
    };
  const lacking = judged.flatMap((found) =>
    found.known === 'whole'
      ? []
      : [
          targetName(
            found.known === 'nothing'
              ? found.of
              : {
                  ...found.target,
                  by: found.target.by === undefined ? undefined : [...found.target.by],
                },
          ),
        ],
  );
  return {
    verdict: null,
    why: `${evaluation}: ${[...new Set(lacking)].join(' and ')} ${lacking.length === 1 ? 'rests' : 'rest'} on counts of few people, which are not stored, so the verdict cannot be computed from the file`,
    targets,
    open,
  };
}

/** What can be done where no target is missed and yet not all are met, or they do not say what better means. */
function wayOutOf(targets: readonly ResultTarget[], evaluation: string): string {
  const [deciding] = decidingTargets(targets);
  if (deciding === undefined)
    return `state in ${evaluation} a target that says what better means, such as one on accuracy`;
  return deciding.thin && deciding.by ? thinWayOut : 'measure more rows';
}

function targetName({ metric, by, slice }: Pick<PlannedTarget, 'metric' | 'slice' | 'by'>): string {
  return `${metric}${by ? ` by ${by.join(', ')}` : ''}${slice === undefined ? '' : ` on ${slice}`}`;
}

/** Which target decides, for whom, with value and interval: one line for a hook, a view and a report. */
export function judgedSentence(
  targets: readonly ResultTarget[],
  evaluation: string,
  names?: CodeNames,
): string {
  const open = decidingTargets(targets).map((target) => targetSentence(target, names));
  return `${evaluation}: ${open.length > 0 ? open.join('; ') : 'every target is met'}`;
}

/** The targets that decide: all that are not met; where there is none, the first that is not known to be met. */
export function decidingTargets(targets: readonly ResultTarget[]): readonly ResultTarget[] {
  const failed = targets.filter(({ state }) => state === 'not met');
  return failed.length > 0 ? failed : targets.filter(({ state }) => state !== 'met').slice(0, 1);
}

/** A target in words, with whom it is about. */
export function targetSentence(
  {
    metric,
    by,
    slice,
    between = [],
    value,
    low,
    high,
    op,
    target,
    state,
    why,
    thin,
    side,
  }: ResultTarget,
  names?: CodeNames,
): string {
  const words = betweenWords({ metric, value, between }, (key) => groupName(key, names));
  const whom = whomWords({ metric, by, between }, words);
  const where = slice === undefined ? '' : ` on ${slice}`;
  const unknown = why?.startsWith('suppressed') ? 'is not shown' : 'cannot be estimated';
  const number =
    value === null
      ? unknown
      : `is ${shown(value)}${low === null || high === null ? '' : ` (${shown(low)} to ${shown(high)})`}`;
  return `${metric}${whom}${where} ${number}${side === undefined ? '' : ` in the ${side}`}, wanted ${op} ${target}: ${state}${why ? ` (${why})` : ''}${thin && by ? `; ${thinWayOut}` : ''}`;
}

/** A target on every group stays undecided while one of them is small: what can be done about it. */
const thinWayOut =
  'measure more of its rows, state a smaller min_n on the target, or put the target on a slice of the groups that are large enough';

function whomWords(
  {
    metric,
    by,
    between,
  }: Pick<ResultTarget, 'metric' | 'between'> & {
    readonly by: ResultTarget['by'] | undefined;
  },
  words: string,
): string {
  if (between?.length === 2) return isAgainstReference(metric) ? ` of ${words}` : `, ${words},`;
  if (between?.length === 1) return ` of ${words}`;
  return by ? ` by ${by.join(', ')}` : '';
}

function shown(value: number): string {
  return value.toFixed(3);
}
