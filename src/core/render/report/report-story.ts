import { type Report, type ReportDecision, targetRow } from '../../reports/report.ts';
import type { ReportBenefit } from '../../reports/report-benefits.ts';
import type { ChangeEffect, ReportChange } from '../../reports/report-changes.ts';
import type { ResultTarget } from '../../reports/result.ts';
import {
  type CodeNames,
  groupName,
  metricTitle,
  signed,
  wordsOf,
} from '../../reports/report-words.ts';
import { escapeHtml } from '../escape-html.ts';
import { effectIntro, effectKinds, effectTitle, targetsTitle } from './effect-words.ts';
import { type Cell, list, paragraph, recordLink, type Row, section, table } from './html-parts.ts';

/** What changed and who asked for it. */
export function storySection({ evaluation, decisions, models, benefits }: Report): string {
  const sides = models.map(
    ({ side, name, version, place }) =>
      `${side}: ${[name, version].filter((part) => part !== null).join(' ') || 'unnamed model'}, ${place}`,
  );
  return section(
    'What changed, and who asked for it',
    [
      paragraph(evaluation.question),
      paragraph(sides.join('; '), 'note'),
      ...(decisions.length === 0
        ? [paragraph('No decision names this evaluation.', 'note')]
        : decisions.map(decisionHtml)),
      benefitTable(benefits),
    ].join('\n'),
  );
}

function decisionHtml({ id, title, status, risk, why, done, feedback }: ReportDecision): string {
  const asked =
    feedback.length === 0
      ? paragraph('No feedback is named.', 'note')
      : `<p>Asked for by ${feedback.length} ${feedback.length === 1 ? 'item' : 'items'} of feedback:</p><ul>${feedback.map((item) => `<li>${recordLink(item.id)} ${escapeHtml(item.title)}</li>`).join('')}</ul>`;
  return `<h3>${recordLink(id)} ${escapeHtml(title)} <span class="detail">${escapeHtml([status, `${risk} risk`].filter((part) => part !== null).join(', '))}</span></h3>${paragraph(why)}${done === '' ? '' : `<p><strong>What is done:</strong> ${escapeHtml(done)}</p>`}${asked}`;
}

function benefitTable(benefits: readonly ReportBenefit[]): string {
  if (benefits.length === 0) return '';
  const rows = benefits.map(
    ({ id, title, metric, slice, expected, unit, measured }): Row => ({
      cells: [
        { text: id, detail: title },
        `${metric}${slice ? ` on ${slice}` : ''}`,
        `${signed(expected)}${unit ? ` ${unit}` : ''}`,
        measured === null
          ? 'not measured'
          : `${signed(measured.difference)}${measured.low === null || measured.high === null ? ' (no interval)' : ` (${signed(measured.low)} to ${signed(measured.high)})`}`,
      ],
    }),
  );
  return table(
    'Expected and measured benefit',
    ['Feedback', 'Metric', 'Expected', 'Measured, candidate less baseline'],
    rows,
  );
}

/** The class of a target's state, which marks it: what is not of today has the mark of none. */
function stateClass({ state }: ResultTarget, { standing }: Report): string {
  return standing === 'current' ? `state ${state.replace(' ', '-')}` : 'state';
}

/** The targets, with what each metric means. */
export function targetSection(report: Report): string {
  const { result } = report;
  const rows = (result?.targets ?? []).map((target): Row => {
    const [what, wanted, measured, state] = targetRow(target, report);
    return {
      cells: [
        { text: what, detail: wordsOf(target.metric) },
        wanted,
        measured,
        { text: state, className: stateClass(target, report) },
      ],
    };
  });
  const { earlier, planned } = report;
  const before =
    rows.length === 0 || planned.before
      ? ''
      : paragraph(
          `That the targets were set before the measurement is not shown: ${planned.why}.`,
          'note',
        );
  const looks = earlier.length === 0 ? '' : `<h3>Looked at before</h3>${list(earlier)}`;
  return section(
    'Targets',
    rows.length === 0
      ? paragraph('No target was set, so nothing is decided by this measurement.', 'note')
      : [
          table(targetsTitle(report), ['Target', 'Wanted', 'Measured', 'State'], rows),
          before,
          looks,
        ].join('\n'),
  );
}

/** For whom something clearly changed, and whose change is not shown. */
export function effectSection(report: Report): string {
  const { changes, result, withheld } = report;
  const title = effectTitle(report);
  if ((result?.paired.length ?? 0) === 0)
    return section(
      title,
      paragraph('There is no baseline on the same rows to compare with.', 'note'),
    );
  const names = result?.labels;
  const ofGroups = changes.filter(({ by }) => Object.keys(by).length > 0);
  const clear = new Set(
    ofGroups
      .filter(({ effect }) => effect !== 'unclear' && effect !== 'small')
      .map(({ by }) => groupName(by, names)),
  );
  const count = (effect: ChangeEffect): number =>
    ofGroups.filter((change) => change.effect === effect).length;
  const kinds = effectKinds(report)
    .map((kind) => `${count(kind)} clearly ${kind}`)
    .join(', ');
  const small = count('small') > 0 ? `, ${count('small')} clear and smaller than plan.mde` : '';
  const summary = `Of ${ofGroups.length} changes in groups that are shown, ${kinds}${small}; of the others the interval holds 0. Each interval stands for itself, so among many some are clear by chance.`;
  return section(
    title,
    [
      paragraph(effectIntro(report), 'note'),
      paragraph(summary),
      ...(withheld.length === 0
        ? []
        : [
            paragraph(
              `Not shown, since it could name people, and so in none of these counts: ${withheld.join('; ')}.`,
            ),
          ]),
      effectTable(
        changes.filter(({ by }) => Object.keys(by).length === 0 || clear.has(groupName(by, names))),
        names,
      ),
    ].join('\n'),
  );
}

const effectClasses: Readonly<Record<ChangeEffect, string>> = {
  helped: 'better',
  harmed: 'worse',
  higher: 'higher',
  lower: 'lower',
  small: 'unclear',
  unclear: 'unclear',
};

/** One row a group: its changes beside each other. */
function effectTable(changes: readonly ReportChange[], names: CodeNames | undefined): string {
  const groups = [...new Set(changes.map(({ by }) => groupName(by, names)))];
  const metrics = ['selection_rate', 'recall', 'fpr', 'accuracy'].filter((name) =>
    changes.some(({ metric }) => metric === name),
  );
  const cell = (group: string, name: string): Cell => {
    const found = changes.find(
      ({ by, metric }) => groupName(by, names) === group && metric === name,
    );
    if (!found) return '—';
    const { effect, difference, low, high } = found;
    return {
      text: `${effect} ${signed(difference)}`,
      detail: `${signed(low)} to ${signed(high)}`,
      className: `effect ${effectClasses[effect]}`,
    };
  };
  return table(
    'Candidate less baseline, for everyone and for groups with a clear change',
    ['Group', ...metrics.map(metricTitle)],
    groups.map((group): Row => ({ cells: [group, ...metrics.map((name) => cell(group, name))] })),
  );
}
