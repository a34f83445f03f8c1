import type { GroupKey } from './answer-rows.ts';

/** What a metric of one group means, in words for everybody. */
export const metricWords: Readonly<Record<string, string>> = {
  accuracy: 'share of rows that are right',
  precision: 'of those selected, how many should be',
  npv: 'of those not selected, how many should not be',
  recall: 'of those who should be selected, how many are',
  specificity: 'of those who should not be selected, how many are not',
  selection_rate: 'share of people who are selected',
  base_rate: 'share of people who should be selected',
  fpr: 'of those who should not be selected, how many are',
  fnr: 'of those who should be selected, how many are missed',
  fdr: 'of those selected, how many should not be',
  for: 'of those not selected, how many should be',
  f1: 'harmonic mean of precision and recall',
  balanced_accuracy: 'mean of recall and specificity',
  flip_rate: 'share of rows whose prediction changed',
  consistency: 'share of rows whose prediction stayed',
  brier: 'mean squared error of the score; 0 is best',
  log_loss: 'how surprised the score is by what happened; 0 is best',
  auc: 'how often a positive scores above a negative; 1 is best, 0.5 is chance',
  ece: 'mean gap between score and outcome over bins; 0 is best',
  calibration_in_the_large: 'mean score less the share of positives; 0 is best',
};

/** Metrics whose name in targets is no word, as the field calls them. */
const spelledOut: Readonly<Record<string, string>> = {
  npv: 'negative predictive value',
  fpr: 'false positive rate',
  fnr: 'false negative rate',
  fdr: 'false discovery rate',
  for: 'false omission rate',
  auc: 'area under the ROC curve',
  ece: 'expected calibration error',
};

/** A metric as a heading: the field's words where its name is an abbreviation, and the name that a target takes. */
export function metricTitle(metric: string): string {
  const words = Object.hasOwn(spelledOut, metric) ? spelledOut[metric] : undefined;
  return words === undefined ? metric : `${words} (${metric})`;
}

/** A measure between groups in words, with which way is good. */
export function measureWords(metric: string): string {
  if (metric === 'equalized_odds_difference')
    return 'the larger gap between groups in recall or in false positives; 0 is equal';
  if (metric === 'equal_opportunity_difference') return 'gap between groups in recall; 0 is equal';
  if (metric === 'average_odds_difference')
    return 'mean gap to the reference group in recall and false positives; 0 is equal';
  const [, rate = '', against, form = ''] =
    /^(.*?)(_reference)?_(difference|ratio)$/.exec(metric) ?? [];
  const of = metricWords[rate] ?? rate;
  const extremes = form === 'ratio' ? 'lowest group by highest' : 'highest group less lowest';
  const whom = against ? 'group against the reference' : extremes;
  return `${of}: ${whom}; ${form === 'ratio' ? '1 is equal' : '0 is equal'}`;
}

/** Any metric in words. */
export function wordsOf(metric: string): string {
  return metricWords[metric] ?? measureWords(metric);
}

/** Column → code → name, for people. */
export type CodeNames = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** A value of a column: with its name, where the evaluation states one for the code. */
export function nameOfValue(column: string, value: string | null, names: CodeNames = {}): string {
  if (value === null) return '(missing)';
  const own = Object.hasOwn(names, column) ? names[column] : undefined;
  return own && Object.hasOwn(own, value) ? `${own[value]} (${value})` : value;
}

/** The values of a group, where its columns are named beside it. */
export function groupLabel(by: GroupKey, names?: CodeNames): string {
  const parts = Object.entries(by).map(([column, value]) => nameOfValue(column, value, names));
  return parts.length === 0 ? 'everyone' : parts.join(', ');
}

/** A group with its columns: `gender female`, since another column may have the same value. */
export function groupName(by: GroupKey, names?: CodeNames): string {
  const parts = Object.entries(by).map(
    ([column, value]) => `${column} ${nameOfValue(column, value, names)}`,
  );
  return parts.length === 0 ? 'everyone' : parts.join(', ');
}

/**
 * Between which groups a measure is: the lower one first, the group before the reference; where all are equal it says so.
 *
 * @param name how a group is named: with its columns, or without where they are named beside it
 */
export function betweenWords(
  { metric, value, between }: BetweenGroups,
  name: (by: GroupKey) => string,
): string {
  const [first, second] = between;
  if (!first || !second) return between.map(name).join('');
  if (isAgainstReference(metric)) return `${name(first)} against ${name(second)}`;
  const equal = value === (metric.endsWith('_ratio') ? 1 : 0);
  return equal ? 'no group above another' : `lowest ${name(first)}, highest ${name(second)}`;
}

/** Whether a measure holds a group against the reference, and not the lowest against the highest. */
export function isAgainstReference(metric: string): boolean {
  return /_reference_(difference|ratio)$|^average_odds_difference$/.test(metric);
}

type BetweenGroups = {
  readonly metric: string;
  readonly value: number | null;
  readonly between: readonly GroupKey[];
};

/** A clause as a sentence of its own. */
export function asSentence(clause: string): string {
  return `${clause.charAt(0).toUpperCase()}${clause.slice(1)}${/[.!?]$/.test(clause) ? '' : '.'}`;
}

/** How an interval or a p-value was made, in words. */
export function methodWords(method: string): string {
  const known = methods[method.replace(/, weighted$/, '')];
  if (known)
    return method.endsWith(', weighted') ? `${known}, on Kish's effective number of rows` : known;
  return /^\d+ equal-width bins$/.test(method)
    ? `Expected calibration error over ${method}, which has no interval.`
    : method;
}

const methods: Readonly<Record<string, string>> = {
  wilson: 'One rate: score interval (Wilson 1927)',
  newcombe: 'Difference of two rates: hybrid score interval (Newcombe 1998, method 10)',
  katz: 'Ratio of two rates: log interval (Katz 1978)',
  bootstrap:
    'Largest difference or ratio, and composites: percentile bootstrap of the cells, 2,000 seeded draws',
  'tango+midp':
    'Same rows before and after: score interval (Tango 1998), p-value by McNemar\u2019s mid-p (Fagerland, Lydersen and Laake 2013)',
  normal: 'Mean of a loss over rows: normal interval',
  delong: 'Area under the ROC curve: midranks and variance by DeLong 1988',
  'no interval':
    'Where chance cannot be told from the data, there is a value and no interval, and no target is decided by it',
};

export function signed(value: number): string {
  return `${value >= 0 ? '+' : '−'}${Math.abs(value).toFixed(3)}`;
}

/** Three places, with the minus sign of print. */
function fixed(value: number): string {
  const text = Math.abs(value).toFixed(3);
  return value < 0 && Number(text) > 0 ? `−${text}` : text;
}

/** A number with its interval. */
export function withInterval({
  value,
  low,
  high,
}: {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
}): string {
  return `${fixed(value)}${low === null || high === null ? ' (no interval)' : ` (${fixed(low)} to ${fixed(high)})`}`;
}
