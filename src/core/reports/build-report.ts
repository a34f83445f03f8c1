import type { Feedback } from '../records/feedback.ts';
import { reportBenefits } from './report-benefits.ts';
import { reportCalibration } from './report-calibration.ts';
import { lookWords } from './earlier-looks.ts';
import {
  type ChangeEffect,
  changeLines,
  reportChanges,
  reportFlips,
  withheldGroups,
} from './report-changes.ts';
import { referenceRows } from './report-reference.ts';
import { rowsLines } from './rows-line.ts';
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
  readonly planned: Report['planned'];
  /** Smallest effect worth naming, in the unit of the metric; 0 where the plan states none. */
  readonly smallest: number;
  /** The feedback behind the decisions, with what it was expected to bring. */
  readonly feedback: readonly {
    readonly id: string;
    readonly title: string;
    readonly expected: NonNullable<Feedback['priority']>['expected'];
  }[];
};

/** Builds a report: nothing but the records and the result decides what it says. */
export function buildReport({
  found,
  altered,
  feedback,
  planned,
  smallest,
  ...records
}: ReportSource): Report {
  const common = {
    schema: 'countersign/report@1',
    evaluation: records.evaluation,
    models: records.models,
    decisions: records.decisions,
    planned,
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
      rows: [],
      earlier: [],
      helped: [],
      harmed: [],
      higher: [],
      lower: [],
      withheld: [],
      reference: [],
      changes: [],
      flips: [],
      calibration: [],
      benefits: [],
      limits: [],
    };
  }
  const { result, path, digest, standing } = found;
  const changes = reportChanges(result, smallest);
  const lines = (effect: ChangeEffect): readonly string[] =>
    changeLines(changes, effect, result.labels);
  return {
    ...common,
    result,
    resultPath: path,
    resultDigest: digest,
    standing,
    sentence: verdictSentence(result, standing),
    panels: reportPanels(result),
    rows: rowsLines(result),
    earlier: (result.earlier ?? []).map(lookWords),
    helped: lines('helped'),
    harmed: lines('harmed'),
    higher: lines('higher'),
    lower: lines('lower'),
    withheld: withheldGroups(result),
    reference: referenceRows(result),
    changes,
    flips: reportFlips(result.paired),
    calibration: reportCalibration(result),
    benefits: reportBenefits(result, feedback),
    limits: reportLimits(result, planned),
  };
}
