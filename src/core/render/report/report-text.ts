import { type Report, targetRow } from '../../reports/report.ts';
import { groupLabel } from '../../reports/report-words.ts';
import { metricText } from './report-figures.ts';
import { tableText } from '../table-text.ts';
import { escapeTerminal } from '../terminal.ts';

/** A report for a terminal: the sentence, why, the targets, and the groups' rates. */
export function reportText(report: Report, width: number): string {
  const { result } = report;
  const head = [escapeTerminal(`${report.evaluation.id} ${report.evaluation.title}`), escapeTerminal(report.sentence), ...report.decisions.map(({ id, title, feedback }) => escapeTerminal(`for ${id} ${title}, asked for by ${feedback.length} feedback items`))];
  if (result === null) return head.join('\n');
  const groups = report.panels.filter(({ metric }) => metric === 'selection_rate').flatMap(({ grouping, rows }) => {
    const cell = (value: (typeof rows)[number]['values']['candidate']): string => (!value ? '—' : value.value === null ? value.why : value.value.toFixed(3));
    return ['', escapeTerminal(`selection_rate by ${grouping}`), tableText(['group', 'rows', 'baseline', 'candidate'], rows.map((row) => [row.label, String(row.n ?? 'suppressed'), cell(row.values.baseline), cell(row.values.candidate)]), width)];
  });
  return [
    ...head,
    '',
    tableText(['target', 'wanted', 'measured', 'state'], result.targets.map(targetRow), width),
    ...groups,
    ...scores(report, width),
    '',
    ...report.harmed.map((line) => escapeTerminal(`harmed: ${line}`)),
    ...report.helped.map((line) => escapeTerminal(`helped: ${line}`)),
    ...worstMeasures(report),
    escapeTerminal(report.resultPath ?? ''),
  ].join('\n');
}

function scores({ calibration }: Report, width: number): readonly string[] {
  if (calibration.length === 0) return [];
  const names = [...new Set(calibration.flatMap(({ metrics }) => Object.keys(metrics)))];
  return ['', tableText(['score', ...calibration.map(({ side }) => side)], names.map((name) => [name, ...calibration.map(({ metrics }) => metricText(metrics[name]))]), width)];
}

function worstMeasures({ result }: Report): readonly string[] {
  const model = result?.models.candidate ?? result?.models.baseline;
  const shown = model?.disparities.filter(({ metric, slice }) => slice === undefined && (metric === 'selection_rate_ratio' || metric === 'equalized_odds_difference')) ?? [];
  return shown.map(({ metric, by, value, between, expected_if_equal: expected }) => escapeTerminal(`${metric} by ${by.join(' × ')}: ${value === null ? 'not estimable' : value.toFixed(3)}${between.length > 0 ? `, ${between.map(groupLabel).join(' and ')}` : ''}${expected ? ` (if all were equal: ${expected.mean.toFixed(3)})` : ''}`));
}
