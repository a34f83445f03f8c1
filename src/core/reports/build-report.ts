import type { Feedback } from '../records/feedback.ts';
import { reportBenefits } from './report-benefits.ts';
import { reportCalibration } from './report-calibration.ts';
import { changeLines, reportChanges, reportFlips } from './report-changes.ts';
import { reportLimits } from './report-limits.ts';
import { type Report, reportPanels, type ResultStanding, verdictSentence } from './report.ts';
import type { EvaluationResult } from './result.ts';

/** What a report is made of: the records, and the stored result that says most of today. */
export type ReportSource = Pick<Report, 'evaluation' | 'models' | 'decisions'> & {
  readonly found: {
    readonly result: EvaluationResult;
    readonly path: string;
    readonly digest: string;
    readonly standing: ResultStanding;
  } | null;
  /** Where there is none: that a file in its place is not what was measured, in a sentence. */
  readonly altered: string | null;
  /** The feedback behind the decisions, with what it was expected to bring. */
  readonly feedback: readonly {
    readonly id: string;
    readonly title: string;
    readonly expected: NonNullable<Feedback['priority']>['expected'];
  }[];
};

/** Builds a report: nothing but the records and the result decides what it says. */
export function buildReport({ found, altered, feedback, ...records }: ReportSource): Report {
  const common = {
    schema: 'countersign/report@1',
    evaluation: records.evaluation,
    models: records.models,
    decisions: records.decisions,
  } as const;
  if (found === null) {
    const { id } = records.evaluation;
    return {
      ...common,
      result: null,
      resultPath: null,
      resultDigest: null,
      standing: null,
      sentence: altered ?? `${id} has not been measured yet: countersign evaluate ${id}`,
      panels: [],
      helped: [],
      harmed: [],
      changes: [],
      flips: [],
      calibration: [],
      benefits: [],
      limits: [],
    };
  }
  const { result, path, digest, standing } = found;
  const changes = reportChanges(result.paired);
  return {
    ...common,
    result,
    resultPath: path,
    resultDigest: digest,
    standing,
    sentence: verdictSentence(result, standing),
    panels: reportPanels(result),
    helped: changeLines(changes, 'better'),
    harmed: changeLines(changes, 'worse'),
    changes,
    flips: reportFlips(result.paired),
    calibration: reportCalibration(result),
    benefits: reportBenefits(result, feedback),
    limits: reportLimits(result),
  };
}
