import { type Report, type ReportPanel, targetRow } from '../../reports/report.ts';
import {
  metricTitle,
  betweenWords,
  groupLabel,
  groupName,
  measureWords,
  methodWords,
  signed,
  wordsOf,
} from '../../reports/report-words.ts';
import { escapeMarkdown as text } from '../escape-markdown.ts';
import {
  effectHeading,
  effectIntro,
  effectKinds,
  effectTitle,
  targetsTitle,
} from './effect-words.ts';
import { narrowingOf } from './narrowing.ts';
import { disparityText, expectedText, metricText, shownDisparities } from './report-figures.ts';
import { referenceCells, referenceHeader } from './reference-table.ts';

/** Characters that a comment may hold on every forge (GitHub takes 65,536). */
const commentSize = 60_000;

/** A part of the report; those that may be left out say what is missing then. */
type Part = { readonly lines: readonly string[]; readonly title?: string };

/**
 * A report for a pull request. Text from records is escaped: it cannot become a heading, a link, a mention or a command.
 *
 * @param most characters; what does not fit is named, and stands in the HTML file
 */
export function reportMarkdown(report: Report, most = commentSize): string {
  const { result } = report;
  const head = [
    `## ${text(report.evaluation.title)}`,
    '',
    `**${text(report.sentence)}**`,
    '',
    ...report.rows.flatMap((line) => [text(line), '']),
    ...storyLines(report),
  ];
  if (result === null) return `${head.join('\n').trimEnd()}\n`;
  const parts: readonly Part[] = [
    {
      lines: [
        `### ${targetsTitle(report)}`,
        '',
        ...(result.targets.length === 0
          ? ['No target was set, so nothing is decided by this measurement.']
          : table(
              ['Target', 'Wanted', 'Measured', 'State'],
              result.targets.map((target) => targetRow(target, report)),
            )),
      ],
    },
    { lines: effectLines(report), title: effectTitle(report) },
    { lines: scoreLines(report), title: 'Scores' },
    { lines: disparityLines(report), title: 'Between groups' },
    { lines: referenceLines(report), title: 'Against the reference group' },
    { lines: groupLines(report), title: 'Groups' },
    { lines: flipLines(report), title: 'Flips' },
    {
      lines: folded('How it was measured, and what it cannot say', [
        ...report.evaluation.assumptions.map((item) => `- Assumption: ${text(item)}`),
        ...result.methods.map((method) => `- ${text(methodWords(method))}`),
        ...report.limits.map((item) => `- ${text(item)}`),
      ]),
      title: 'Methods and limits',
    },
    { lines: originLines(report) },
  ];
  return fit(
    head,
    parts.filter(({ lines }) => lines.length > 0),
    most,
  );
}

/** Puts parts together while they fit; the parts that always stand are counted first. */
function fit(head: readonly string[], parts: readonly Part[], most: number): string {
  const sizeOf = (lines: readonly string[]): number =>
    lines.reduce((sum, line) => sum + line.length + 1, 1);
  const reserve = 200;
  let room =
    most -
    reserve -
    sizeOf(head) -
    parts
      .filter(({ title }) => title === undefined)
      .reduce((sum, { lines }) => sum + sizeOf(lines), 0);
  const missing: string[] = [];
  const lines = [...head];
  for (const part of parts) {
    const size = part.title === undefined ? 0 : sizeOf(part.lines);
    if (size > room && part.title !== undefined) missing.push(part.title);
    else {
      lines.push('', ...part.lines);
      room -= size;
    }
  }
  if (missing.length > 0)
    lines.push('', `Too long for a comment, and in the HTML report: ${missing.join(', ')}.`);
  return `${lines.join('\n').slice(0, most - 1)}\n`;
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  return [
    `| ${header.map(text).join(' | ')} |`,
    `| ${header.map(() => '---').join(' | ')} |`,
    ...rows.map((cells) => `| ${cells.map(text).join(' | ')} |`),
  ];
}

/** Lines behind a title, which is never a text from a record: it stands in HTML, where other characters have to be escaped. */
function folded(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0
    ? []
    : [`<details><summary>${title}</summary>`, '', ...lines, '', '</details>'];
}

function storyLines({ decisions, evaluation, benefits }: Report): readonly string[] {
  const about = decisions.map(
    ({ id, title, status, risk, done, feedback }) =>
      `- ${text(id)} ${text(title)} (${text([status ?? '', `${risk} risk`].filter((part) => part !== '').join(', '))})${done === '' ? '' : `: ${text(done)}`}${feedback.length > 0 ? ` Asked for by ${feedback.map((item) => `${text(item.id)} ${text(item.title)}`).join('; ')}.` : ''}`,
  );
  const kept = benefits.map(
    ({ id, metric, expected, measured }) =>
      `- ${text(`${id}: expected ${metric} ${signed(expected)}, measured ${measured === null ? 'nothing' : signed(measured.difference)}${measured === null || measured.low === null || measured.high === null ? '' : ` (${signed(measured.low)} to ${signed(measured.high)})`}`)}`,
  );
  return [
    ...(evaluation.question === '' ? [] : [text(evaluation.question), '']),
    ...about,
    ...kept,
  ];
}

function effectLines(report: Report): readonly string[] {
  const { result, withheld } = report;
  if ((result?.paired.length ?? 0) === 0) return [];
  const kinds = effectKinds(report);
  const list = (title: string, items: readonly string[]): readonly string[] =>
    items.length === 0
      ? [`${title}: no group for certain.`, '']
      : [`${title}:`, '', ...items.map((item) => `- ${text(item)}`), ''];
  return [
    `### ${effectTitle(report)}`,
    '',
    text(effectIntro(report)),
    '',
    ...kinds.flatMap((kind) => list(effectHeading[kind], report[kind])),
    ...(withheld.length > 0
      ? [text(`Not shown, since it could name people: ${withheld.join('; ')}.`)]
      : []),
  ];
}

/** Every comparison with the reference group, with its p-values. */
function referenceLines({ reference }: Report): readonly string[] {
  return folded(
    'Against the reference group',
    reference.length === 0 ? [] : table(referenceHeader, reference.map(referenceCells)),
  );
}

function scoreLines({ calibration }: Report): readonly string[] {
  if (calibration.length === 0) return [];
  const names = [...new Set(calibration.flatMap(({ metrics }) => Object.keys(metrics)))];
  return [
    '### Scores',
    '',
    ...table(
      ['Metric', ...calibration.map(({ side }) => side), 'Meaning'],
      names.map((name) => [
        metricTitle(name),
        ...calibration.map(({ metrics }) => metricText(metrics[name])),
        wordsOf(name),
      ]),
    ),
  ];
}

function disparityLines(report: Report): readonly string[] {
  const shown = shownDisparities(report);
  if (shown.length === 0) return [];
  return [
    '### Between groups',
    '',
    ...table(
      ['Measure', 'By', 'Value', 'Between', 'If all were equal', 'Meaning'],
      shown.map((entry) => [
        entry.metric,
        entry.by.join(' × '),
        disparityText(entry),
        betweenWords(entry, (by) => groupLabel(by, report.result?.labels)),
        expectedText(entry),
        measureWords(entry.metric),
      ]),
    ),
  ];
}

/** The rate that the page shows first, by every grouping. */
function groupLines(report: Report): readonly string[] {
  const { metrics, first } = narrowingOf(report);
  const panels = report.panels.filter(({ metric }) => metric === metrics[first]);
  return folded(
    'Groups, one by one',
    panels.flatMap((panel, index) => [
      ...(index === 0 ? [] : ['']),
      `**${text(`${metricTitle(panel.metric)} by ${panel.grouping}`)}**`,
      '',
      ...panelRows(panel),
    ]),
  );
}

function panelRows({ rows }: ReportPanel): readonly string[] {
  return table(
    ['Group', 'Rows', 'Baseline', 'Candidate'],
    rows.map((row) => [
      row.label,
      row.n === null ? 'suppressed' : `${row.n}${row.small ? ' (small)' : ''}`,
      metricText(row.values.baseline),
      metricText(row.values.candidate),
    ]),
  );
}

function flipLines({ flips, result }: Report): readonly string[] {
  const count = (value: number | null): string => (value === null ? 'suppressed' : String(value));
  return folded(
    'Flips',
    flips.length === 0
      ? []
      : table(
          ['Group', 'Rows', 'Newly selected', 'No longer selected'],
          flips.map(({ by, n, up, down }) => [
            groupName(by, result?.labels),
            count(n),
            count(up),
            count(down),
          ]),
        ),
  );
}

function originLines({ result, resultPath, resultDigest }: Report): readonly string[] {
  if (result === null) return [];
  const files = [
    ['result', resultPath ?? '', resultDigest ?? ''],
    ...result.inputs.map(({ role, path, sha256 }) => [role, path, sha256]),
    ...result.plan.map(({ path, sha256 }) => ['plan', path, sha256]),
  ];
  return folded('Where it comes from', [
    text(
      `${result.engine.name} ${result.engine.version}, seed ${result.seed}, ${result.comparisons} comparisons, correction ${result.correction}`,
    ),
    '',
    ...table(['What', 'File', 'SHA-256'], files),
  ]);
}
