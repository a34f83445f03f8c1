import type { ReportBenefit } from './report-benefits.ts';
import type { ReportCalibration } from './report-calibration.ts';
import type { ReportChange, ReportFlips } from './report-changes.ts';
import { betweenWords, groupLabel, groupName, withInterval } from './report-words.ts';
import type { ResultMetric, ResultTarget, EvaluationResult } from './result.ts';
import { verdictOf } from './judge-targets.ts';
import { decidingTargets, targetSentence } from './rejudge.ts';
import { isUngrouped } from './side-rows.ts';
import type { ReferenceRow } from './report-reference.ts';
import type { Side } from './evaluation-plan.ts';
import type { GroupKey } from './answer-rows.ts';

/** A record that a report names. */
export type NamedRecord = {
  readonly id: string;
  readonly title: string;
  readonly status: string | null;
  readonly path: string;
};

/** What a report says of how far its result can be relied on today; `altered` where the file's verdict is not what its own counts give. */
export type ResultStanding = 'current' | 'other code' | 'other plan' | 'other data' | 'altered';

/** One group's rate on both sides, as the plot and its table show it. */
export type ReportRow = {
  readonly label: string;
  readonly by: GroupKey;
  readonly n: number | null;
  readonly small: boolean;
  readonly values: Readonly<Partial<Record<Side, ResultMetric>>>;
};

/** Rates of the groups of one grouping, with the floors and ceilings that targets set for each of them. */
export type ReportPanel = {
  readonly grouping: string;
  readonly metric: string;
  readonly rows: readonly ReportRow[];
  readonly bounds: readonly { readonly op: '>=' | '<='; readonly value: number }[];
  /** What the axis has to hold: the same for every grouping, so that gaps can be compared. */
  readonly axis: readonly number[];
};

/** A side: which model it is, and where its predictions lie. */
export type ReportModel = {
  readonly side: Side;
  readonly name: string | null;
  readonly version: string | null;
  readonly place: string;
};

/** A decision that the evaluation is about: why it was taken, what is done, and the feedback behind it. */
export type ReportDecision = NamedRecord & {
  readonly risk: string;
  readonly why: string;
  readonly done: string;
  readonly feedback: readonly NamedRecord[];
};

/** `before`: a commit held these targets before the first result was kept, and no result was judged by others; else why that is not said. */
export type PlanHistory =
  | { readonly before: true; readonly why: null }
  | { readonly before: false; readonly why: string };

/** A report as data: every writer prints this, and nothing else decides what it says. */
export type Report = {
  readonly schema: 'countersign/report@1';
  readonly evaluation: NamedRecord & {
    readonly question: string;
    readonly assumptions: readonly string[];
  };
  readonly models: readonly ReportModel[];
  readonly decisions: readonly ReportDecision[];
  /** Null where the evaluation has not been run. */
  readonly result: EvaluationResult | null;
  readonly resultPath: string | null;
  readonly resultDigest: string | null;
  readonly standing: ResultStanding | null;
  /** The verdict and its reason in one sentence. */
  readonly sentence: string;
  readonly panels: readonly ReportPanel[];
  /** From the rows read to the rows used, a line for each side. */
  readonly rows: readonly string[];
  /** Whether the targets stood before the first result, by what git's history shows. */
  readonly planned: PlanHistory;
  /** The looks at this evaluation before the one that is shown, in words. */
  readonly earlier: readonly string[];
  /** Groups for whom the candidate differs from the baseline, where the interval leaves no doubt: helped or harmed where the evaluation states what is favourable, else higher or lower. */
  readonly helped: readonly string[];
  readonly harmed: readonly string[];
  readonly higher: readonly string[];
  readonly lower: readonly string[];
  /** Groups of which that is not shown, since it could name people. */
  readonly withheld: readonly string[];
  readonly reference: readonly ReferenceRow[];
  readonly changes: readonly ReportChange[];
  readonly flips: readonly ReportFlips[];
  readonly calibration: readonly ReportCalibration[];
  readonly benefits: readonly ReportBenefit[];
  /** What the numbers cannot say. */
  readonly limits: readonly string[];
};

/** Rates that a report plots for each grouping, first the one that says who gets the good outcome; and what lies in 0 to 1 of a score. */
const plottedRates = ['selection_rate', 'recall', 'fpr', 'accuracy'] as const;
const plottedScores = ['auc', 'brier'] as const;

/** What a result was measured on that is not so today. */
const outOfDate: Readonly<Record<Exclude<ResultStanding, 'current' | 'altered'>, string>> = {
  'other code': 'the governed code is not the code that this was measured on',
  'other data': 'the data are not the data that this was measured on',
  'other plan': 'the plan is not the plan that this was measured by',
};

/** How far a result speaks of today, in a clause. */
export function standingWords(standing: ResultStanding): string {
  if (standing === 'current') return 'plan, data and code are those of today';
  return standing === 'altered'
    ? 'the verdict in the file is not what its counts give'
    : outOfDate[standing];
}

/** The verdict with the reason that decides it; what is not of today begins with that, and its verdict is told as one of then. */
export function verdictSentence(result: EvaluationResult, standing: ResultStanding): string {
  const again = `Measure again: countersign evaluate ${result.evaluation}`;
  if (standing === 'altered')
    return `Not to be relied on: the file says ${result.verdict}, and the counts in it do not. ${again}`;
  const reason = verdictReason(result);
  if (standing === 'current')
    return `${{ pass: 'Pass', fail: 'Fail', undecided: 'Undecided' }[result.verdict]}: ${reason}.`;
  return `Out of date: ${outOfDate[standing]}. It said then: ${result.verdict}, ${reason}. ${again}`;
}

function verdictReason(result: EvaluationResult): string {
  const open = [
    ...(result.problems ?? []),
    ...decidingTargets(result.targets).map((target) => targetSentence(target, result.labels)),
  ];
  if (open.length > 0) return open.join('; ');
  if (result.targets.length === 0) return 'no target says what better means';
  if (result.verdict !== 'pass') return verdictOf(result.targets, []).why ?? '';
  return result.targets.length === 1
    ? 'the one target is met'
    : `all ${result.targets.length} targets are met`;
}

/** The rates of every grouping, both sides beside each other. */
export function reportPanels(result: EvaluationResult): readonly ReportPanel[] {
  const groupings = groupingsOf(result);
  const scored = Object.values(result.models).some(({ overall }) => overall.scores !== undefined);
  const metrics = [...plottedRates, ...(scored ? plottedScores : [])];
  const panels = [...groupings].flatMap(([grouping, keys]) =>
    metrics.map((metric): Omit<ReportPanel, 'axis'> => {
      const everyone = rowOf(result, {}, metric);
      const groups = keys.map((by) => rowOf(result, by, metric));
      return {
        grouping,
        metric,
        bounds: boundsOf(result, grouping, metric),
        rows: [everyone, ...byGap(groups, everyone)],
      };
    }),
  );
  const axes = new Map<string, readonly number[]>(
    metrics.map((metric) => [
      metric,
      endsOf(panels.filter((panel) => panel.metric === metric).flatMap(drawnValues)),
    ]),
  );
  return panels.map((panel) => ({ ...panel, axis: axes.get(panel.metric) ?? [] }));
}

/** The rate of the side that a report is about. */
function judgedValue({ values }: ReportRow): number | null {
  return (values.candidate ?? values.baseline)?.value ?? null;
}

/** The group furthest from everyone first; small ones, those without a group and those without the rate last. */
function byGap(groups: readonly ReportRow[], everyone: ReportRow): readonly ReportRow[] {
  const middle = judgedValue(everyone);
  const gap = (row: ReportRow): number => {
    const value = judgedValue(row);
    return value === null || middle === null ? -1 : Math.abs(value - middle);
  };
  const isLast = (row: ReportRow): number => Number(row.small || isUngrouped(row.by));
  return [...groups].sort((a, b) => isLast(a) - isLast(b) || gap(b) - gap(a));
}

/**
 * Points, ends of intervals and bounds. A small group tells so little that its wide interval would press all others
 * together; it counts where there are no others.
 */
function drawnValues({ rows, bounds }: Omit<ReportPanel, 'axis'>): readonly number[] {
  const large = rows.filter(({ small }) => !small);
  const shown = (large.length > 0 ? large : rows)
    .flatMap(({ values }) => Object.values(values))
    .flatMap((found) => (found.value === null ? [] : [found.value, found.low, found.high]));
  return [
    ...shown.filter((value): value is number => value !== null),
    ...bounds.map(({ value }) => value),
  ];
}

function endsOf(values: readonly number[]): readonly number[] {
  return values.length === 0 ? [] : [Math.min(...values), Math.max(...values)];
}

/** Groups by the name of their grouping, without those of a slice or only those of one. */
export function groupingsOf(
  result: EvaluationResult,
  slice?: string,
): ReadonlyMap<string, readonly GroupKey[]> {
  const groupings = new Map<string, GroupKey[]>();
  for (const { by, slice: of } of Object.values(result.models).flatMap(({ groups }) => groups)) {
    const name = Object.keys(by).join(' × ');
    if (of !== slice || name === '') continue;
    const known = groupings.get(name) ?? [];
    if (!known.some((other) => JSON.stringify(other) === JSON.stringify(by)))
      groupings.set(name, [...known, by]);
  }
  return groupings;
}

/** Targets on every group of a grouping; one on everybody says nothing of a group. */
function boundsOf(
  { targets }: EvaluationResult,
  grouping: string,
  metric: string,
): ReportPanel['bounds'] {
  return targets
    .filter(
      (target) =>
        target.metric === metric &&
        target.slice === undefined &&
        target.by?.join(' × ') === grouping,
    )
    .map(({ op, target }) => ({ op, value: target }));
}

/** A group's rate on both sides; everyone's where `by` names no column. */
export function rowOf(
  result: EvaluationResult,
  by: GroupKey,
  metric: string,
  slice?: string,
): ReportRow {
  const whole = Object.keys(by).length === 0 && slice === undefined;
  const found = Object.entries(result.models).flatMap(([side, model]) => {
    const group = whole
      ? { ...model.overall, small: false }
      : model.groups.find(
          (candidate) =>
            candidate.slice === slice && JSON.stringify(candidate.by) === JSON.stringify(by),
        );
    return group ? [{ side, group }] : [];
  });
  return {
    label: groupLabel(by, result.labels),
    by,
    n: found.at(-1)?.group.n ?? null,
    small: found.at(-1)?.group.small ?? false,
    values: Object.fromEntries(
      found.map(({ side, group }) => [
        side,
        group.metrics[metric] ?? { value: null, why: 'not measured' },
      ]),
    ),
  };
}

/** A target as the cells of a table: what, wanted, measured and for whom, state with its reason. */
export function targetRow(
  target: ResultTarget,
  { result, standing }: Pick<Report, 'result' | 'standing'>,
): readonly [string, string, string, string] {
  const names = result?.labels;
  const scope = [
    ...(target.by ? [`by ${target.by.join(', ')}`] : []),
    ...(target.slice ? [`on ${target.slice}`] : []),
  ].join(', ');
  const whom = betweenWords({ ...target, between: target.between ?? [] }, (by) =>
    groupName(by, names),
  );
  return [
    `${target.metric}${scope ? ` ${scope}` : ''}`,
    `${target.op} ${target.target}`,
    `${target.value === null ? '—' : withInterval({ ...target, value: target.value })}${whom ? `, ${whom}` : ''}`,
    stateWords(target, standing),
  ];
}

/** What is not of today is told as of then, and what the counts do not give as nothing. */
function stateWords({ state, why }: ResultTarget, standing: Report['standing']): string {
  if (standing === 'altered') return 'not to be relied on';
  const then = standing === null || standing === 'current' ? '' : 'then ';
  return `${then}${state}${why ? `: ${why}` : ''}`;
}
