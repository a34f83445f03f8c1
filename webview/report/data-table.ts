import { element } from '../kit/element.ts';

export type Cell = string | Node;

/** A native table with a caption and a heading to every column; the first column heads its row. */
export function dataTable(caption: string, columns: readonly { readonly title: string; readonly number?: boolean }[], rows: readonly (readonly Cell[])[]): HTMLElement {
  const heads = columns.map(({ title, number }) => element('th', { scope: 'col', class: number ? 'number' : undefined }, title));
  const body = rows.map((row) => element('tr', {}, ...row.map((cell, at) => (at === 0 ? element('th', { scope: 'row' }, cell) : element('td', { class: columns[at]?.number ? 'number' : undefined }, cell)))));
  // A wide table scrolls by itself, by keyboard too.
  return element('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption }, element('table', {}, element('caption', {}, caption), element('thead', {}, element('tr', {}, ...heads)), element('tbody', {}, ...body)));
}
