import type {
  FromReportPage,
  ReportWords,
  ToReportPage,
} from '../../src/core/render/report-page.ts';
import { button as buttonControl, registerControls } from '../kit/controls.ts';
import { control, element } from '../kit/element.ts';
import { openHost } from '../kit/host.ts';
import { reportNodes } from './body.ts';
import { keepNarrowing } from './keep-narrowing.ts';
import { emptyState, type ReportState } from './report-state.ts';

type Shown = Extract<ToReportPage, { kind: 'report' }>;

registerControls(buttonControl());
const main = document.querySelector('main') ?? document.body.appendChild(element('main', {}));
const status = document.body.appendChild(element('div', { role: 'status', class: 'status' }));
let shown: Shown | null = null;

const host = openHost<FromReportPage, ReportState>(emptyState, (message: ToReportPage) => {
  if (message.kind === 'report') show(message);
  else if (message.kind === 'failed')
    status.replaceChildren(
      element('p', { class: 'error', role: 'alert' }, message.message),
      ...(message.fix ? [element('p', {}, `→ ${message.fix}`)] : []),
    );
  else if (shown) running(message.fraction, shown.words);
});
host.send({ kind: 'ready' });

/** The same report again would take focus and opened details from under a person who reads. */
function show(message: Shown): void {
  status.replaceChildren();
  main.removeAttribute('aria-busy');
  main.classList.add('report');
  if (shown && JSON.stringify(shown) === JSON.stringify(message)) return;
  shown = message;
  const { report, words } = message;
  host.keep({ ...host.state, id: report.evaluation.id });
  main.replaceChildren(
    ...reportNodes(report, words, (id) => host.send({ kind: 'openRecord', id })),
  );
  main.querySelector('header')?.append(buttons(message));
  keepNarrowing(main, host.state.chosen, (chosen) => host.keep({ ...host.state, chosen }));
}

function buttons({ report, words, runnable }: Shown): HTMLElement {
  return element(
    'div',
    { class: 'buttons' },
    runnable && button(report.result ? words.runAgain : words.run, 'primary', { kind: 'run' }),
    button(words.openRecord, 'secondary', { kind: 'openFile', path: report.evaluation.path }),
    report.resultPath !== null &&
      button(words.openResult, 'secondary', { kind: 'openFile', path: report.resultPath }),
  );
}

function button(
  label: string,
  appearance: 'primary' | 'secondary',
  message: FromReportPage,
): HTMLElement {
  const made = control('vscode-button', { appearance }, label);
  made.addEventListener('click', () => host.send(message));
  return made;
}

/** The bar moves; only the words are new to a screen reader. */
function running(fraction: number | null, words: ReportWords): void {
  const bar =
    status.querySelector('progress') ??
    element('progress', { 'aria-label': words.running, max: '1' });
  if (fraction !== null) bar.setAttribute('value', String(fraction));
  if (!bar.isConnected)
    status.replaceChildren(
      element(
        'div',
        { class: 'buttons' },
        element('span', {}, words.running),
        bar,
        button(words.cancel, 'secondary', { kind: 'cancel' }),
      ),
    );
}
