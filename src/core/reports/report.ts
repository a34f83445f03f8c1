import type { ResultMetric, ResultPair, ResultTarget, EvaluationResult } from './result.ts';
import { targetSentence } from './rejudge.ts';
import type { Side } from './evaluation-plan.ts';
import type { GroupKey } from './counted.ts';

/** A record that a report names. */
export type NamedRecord = { readonly id: string; readonly title: string; readonly status: string | null; readonly path: string };

/** What a report says of how far its result can be relied on today. */
export type ResultStanding = 'current' | 'other code' | 'other plan' | 'other data';

/** One group's rate on both sides, as the plot and its table show it. */
export type ReportRow = { readonly label: string; readonly by: GroupKey; readonly n: number | null; readonly small: boolean; readonly values: Readonly<Partial<Record<Side, ResultMetric>>> };

/** Rates of the groups of one grouping. */
export type ReportPanel = { readonly grouping: string; readonly metric: string; readonly rows: readonly ReportRow[] };

/** A report as data: every writer prints this, and nothing else decides what it says. */
export type Report = {
  readonly schema: 'countersign/report@1';
  readonly evaluation: NamedRecord & { readonly question: string; readonly assumptions: readonly string[] };
  readonly decisions: readonly (NamedRecord & { readonly why: string; readonly feedback: readonly NamedRecord[] })[];
  /** Null where the evaluation has not been run. */
  readonly result: EvaluationResult | null;
  readonly resultPath: string | null;
  readonly resultDigest: string | null;
  readonly standing: ResultStanding | null;
  /** The verdict and its reason in one sentence. */
  readonly sentence: string;
  readonly panels: readonly ReportPanel[];
  /** Groups for whom the candidate does better or worse than the baseline, where the interval leaves no doubt. */
  readonly helped: readonly string[];
  readonly harmed: readonly string[];
};

/** Rates that a report plots for each grouping, first the one that says who gets the good outcome. */
export const plottedMetrics = ['selection_rate', 'recall', 'fpr', 'accuracy'] as const;

/** What a rate's name means, in words for everybody. */
export const metricWords: Readonly<Record<string, string>> = {
  accuracy: 'share of rows that are right', precision: 'of those selected, how many should be', npv: 'of those not selected, how many should not be', recall: 'of those who should be selected, how many are', specificity: 'of those who should not be selected, how many are not',
  selection_rate: 'share of people who are selected', base_rate: 'share of people who should be selected', fpr: 'of those who should not be selected, how many are', fnr: 'of those who should be selected, how many are missed', fdr: 'of those selected, how many should not be', for: 'of those not selected, how many should be',
  f1: 'harmonic mean of precision and recall', balanced_accuracy: 'mean of recall and specificity',
};

/** A measure between groups in words, with which way is good. */
export function measureWords(metric: string): string {
  if (metric === 'equalized_odds_difference') return 'the larger gap between groups in recall or in false positives; 0 is equal';
  if (metric === 'equal_opportunity_difference') return 'gap between groups in recall; 0 is equal';
  if (metric === 'average_odds_difference') return 'mean gap to the reference group in recall and false positives; 0 is equal';
  const [, rate = '', against, form = ''] = /^(.*?)(_reference)?_(difference|ratio)$/.exec(metric) ?? [];
  const of = metricWords[rate] ?? rate;
  const whom = against ? 'group against the reference' : form === 'ratio' ? 'lowest group by highest' : 'highest group less lowest';
  return `${of}: ${whom}; ${form === 'ratio' ? '1 is equal' : '0 is equal'}`;
}

export function groupLabel(by: GroupKey): string {
  const parts = Object.values(by).map((value) => value ?? '(missing)');
  return parts.length === 0 ? 'everyone' : parts.join(', ');
}

/** The verdict with the reason that decides it. */
export function verdictSentence(result: EvaluationResult, standing: ResultStanding): string {
  const open = result.targets.find(({ state }) => state === 'not met') ?? result.targets.find(({ state }) => state !== 'met');
  const verdict = { pass: 'Pass', fail: 'Fail', undecided: 'Undecided' }[result.verdict];
  const reason = open ? targetSentence(open) : result.targets.length === 0 ? 'no target says what better means' : result.verdict === 'pass' ? `all ${result.targets.length} targets are met` : (result.notes[0] ?? '');
  const doubt = standing === 'current' ? '' : ` This was measured on ${standing}, and says nothing of today's.`;
  return `${verdict}: ${reason}.${doubt}`;
}

/** The rates of every grouping, both sides beside each other. */
export function reportPanels(result: EvaluationResult): readonly ReportPanel[] {
  const groupings = new Map<string, GroupKey[]>();
  for (const model of Object.values(result.models)) {
    for (const { by, slice } of model.groups) {
      const name = Object.keys(by).join(' × ');
      if (slice !== undefined || name === '') continue;
      const known = groupings.get(name) ?? [];
      if (!known.some((other) => JSON.stringify(other) === JSON.stringify(by))) groupings.set(name, [...known, by]);
    }
  }
  return [...groupings].flatMap(([grouping, keys]) => plottedMetrics.map((metric): ReportPanel => ({ grouping, metric, rows: [rowOf(result, {}, metric), ...keys.map((by) => rowOf(result, by, metric))] })));
}

function rowOf(result: EvaluationResult, by: GroupKey, metric: string): ReportRow {
  const whole = Object.keys(by).length === 0;
  const found = Object.entries(result.models).flatMap(([side, model]) => {
    const group = whole ? { ...model.overall, small: false } : model.groups.find((candidate) => candidate.slice === undefined && JSON.stringify(candidate.by) === JSON.stringify(by));
    return group ? [{ side, group }] : [];
  });
  return {
    label: groupLabel(by),
    by,
    n: found.at(-1)?.group.n ?? null,
    small: found.at(-1)?.group.small ?? false,
    values: Object.fromEntries(found.map(({ side, group }) => [side, group.metrics[metric] ?? { value: null, why: 'not measured' }])),
  };
}

/** Differences whose interval leaves 0 out, in words, split by whether they are good: more right answers help, whoever gets them. */
export function helpedAndHarmed(paired: readonly ResultPair[]): { readonly helped: readonly string[]; readonly harmed: readonly string[] } {
  const clear = paired.filter(({ low, high, metric, by }) => low !== null && high !== null && (low > 0 || high < 0) && Object.keys(by).length > 0 && (metric === 'recall' || metric === 'fpr' || metric === 'accuracy'));
  const say = ({ metric, by, difference, low, high }: ResultPair): string => `${groupLabel(by)}: ${metric} ${signed(difference ?? 0)} (${signed(low ?? 0)} to ${signed(high ?? 0)})`;
  const good = ({ metric, difference }: ResultPair): boolean => (metric === 'fpr' ? (difference ?? 0) < 0 : (difference ?? 0) > 0);
  return { helped: clear.filter(good).map(say), harmed: clear.filter((pair) => !good(pair)).map(say) };
}

function signed(value: number): string {
  return `${value >= 0 ? '+' : '−'}${Math.abs(value).toFixed(3)}`;
}

export function targetRow(target: ResultTarget): readonly [string, string, string, string] {
  const number = (value: number | null): string => (value === null ? '—' : String(Number(value.toFixed(3))));
  const interval = target.low === null || target.high === null ? 'no interval' : `${number(target.low)} to ${number(target.high)}`;
  const scope = [...(target.by ? [`by ${target.by.join(', ')}`] : []), ...(target.slice ? [`on ${target.slice}`] : [])].join(', ');
  return [`${target.metric}${scope ? ` ${scope}` : ''}`, `${target.op} ${target.target}`, `${number(target.value)} (${interval})`, `${target.state}${target.why ? `: ${target.why}` : ''}`];
}
