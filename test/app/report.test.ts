import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { evaluate, resultPath } from '../../src/app/evaluate.ts';
import { reports } from '../../src/app/report.ts';
import type { Repository } from '../../src/app/repository.ts';
import type { Report } from '../../src/core/reports/report.ts';
import { reportHtml } from '../../src/core/render/report/report-html.ts';
import { reportText } from '../../src/core/render/report/report-text.ts';
import { evaluateAgain } from '../../src/app/recompute-result.ts';
import type { EvaluationResult } from '../../src/core/reports/result.ts';
import { openDuckdb } from '../../src/node/duckdb-engine.ts';
import { openRepository } from '../../src/node/repository.ts';
import { git } from '../extension/model-repository.ts';

const folder = mkdtempSync(join(tmpdir(), 'countersign-report-'));
let repository: Repository;
let stored: string;

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

const reportOfAll = async (): Promise<Report> =>
  (await reports(repository, 'EV-TEST0001'))[0] as Report;

before(async () => {
  const rows = Array.from(
    { length: 80 },
    (_, index) =>
      `${index},${index % 2},${index % 8 === 0 ? 1 - (index % 2) : index % 2},${index % 3 === 0 ? 'a' : 'b'}`,
  );
  write('data/scores.csv', `id,label,prediction,part\n${rows.join('\n')}\n`);
  write(
    '.countersign/evaluations/EV-TEST0001.yaml',
    'schema: countersign/evaluation@1\nid: EV-TEST0001\ntitle: Test\nkind: offline\ndata: {candidate: {path: data/scores.csv, name: a model}}\ncolumns: {label: label, prediction: prediction}\ngroups: [[part]]\ntargets: [{metric: accuracy, op: ">=", value: 0.99}]\n',
  );
  write(
    '.countersign/decisions/DR-TEST0001.yaml',
    'schema: countersign/decision@1\nid: DR-TEST0001\ntitle: Try it\nstatus: proposed\nowner: ada\nrisk: low\ndecision: It is tried.\nfeedback: [FB-TEST0001]\nevaluations: [EV-TEST0001]\n',
  );
  write(
    '.countersign/feedback/FB-TEST0001.yaml',
    'schema: countersign/feedback@1\nid: FB-TEST0001\ntitle: It is wrong too often\nchannel: issue\nreceived_at: 2026-10-01T08:00:00+02:00\nstatus: accepted\n',
  );
  git(folder, 'init', '--quiet', '--initial-branch=main');
  repository = await openRepository(folder);
  const made = await evaluate(repository, {
    id: 'EV-TEST0001',
    openEngine: (tables) => openDuckdb(repository.top, tables),
  });
  stored = made.path;
  write(stored, made.text);
});
after(() => rmSync(folder, { recursive: true, force: true }));

test('a report tells of the decision, what is done, the feedback behind it and the verdict', async () => {
  const { standing, sentence, decisions, models } = await reportOfAll();
  assert.equal(standing, 'current');
  assert.match(sentence, /^Fail: accuracy is 0\.875 .*, wanted >= 0\.99: not met\.$/);
  assert.deepEqual(
    decisions.map(({ id, done, feedback }) => [id, done, feedback.map(({ title }) => title)]),
    [['DR-TEST0001', 'It is tried.', ['It is wrong too often']]],
  );
  assert.deepEqual(models, [
    { side: 'candidate', name: 'a model', version: null, place: 'data/scores.csv' },
  ]);
});

test('in the terminal the rate that failed is told for each group, with its interval', async () => {
  const lines = reportText(await reportOfAll(), 160).split('\n');
  const at = lines.indexOf('accuracy by part (wanted >= 0.99: not met)');
  assert.ok(at > 0, lines.join('\n'));
  assert.deepEqual(
    lines.slice(at + 1, at + 5).map((line) => line.replace(/ {2,}/g, ' | ')),
    [
      'group | rows | candidate',
      'everyone | 80 | 0.875 (0.785 to 0.931)',
      'a | 27 (small) | 0.852 (0.675 to 0.941)',
      'b | 53 | 0.887 (0.774 to 0.947)',
    ],
  );
});

/** The report while the stored result is another text, by the name that is its own. */
async function reportOfStored(
  change: (text: string) => string,
  at: (text: string) => string = (text) => resultPath('EV-TEST0001', text),
): Promise<Report> {
  const genuine = readFileSync(join(folder, stored), 'utf8');
  const changed = change(genuine);
  assert.notEqual(changed, genuine);
  rmSync(join(folder, stored));
  const path = at(changed);
  write(path, changed);
  try {
    return await reportOfAll();
  } finally {
    rmSync(join(folder, path));
    write(stored, genuine);
  }
}

test('a verdict that the counts deny is not shown as one', async () => {
  const { standing, sentence } = await reportOfStored((text) =>
    text.replace('"verdict": "fail"', '"verdict": "pass"'),
  );
  assert.equal(standing, 'altered');
  assert.equal(
    sentence,
    'Not to be relied on: the file says pass, and the counts in it do not. Measure again: countersign evaluate EV-TEST0001',
  );
});

test('a result that was edited where it lies is none, and no number of it is shown', async () => {
  const { result, sentence } = await reportOfStored(
    (text) => text.replaceAll('0.875', '0.995'),
    () => stored,
  );
  const [name, own] = [
    /[0-9a-f]{12}(?=\.json)/.exec(stored)?.[0],
    /its bytes are ([0-9a-f]{12})\./.exec(sentence)?.[1],
  ];
  assert.equal(result, null);
  assert.notEqual(own, name);
  assert.equal(
    sentence,
    `${stored} is not what was measured: its name says ${name}, its bytes are ${own}. Bring it back: git restore --staged --worktree -- ${stored}; where no commit has it: rm -- ${stored}, then measure again: countersign evaluate EV-TEST0001`,
  );
});

test('a result that no report could print is none', async () => {
  const { result, sentence } = await reportOfStored((text) =>
    text.replace('"metrics": {', '"metrics": {"x": {"value": "1"},'),
  );
  assert.deepEqual(
    [result, sentence],
    [null, 'EV-TEST0001 has not been measured yet: countersign evaluate EV-TEST0001'],
  );
});

const dataPath = 'data/scores.csv';
const planPath = '.countersign/evaluations/EV-TEST0001.yaml';
for (const [standing, path, change, clause] of [
  [
    'other data',
    dataPath,
    (text: string) => `${text}80,1,1,a\n`,
    'the data are not the data that this was measured on',
  ],
  [
    'other plan',
    planPath,
    (text: string) => text.replace(/value: [0-9.]+/, 'value: 0.9001'),
    'the plan is not the plan that this was measured by',
  ],
] as const)
  test(`a result of ${standing} begins with that, and its verdict is one of then without the colour of one`, async () => {
    const genuine = readFileSync(join(folder, path), 'utf8');
    write(path, change(genuine));
    const report = await reportOfAll();
    write(path, genuine);
    assert.equal(report.standing, standing);
    assert.ok(report.sentence.startsWith(`Out of date: ${clause}. It said then: fail, `));
    assert.ok(report.sentence.endsWith('. Measure again: countersign evaluate EV-TEST0001'));
    const page = reportHtml([report]);
    assert.match(page, /<p class="verdict stale"/);
    assert.match(page, new RegExp(`<li>The${clause.slice(3)}\\.</li>`));
  });

const planned = async () => (await reportOfAll()).planned;
const lower = (value: number): void => {
  const path = '.countersign/evaluations/EV-TEST0001.yaml';
  const text = readFileSync(join(folder, path), 'utf8');
  write(path, text.replace(/value: [0-9.]+/, `value: ${value}`));
};
const measureAgain = async (): Promise<EvaluationResult> => {
  const { path, text, result } = await evaluate(repository, {
    id: 'EV-TEST0001',
    openEngine: (tables) => openDuckdb(repository.top, tables),
  });
  write(path, text);
  return result;
};
const commit = (): void => {
  git(folder, 'add', '--all');
  git(folder, '-c', 'user.name=ada', '-c', 'user.email=ada@example.org', 'commit', '-qm', 'x');
};

test('that targets were set before is said only where a commit held them before the first result', async () => {
  assert.deepEqual(await planned(), { before: false, why: 'they are not committed' });
  git(folder, 'add', '.countersign/evaluations', '.countersign/decisions');
  git(folder, '-c', 'user.name=ada', '-c', 'user.email=ada@example.org', 'commit', '-qm', 'plan');
  assert.deepEqual(await planned(), { before: true, why: null });
  commit();
  assert.deepEqual(await planned(), { before: true, why: null });
});

test('a target that is moved after a result is a look, is listed, and was not set before', async () => {
  lower(0.8);
  const second = await measureAgain();
  assert.deepEqual(
    [second.looks, second.earlier?.map(({ changed, targets }) => [changed, targets])],
    [2, [[['plan'], ['accuracy >= 0.99']]]],
  );
  commit();
  git(folder, 'rm', '-q', '-r', '.countersign/results');
  lower(0.7);
  const third = await measureAgain();
  assert.equal(third.looks, 3, 'a result that was deleted was looked at');
  assert.deepEqual(await planned(), {
    before: false,
    why: 'earlier results were judged by other targets',
  });
  const { earlier } = await reportOfAll();
  assert.equal(earlier.length, 2);
  const again = await evaluateAgain(repository, third);
  assert.equal(again.result.looks, 3);
  assert.equal((await measureAgain()).looks, 3, 'the same look again is none more');
});
