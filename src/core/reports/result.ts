import type { TargetState } from '../statistics/judge-interval.ts';
import type { ExpectedDisparity } from '../statistics/expected-disparity.ts';
import type { ScoreSums } from '../statistics/scores/score-estimates.ts';
import type { Side } from './evaluation-plan.ts';
import type { GroupKey } from './answer-rows.ts';
import type { CodeNames } from './report-words.ts';

export type EvaluationVerdict = 'pass' | 'fail' | 'undecided';

/** A metric in a result: a value with its interval, or null with the reason. */
export type ResultMetric =
  | {
      readonly value: number;
      readonly low: number | null;
      readonly high: number | null;
      readonly n: number;
      readonly method: string;
    }
  | { readonly value: null; readonly why: string };

/** Counts of rows; null where they are suppressed. */
export type ResultCounts = {
  readonly n: number | null;
  readonly tp: number | null;
  readonly fp: number | null;
  readonly tn: number | null;
  readonly fn: number | null;
};

/** Counts and metrics of some rows. */
export type ResultRows = ResultCounts & {
  readonly slice?: string;
  readonly suppressed?: true;
  readonly weighted?: {
    readonly sums: {
      readonly tp: number;
      readonly fp: number;
      readonly tn: number;
      readonly fn: number;
    };
    readonly squares: {
      readonly tp: number;
      readonly fp: number;
      readonly tn: number;
      readonly fn: number;
    };
  };
  /** What metrics of the score are made of, where there is one and nothing of the group is suppressed. */
  readonly scores?: ResultScores;
  readonly metrics: Readonly<Record<string, ResultMetric>>;
};

/** `merged`: neighbouring bins were put together so that none names a few people; `bin` is then the first of them. */
export type ResultScores = ScoreSums & { readonly merged?: true };
export type ResultGroup = ResultRows & { readonly by: GroupKey; readonly small: boolean };

export type ResultDisparity = {
  readonly by: readonly string[];
  readonly slice?: string;
  readonly metric: string;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly between: readonly GroupKey[];
  readonly left_out: readonly { readonly by: GroupKey; readonly why: string }[];
  readonly orientation: string;
  readonly method: string;
  readonly why?: string;
  readonly p?: number;
  readonly p_adjusted?: number;
  /** What the measure would come to if all groups were equal and differed by chance alone. */
  readonly expected_if_equal?: ExpectedDisparity;
};

export type ResultModel = {
  readonly overall: ResultRows;
  readonly groups: readonly ResultGroup[];
  readonly disparities: readonly ResultDisparity[];
};

/** Everyone, and each group: all that a side counts by itself. */
export function allGroups({
  overall,
  groups,
}: Pick<ResultModel, 'overall' | 'groups'>): readonly ResultGroup[] {
  return [{ ...overall, by: {}, small: false }, ...groups];
}

export type ResultPair = {
  readonly metric: string;
  readonly by: GroupKey;
  readonly difference: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly p: number | null;
  readonly method: string;
  readonly n: number | null;
  readonly flips: { readonly '0→1': number | null; readonly '1→0': number | null };
  readonly suppressed?: true;
};

export type ResultTarget = {
  readonly metric: string;
  readonly slice?: string;
  readonly by?: readonly string[];
  readonly op: '>=' | '<=';
  readonly target: number;
  readonly state: TargetState;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly between?: readonly GroupKey[] | undefined;
  readonly why?: string | undefined;
  /** Whether it rests on fewer rows than are judged. */
  readonly thin?: true;
  /** The side that it is about, where two are measured. */
  readonly side?: Side;
  readonly min_n?: number;
  readonly stated: string;
};

export type ResultInput = {
  readonly role: string;
  readonly path: string;
  readonly sha256: string;
  readonly rows: number;
  readonly missing: {
    readonly label: number;
    readonly prediction: number;
    readonly score?: number;
  };
  readonly invalid: {
    readonly label: number;
    readonly prediction: number;
    readonly weight?: number;
    readonly score?: number;
  };
  readonly unmatched: number;
  readonly duplicate_keys: number;
};

/** A look at an evaluation before: the name of its result, what it came to, what it was judged by, and what is another now. */
export type EarlierLook = {
  readonly result: string;
  readonly verdict: EvaluationVerdict;
  readonly changed: readonly ('plan' | 'data')[];
  readonly targets: readonly string[];
};

/**
 * What became of the rows of a side, each in one count: `read`, with the people of other files (`without_prediction`,
 * `only_in_other`), is the sum of all the others.
 */
export type ResultSideRows = {
  /** Rows of the file with the predictions. */
  readonly read: number;
  readonly left_by_where: number;
  /** Rows whose key is not among the labels. */
  readonly not_in_labels: number;
  /** People of the labels file of whom there is no prediction. */
  readonly without_prediction: number;
  /** People of the other side whom this one does not have, where a key pairs the sides. */
  readonly only_in_other: number;
  readonly no_label: number;
  readonly invalid_label: number;
  readonly no_prediction: number;
  readonly invalid_prediction: number;
  readonly invalid_weight: number;
  /** Rows that are in the counts. */
  readonly used: number;
  /** Used rows of which the other side has another label; absent where there is none. */
  readonly other_label?: number;
  /** Used rows that are in no metric of the score, where there is one. */
  readonly unscored?: number;
  /** Groups and slices of which rows are left out. `left_out` is null where it would tell of few people. */
  readonly groups: readonly {
    readonly by: GroupKey;
    readonly slice?: string;
    readonly left_out: number | null;
    /** Whether more are left out than the plan allows, of a group that is not small. */
    readonly too_many: boolean;
  }[];
  /** Groupings of which a column is missing on some rows that are counted. */
  readonly without_group: readonly {
    readonly columns: readonly string[];
    readonly slice?: string;
    readonly rows: number | null;
    readonly too_many: boolean;
  }[];
};

/** A stored result: the JSON of `evaluate`. Nothing in it depends on the clock, the machine or an absolute path. */
export type EvaluationResult = {
  readonly schema: 'countersign/result@1';
  readonly evaluation: string;
  readonly verdict: EvaluationVerdict;
  readonly seed: number;
  readonly plan: readonly { readonly path: string; readonly sha256: string }[];
  readonly governed: Readonly<Record<string, string>>;
  readonly inputs: readonly ResultInput[];
  /** From the rows read to the rows used, by side. */
  readonly rows?: Readonly<Partial<Record<Side, ResultSideRows>>>;
  /** Why nothing is decided, whatever the targets come to: too few of the rows, or something stated that is not there. */
  readonly problems?: readonly string[];
  /** Names of codes, as the evaluation states them. */
  readonly labels?: CodeNames;
  /** What is good for the person, as the evaluation states it. */
  readonly favourable?: 'positive' | 'negative';
  readonly engine: { readonly name: string; readonly version: string };
  readonly sql: readonly string[];
  readonly looks: number;
  /** The looks before this one: results by another plan, or on other data; the latest twenty. */
  readonly earlier?: readonly EarlierLook[];
  readonly models: Readonly<Partial<Record<Side, ResultModel>>>;
  readonly paired: readonly ResultPair[];
  readonly targets: readonly ResultTarget[];
  readonly notes: readonly string[];
  readonly methods: readonly string[];
  readonly comparisons: number;
  readonly correction: string;
};

/** The bytes of a stored result: JSON with two spaces, numbers to 12 significant digits, one line feed at the end. */
export function resultText(result: EvaluationResult): string {
  return `${JSON.stringify(result, (_, value: unknown) => (typeof value === 'number' ? rounded(value) : value), 2)}\n`;
}

function rounded(value: number): number {
  if (!Number.isFinite(value)) throw new Error('a result must hold finite numbers only');
  return Number.isInteger(value) ? value : Number(value.toPrecision(12));
}
