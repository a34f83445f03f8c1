import type { FromReportPage, ReportSnapshot, ReportWords, ToReportPage } from '../../src/core/render/report-page.ts';
import { registerControls } from '../kit/controls.ts';
import { control, element } from '../kit/element.ts';
import { openHost } from '../kit/host.ts';
import { groupSection } from './group-section.ts';
import { emptyState, type ReportState } from './report-state.ts';
import { fairnessSection, limitSection, pairedSection, provenanceSection, targetSection, whySection } from './sections.ts';

registerControls();
const main = document.querySelector('main') ?? document.body.appendChild(element('main', {}));
const status = document.body.appendChild(element('div', { role: 'status', class: 'status' }));
let shown: { readonly report: ReportSnapshot; readonly words: ReportWords } | null = null;

const host = openHost<FromReportPage, ReportState>(emptyState, (message: ToReportPage) => {
  if (message.kind === 'report') {
    shown = message;
    host.keep({ ...host.state, id: message.report.id });
    status.replaceChildren();
    draw();
  } else if (message.kind === 'failed') {
    status.replaceChildren(element('p', { class: 'error', role: 'alert' }, message.message), ...(message.fix ? [element('p', {}, `→ ${message.fix}`)] : []));
  } else if (shown) {
    status.replaceChildren(running(message.fraction, shown.words));
  }
});
host.send({ kind: 'ready' });

function draw(): void {
  if (!shown) return;
  const { report, words } = shown;
  const groups = element('section', { id: 'groups', 'aria-label': words.groups });
  const drawGroups = (): void => groups.replaceChildren(...groupSection(report, words, host.state, (change) => {
    host.keep({ ...host.state, ...change });
    drawGroups();
    // The control that was used is drawn anew: the keyboard stays on it.
    groups.querySelectorAll<HTMLElement>('vscode-dropdown')[change.metric === undefined ? 0 : 1]?.focus();
  }));
  drawGroups();
  const send = (message: FromReportPage): void => host.send(message);
  const sections = [whySection(report, words, send), targetSection(report, words), fairnessSection(report, words), pairedSection(report, words), limitSection(report, words), provenanceSection(report, words, send)];
  const [why, targets, ...rest] = sections.map((children) => (children.length > 0 ? element('section', {}, ...children) : null));
  main.replaceChildren(...head(report, words), ...[why, targets, groups.childElementCount > 0 ? groups : null, ...rest].flatMap((section) => section ?? []));
  main.removeAttribute('aria-busy');
}

function head(report: ReportSnapshot, words: ReportWords): readonly HTMLElement[] {
  const { stored, stale } = report;
  const verdict = stored?.result.verdict;
  return [
    element('h1', {}, report.title, element('span', { class: 'detail' }, ` ${report.id}`)),
    ...(report.question ? [element('p', {}, report.question)] : []),
    element('p', { class: `verdict ${verdict ?? ''}` }, ...(verdict ? [element('strong', {}, words[verdict]), ` — ${report.sentence}`] : [words.never])),
    ...(stale.length > 0 ? [element('p', { class: 'error', role: 'alert' }, `${words.stale} ${stale.join(', ')}`)] : []),
    ...(report.runnable ? [element('div', { class: 'buttons' }, button(stored ? words.runAgain : words.run, 'primary', { kind: 'run' }), button(words.openRecord, 'secondary', { kind: 'open', path: report.path }))] : []),
  ];
}

function button(label: string, appearance: 'primary' | 'secondary', message: FromReportPage): HTMLElement {
  const made = control('vscode-button', { appearance }, label);
  made.addEventListener('click', () => host.send(message));
  return made;
}

function running(fraction: number | null, words: ReportWords): HTMLElement {
  const bar = element('progress', { 'aria-label': words.running, max: '1', value: fraction === null ? undefined : String(fraction) });
  return element('div', { class: 'buttons' }, element('span', {}, words.running), bar, button(words.cancel, 'secondary', { kind: 'cancel' }));
}
