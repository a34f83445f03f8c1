import { type Report, type ReportDecision, targetRow } from '../../reports/report.ts';
import type { ReportBenefit } from '../../reports/report-benefits.ts';
import type { ReportChange } from '../../reports/report-changes.ts';
import { groupName, signed, wordsOf } from '../../reports/report-words.ts';
import { escapeHtml } from '../escape-html.ts';
import { type Cell, paragraph, recordLink, type Row, section, table } from './html-parts.ts';

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

/** The targets, with what each metric means. */
export function targetSection({ result }: Report): string {
  const rows = (result?.targets ?? []).map((target): Row => {
    const [what, wanted, measured, state] = targetRow(target, result?.labels);
    return {
      cells: [
        { text: what, detail: wordsOf(target.metric) },
        wanted,
        measured,
        { text: state, className: `state ${target.state.replace(' ', '-')}` },
      ],
    };
  });
  return section(
    'Targets',
    rows.length === 0
      ? paragraph('No target was set, so nothing is decided by this measurement.', 'note')
      : table(
          'Targets, set before the measurement',
          ['Target', 'Wanted', 'Measured', 'State'],
          rows,
        ),
  );
}

/** For whom something is clearly better or worse than before. */
export function effectSection({ changes, result }: Report): string {
  const title = 'Who is helped, who is harmed';
  if ((result?.paired.length ?? 0) === 0)
    return section(
      title,
      paragraph('There is no baseline on the same rows to compare with.', 'note'),
    );
  const ofGroups = changes.filter(({ by }) => Object.keys(by).length > 0);
  const clear = new Set(
    ofGroups.filter(({ effect }) => effect !== 'unclear').map(({ by }) => groupName(by)),
  );
  const count = (effect: ReportChange['effect']): number =>
    ofGroups.filter((change) => change.effect === effect).length;
  const summary = `Of ${ofGroups.length} changes in groups, ${count('better')} are clearly for the better, ${count('worse')} clearly for the worse; of the others the interval holds 0. Each interval stands for itself, so among many some are clear by chance.`;
  return section(
    title,
    [
      paragraph(summary),
      effectTable(
        changes.filter(({ by }) => Object.keys(by).length === 0 || clear.has(groupName(by))),
      ),
    ].join('\n'),
  );
}

const effectWords: Readonly<Record<ReportChange['effect'], string>> = {
  better: 'helped',
  worse: 'harmed',
  unclear: 'unclear',
};

/** One row a group: its changes beside each other. */
function effectTable(changes: readonly ReportChange[]): string {
  const groups = [...new Set(changes.map(({ by }) => groupName(by)))];
  const metrics = ['recall', 'fpr', 'accuracy'].filter((name) =>
    changes.some(({ metric }) => metric === name),
  );
  const cell = (group: string, name: string): Cell => {
    const found = changes.find(({ by, metric }) => groupName(by) === group && metric === name);
    if (!found) return '—';
    const { effect, difference, low, high } = found;
    return {
      text: `${effectWords[effect]} ${signed(difference)}`,
      detail: `${signed(low)} to ${signed(high)}`,
      className: `effect ${effect}`,
    };
  };
  return table(
    'Candidate less baseline, for everyone and for groups with a clear change',
    ['Group', ...metrics],
    groups.map((group): Row => ({ cells: [group, ...metrics.map((name) => cell(group, name))] })),
  );
}
