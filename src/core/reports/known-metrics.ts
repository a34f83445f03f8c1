import type { Finding } from '../finding/finding.ts';
import type { ParsedRecord } from '../records/parse-record.ts';
import { nearestName } from '../records/schema/nearest-name.ts';
import type { YamlPath } from '../records/yaml/yaml-source.ts';
import { rates } from '../statistics/confusion.ts';
import { disparityForms } from '../statistics/disparity.ts';
import { scoreMetrics } from '../statistics/scores/score-estimates.ts';
import { betweenGroups } from './evaluation-plan.ts';
import { largestChange, targetProblem } from './metric-range.ts';

const ofGroups = Object.keys(disparityForms);
const ofRows: readonly string[] = [...rates, ...scoreMetrics, 'flip_rate', 'consistency'];
const named = ofGroups.filter(
  (name) => !rates.some((rate) => name === `${rate}_difference` || name === `${rate}_ratio`),
);
const list = `the metrics are ${ofRows.join(', ')}; between groups ${named.join(', ')}, and any rate with _difference or _ratio`;

/** Metrics of models in use: names that mean something, and that nothing measures here. */
const elsewhere: readonly string[] = ['latency_p50', 'latency_p95', 'error_rate', 'satisfaction'];

/** What to write for a name that is no metric; null where it is one. */
export function metricFix(name: string): string | null {
  const [base = '', at, ...more] = name.split('@');
  if (at !== undefined) {
    const share = more.length === 0 && /^(?:0|1|0?\.\d+|1\.0+)$/.test(at);
    const near = ofRows.includes(base) ? base : nearestName(base, ofRows);
    return share && near === base
      ? null
      : `write it like ${near ?? 'precision'}@${share ? at : '0.9'}: a metric, and a threshold from 0 to 1`;
  }
  if (ofRows.includes(name) || betweenGroups(name) !== null) return null;
  const near = nearestName(name, [...ofRows, ...ofGroups]);
  return near === null ? list : `did you mean ${near}? ${list}`;
}

/** What a record says of metrics that cannot be so: names that no metric bears, targets that nothing can miss or meet, changes larger than any. */
export function metricFindings(records: readonly ParsedRecord[]): readonly Finding[] {
  return [...nameFindings(records), ...records.flatMap(rangeFindings)];
}

function nameFindings(records: readonly ParsedRecord[]): readonly Finding[] {
  return records.flatMap((record) => {
    const strict = isMeasured(record);
    return metricsOf(record).flatMap(({ metric, path, target }): readonly Finding[] => {
      const fix = metricFix(metric);
      const told = {
        code: 'record/metric' as const,
        message: `there is no metric ${metric}`,
        ...record.locate(path),
      };
      if (fix === null) return [];
      if (strict && target)
        return [{ ...told, severity: elsewhere.includes(metric) ? 'warning' : 'error', fix }];
      // Elsewhere a team may count what it likes; only what looks like a slip of the pen is told.
      return elsewhere.includes(metric) || !/^(?:did you mean|write it like)/.test(fix)
        ? []
        : [{ ...told, severity: 'warning', fix }];
    });
  });
}

function rangeFindings(record: ParsedRecord): readonly Finding[] {
  return [...targetFindings(record), ...changeFindings(record)];
}

function targetFindings(record: ParsedRecord): readonly Finding[] {
  if (!hasTargets(record)) return [];
  return (record.value.targets ?? []).flatMap((target, index): readonly Finding[] => {
    const problem = targetProblem(target);
    return problem === null
      ? []
      : [
          {
            code: 'record/empty-target',
            severity: 'error',
            ...problem,
            ...record.locate(['targets', index, 'value']),
          },
        ];
  });
}

/** Expected and measured changes that a metric cannot make. One with a unit of its own is counted in that. */
function changeFindings(record: ParsedRecord): readonly Finding[] {
  if (!hasTargets(record)) return [];
  const [change, path]: readonly [Change | undefined, YamlPath] =
    record.kind === 'feedback'
      ? [record.value.priority?.expected, ['priority', 'expected']]
      : [
          record.kind === 'decision' ? record.value.outcome?.measured : undefined,
          ['outcome', 'measured'],
        ];
  const most = change?.metric === undefined ? null : largestChange(change.metric);
  if (change === undefined || most === null || change.unit !== undefined) return [];
  return (['delta', 'low', 'high'] as const).flatMap((key): readonly Finding[] => {
    const value = change[key];
    if (value === undefined || Math.abs(value) <= most) return [];
    const share = Number((value / 100).toPrecision(12));
    return [
      {
        code: 'record/range',
        severity: 'warning',
        message: `${change.metric} cannot change by ${value}: it changes by ${most} at most`,
        fix: Math.abs(share) <= most ? `did you mean ${share}?` : `write a change within ${most}`,
        ...record.locate([...path, key]),
      },
    ];
  });
}

type Change = {
  readonly metric?: string | undefined;
  readonly delta?: number | undefined;
  readonly low?: number | undefined;
  readonly high?: number | undefined;
  readonly unit?: string | undefined;
};

type WithTargets = Extract<ParsedRecord, { readonly kind: 'evaluation' | 'decision' | 'feedback' }>;

function hasTargets(record: ParsedRecord): record is WithTargets {
  return ['evaluation', 'decision', 'feedback'].includes(record.kind);
}

/** Whether this program measures what the targets of a record say: then a name that it does not know leaves them unjudged. */
function isMeasured(record: ParsedRecord): boolean {
  if (record.kind === 'evaluation')
    return record.value.kind === 'offline' && (record.value.task ?? 'binary') === 'binary';
  return record.kind === 'decision' && (record.value.evaluations ?? []).length > 0;
}

/** A metric that a record names, and where; `target` where it is to be judged. */
type Named = { readonly metric: string; readonly path: YamlPath; readonly target: boolean };

function metricsOf(record: ParsedRecord): readonly Named[] {
  if (!hasTargets(record)) return [];
  const targets = (record.value.targets ?? []).map(
    ({ metric }, index): Named => ({ metric, path: ['targets', index, 'metric'], target: true }),
  );
  const expected = record.kind === 'feedback' ? record.value.priority?.expected?.metric : undefined;
  const measured = record.kind === 'decision' ? record.value.outcome?.measured?.metric : undefined;
  return [
    ...targets,
    ...(expected === undefined
      ? []
      : [{ metric: expected, path: ['priority', 'expected', 'metric'], target: false }]),
    ...(measured === undefined
      ? []
      : [{ metric: measured, path: ['outcome', 'measured', 'metric'], target: false }]),
  ];
}
