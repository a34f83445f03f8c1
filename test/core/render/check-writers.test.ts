import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SaxesParser } from 'saxes';
import type { Finding } from '../../../src/core/finding/finding.ts';
import type { CheckResult } from '../../../src/core/gate/check-result.ts';
import { type CheckFormat, checkWriters } from '../../../src/core/render/check/check-writers.ts';
import { checkMarkdown } from '../../../src/core/render/check/check-markdown.ts';
import { verdictLine } from '../../../src/core/render/check-text.ts';
import { matchesGolden } from '../../golden.ts';
import { standingFindings } from '../../../src/core/render/check/standing-findings.ts';
import { crowded, failing, hostile, passing } from './checks.ts';
import { rendered } from './rendered-markdown.ts';
import { sarifProblems } from './sarif-schema.ts';

const endings: Readonly<Record<CheckFormat, string>> = {
  text: 'txt',
  json: 'json',
  sarif: 'sarif',
  github: 'github.txt',
  gitlab: 'gitlab.json',
  markdown: 'md',
  junit: 'junit.xml',
};
const formats = Object.keys(checkWriters) as CheckFormat[];
const results: Readonly<Record<string, CheckResult>> = { passing, failing, hostile };
const write = (format: CheckFormat, result: CheckResult): string =>
  `${checkWriters[format](result, '0.0.0')}\n`;

for (const [name, result] of Object.entries(results)) {
  for (const format of formats)
    test(`golden: ${name} as ${format}`, () =>
      matchesGolden(`check/${name}.${endings[format]}`, write(format, result)));
}

const [met] = passing.rules;
const [open] = failing.rules;
const unsigned = open?.requirements.slice(1) ?? [];

for (const [name, rules, says] of [
  ['everybody signed', [met], 'pass: model-change signed by ada, ben'],
  [
    'before others could sign',
    [open],
    'pass: model-change signed by ada, and not yet by 1 independent validator',
  ],
  [
    'before anybody signed',
    [{ ...open, requirements: unsigned }],
    'pass: model-change not signed yet by 1 independent validator',
  ],
  [
    'by an exception',
    [{ ...open, state: 'excepted' }],
    'pass: model-change signed by ada, and an exception stands in for 1 independent validator',
  ],
  [
    'by an exception alone',
    [{ ...open, requirements: unsigned, state: 'excepted' }],
    'pass: model-change: an exception stands in for 1 independent validator',
  ],
  [
    'by an exception, for evidence too',
    [
      {
        ...open,
        state: 'excepted',
        evidence: [
          {
            kind: 'result',
            state: 'excepted',
            ref: null,
            why: 'EV-1 was measured on other code',
            lacks: 'substance',
          },
          {
            kind: 'decision',
            state: 'excepted',
            ref: 'DR-1',
            why: 'no approval lists it',
            lacks: 'citation',
          },
          { kind: 'review', state: 'met', ref: null },
        ],
      },
    ],
    'pass: model-change signed by ada, and an exception stands in for 1 independent validator and a result that counts (EV-1 was measured on other code) and a decision that no signature lists',
  ],
  [
    'by all, and an exception for evidence',
    [
      {
        ...open,
        requirements: (open?.requirements ?? []).slice(0, 1),
        state: 'excepted',
        evidence: [{ kind: 'rollback', state: 'excepted', ref: null }],
      },
    ],
    'pass: model-change signed by ada, and an exception stands in for a rollback that counts',
  ],
  [
    'by one person, and an exception for a second',
    [
      {
        ...open,
        requirements: (open?.requirements ?? []).slice(0, 1),
        state: 'excepted',
        evidence: [],
      },
    ],
    'pass: model-change signed by ada, and an exception stands in for a second person',
  ],
  [
    'of a rule that asks for nobody',
    [{ ...met, id: 'docs', requirements: [] }, met],
    'pass: docs asks for nobody’s signature; model-change signed by ada, ben',
  ],
  ['of nothing governed', [], 'pass: no rule governs what changed'],
] as const) {
  test(`text: the last line of a pass, ${name}`, () =>
    assert.equal(
      write('text', { ...passing, rules: rules as CheckResult['rules'] })
        .trimEnd()
        .split('\n')
        .at(-1),
      says,
    ));
}

for (const format of formats) {
  test(`${format}: no control character, escape sequence or turn of direction is sent`, () => {
    const sent =
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for
      /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/.exec(
        write(format, hostile),
      );
    assert.equal(sent, null);
  });
}

for (const format of formats) {
  test(`${format}: what stands open is listed, whatever the check is about, and so is what no rule governs`, () => {
    const { exceptions, conditions } = failing;
    const overdue = conditions.map((condition) => ({
      ...condition,
      rule: 'other-rule',
      text: 'ask the night shift',
      state: 'overdue' as const,
    }));
    const text = write(format, {
      ...passing,
      ungoverned: 37,
      exceptions,
      conditions: [...conditions, ...overdue],
    });
    for (const words of [
      'the old model broke at night',
      'measure the small groups again',
      'ask the night shift',
    ])
      assert.ok(text.includes(words), words);
    if (format !== 'gitlab') assert.match(text, /37/);
    const met = write(format, {
      ...passing,
      conditions: conditions.map((condition) => ({ ...condition, state: 'met' as const })),
    });
    if (format === 'sarif' || format === 'gitlab')
      assert.doesNotMatch(met, /measure the small groups again/);
  });
}

type Sarif = {
  readonly runs: readonly [
    {
      readonly results: readonly {
        readonly level: string;
        readonly ruleId: string;
        readonly ruleIndex: number;
      }[];
      readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    },
  ];
};
const sarif = (result: CheckResult): Sarif => JSON.parse(write('sarif', result)) as Sarif;

for (const [name, result] of Object.entries(results)) {
  test(`sarif: ${name} is valid by the published schema, and each result names its rule`, () => {
    const log = sarif(result);
    assert.deepEqual(sarifProblems(log), []);
    const [{ results: found, tool }] = log.runs;
    assert.equal(found.length, standingFindings(result).length);
    for (const { ruleId, ruleIndex } of found)
      assert.equal(tool.driver.rules[ruleIndex]?.id, ruleId);
  });
}

test('sarif: the schema check can fail', () =>
  assert.notDeepEqual(sarifProblems({ version: '2.1.0', runs: [{ tool: { driver: {} } }] }), []));

test('sarif: no more results than code scanning takes, every error before any warning', () => {
  const levels = sarif(crowded(30_000)).runs[0].results.map(({ level }) => level);
  assert.equal(levels.length, 25_000);
  assert.equal(levels.lastIndexOf('error'), 14_999);
  assert.equal(levels.indexOf('warning'), 15_000);
});

test('github: ten annotations of each level, the others as lines', () => {
  const lines = write('github', crowded(100)).split('\n');
  assert.equal(lines.filter((line) => line.startsWith('::error ')).length, 10);
  assert.equal(lines.filter((line) => line.startsWith('::warning ')).length, 10);
  assert.equal(lines.filter((line) => /^\.countersign\/.* finding \d+$/.test(line)).length, 80);
});

test('github: the only commands are our own, and none is forged inside a line', () => {
  const lines = write('github', hostile).split('\n');
  const commands = lines.filter((line) => line.trimStart().startsWith('::'));
  assert.ok(commands.length > 0);
  for (const line of commands)
    assert.match(
      line,
      /^::(error|warning) file=[^:,]*,line=\d+,endLine=\d+(,col=\d+,endColumn=\d+)?,title=[^:,]*::/,
    );
  for (const format of ['github', 'text'] as const)
    assert.doesNotMatch(write(format, hostile), /##[a-z]*\[/i);
  assert.doesNotMatch(write('text', hostile), /^\s*::/m);
});

type Issue = {
  readonly fingerprint: string;
  readonly severity: string;
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
};
const issues = (result: CheckResult): readonly Issue[] =>
  JSON.parse(write('gitlab', result)) as readonly Issue[];

test('gitlab: every issue has a place and a fingerprint of its own', () => {
  const found = issues(hostile);
  assert.equal(
    new Set(found.map(({ fingerprint }) => fingerprint)).size,
    standingFindings(hostile).length,
  );
  for (const { severity, location } of found) {
    assert.ok(['info', 'minor', 'major', 'critical', 'blocker'].includes(severity));
    assert.ok(location.path.length > 0 && location.lines.begin >= 1);
  }
});

test('gitlab: fingerprints stay when lines move, and tell equal findings apart', () => {
  const twice = failing.findings
    .filter(({ path }) => path !== undefined)
    .flatMap((finding) => [finding, { ...finding, line: 99 }]);
  const moved = twice.map((finding) => ({ ...finding, line: (finding.line ?? 1) + 7 }));
  const [before, after] = [twice, moved].map((findings) =>
    issues({ ...passing, findings }).map(({ fingerprint }) => fingerprint),
  );
  assert.deepEqual(after, before);
  assert.equal(new Set(before).size, twice.length);
});

/** Counts elements; throws where the XML is not well formed. */
function elements(xml: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name }) => counts.set(name, (counts.get(name) ?? 0) + 1));
  parser.write(xml).close();
  return counts;
}

for (const [name, result] of Object.entries(results)) {
  test(`junit: ${name} is well formed and its counts are true`, () => {
    const xml = write('junit', result);
    const counts = elements(xml);
    const stated = (word: string): number =>
      Number(new RegExp(`<testsuites [^>]*\\b${word}="(\\d+)"`).exec(xml)?.[1]);
    assert.equal(counts.get('testcase'), stated('tests'));
    assert.equal(counts.get('failure') ?? 0, stated('failures'));
    assert.equal(stated('failures') > 0, result.exit !== 0);
  });
}

test('junit: a fail without a finding still fails', () =>
  assert.match(write('junit', { ...passing, verdict: 'fail', exit: 1 }), /failures="1"/));

test('junit: an open rule below stage all is skipped, not failed', () => {
  const xml = write('junit', {
    ...failing,
    verdict: 'pass',
    exit: 0,
    stage: 'author',
    findings: [],
  });
  assert.match(xml, /failures="0" errors="0" skipped="1"/);
});

test('markdown: hostile text makes no element, link, image, mention or reference', () => {
  const { tags, links, text } = rendered(write('markdown', hostile));
  assert.deepEqual([...tags].sort(), [
    'h2',
    'h3',
    'li',
    'p',
    'strong',
    'sub',
    'table',
    'tbody',
    'td',
    'th',
    'thead',
    'tr',
    'ul',
  ]);
  assert.deepEqual(links, []);
  assert.doesNotMatch(text, /@everyone|eve@e|#1\b|!2\b|GH-3|\$4|%5|~bug|&7|https:\/\/|www\.evil/);
});

test('markdown: what does not fit is counted', () => {
  const markdown = checkMarkdown(crowded(5000), 20_000);
  assert.ok(markdown.length <= 20_000);
  const listed = markdown.match(/^- \*\*/gm)?.length ?? 0;
  assert.match(markdown, new RegExp(`and ${5000 - listed} more`));
  assert.ok(!markdown.includes('**warning**'), 'errors come first');
});

const weak: Finding = {
  code: 'policy/weak-policy-change',
  severity: 'warning',
  message: 'one person alone may change this policy',
  path: '.countersign/policy.yaml',
  line: 24,
  column: 1,
};
const lockedOut: Finding = {
  code: 'policy/author-locked-out',
  severity: 'warning',
  message: 'the rule model-change can never be met for a change by ben',
  path: '.countersign/policy.yaml',
  line: 17,
  column: 5,
};

test('text: what a policy warns of is one line where the change leaves it alone, and all of it where it does not', () => {
  const told = (findings: readonly Finding[], rules = passing.rules): readonly string[] =>
    write('text', { ...passing, rules, findings })
      .split('\n')
      .filter((line) => line.includes(' policy/'));
  assert.deepEqual(told([lockedOut, weak, { ...lockedOut, message: 'for a change by cy' }]), [
    '.countersign/policy.yaml:24:1: warning policy/weak-policy-change one person alone may change this policy; 2 more warnings of the policy: countersign doctor',
  ]);
  assert.deepEqual(told([lockedOut, { ...lockedOut, line: 18 }]), [
    '.countersign/policy.yaml:17:5: warning policy/author-locked-out the rule model-change can never be met for a change by ben; 1 more warning of the policy: countersign doctor',
  ]);
  assert.deepEqual(told([weak]), [
    '.countersign/policy.yaml:24:1: warning policy/weak-policy-change one person alone may change this policy',
  ]);
  assert.equal(
    told(
      [lockedOut, weak],
      [{ ...(passing.rules[0] as CheckResult['rules'][number]), id: 'policy-change' }],
    ).length,
    2,
  );
  // What is wrong is never put together with anything.
  assert.equal(
    told([lockedOut, weak, { ...weak, severity: 'error', code: 'policy/unreadable' }]).length,
    2,
  );
  assert.match(
    write('json', { ...passing, findings: [lockedOut, weak] }),
    /author-locked-out[^]*weak-policy-change/,
  );
});

test('a pass says on how many conditions those who signed did, and no other condition', () => {
  const [one] = failing.conditions;
  assert.ok(one && met);
  const of = (...conditions: readonly (typeof one)[]): string =>
    verdictLine({ ...passing, conditions });
  assert.equal(of(one), 'pass: model-change signed by ada, ben on 1 condition');
  assert.equal(
    of(one, { ...one, condition: 1 }),
    'pass: model-change signed by ada, ben on 2 conditions',
  );
  assert.equal(
    of({ ...one, state: 'met' }, { ...one, by: 'cy' }, { ...one, rule: 'docs' }),
    'pass: model-change signed by ada, ben',
  );
});
