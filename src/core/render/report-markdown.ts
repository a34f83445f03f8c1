import { type Report, targetRow } from '../reports/report.ts';
import { groupLabel, measureWords } from '../reports/report-words.ts';
import { escapeMarkdown as text } from './escape-markdown.ts';

/** A report for a pull request. Text from records is escaped: it cannot become a heading, a link, a mention or a command. */
export function reportMarkdown(report: Report): string {
  const { result } = report;
  const lines = [`## ${text(report.evaluation.title)}`, '', `**${text(report.sentence)}**`, ''];
  for (const { id, title, feedback } of report.decisions) lines.push(`- ${text(id)} ${text(title)}${feedback.length > 0 ? `, asked for by ${feedback.map((item) => text(item.id)).join(', ')}` : ''}`);
  if (result === null) return `${lines.join('\n').trimEnd()}\n`;
  lines.push('', ...rows(['Target', 'Wanted', 'Measured', 'State'], result.targets.map(targetRow)));
  const measures = (result.models.candidate ?? result.models.baseline)?.disparities.filter(({ metric, slice }) => slice === undefined && /^(selection_rate_ratio|equalized_odds_difference|recall_difference)$/.test(metric)) ?? [];
  lines.push('', ...rows(['Between groups', 'By', 'Value', 'Groups', 'Meaning'], measures.map(({ metric, by, value, low, high, between }) => [metric, by.join(' × '), value === null ? 'not estimable' : `${value.toFixed(3)}${low === null || high === null ? '' : ` (${low.toFixed(3)} to ${high.toFixed(3)})`}`, between.map(groupLabel).join(' and '), measureWords(metric)])));
  for (const [title, items] of [['Helped', report.helped], ['Harmed', report.harmed]] as const) if (items.length > 0) lines.push('', `${title}: ${items.map(text).join('; ')}`);
  lines.push('', `Result ${text(report.resultPath ?? '')}, SHA-256 \`${report.resultDigest ?? ''}\`; ${result.comparisons} comparisons, correction ${result.correction}.`);
  return `${lines.join('\n')}\n`;
}

function rows(header: readonly string[], body: readonly (readonly string[])[]): readonly string[] {
  return [`| ${header.join(' | ')} |`, `| ${header.map(() => '---').join(' | ')} |`, ...body.map((cells) => `| ${cells.map(text).join(' | ')} |`)];
}
