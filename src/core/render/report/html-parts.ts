import { escapeHtml } from '../escape-html.ts';

/** A cell of a table: text, and under it in small letters what explains it. */
export type Cell =
  | string
  | {
      readonly text: string;
      readonly detail?: string | undefined;
      readonly className?: string | undefined;
    };

/** A row, with the attributes by which the page finds it again. The first cell is the row's heading. */
export type Row = { readonly cells: readonly Cell[]; readonly attributes?: string | undefined };

export function section(title: string, body: string): string {
  return `<section><h2>${escapeHtml(title)}</h2>\n${body}\n</section>`;
}

/** A table whose first column are headings. It scrolls by itself where it is wider than the page. */
export function table(caption: string, header: readonly string[], rows: readonly Row[]): string {
  if (rows.length === 0) return '<p class="note">None.</p>';
  const head = header.map((cell) => `<th scope="col">${escapeHtml(cell)}</th>`).join('');
  const body = rows
    .map(
      ({ cells: [first = '', ...rest], attributes }) =>
        `<tr${attributes ? ` ${attributes}` : ''}><th scope="row">${cellHtml(first)}</th>${rest.map((cell) => `<td${classOf(cell)}>${cellHtml(cell)}</td>`).join('')}</tr>`,
    )
    .join('\n');
  return `<div class="scroll" tabindex="0" role="region" aria-label="${escapeHtml(caption)}"><table><caption>${escapeHtml(caption)}</caption><thead><tr>${head}</tr></thead><tbody>\n${body}\n</tbody></table></div>`;
}

function cellHtml(cell: Cell): string {
  if (typeof cell === 'string') return escapeHtml(cell);
  return `${escapeHtml(cell.text)}${cell.detail ? ` <span class="detail">${escapeHtml(cell.detail)}</span>` : ''}`;
}

function classOf(cell: Cell): string {
  return typeof cell === 'string' || cell.className === undefined
    ? ''
    : ` class="${cell.className}"`;
}

export function list(items: readonly string[]): string {
  return items.length === 0
    ? ''
    : `<ul>${items.map((item) => `<li>${escapeHtml(item)}</li>`).join('')}</ul>`;
}

export function paragraph(text: string, className?: string): string {
  return text === '' ? '' : `<p${className ? ` class="${className}"` : ''}>${escapeHtml(text)}</p>`;
}

/** A link to a record: the editor opens it, a file shows its id. */
export function recordLink(id: string): string {
  return `<a data-record="${escapeHtml(id)}">${escapeHtml(id)}</a>`;
}
