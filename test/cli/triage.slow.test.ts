/** Triage at the command line. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { TriageResult } from '../../src/app/triage.ts';
import { openWorkplace, type Workplace } from './command-line.ts';

const rules = `schema: countersign/triage@1
rules:
  - id: unfair
    when: {text: [unfair]}
    then: {component: threshold, category: fairness, confidence: 0.8}
  - id: guess
    when: {channel: monitor}
    then: {component: data, confidence: 0.3}
ambiguous_below: 0.5
owners: {threshold: ada}
`;

let place: Workplace;

function feedback(id: string, title: string, rest = 'status: new\n'): void {
  place.write(`.countersign/feedback/${id}.yaml`, `schema: countersign/feedback@1\nid: ${id}\ntitle: ${title}\nchannel: ${id === 'FB-0002' ? 'monitor' : 'survey'}\nobserved_at: unknown  # nobody knows\n${rest}`);
}

before(() => {
  place = openWorkplace();
  place.write('.countersign/triage.yaml', rules);
  place.write('.countersign/policy.yaml', 'schema: countersign/policy@1\nrepository: wage-model\ntargets: [main]\npeople:\n  cyan: {name: Cy, emails: [cy@example.org], principals: [cy@example.org]}\nroles: {policy-admin: [cyan]}\nrules: []\n');
  feedback('FB-0001', 'It is UNFAIR');
  feedback('FB-0002', 'Scores moved');
  feedback('FB-0003', 'No rule says anything');
  feedback('FB-0004', 'unfair, and a person knows better', 'status: new\nassignee: dee\npriority: {impact: 4, effort: 2}\nclassification: {component: serving}\n');
  feedback('FB-0005', 'unfair, and settled', 'status: declined\n');
  place.commit('Start', 'ada');
});

after(() => place.remove());

function triage(...args: readonly string[]): TriageResult {
  const ran = place.countersign(['triage', '--json', ...args], 'cy');
  assert.equal(ran.code, 0, ran.err);
  return JSON.parse(ran.out) as TriageResult;
}

test('a dry run says what would be written, and writes nothing', () => {
  const { written, items } = triage('--dry-run');
  assert.equal(written, false);
  assert.deepEqual(items.map(({ id, outcome, score }) => [id, outcome, score]), [['FB-0002', 'ambiguous', null], ['FB-0003', 'unmatched', null], ['FB-0004', 'triaged', 2], ['FB-0001', 'triaged', null]]);
  assert.equal(place.git('status', '--porcelain'), '');
  const { out } = place.countersign(['triage', '--dry-run']);
  assert.match(out, /^FB-0002 for a person: Scores moved\n {4}data; guess is 30 % sure, less than 50 %: the channel is monitor\nFB-0003 for a person: /);
  assert.match(out, /\n2 would be triaged, 2 for a person \(in the editor: Countersign: Triage\)\n$/);
});

test('what a rule is sure of is written as the palette writes it; what the item says of its own stays', () => {
  const { items } = triage();
  assert.equal(place.git('status', '--porcelain'), ' M .countersign/feedback/FB-0001.yaml\n M .countersign/feedback/FB-0004.yaml\n');
  const text = place.read('.countersign/feedback/FB-0001.yaml');
  assert.match(text, /observed_at: unknown {2}# nobody knows\nstatus: triaged\nclassification:[^]*component: threshold[^]*by: unfair[^]*assignee: ada\nhistory: .*by: cyan, change: "status: new → triaged, as unfair proposed"/);
  assert.match(place.read('.countersign/feedback/FB-0004.yaml'), /status: triaged\nassignee: dee\npriority: .*\nclassification: \{component: serving\}\nhistory: .*status: new → triaged"?[,}]/);
  assert.equal(items.find(({ id }) => id === 'FB-0001')?.suggestion?.rule, 'unfair');
  assert.deepEqual(triage('FB-0001', 'FB-0005').items.map(({ id, outcome, why }) => [id, outcome, why]), [['FB-0001', 'settled', 'it is triaged already'], ['FB-0005', 'settled', 'it is declined already']]);
  place.git('checkout', '--quiet', '--', '.');
});

const refused: readonly (readonly [what: string, change: (place: Workplace) => void, args: readonly string[], says: RegExp])[] = [
  ['an id that is not there', () => {}, ['FB-0404'], /there is no feedback FB-0404 that could be read \(record\/none\)/],
  ['a weight of something unknown', ({ write }) => write('.countersign/triage.yaml', `${rules}priority: {impcat: 2}\n`), [], /weighs impcat, which no item has \(triage\/unknown-weight\)\n {2}did you mean impact\?/],
  ['rules that cannot be read', ({ write }) => write('.countersign/triage.yaml', 'rules: [\n'), [], /^\.countersign\/triage\.yaml:\d+:\d+: error record\/[^]*cannot be read \(triage\/no-rules\)/],
  ['no rules', ({ git }) => void git('rm', '--quiet', '.countersign/triage.yaml'), [], /there is no \.countersign\/triage\.yaml to triage by \(triage\/no-rules\)\n {2}countersign init/],
];

for (const [what, change, args, says] of refused) {
  test(`refused: ${what}`, () => {
    change(place);
    const ran = place.countersign(['triage', ...args]);
    assert.deepEqual([ran.code, ran.out], [2, '']);
    assert.match(ran.err, says);
    place.git('reset', '--quiet', '--hard');
  });
}

const mistyped: readonly (readonly [what: string, from: string, to: string, says: RegExp])[] = [
  ['the rules', 'rules:', 'rule:', /^\.countersign\/triage\.yaml:2:1: warning record\/unknown-key .*did you mean rules\?/m],
  ['a condition', 'text: [unfair]', 'txt: [unfair]', /^\.countersign\/triage\.yaml:4:\d+: warning record\/unknown-key .*did you mean text\?/m],
];

for (const [what, from, to, says] of mistyped) {
  test(`a mistyped key of ${what} is said before the answer`, () => {
    place.write('.countersign/triage.yaml', rules.replace(from, to));
    assert.match(place.countersign(['triage', '--dry-run']).err, says);
    place.git('checkout', '--quiet', '--', '.');
  });
}
