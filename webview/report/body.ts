import { narrowingStyle, type NarrowingWords } from '../../src/core/render/report/narrowing.ts';
import { reportBody } from '../../src/core/render/report/report-body.ts';
import { reportStyle } from '../../src/core/render/report/report-html.ts';
import type { Report } from '../../src/core/reports/report.ts';

const sheet = new CSSStyleSheet();

/** The styles of the report, as a sheet: a style element would be refused by the page's policy. */
function adoptStyles(report: Report): void {
  sheet.replaceSync(`${reportStyle}${narrowingStyle([report])}`);
  if (!document.adoptedStyleSheets.includes(sheet))
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}

/**
 * The report as the HTML file has it too, so that the two never say different things. It is escaped text without
 * scripts; a parser that runs nothing reads it, and the page's policy would refuse a script all the same.
 */
export function reportNodes(
  report: Report,
  words: NarrowingWords,
  openRecord: (id: string) => void,
): readonly Node[] {
  adoptStyles(report);
  const parsed = new DOMParser().parseFromString(
    `<body>${reportBody(report, words)}</body>`,
    'text/html',
  );
  for (const link of parsed.querySelectorAll<HTMLAnchorElement>('a[data-record]')) link.href = '#';
  const nodes = [...parsed.body.childNodes].map((node) => document.adoptNode(node));
  for (const node of nodes) {
    if (!(node instanceof HTMLElement)) continue;
    node.addEventListener('click', (event) => {
      const id = (event.target as Element).closest<HTMLElement>('a[data-record]')?.dataset[
        'record'
      ];
      if (id === undefined) return;
      event.preventDefault();
      openRecord(id);
    });
  }
  return nodes;
}
