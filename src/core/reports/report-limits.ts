import type { PlanHistory } from './report.ts';
import { asSentence, groupName } from './report-words.ts';
import { rowsLines } from './rows-line.ts';
import type { EvaluationResult } from './result.ts';

/** What the numbers of a result cannot say, in sentences; the notes of the result first. */
export function reportLimits(result: EvaluationResult, planned: PlanHistory): readonly string[] {
  const { models, comparisons, paired, targets, labels } = result;
  // The rows stand at the top of the report.
  const rows = new Set(rowsLines(result));
  const notes = result.notes.filter((note) => !rows.has(note));
  const model = models.candidate ?? models.baseline;
  const groups = (model?.groups ?? []).filter(({ slice }) => slice === undefined);
  const small = groups
    .filter((group) => group.small && !group.suppressed)
    .map(({ by, n }) => `${groupName(by, labels)} (${n})`);
  const hidden = groups.filter(({ suppressed }) => suppressed).length;
  const scored = model?.overall.scores !== undefined;
  return [
    ...notes.map(asSentence),
    ...(small.length > 0
      ? [`Groups too small to be judged or to be an extreme: ${small.join('; ')}.`]
      : []),
    ...(hidden > 0
      ? [`Numbers of ${hidden} groups are not shown, since they could name people.`]
      : []),
    ...(comparisons > 1
      ? [
          `${comparisons} differences were looked at, each with an interval of its own: by chance alone about one in twenty leaves out the truth.${pValueWords(result)}`,
        ]
      : []),
    ...(paired.length === 0
      ? ['There is no baseline on the same rows: nothing is said of what the change itself did.']
      : []),
    ...(targets.length === 0 ? ['No target is set, so nothing is decided by it.'] : []),
    ...(targets.length > 0 && !planned.before
      ? [`That the targets were set before the measurement is not shown: ${planned.why}.`]
      : []),
    ...(scored
      ? [
          'The calibration error depends on its bins and is above 0 by chance in small data; it decides no target.',
        ]
      : []),
    'Intervals tell of chance in who was sampled, rows taken as independent of each other. They tell nothing of wrong labels, of people who are not in the data, or of what happens when the model is used.',
  ];
}

/** Nothing of p-values where no group was held against a reference. */
function pValueWords({ models, correction }: EvaluationResult): string {
  const held = Object.values(models).some(({ disparities }) =>
    disparities.some(({ p }) => p !== undefined),
  );
  if (!held) return '';
  return correction === 'none'
    ? ' P-values are not corrected for that.'
    : ` P-values against the reference group are corrected for that (${correction}).`;
}
