/** The page of examples: every record of it is written as it stands there, and serves as the page says. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import type { EvaluationResult } from '../../src/core/reports/result.ts';
import { openWorkplace, policyOf, type Workplace } from '../cli/command-line.ts';

const page = readFileSync(new URL('../../docs/records.md', import.meta.url), 'utf8');
const files = [...page.matchAll(/^```\w+ file=(\S+)\n([^]*?)^```/gm)].map(
  ([, path = '', text = '']) => ({ path, text }),
);

const policy = policyOf(
  ['ada', 'ben', 'cy'],
  `roles: {validator: [ben, cy], policy-admin: [ada, cy]}
rules:
  - id: model-change
    paths: ["model/**"]
    checklist: model-change
    require:
      - {role: validator, count: 1, independent: true}
    evidence:
      - {kind: decision, status: [accepted], covers: changed-files}
      - {kind: result, verdict: pass}
`,
);

let place: Workplace;

before(() => {
  place = openWorkplace();
  for (const { path, text } of files) place.write(path, text);
  // The page shows two rows; so many that the targets can be judged look the same.
  const rows = Array.from(
    { length: 800 },
    (_, row) =>
      `${row + 1},${row % 2},${row % 10 === 3 ? 0 : row % 2},${row % 4 < 2 ? 'female' : 'male'},${row % 3 === 0 ? 25 : 41}`,
  );
  place.write(
    'data/scores.csv',
    `${place.read('data/scores.csv').split('\n')[0]}\n${rows.join('\n')}\n`,
  );
  place.write('.countersign/policy.yaml', policy);
  place.write('.countersign/allowed_signers', place.signers(['ada', 'ben', 'cy']));
  place.write('model/score.py', 'BAR = 0.5\n');
  place.commit('Start', 'cy');
  place.git('switch', '--quiet', '--create', 'change');
  place.write('model/score.py', 'BAR = 0.4\n');
});

after(() => place.remove());

test('the examples are all there, and none is longer than twenty lines', () => {
  assert.equal(files.length, 10);
  for (const { path, text } of files) assert.ok(text.split('\n').length <= 20, path);
});

test('nothing is wrong with a record of the page', () => {
  const { code, out } = place.countersign(['check', '--records']);
  assert.equal(code, 0, out);
  assert.match(out, /^pass/);
  assert.doesNotMatch(out, /warning|error/);
});

test('the item stands behind its line, is triaged by the rules, and its thread is listed', () => {
  assert.match(place.countersign(['trail', 'model/score.py:1']).out, /FB-MISSED01/);
  assert.match(place.countersign(['triage', '--dry-run']).out, /FB-MISSED01/);
  assert.match(place.countersign(['review', 'list', 'DR-LOWBAR01']).out, /Who tells the people/);
});

test('the evaluation is measured by group and slice, is signed for with the answers, and lets the change land', () => {
  place.commit('Lower the bar', 'ada');
  const measured = place.countersign(['evaluate', 'EV-RECALL01', '--json']);
  assert.equal(measured.err, '');
  assert.deepEqual(
    (JSON.parse(measured.out) as EvaluationResult).targets.map(({ state }) => state),
    ['met', 'met', 'met', 'met'],
  );
  place.commit('Measured', 'ada');
  const signed = place.countersign(
    ['sign', '--range', 'main...HEAD', '--key', place.key('ben'), '--answers', 'answers.yaml'],
    'ben',
  );
  assert.equal(signed.code, 0, signed.err);
  place.commit('Signed', 'ben');
  const { code, out } = place.countersign(['check', '--range', 'main...HEAD']);
  assert.equal(code, 0, out);
});
