import type { ReportWords } from '../../src/core/render/report-page.ts';
import { control, element } from '../kit/element.ts';
import type { ReportState } from './report-state.ts';

/** Two dropdowns that narrow the figures to a grouping and to a metric. Null where there is nothing to choose. */
export function figureFilter(root: ParentNode, words: ReportWords, state: ReportState, narrow: (change: Partial<ReportState>) => void): HTMLElement | null {
  const figures = [...root.querySelectorAll<HTMLElement>('figure.panel')];
  if (figures.length < 2) return null;
  const groupings = valuesOf(figures, 'grouping');
  const metrics = valuesOf(figures, 'metric');
  // What was chosen before may be gone from this report.
  let chosen = { grouping: kept(state.grouping, groupings), metric: kept(state.metric, metrics) };
  const apply = (change: Partial<typeof chosen>): void => {
    chosen = { ...chosen, ...change };
    for (const figure of figures) figure.hidden = hides(chosen.grouping, figure.dataset['grouping']) || hides(chosen.metric, figure.dataset['metric']);
    narrow(change);
  };
  apply({});
  return element(
    'div',
    { class: 'buttons', role: 'group', 'aria-label': words.controls },
    dropdown(words.groupBy, groupings, chosen.grouping, words.all, (grouping) => apply({ grouping })),
    dropdown(words.metric, metrics, chosen.metric, words.all, (metric) => apply({ metric })),
  );
}

function valuesOf(figures: readonly HTMLElement[], key: string): readonly string[] {
  return [...new Set(figures.map(({ dataset }) => dataset[key] ?? ''))];
}

function kept(value: string | null, values: readonly string[]): string | null {
  return value !== null && values.includes(value) ? value : null;
}

function hides(chosen: string | null, value: string | undefined): boolean {
  return chosen !== null && chosen !== value;
}

function dropdown(label: string, values: readonly string[], chosen: string | null, all: string, choose: (value: string | null) => void): HTMLElement {
  const options = [null, ...values].map((value) => control('vscode-option', { value: value ?? '', selected: value === chosen ? '' : undefined }, value ?? all));
  // The role is on the host of the dropdown, so its name must be there too.
  const made = control('vscode-dropdown', { 'aria-label': label }, ...options);
  made.addEventListener('change', () => {
    const { value } = made as HTMLElement & { value: string };
    choose(value === '' ? null : value);
  });
  return element('label', { class: 'labelled' }, element('span', { class: 'detail' }, label), made);
}
