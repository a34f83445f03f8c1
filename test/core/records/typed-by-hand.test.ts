/** Slips of people who type records: one finding each, whose mend, put in its place, makes the record good. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '../../../src/core/finding/finding.ts';
import { type Prefix, read, recordOf } from './hand-written.ts';

/** A text with the mend of a finding in its place. */
function mended(text: string, { line = 1, column = 1, end_column = 1, fix = '' }: Finding): string {
  const put = /^(?:put it in quotes: |write |put it in brackets: )(.*)$/.exec(fix)?.[1] ?? fix;
  const lines = text.split('\n');
  const old = lines[line - 1] ?? '';
  lines[line - 1] = old.slice(0, column - 1) + put + old.slice(end_column - 1);
  return lines.join('\n');
}

type Row = readonly [prefix: Prefix, typed: string, ...mends: string[]];

const rows: readonly Row[] = [
  ['DR', 'governs: [**/*.py]', '"**/*.py"'],
  ['DR', 'governs: *.py', '["*.py"]'],
  ['DR', 'governs:\n  - **/*.py\n  - *.md', '"**/*.py"', '"*.md"'],
  ['DR', 'governs: [\n  model/**,\n  **/*.py,\n  *.md\n]', '"**/*.py"', '"*.md"'],
  ['DR', 'governs: [model/**, **/*.py] # all', '"**/*.py"'],
  ['DR', 'governs: [model/*.{py,json}]', '"model/*.{py,json}"'],
  ['DR', 'governs: [model/[ab].py]', '"model/[ab].py"'],
  ['DR', 'governs: model/**', '["model/**"]'],
  ['DR', 'governs: model/**, data/**', '["model/**", "data/**"]'],
  ['DR', 'targets:\n  - {metric: fpr, op: >=, value: 0.2}', '">="'],
  ['DR', 'targets:\n  - metric: fpr\n    op: >=\n    value: 0.2', '">="'],
  ['DR', 'targets: recall >= 80%', '[{metric: recall, op: ">=", value: 0.8}]'],
  ['DR', 'targets: [fpr <= 0.1]', '{metric: fpr, op: "<=", value: 0.1}'],
  ['DR', 'targets: [{metric: recall, op: ">=", value: 80%}]', '0.8'],
  ['DR', 'title: *bold* move', '"*bold* move"'],
  ['DR', 'title: !important fix', '"!important fix"'],
  ['DR', 'title: %d rows', '"%d rows"'],
  ['DR', 'title: `x` is wrong', '"`x` is wrong"'],
  ['DR', 'title: [sic] it', '"[sic] it"'],
  ['DR', 'title: {name} is wrong', '"{name} is wrong"'],
  ['DR', 'title: [draft]', '"[draft]"'],
  ['DR', 'title: a: b', '"a: b"'],
  ['DR', 'title: a: b  # so it is', '"a: b"'],
  ['DR', 'title: @ada said so', '"@ada said so"'],
  ['DR', 'title: > 5 people', '"> 5 people"'],
  ['DR', 'title: | why', '"| why"'],
  ['DR', 'title: - a dash', '"- a dash"'],
  ['DR', 'title: ? why', '"? why"'],
  ['DR', 'title: & more', '"& more"'],
  ['DR', 'title: "No" is what it said', '"\\"No\\" is what it said"'],
  ['DR', "title: 'tis wrong", '"\'tis wrong"'],
  ['DR', 'title: #12 again', '"#12 again"'],
  ['DR', 'title: fails at issue #12', '"fails at issue #12"'],
  ['DR', 'title: 2026', '"2026"'],
  ['DR', 'title: 0123', '"0123"'],
  ['DR', 'title: true', '"true"'],
  ['DR', 'context: it fails: see the issue', '"it fails: see the issue"'],
  ['DR', 'context: |\nIt fails', 'indent'],
  ['DR', 'consequences:\n  - cost: high', '"cost: high"'],
  ['DR', 'consequences: [a: b]', '"a: b"'],
  ['DR', 'options: [{title: x, chosen: yes}]', 'true'],
  ['DR', 'rollback: put the bar back', '{plan: put the bar back, owner: ada}'],
  ['DR', 'rollout: toggle', '{kind: toggle}'],
  ['DR', 'feedback: FB-ABCD', '[FB-ABCD]'],
  ['DR', 'feedback: [fb-abcd]', 'FB-ABCD'],
  ['DR', 'review_by: 20260301', '2026-03-01'],
  ['DR', 'trail: {code: [{path: a.py, lines: [1, 2], commit: 61e9540}]}', '"61e9540"'],
  [
    'DR',
    'trail:\n  code:\n    - path: a.py\n      lines: [1, 3]\n      commit: 0123456',
    '"0123456"',
  ],
  ['DR', 'trail: {code: [{path: a.py, lines: [1, 2], commit: 61E9540F}]}', '61e9540f'],
  ['DR', 'trail:\n  code:\n    - path: a.py\n      lines: 1-3', '[1, 3]'],
  ['DR', 'trail: {code: [{path: a.py, lines: L10-L20}]}', '[10, 20]'],
  ['DR', 'trail: {code: [{path: a.py, lines: 7}]}', '[7, 7]'],
  ['DR', 'trail: {code: [{path: a.py, lines: [2]}]}', '[2, 2]'],
  ['DR', 'trail: {code: [{path: a.py, lines: [3, 1]}]}', '[1, 3]'],
  ['DR', 'trail: {code: [{path: ./a.py, lines: [1, 3]}]}', 'a.py'],
  ['DR', 'trail: {code: [a.py:2-4]}', '{path: a.py, lines: [2, 4]}'],
  ['FB', 'classification: {component: a, confidence: 80%}', '0.8'],
  ['FB', 'classification: {component: a, confidence: 80}', '0.8'],
  ['FB', 'classification:\n  confidence: 0,8', '0.8'],
  ['FB', 'classification: {confidence: "0.8"}', '0.8'],
  ['FB', 'classification: threshold', '{component: threshold}'],
  ['FB', 'imported_at: 1772356320', '2026-03-01T09:12:00Z'],
  ['FB', 'imported_at: 1772356320000', '2026-03-01T09:12:00Z'],
  ['FB', 'imported_at: "1772356320"', '2026-03-01T09:12:00Z'],
  ['FB', 'group: 12', '"12"'],
  ['FB', 'group: yes # all of them\nassignee: @bo', '"@bo"'],
  ['FB', 'body: fails at issue #12', '"fails at issue #12"'],
  ['FB', 'body: |\nIt fails\nstill\nassignee: ada', 'indent'],
  ['FB', 'body: >\nIt fails: always\n\nNote: still\nassignee: ada', 'indent'],
  ['FB', 'rater: person', '{kind: person}'],
  ['FB', 'contributors: [Zoë]', '{name: Zoë}'],
  ['FB', 'contributors: Zoë', '[{name: Zoë}]'],
  ['FB', 'source: zendesk', '{system: zendesk}'],
  ['FB', 'cohort: {sex: *}', '"*"'],
  ['FB', 'consent: {basis: consent, scope: training}', '[training]'],
  ['FB', 'classification: {component: a, confidence: 0,8}', '0.8'],
  ['FB', 'classification: {confidence: 80,5%, component: a}', '0.805'],
  ['FB', 'priority: {impact: 3,5, effort: 2}', '3.5'],
  ['FB', 'consent: {basis: consent, scope: evaluation, analysis}', '[evaluation, analysis]'],
  ['DR', 'trail: {code: [{path: a.py, lines: 1, 3}]}', '[1, 3]'],
  ['DR', 'trail: {code: [{path: a.py, lines: 1,3}]}', '[1, 3]'],
  ['DR', 'rollback: {plan: Set it back, then score, owner: ada}', '"Set it back, then score"'],
  ['DR', 'context:it fails', 'context: it fails'],
  ['DR', 'context = it fails', 'context: it fails'],
  ['DR', 'context:\u00a0it fails', 'context: it fails'],
  ['DR', 'context: "it fails', '"it fails"'],
  ['DR', 'context: "C:\\data\\new"', '"C:\\\\data\\\\new"'],
  ['DR', 'feedback: [FB-ABCD', 'feedback: [FB-ABCD]'],
  ['DR', 'trail: {slices: [SL-ABCD}', 'trail: {slices: [SL-ABCD]}'],
  ['DR', 'feedback: [“FB-ABCD”]', 'FB-ABCD'],
  ['DR', 'rollout: {kind: ‘toggle’}', 'toggle'],
  ['DR', 'rollout: {kind: toggle\u00a0}', 'toggle'],
  ['DR', 'rollout: {kind: \u200btoggle}', 'toggle'],
  ['DR', 'review_by: 1.9.2026', '2026-09-01'],
  ['FB', 'imported_at: 2026-03-01 09:12 +0100', '2026-03-01T09:12:00+01:00'],
  ['FB', 'imported_at: 2026-03-01T9:12:00Z', '2026-03-01T09:12:00Z'],
  ['FB', 'imported_at: 2026-03-01 09:12:30 UTC', '2026-03-01T09:12:30Z'],
  ['FB', 'classification: {component: bar, too low, confidence: 0.8}', '"bar, too low"'],
  ['EV', 'groups: gender', '[[gender]]'],
  ['EV', 'groups: [gender]', '[gender]'],
  ['EV', 'positive: !yes', '"!yes"'],
  ['EV', 'plan: {alpha: 5%}', '0.05'],
  ['EV', 'thresholds: 0.5', '[0.5]'],
];

for (const [prefix, typed, ...mends] of rows)
  for (const ending of ['\n', '\r\n'])
    test(`typed by hand: ${JSON.stringify(typed)}${ending === '\n' ? '' : ', in CRLF'}`, () => {
      let text = recordOf(prefix, typed);
      const findings = read(prefix, text.replaceAll('\n', ending));
      assert.equal(findings.length, mends.length, JSON.stringify(findings));
      if (mends[0] === 'indent') {
        const [{ fix = '', line = 1 } = {}] = findings as readonly Partial<Finding>[];
        assert.match(fix, /^indent the (?:line|\d+ lines) of the text by 2 blanks: " {2}It fails/);
        const lines = text.split('\n');
        const end = lines.findIndex(
          (words, index) =>
            index >= line && /^[a-z]+:|^$/.test(words) && lines[index + 1] !== 'Note: still',
        );
        text = lines
          .map((words, index) =>
            index >= line - 1 && index < end && words !== '' ? `  ${words}` : words,
          )
          .join('\n');
      }
      // From the last on, so that the places of those before stay.
      else
        for (const [index, finding] of [...findings.entries()].reverse()) {
          assert.ok(finding.fix?.endsWith(mends[index] ?? '?'), finding.fix);
          text = mended(text, finding);
        }
      assert.deepEqual(read(prefix, text), [], text);
    });

const honest: readonly (readonly [prefix: Prefix, typed: string])[] = [
  ['FB', '# from the survey\nbody: it fails  # twice\nassignee: bo # who\ngroup: a #b'],
  ['FB', 'body: "it fails #12"'],
  ['FB', 'body: |\n  it fails #12'],
  ['FB', 'body: it fails (#12), a#b, c##d'],
  ['FB', 'cohort: {sex: f} #12'],
  ['FB', 'classification: {component: a, x-flag}'],
  ['DR', 'context: a\u00a0b “c”: no'.replace(': no', ', no')],
  ['DR', 'context: |\n  \u00a0 it\n\u00a0'.replace('\n\u00a0', '')],
  ['DR', 'context: |\n  > quoted\n  *bold* @ada: yes'],
  ['DR', 'context: |\nconsequences: none'],
  ['DR', 'context: |+\n\n  It fails'],
  ['DR', 'options:\n  - title: x\n    for: |\n      It is\n  - title: y'],
  ['DR', 'governs: ["**/*.py", model/**]'],
  ['DR', 'context: one line\n  and: "another"'.replace('and: "another"', 'and another')],
];

for (const [prefix, typed] of honest)
  test(`nothing is wrong with ${JSON.stringify(typed)}`, () => {
    assert.deepEqual(read(prefix, recordOf(prefix, typed)), []);
  });
