import type { Report } from '../../reports/report.ts';
import type { ReferenceRow } from '../../reports/report-reference.ts';
import { metricTitle, withInterval } from '../../reports/report-words.ts';
import type { ResultDisparity } from '../../reports/result.ts';
import { escapeHtml } from '../escape-html.ts';
import { type Row, table } from './html-parts.ts';

export const referenceHeader = [
  'Rate',
  'Group',
  'Reference',
  'Difference',
  'Ratio',
  'Four fifths',
  'p',
  'p, adjusted',
] as const;

/** A comparison with the reference group as the cells of a table. */
export function referenceCells(row: ReferenceRow): readonly string[] {
  return [
    metricTitle(row.rate),
    row.group,
    row.reference,
    valueText(row.difference),
    valueText(row.ratio),
    row.band === null ? '—' : bandWords[row.band],
    pText(row.p),
    pText(row.adjusted),
  ];
}

const bandWords = {
  within: 'within',
  below: 'below four fifths',
  above: 'above five fourths',
} as const;

function valueText(found: ResultDisparity | null): string {
  if (found === null) return '—';
  const { value, low, high, why } = found;
  return value === null ? (why ?? 'not estimable') : withInterval({ value, low, high });
}

function pText(p: number | null): string {
  if (p === null) return '—';
  return p < 0.001 ? '< 0.001' : p.toFixed(3);
}

/** The comparisons of one grouping with its reference group: of the selection rate at once, of all rates behind a title. */
export function referenceTables(reference: Report['reference'], grouping: string): string {
  const own = reference.filter((row) => row.grouping === grouping);
  if (own.length === 0) return '';
  const rows = (some: readonly ReferenceRow[]): readonly Row[] =>
    some.map((row) => ({ cells: referenceCells(row) }));
  const selection = own.filter(({ rate }) => rate === 'selection_rate');
  const title = `Each group by ${grouping} against the reference group`;
  return `${table(`${title}: selection_rate`, referenceHeader, rows(selection))}<details><summary>All rates against the reference, with p-values<span class="unseen"> by ${escapeHtml(grouping)}</span></summary>${table(title, referenceHeader, rows(own))}</details>`;
}
