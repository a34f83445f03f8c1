import type { ResultMetric, ResultModel } from '../../src/core/reports/result.ts';
import { runEvaluation } from './run-evaluation.ts';

/** Scores and labels as CSV, with more columns where they are given. */
export function csv(columns: Readonly<Record<string, readonly (string | number)[]>>): string {
  const names = Object.keys(columns);
  const rows = (columns[names[0] as string] ?? []).map((_, row) =>
    names.map((name) => columns[name]?.[row]).join(','),
  );
  return `${[names.join(','), ...rows].join('\n')}\n`;
}

export async function measure(
  text: string,
  record: Readonly<Record<string, unknown>> = {},
): Promise<ResultModel> {
  const { result } = await runEvaluation(
    { 'data/scores.csv': text },
    {
      data: { candidate: { path: 'data/scores.csv' } },
      columns: { label: 'label', score: 'score' },
      ...record,
    },
  );
  return result.models.candidate as ResultModel;
}

export const value = (metric: ResultMetric | undefined): number | null | undefined => metric?.value;

export const label = [1, 0, 1, 1, 0, 0, 1, 0, 0, 1, 0, 1];
export const score = [0.91, 0.42, 0.66, 0.35, 0.35, 0.08, 0.77, 0.51, 0.23, 0.88, 0.66, 0.59];
