import type { Finding } from '../finding.ts';
import type { ParsedRecord } from '../records/parse-record.ts';
import { nearestName } from '../records/schema/nearest-name.ts';
import type { Target } from '../records/target.ts';
import { rates } from '../statistics/confusion.ts';
import { disparityForms } from '../statistics/disparity.ts';
import { scoreMetrics } from '../statistics/scores/score-estimates.ts';
import { betweenGroups } from './evaluation-plan.ts';

const ofGroups = Object.keys(disparityForms);
const ofRows: readonly string[] = [...rates, ...scoreMetrics, 'flip_rate', 'consistency'];
const named = ofGroups.filter((name) => !rates.some((rate) => name === `${rate}_difference` || name === `${rate}_ratio`));
const list = `the metrics are ${ofRows.join(', ')}; between groups ${named.join(', ')}, and any rate with _difference or _ratio`;

/** What to write for a name that is no metric; null where it is one. */
export function metricFix(name: string): string | null {
  if (ofRows.includes(name) || betweenGroups(name) !== null || name.includes('@')) return null;
  const near = nearestName(name, [...ofRows, ...ofGroups]);
  return near === null ? list : `did you mean ${near}? ${list}`;
}

/** Targets on what nobody measures, of evaluations and of the decisions that name one. */
export function metricFindings(records: readonly ParsedRecord[]): readonly Finding[] {
  return records.flatMap((record) => {
    if (record.kind !== 'evaluation' && !(record.kind === 'decision' && (record.value.evaluations ?? []).length > 0)) return [];
    const targets: readonly Target[] = record.value.targets ?? [];
    return targets.flatMap(({ metric }, index): readonly Finding[] => {
      const fix = metricFix(metric);
      return fix === null ? [] : [{ code: 'record/metric', severity: 'warning', message: `there is no metric ${metric}`, ...record.locate(['targets', index, 'metric']), fix }];
    });
  });
}
