import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SaxesParser } from 'saxes';
import type { CheckResult } from '../../../src/core/gate/check-result.ts';
import { standingFindings } from '../../../src/core/render/check/standing-findings.ts';
import { crowded, failing, hostile, passing } from './checks.ts';
import { sarifProblems } from './sarif-schema.ts';
import { results, sarif, write } from './written-checks.ts';

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
