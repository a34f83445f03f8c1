/** A result that is computed again on other data is told where it first says something else. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openWorkplace, type Workplace } from './command-line.ts';

let place: Workplace;
before(() => {
  place = openWorkplace();
  place.write('data.csv', `y,p\n${'1,1\n0,0\n'.repeat(40)}`);
  place.write(
    '.countersign/evaluations/EV-DEPTH001.yaml',
    'schema: countersign/evaluation@1\nid: EV-DEPTH001\ntitle: Depth\nkind: offline\ndata: {candidate: {path: data.csv}}\ncolumns: {label: y, prediction: p}\ntargets: [{metric: accuracy, op: ">=", value: 0.5}]\n',
  );
});
after(() => place.remove());

test('the first difference is named, with what the file says and what is found now', () => {
  const path =
    /^next: git add (\S+)$/m.exec(place.countersign(['evaluate', 'EV-DEPTH001']).out)?.[1] ?? '';
  const verify = ['evaluate', 'EV-DEPTH001', '--verify', path];
  assert.equal(place.countersign(verify).code, 0);
  place.write('data.csv', `y,p\n${'1,1\n0,0\n'.repeat(40)}1,0\n`);
  const { code, out } = place.countersign(verify);
  assert.equal(code, 1);
  assert.match(
    out,
    /the first difference is inputs\.0\.sha256: "[0-9a-f]{64}" there, "[0-9a-f]{64}" now/,
  );
  const { difference } = JSON.parse(place.countersign([...verify, '--json']).out) as {
    readonly difference: { readonly at: string };
  };
  assert.equal(difference.at, 'inputs.0.sha256');
});
