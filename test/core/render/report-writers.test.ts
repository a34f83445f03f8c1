import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SaxesParser } from 'saxes';
import { forestPlot } from '../../../src/core/render/report/forest-plot.ts';
import { reliabilityDiagram } from '../../../src/core/render/report/reliability-diagram.ts';
import { reportHtml } from '../../../src/core/render/report/report-html.ts';
import { reportMarkdown } from '../../../src/core/render/report/report-markdown.ts';
import { reportText } from '../../../src/core/render/report/report-text.ts';
import type { Report, ReportPanel } from '../../../src/core/reports/report.ts';
import { matchesGolden } from '../../golden.ts';
import { plainTexts, reportOf } from '../reports/reports.ts';
import { hostileTexts } from './checks.ts';
import { rendered } from './rendered-markdown.ts';

let next = 0;
const plain = reportOf({ ...plainTexts, name: 'women' });
const hostile = reportOf({
  column: '<b>"col\'umn`</b>',
  groups: [
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    'a \u202e\u001b[31m &amp; b',
  ],
  name: '</td><b onclick=x>',
  text: () => hostileTexts[next++ % hostileTexts.length] as string,
});
const bare: Report = {
  ...plain,
  result: null,
  resultPath: null,
  resultDigest: null,
  standing: null,
  sentence: 'EV-7K2M9QXA has not been measured yet: countersign evaluate EV-7K2M9QXA',
  panels: [],
  changes: [],
  flips: [],
  calibration: [],
  benefits: [],
  rows: [],
  earlier: [],
  higher: [],
  lower: [],
  withheld: [],
  reference: [],
  limits: [],
  helped: [],
  harmed: [],
};
const panelOf = ({ panels }: Report, metric: string): ReportPanel =>
  panels.find((panel) => panel.metric === metric) as ReportPanel;

for (const [name, report] of Object.entries({ plain, hostile, bare })) {
  test(`golden: ${name} report as HTML, Markdown and text`, () => {
    matchesGolden(`report/${name}.html`, reportHtml([report]));
    matchesGolden(`report/${name}.md`, reportMarkdown(report));
    matchesGolden(`report/${name}.txt`, `${reportText(report, 120)}\n`);
  });
}

test('golden: the forest plot and the reliability diagram', () => {
  matchesGolden('report/forest-recall.svg', `${forestPlot(panelOf(plain, 'recall'))}\n`);
  matchesGolden('report/forest-fpr.svg', `${forestPlot(panelOf(plain, 'fpr'))}\n`);
  matchesGolden(
    'report/reliability-candidate.svg',
    `${reliabilityDiagram(plain.calibration[1] as Report['calibration'][number])}\n`,
  );
});

test('small groups do not stretch the axis that all groups share, and an arrow says where they go on', () => {
  const panel = panelOf(plain, 'recall');
  const [low, high] = [Math.min(...panel.axis), Math.max(...panel.axis)];
  const endsOf = (isSmall: boolean): readonly (number | null)[] =>
    panel.rows
      .filter(({ small }) => small === isSmall)
      .flatMap(({ values }) => Object.values(values))
      .flatMap((found) => (found.value === null ? [] : [found.low, found.high]));
  const isHeld = (end: number | null): boolean => end !== null && end >= low && end <= high;
  assert.ok(endsOf(false).every(isHeld));
  assert.ok(!endsOf(true).every(isHeld));
  const plot = forestPlot(panel);
  assert.match(plot, /candidate: 0\.714, 0\.359 to 0\.918.*◂<\/text>.*▸<\/text>/);
  assert.match(forestPlot({ ...panel, axis: [0.8, 0.82] }), />◂ 0\.600<\/text>/);
  assert.match(forestPlot({ ...panel, axis: [0.3, 0.4] }), />0\.820 ▸<\/text>/);
});

test('headings of figures and columns say in words what an abbreviation stands for', () => {
  const [html, markdown] = [reportHtml([plain]), reportMarkdown(plain)];
  for (const words of ['false positive rate (fpr)', 'expected calibration error (ece)'])
    assert.ok(html.includes(words), words);
  assert.doesNotMatch(html, />(?:fpr|ece|auc)[< ]/);
  assert.match(html, /<h3>recall by gender<\/h3>/);
  assert.match(markdown, /expected calibration error/);
});

test('the targets of a report that is not of today are told as of then, and have no mark', () => {
  assert.match(reportHtml([plain]), /class="state met">met/);
  for (const standing of ['other code', 'other data', 'other plan'] as const) {
    const stale = { ...plain, standing };
    assert.match(reportHtml([stale]), /<td class="state">then met<\/td>/);
    assert.match(reportMarkdown(stale), /then met/);
    assert.match(reportText(stale, 200), /then met/);
    assert.doesNotMatch(reportHtml([stale]), /class="state (?:met|not-met|undecided)/);
  }
  const altered = { ...plain, standing: 'altered' as const };
  for (const text of [reportHtml([altered]), reportMarkdown(altered), reportText(altered, 200)])
    assert.match(text, /not to be relied on/);
  assert.doesNotMatch(reportHtml([altered]), /class="state (?:met|not-met|undecided)/);
});

/** The names of all elements and the values of all attributes; throws where the markup is not well formed. */
function elements(xml: string): {
  readonly names: ReadonlySet<string>;
  readonly attributes: readonly (readonly [string, string])[];
} {
  const names = new Set<string>();
  const attributes: (readonly [string, string])[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', (tag) => {
    names.add(tag.name);
    attributes.push(...(Object.entries(tag.attributes) as [string, string][]));
  });
  parser.write(xml).close();
  return { names, attributes };
}

for (const [name, report] of Object.entries({ plain, hostile })) {
  test(`the plots of the ${name} report are well formed, and say what they show`, () => {
    for (const panel of report.panels) {
      const { names, attributes } = elements(forestPlot(panel));
      assert.deepEqual(
        [...names].filter(
          (element) => !['svg', 'title', 'g', 'line', 'text', 'rect', 'circle'].includes(element),
        ),
        [],
      );
      assert.ok(
        attributes.some(([key, value]) => key === 'aria-label' && value.includes(panel.metric)),
      );
      assert.ok(
        !attributes.some(([key]) => key.startsWith('on') || key === 'href' || key === 'style'),
      );
    }
    for (const calibration of report.calibration) elements(reliabilityDiagram(calibration));
  });
}

/** The body as XML: every element that has no end tag in HTML is closed first. */
const bodyOf = (html: string): string =>
  `<body>${html.slice(html.indexOf('<main>'), html.indexOf('</body>'))}</body>`.replaceAll(
    ' selected>',
    ' selected="">',
  );

test('hostile text makes no element, no script, no address and no handler in the HTML file', () => {
  const [expected, found] = [
    elements(bodyOf(reportHtml([plain]))),
    elements(bodyOf(reportHtml([hostile]))),
  ];
  assert.deepEqual([...found.names].sort(), [...expected.names].sort());
  assert.ok(
    !found.attributes.some(
      ([key]) => key.startsWith('on') || key === 'href' || key === 'src' || key === 'style',
    ),
  );
  assert.doesNotMatch(
    reportHtml([hostile]),
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for
    /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u202a-\u202e]/,
  );
});

test('the HTML file asks for nothing from elsewhere and runs nothing', () => {
  const html = reportHtml([plain, hostile]);
  assert.match(
    html,
    /Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/,
  );
  assert.doesNotMatch(html, /<script|<link|<img|<iframe|url\(|@import/i);
  assert.equal(html.match(/<main>/g)?.length, 1);
});

test('hostile text makes no element, link, mention or reference in Markdown', () => {
  const { tags, links, text } = rendered(reportMarkdown(hostile));
  assert.deepEqual(
    [...tags].filter(
      (tag) =>
        ![
          'h2',
          'h3',
          'p',
          'strong',
          'ul',
          'li',
          'table',
          'thead',
          'tbody',
          'tr',
          'th',
          'td',
          'details',
          'summary',
        ].includes(tag),
    ),
    [],
  );
  assert.deepEqual(links, []);
  assert.doesNotMatch(text, /@everyone|eve@e|#1\b|!2\b|https:\/\//);
});

test('Markdown that does not fit a comment names what is missing, and keeps the verdict, the targets and the digests', () => {
  const markdown = reportMarkdown(plain, 2500);
  assert.ok(markdown.length <= 2500);
  assert.match(markdown, /### Targets/);
  assert.match(markdown, /\| result \| .* \| 0101/);
  assert.match(markdown, /Too long for a comment, and in the HTML report: .*Between groups/);
});

test('text for a terminal holds no escape sequence', () => {
  assert.doesNotMatch(
    reportText(hostile, 120),
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for
    /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/,
  );
});

test('every number of a plot stands in the table behind it', () => {
  const html = reportHtml([plain]);
  for (const { rows } of plain.panels)
    for (const { values } of rows)
      for (const found of Object.values(values))
        if (found.value !== null)
          assert.ok(html.includes(`<td>${found.value.toFixed(3)}`), `${found.value} is missing`);
});
