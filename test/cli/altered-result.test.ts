/** A stored result that somebody edited is no result, wherever it is read. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openWorkplace, type Workplace } from './command-line.ts';

let place: Workplace;
let path: string;
let edited: string;

before(() => {
  place = openWorkplace();
  place.git('config', 'gpg.format', 'ssh');
  place.git('config', 'user.signingKey', place.key('ada'));
  place.write('data.csv', `y,p\n${'1,1\n0,0\n'.repeat(20)}${'1,0\n0,1\n'.repeat(6)}`);
  place.write(
    '.countersign/evaluations/EV-DEPTH001.yaml',
    'schema: countersign/evaluation@1\nid: EV-DEPTH001\ntitle: Depth\nkind: offline\ndata: {candidate: {path: data.csv}}\ncolumns: {label: y, prediction: p}\ntargets: [{metric: accuracy, op: ">=", value: 0.5}]\n',
  );
  place.countersign(['init']);
  path =
    /^next: git add (\S+)$/m.exec(place.countersign(['evaluate', 'EV-DEPTH001']).out)?.[1] ??
    assert.fail();
  place.commit('Start', 'ada');
  edited = place.read(path).replaceAll('"tp": 20', '"tp": 19');
  assert.notEqual(edited, place.read(path));
});

after(() => place.remove());

/** The command of a finding's fix, run as it is printed. */
function mend(fix: string): void {
  const words = fix.split(' ');
  assert.equal(words.shift(), 'git');
  place.git(...words);
}

test('staged, it stops the commit, and the printed command brings it back', () => {
  place.write(path, edited);
  place.git('add', path);
  const { code, out } = place.countersign(['check', '--json']);
  const [finding] = (
    JSON.parse(out) as {
      readonly findings: readonly {
        readonly code: string;
        readonly message: string;
        readonly fix: string;
      }[];
    }
  ).findings.filter((each) => each.code === 'result/altered');
  assert.equal(code, 1);
  assert.match(
    finding?.message ?? '',
    new RegExp(
      `^${path} is not what was measured: its name says ${path.slice(-17, -5)}, its bytes are [0-9a-f]{12}$`,
    ),
  );
  mend(finding?.fix ?? '');
  assert.equal(place.git('status', '--porcelain'), '');
});

test('in the working tree, records, trail, show and report say so', () => {
  place.write(path, edited);
  const { code, out } = place.countersign(['check', '--records']);
  assert.equal(code, 1);
  assert.match(out, /: error result\/altered \S+ is not what was measured/);
  for (const command of ['trail', 'show'])
    assert.match(place.countersign([command, 'EV-DEPTH001']).out, /not what was measured, look 1/);
  const report = place.countersign(['report', 'EV-DEPTH001']).out;
  assert.match(report, /is not what was measured: its name says/);
  assert.doesNotMatch(report, /Pass/);
  place.git('restore', '--staged', '--worktree', '--', path);
  assert.match(place.countersign(['report', 'EV-DEPTH001']).out, /Pass/);
});

test('in a range, as a change of a file that had landed and as a new one', () => {
  place.git('switch', '--quiet', '--create', 'edited');
  place.write(path, edited);
  place.write(path.replace(/[0-9a-f]{12}(?=\.json)/, '0123456789ab'), edited);
  place.commit('Edit', 'ada');
  const { code, out } = place.countersign(['check', '--range', 'main...HEAD']);
  assert.equal(code, 1);
  assert.deepEqual(
    [...out.matchAll(/([0-9a-f]{12})\.json:1:1: error result\/altered/g)].map(([, name]) => name),
    ['0123456789ab', path.slice(-17, -5)].sort(),
  );
});
