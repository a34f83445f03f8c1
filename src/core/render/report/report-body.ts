import type { Report } from '../../reports/report.ts';
import { escapeHtml } from '../escape-html.ts';
import { englishNarrowing, narrowingOf, type NarrowingWords } from './narrowing.ts';
import { disparitySection, flipSection, groupSection } from './report-figures.ts';
import { calibrationSection, methodSection, originSection } from './report-origin.ts';
import { effectSection, storySection, targetSection } from './report-story.ts';

/** The class of the verdict, which colours it: what is not of today has the colour of no verdict, least of all that of a pass. */
function shownVerdict({ standing, result }: Report): string {
  if (result === null || standing === 'altered') return 'none';
  return standing === 'current' ? result.verdict : 'stale';
}

/** The body of a report: the same for the editor's page and for a file. No script, no style, no address to load from. */
export function reportBody(report: Report, words: NarrowingWords = englishNarrowing): string {
  const narrowing = narrowingOf(report);
  const head = `<header><h1>${escapeHtml(report.evaluation.title)}</h1><p class="verdict ${shownVerdict(report)}" role="status">${escapeHtml(report.sentence)}</p>${report.rows.map((line) => `<p class="rows">${escapeHtml(line)}</p>`).join('')}</header>`;
  if (report.result === null) return [head, storySection(report)].join('\n');
  return [
    head,
    storySection(report),
    targetSection(report),
    groupSection(report, narrowing, words),
    effectSection(report),
    disparitySection(report, narrowing),
    flipSection(report),
    calibrationSection(report),
    methodSection(report),
    originSection(report),
  ]
    .filter((part) => part !== '')
    .join('\n');
}
