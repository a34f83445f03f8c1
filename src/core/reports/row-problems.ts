import type { GroupKey } from './answer-rows.ts';
import type { EvaluationPlan, Side } from './evaluation-plan.ts';
import { isScoreMetric } from '../statistics/scores/score-estimates.ts';
import { isOfPairs, judgedSide } from './judge-targets.ts';
import { columnsOfTarget } from './protected-groups.ts';
import { groupName, nameOfValue } from './report-words.ts';
import { allGroups, type EvaluationResult, type ResultSideRows } from './result.ts';
import { rowReasons } from './rows-line.ts';
import { isUngrouped, leftOutShare } from './side-rows.ts';
import { statedNowhere } from './stated-values.ts';

/** What of a result says how many rows it rests on. */
export type CountedRows = Pick<EvaluationResult, 'rows' | 'models'>;

/**
 * Why nothing is decided by a result, whatever its targets come to: more rows are left out than the plan allows, of
 * everyone or of a group; or what the evaluation states is nowhere in the data. In sentences without an end.
 *
 * @param result as it is stored: what it hides takes no part
 */
export function rowProblems(plan: EvaluationPlan, result: CountedRows): readonly string[] {
  const sides = judgedSides(plan);
  return [
    ...sides.flatMap((side) => statedNowhere(plan, result, side)),
    ...sides.flatMap((side) => tooFewRows(plan, result, side)),
    ...sides.flatMap((side) => missingGroups(plan, result, side)),
    ...sides.flatMap((side) => unscoredRows(plan, result, side)),
    ...otherLabels(plan, result, sides),
    ...referenceProblems(plan, result),
    ...emptySlices(plan, result),
  ];
}

/** The side that targets are about, and the other where a target is about both. */
export function judgedSides(plan: EvaluationPlan): readonly Side[] {
  return plan.targets.some(({ metric }) => isOfPairs(metric)) ? plan.sides : [judgedSide(plan)];
}

function tooFewRows(plan: EvaluationPlan, result: CountedRows, side: Side): readonly string[] {
  const share = leftOutShare(result, side);
  const rows = result.rows?.[side];
  if (share === null) return [];
  const { of, leftOut } = share;
  const reasons = rows ? `: ${rowReasons(rows).join(', ')}` : '';
  if (of === 0)
    return [
      `the ${side} has no rows${rows && rows.left_by_where > 0 ? ', since where leaves none' : ''}`,
    ];
  if (leftOut / of > plan.maxLeftOut)
    return [`${leftOut} of ${of} rows of the ${side} are left out${reasons}${wayOut(plan)}`];
  const names = plan.evaluation.labels;
  const groups = (rows?.groups ?? []).filter((group) => lacks(plan, result, side, group));
  return groups.map(({ by, slice, left_out }) =>
    `${left_out === null ? 'too many' : left_out} rows of ${slice === undefined ? '' : `${slice} `}${Object.keys(by).length === 0 ? '' : groupName(by, names)} are left out of the ${side}${wayOut(plan)}`.replace(
      / {2,}/g,
      ' ',
    ),
  );
}

/** A target on the score rests on rows that have one. */
function unscoredRows(plan: EvaluationPlan, { rows }: CountedRows, side: Side): readonly string[] {
  const { unscored = 0, used = 0 } = rows?.[side] ?? {};
  const asked = plan.targets.find(({ metric }) => isScoreMetric(metric));
  return asked && unscored / Math.max(1, used) > plan.maxLeftOut
    ? [
        `${unscored} of ${used} rows of the ${side} have no score, and a target is on ${asked.metric}${wayOut(plan)}`,
      ]
    : [];
}

/** Two models that are held against each other are measured against one truth. */
function otherLabels(
  plan: EvaluationPlan,
  { rows }: CountedRows,
  sides: readonly Side[],
): readonly string[] {
  const [found] = sides.flatMap((side) => rows?.[side] ?? []);
  const { other_label: count = 0, used = 0 } = found ?? {};
  return count / Math.max(1, used) > plan.maxLeftOut
    ? [
        `${count} of ${used} people have one label at the baseline and another at the candidate: name one file of labels for both${wayOut(plan)}`,
      ]
    : [];
}

function wayOut({ maxLeftOut }: EvaluationPlan): string {
  return ` (plan.max_left_out allows ${Number((100 * maxLeftOut).toPrecision(3))} %)`;
}

/** Whether too many rows are left out of a group that is judged: a large one, by one column or by those of a target. */
function lacks(
  plan: EvaluationPlan,
  { models }: CountedRows,
  side: Side,
  { by, slice, left_out, too_many }: ResultSideRows['groups'][number],
): boolean {
  if (isUngrouped(by)) return false;
  const columns = Object.keys(by);
  const asked = plan.targets.some(
    (target) =>
      target.slice === slice &&
      (columns.length === 0 || sameColumns(columnsOfTarget(plan, target), columns)),
  );
  if (!asked && (columns.length > 1 || slice !== undefined)) return false;
  const name = JSON.stringify(by);
  const model = models[side];
  const stored = model
    ? allGroups(model).find((group) => group.slice === slice && JSON.stringify(group.by) === name)
    : undefined;
  const n = stored ? stored.n : 0;
  // What is hidden is taken as it is told; what is there is computed.
  if (n === null || left_out === null) return too_many;
  return n + left_out >= plan.minN && left_out / (n + left_out) > plan.maxLeftOut;
}

function sameColumns(a: readonly string[], b: readonly string[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Groupings that a target is about and of which too many rows have no group; and those of which no row has one. */
function missingGroups(plan: EvaluationPlan, result: CountedRows, side: Side): readonly string[] {
  const model = result.models[side];
  return plan.cuts.flatMap(({ columns, slice }): readonly string[] => {
    if (columns.length === 0 || !model) return [];
    const groups = model.groups.filter(
      (group) => sameColumns(Object.keys(group.by), columns) && (group.slice ?? null) === slice,
    );
    const name = columns.join(' × ');
    if (groups.length > 0 && groups.every(({ by }) => isUngrouped(by)))
      return [`${name} is missing, or in no band, on every row of the ${side}`];
    const found = result.rows?.[side]?.without_group.find(
      (entry) => sameColumns(entry.columns, columns) && (entry.slice ?? null) === slice,
    );
    const asked = plan.targets.some(
      (target) =>
        (target.slice ?? null) === slice && sameColumns(columnsOfTarget(plan, target), columns),
    );
    const all = model.overall.n;
    const many =
      found !== undefined &&
      (found.rows === null || all === null || slice !== null
        ? found.too_many
        : found.rows / all > plan.maxLeftOut);
    return many && asked
      ? [
          `${name} is missing on ${found.rows ?? 'too many'} of ${model.overall.n ?? 'the'} rows of the ${side}, and a target is about it${wayOut(plan)}`,
        ]
      : [];
  });
}

/** A stated reference that no group is. */
function referenceProblems(plan: EvaluationPlan, { models }: CountedRows): readonly string[] {
  const { reference, labels } = plan.evaluation;
  const model = models[judgedSide(plan)];
  if (reference === undefined || reference === 'largest' || !model) return [];
  return Object.entries(reference).flatMap(([column, value]): readonly string[] => {
    const groups = model.groups.filter(({ by }) => Object.hasOwn(by, column));
    if (groups.length === 0)
      return plan.cuts.some(({ columns }) => columns.includes(column))
        ? []
        : [`the reference names ${column}, by which nothing is grouped`];
    if (groups.some(({ by }) => by[column] === String(value))) return [];
    const known = [...new Set(groups.map(({ by }) => by[column] ?? null))].filter(isText);
    const few = known.slice(0, mostNamed).map((each) => nameOfValue(column, each, labels));
    return [
      `the reference '${value}' is no value of ${column}, which has ${few.join(', ')}${known.length > mostNamed ? ` and ${known.length - mostNamed} more` : ''}`,
    ];
  });
}

const mostNamed = 10;

function isText(value: GroupKey[string] | undefined): value is string {
  return typeof value === 'string';
}

/** Slices in which no row is that is counted. */
function emptySlices(plan: EvaluationPlan, { models }: CountedRows): readonly string[] {
  const groups = models[judgedSide(plan)]?.groups ?? [];
  return plan.slices.flatMap(({ id }) =>
    groups.some(({ slice, by, n }) => slice === id && Object.keys(by).length === 0 && n === 0)
      ? [`no row is in the slice ${id}`]
      : [],
  );
}
