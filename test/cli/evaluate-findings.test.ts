/** What is wrong with a plan is said before it is measured. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openWorkplace, type Workplace } from './command-line.ts';

let place: Workplace;
const path = '.countersign/evaluations/EV-DEPTH001.yaml';
const plan = (more: string): string => `schema: countersign/evaluation@1\nid: EV-DEPTH001\ntitle: Depth\nkind: offline\ndata: {candidate: {path: data.csv}}\ncolumns: {label: y, score: p}\n${more}`;

before(() => {
  place = openWorkplace();
  place.write('data.csv', `y,p\n${'1,0.9\n0,0.1\n'.repeat(20)}`);
});

after(() => place.remove());

test('a mistyped key is said before the answer, on standard error', () => {
  place.write(path, plan('treshold: 0.45\n'));
  const { out, err } = place.countersign(['evaluate', 'EV-DEPTH001', '--json']);
  assert.match(err, /^\.countersign\/evaluations\/EV-DEPTH001\.yaml:7:1: warning record\/unknown-key .*did you mean threshold\?/);
  assert.equal((JSON.parse(out) as { readonly schema: string }).schema, 'countersign/result@1');
});

test('a plan without a slip says nothing beside the answer', () => {
  place.write(path, plan('threshold: 0.45\ntargets: [{metric: recall, op: ">=", value: 0.5}, {metric: auc, op: ">=", value: 0.5}]\n'));
  assert.equal(place.countersign(['evaluate', 'EV-DEPTH001']).err, '');
});

const metrics: readonly (readonly [name: string, says: RegExp])[] = [
  ['recal', /did you mean recall\? the metrics are accuracy, precision, .*equal_opportunity_difference/],
  ['selection_rate_ration', /did you mean selection_rate_ratio\?/],
  ['latency_p95', /^ {2}the metrics are accuracy/m],
];

for (const [name, says] of metrics) {
  test(`no metric: ${name}`, () => {
    place.write(path, plan(`targets:\n  - {metric: recall, op: ">=", value: 0.5}\n  - {metric: ${name}, op: ">=", value: 0.5}\n`));
    const { code, out, err } = place.countersign(['evaluate', 'EV-DEPTH001']);
    assert.deepEqual([code, out], [2, '']);
    assert.match(err, new RegExp(`^\\.countersign/evaluations/EV-DEPTH001\\.yaml:9:14: warning record/metric there is no metric ${name}`));
    assert.match(err, says);
    assert.match(place.countersign(['check', '--records']).out, /:9:14: warning record\/metric/);
  });
}
