import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseRecord } from '../../../src/core/records/parse-record.ts';
import { readYaml } from '../../../src/core/records/yaml/yaml-source.ts';
import { type Prefix, read, recordOf } from './hand-written.ts';

test('a line that is indented with a blank that YAML does not know, or a text with a tab, is told as that', () => {
  const said = (typed: string): readonly string[] =>
    read('FB', recordOf('FB', typed)).map(
      ({ line, column, message }) => `${line}:${column} ${message}`,
    );
  assert.deepEqual(said('cohort:\n\u00a0\u00a0sex: f'), [
    '8:1 the line is indented with a no-break space (U+00A0), which YAML takes for a part of the words',
  ]);
  assert.deepEqual(said('body: |\n\tIt fails\n\tstill'), [
    '8:1 the text below | is indented with a tab, so it is not read as text',
  ]);
});

test('a line that is indented otherwise than its fellows is told as that', () => {
  const [first, ...more] = read('DR', recordOf('DR', 'options:\n  title: x\n   for: y'));
  assert.deepEqual([first?.line, first?.code, more], [8, 'record/syntax', []]);
  assert.doesNotMatch(`${first?.message} ${first?.fix}`, /is not YAML|put it in quotes/);
});

test('what is meant as an anchor, an alias or a tag is refused as such', () => {
  const said = (typed: string): readonly string[] =>
    read('FB', recordOf('FB', typed)).map(({ code, fix }) => `${code}: ${fix}`);
  assert.deepEqual(said('group: &a x\nassignee: *a'), [
    'record/anchor: write the value out; records hold no anchors or aliases',
    'record/alias: write the value out; records hold no anchors or aliases',
  ]);
  assert.deepEqual(said('group: !!str 3'), [
    'record/tag: remove the tag; put a text that looks like a number in quotes',
  ]);
});

test('a slip does not keep other findings from being told, at their places', () => {
  const found = read('DR', recordOf('DR', 'governs: [**/*.py]\nriks: low\nreview_by: 2026-02-30'));
  assert.deepEqual(
    found.map(({ line, column, code }) => `${line}:${column} ${code}`),
    ['7:11 record/alias', '8:1 record/unknown-key', '9:12 record/date'],
  );
});

test('a value behind a slip on its line stands where it is written', () => {
  const [slip, other] = read(
    'DR',
    recordOf(
      'DR',
      'targets: [{metric: fpr, op: >=, value: much}, {metric: fpr, op: "<=", value: 0.1}]',
    ),
  );
  assert.deepEqual(
    [slip?.column, slip?.end_column, other?.column, other?.end_column],
    [29, 31, 40, 44],
  );
});

test('several people where one has to stand are no text in quotes', () => {
  const fixes = (prefix: Prefix, typed: string): readonly (string | undefined)[] =>
    read(prefix, recordOf(prefix, typed)).map(({ fix }) => fix);
  assert.deepEqual(fixes('FB', 'assignee: [ada, ben]'), [
    'name one of them, such as assignee: ada',
  ]);
  assert.deepEqual(fixes('DR', 'rollback: {plan: back, owner: [ada, ben]}'), [
    'name one of them, such as owner: ada',
  ]);
  const text = recordOf('DR', 'context: x').replace('owner: ada', 'owner:\n  - ben\n  - ada');
  assert.deepEqual(
    read('DR', text).map(({ fix }) => fix),
    ['name one of them, such as owner: ben'],
  );
  assert.deepEqual(fixes('FB', 'assignee: [ada]'), ['write ada']);
});

test('a share a little over 1 is no percentage', () => {
  const fix = (typed: string): string | undefined => read('FB', recordOf('FB', typed))[0]?.fix;
  assert.equal(fix('classification: {confidence: 1.5}'), 'write 1 or less');
  assert.equal(fix('classification: {confidence: 1.01}'), 'write 1 or less');
  assert.equal(fix('classification: {confidence: 150}'), 'write 1 or less');
  assert.equal(fix('classification: {confidence: 2}'), 'write 0.02');
});

test('where a review points has "/" before each name', () => {
  const said = (path: string): readonly (string | undefined)[] =>
    parseRecord(
      '.countersign/reviews/DR-HAND/20260301-aaaa.yaml',
      new TextEncoder().encode(
        `schema: countersign/review@1\nthread: t1\nrecord: DR-HAND\ntype: comment\nanchor: {path: ${path}}\nbody: x\nby: Ada <ada@example.org>\nat: 2026-03-01T10:00:00Z\n`,
      ),
    ).findings.map(({ severity, code, line, fix }) => `${severity} ${code} ${line}: ${fix}`);
  for (const [typed, meant] of [
    ['title', '/title'],
    ['rollback.plan', '/rollback/plan'],
    ['rollback/plan', '/rollback/plan'],
    ['"options[2].title"', '/options/2/title'],
  ] as const)
    assert.deepEqual(said(typed), [`error record/value 5: write ${meant}`]);
  for (const typed of ['the title', '"/a~2b"'])
    assert.deepEqual(said(typed), [
      'error record/value 5: write it like /title, /rollback/plan or /options/0/title: "/" before each name, and items of a list counted from 0',
    ]);
  for (const good of ['/title', '/options/0/title', '"/a~1b"']) assert.deepEqual(said(good), []);
});

test('a warning takes nothing away: the record is read', () => {
  const text = recordOf('FB', 'body: fails at issue #12');
  const parsed = parseRecord('.countersign/feedback/FB-HAND.yaml', new TextEncoder().encode(text));
  assert.equal(parsed.record?.kind, 'feedback');
  assert.deepEqual(
    parsed.findings.map(({ code, severity }) => `${severity} ${code}`),
    ['warning record/lost-words'],
  );
  assert.deepEqual(parsed.record.value, readYaml('a.yaml', text).value);
});
