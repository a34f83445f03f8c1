import { type OpenRates, openRates } from '../../reports/open-rates.ts';
import { type Report, type ReportRow, targetRow } from '../../reports/report.ts';
import type { GroupKey } from '../../reports/answer-rows.ts';
import { betweenWords, groupLabel } from '../../reports/report-words.ts';
import { metricText } from './report-figures.ts';
import { countOf } from '../count-of.ts';
import { tableText } from '../table-text.ts';
import { escapeTerminal } from '../terminal.ts';

/** A report for a terminal: the sentence, why, the targets, the rates of the groups behind those that are open, and who gets the good outcome. */
export function reportText(report: Report, width: number): string {
  const { result } = report;
  const head = [
    escapeTerminal(`${report.evaluation.id} ${report.evaluation.title}`),
    escapeTerminal(report.sentence),
    ...report.rows.map(escapeTerminal),
    ...report.decisions.map(({ id, title, feedback }) =>
      escapeTerminal(
        `for ${id} ${title}, asked for by ${countOf(feedback.length, 'feedback item')}`,
      ),
    ),
  ];
  if (result === null) return head.join('\n');
  const open = openRates(result);
  const usual = report.panels.filter(
    ({ metric, grouping }) =>
      metric === 'selection_rate' &&
      !open.some(
        (rates) => rates.metric === metric && rates.grouping === grouping && rates.slice === null,
      ),
  );
  return [
    ...head,
    '',
    tableText(
      ['target', 'wanted', 'measured', 'state'],
      result.targets.map((target) => targetRow(target, report)),
      width,
    ),
    ...open.flatMap((rates) => [
      '',
      escapeTerminal(openTitle(rates)),
      rateTable(report, rates.rows, width),
    ]),
    ...usual.flatMap(({ metric, grouping, rows }) => [
      '',
      escapeTerminal(`${metric} by ${grouping}`),
      rateTable(report, rows, width),
    ]),
    ...scores(report, width),
    '',
    ...(['harmed', 'helped', 'higher', 'lower'] as const).flatMap((effect) =>
      report[effect].map((line) => escapeTerminal(`${effect}: ${line}`)),
    ),
    ...(report.withheld.length > 0
      ? [escapeTerminal(`not shown, since it could name people: ${report.withheld.join('; ')}`)]
      : []),
    ...worstMeasures(report),
    ...report.limits.slice(0, -1).map((line) => escapeTerminal(`note: ${line}`)),
    escapeTerminal(report.resultPath ?? ''),
  ].join('\n');
}

/** Which rates stand below, and which targets they leave open. */
function openTitle({ metric, grouping, slice, targets }: OpenRates): string {
  const wanted = targets.map(
    ({ metric: of, op, target, state }) =>
      `${of === metric ? '' : `${of} `}wanted ${op} ${target}: ${state}`,
  );
  return `${metric}${grouping === '' ? '' : ` by ${grouping}`}${slice === null ? '' : ` on ${slice}`} (${wanted.join('; ')})`;
}

/** Each group's rate with its interval, for the sides that were measured. */
function rateTable({ models }: Report, rows: readonly ReportRow[], width: number): string {
  const sides = models.map(({ side }) => side);
  const count = ({ n, small }: ReportRow): string =>
    n === null ? 'suppressed' : `${n}${small ? ' (small)' : ''}`;
  return tableText(
    ['group', 'rows', ...sides],
    rows.map((row) => [
      row.label,
      count(row),
      ...sides.map((side) => metricText(row.values[side])),
    ]),
    width,
  );
}

function scores({ calibration }: Report, width: number): readonly string[] {
  if (calibration.length === 0) return [];
  const names = [...new Set(calibration.flatMap(({ metrics }) => Object.keys(metrics)))];
  return [
    '',
    tableText(
      ['score', ...calibration.map(({ side }) => side)],
      names.map((name) => [name, ...calibration.map(({ metrics }) => metricText(metrics[name]))]),
      width,
    ),
  ];
}

function worstMeasures({ result }: Report): readonly string[] {
  const model = result?.models.candidate ?? result?.models.baseline;
  const shown =
    model?.disparities.filter(
      ({ metric, slice }) =>
        slice === undefined &&
        (metric === 'selection_rate_ratio' || metric === 'equalized_odds_difference'),
    ) ?? [];
  const name = (by: GroupKey): string => groupLabel(by, result?.labels);
  return shown.map((entry) => {
    const { metric, by, value, between, expected_if_equal: expected } = entry;
    return escapeTerminal(
      `${metric} by ${by.join(' × ')}: ${value === null ? 'not estimable' : value.toFixed(3)}${between.length > 0 ? `, ${betweenWords(entry, name)}` : ''}${expected ? ` (if all were equal: ${expected.mean.toFixed(3)})` : ''}`,
    );
  });
}
