import { type Report, standingWords } from '../../reports/report.ts';
import type { ReportCalibration } from '../../reports/report-calibration.ts';
import { asSentence, methodWords, metricTitle, wordsOf } from '../../reports/report-words.ts';
import type { Side } from '../../reports/evaluation-plan.ts';
import type { EvaluationResult, ResultSideRows } from '../../reports/result.ts';
import { escapeHtml } from '../escape-html.ts';
import { list, paragraph, type Row, section, table } from './html-parts.ts';
import { metricText } from './report-figures.ts';
import { reliabilityDiagram } from './reliability-diagram.ts';

/** How far the scores can be taken at their word. */
export function calibrationSection({ calibration }: Report): string {
  if (calibration.length === 0) return '';
  const names = [...new Set(calibration.flatMap(({ metrics }) => Object.keys(metrics)))];
  const rows = names.map(
    (name): Row => ({
      cells: [
        { text: metricTitle(name), detail: wordsOf(name) },
        ...calibration.map(({ metrics }) => metricText(metrics[name])),
      ],
    }),
  );
  const intro = paragraph(
    'On the dashed line scores keep what they promise; below it they promise more positives than come, above it fewer.',
    'note',
  );
  return section(
    'Scores',
    [
      table(
        'What the scores are worth, over everyone',
        ['Metric', ...calibration.map(({ side }) => side)],
        rows,
      ),
      intro,
      `<div class="beside">${calibration.map(diagramHtml).join('\n')}</div>`,
    ].join('\n'),
  );
}

function diagramHtml(calibration: ReportCalibration): string {
  if (calibration.bins.length === 0) return '';
  const rows = calibration.bins.map(
    ({ from, to, n, mean_score, positive_rate, low, high }): Row => ({
      cells: [
        `${from.toFixed(2)} to ${to.toFixed(2)}`,
        String(n),
        mean_score.toFixed(3),
        `${positive_rate.toFixed(3)}${low === null || high === null ? '' : ` (${low.toFixed(3)} to ${high.toFixed(3)})`}`,
      ],
    }),
  );
  const title = `Reliability of the ${calibration.side}`;
  return `<figure><figcaption><h3>${title}</h3>${calibration.merged ? paragraph('Bins of few people are put together.', 'note') : ''}</figcaption>\n${reliabilityDiagram(calibration)}\n<details><summary>The numbers<span class="unseen"> of ${title.toLowerCase()}</span></summary>${table(title, ['Scores', 'Rows', 'Mean score', 'Share of positives'], rows)}</details></figure>`;
}

/** What the numbers rest on: assumptions, sizes, methods, limits. */
export function methodSection({ evaluation, result, limits }: Report): string {
  if (result === null) return '';
  return section(
    'How it was measured, and what it cannot say',
    [
      `<h3>Assumptions</h3>${list(evaluation.assumptions) || paragraph('None are written down.', 'note')}`,
      `<h3>Sample sizes</h3>${rowsTable(result)}`,
      `<h3>Methods</h3>${list(result.methods.map(methodWords))}`,
      `<h3>Limits</h3>${list(limits)}`,
    ].join('\n'),
  );
}

const fates: readonly (readonly [string, (rows: ResultSideRows) => number])[] = [
  ['Read', (rows) => rows.read],
  ['Left by where', (rows) => rows.left_by_where],
  ['Not among the labels', (rows) => rows.not_in_labels],
  ['People without a prediction', (rows) => rows.without_prediction + rows.only_in_other],
  ['No valid label', (rows) => rows.no_label + rows.invalid_label],
  ['No valid prediction', (rows) => rows.no_prediction + rows.invalid_prediction],
  ['No valid weight', (rows) => rows.invalid_weight],
  ['Used', (rows) => rows.used],
];

/** From the rows read to the rows used: each row stands in one column. */
function rowsTable({ rows = {}, inputs }: EvaluationResult): string {
  const scores = new Map(
    inputs.map(({ role, missing, invalid }) => [role, (missing.score ?? 0) + (invalid.score ?? 0)]),
  );
  return table(
    'Rows of each side, from those read to those used',
    ['Side', ...fates.map(([name]) => name)],
    (Object.entries(rows) as [Side, ResultSideRows][]).map(([side, found]): Row => {
      const lost = scores.get(side) ?? 0;
      return {
        cells: [
          { text: side, detail: lost > 0 ? `${lost} without a score` : undefined },
          ...fates.map(([, count]) => String(count(found))),
        ],
      };
    }),
  );
}

/** Everything that is needed to check the report. */
export function originSection({ result, resultPath, resultDigest, standing }: Report): string {
  if (result === null) return '';
  const rows: readonly (readonly [string, string, string])[] = [
    ['result', resultPath ?? '', resultDigest ?? ''],
    ...result.inputs.map(
      ({ role, path, sha256 }) => [`input: ${role.replace('_', ', ')}`, path, sha256] as const,
    ),
    ...result.plan.map(({ path, sha256 }) => ['plan', path, sha256] as const),
    ...Object.entries(result.governed).map(
      ([rule, sha256]) => ['code', `files that ${rule} governs`, sha256] as const,
    ),
  ];
  const facts = [
    `Engine: ${result.engine.name} ${result.engine.version}, seed ${result.seed}.`,
    `Looked at these labels: ${result.looks} ${result.looks === 1 ? 'time' : 'times'}, as far as results were kept.`,
    ...(standing === null ? [] : [asSentence(standingWords(standing))]),
    `To compute it again: countersign evaluate ${result.evaluation} --verify ${resultPath ?? ''}`,
  ];
  return section(
    'Where it comes from',
    [
      list(facts),
      table(
        'Files and their SHA-256',
        ['What', 'File', 'SHA-256'],
        rows.map(
          ([what, path, sha256]): Row => ({
            cells: [what, { text: path, className: 'path' }, { text: sha256, className: 'path' }],
          }),
        ),
      ),
      `<details><summary>The queries</summary><pre tabindex="0">${escapeHtml(result.sql.join('\n\n'))}</pre></details>`,
    ].join('\n'),
  );
}
