/** What somebody forgot to stage: it counts for nothing, and the command says so. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openWorkplace, type Workplace } from './command-line.ts';

let place: Workplace;
const decision = '.countersign/decisions/DR-BASE0001.yaml';

before(() => {
  place = openWorkplace();
  place.git('config', 'gpg.format', 'ssh');
  place.git('config', 'user.signingKey', place.key('ada'));
  place.write('params.yaml', 'depth: 1\n');
  place.write('data.csv', `y,p\n${'1,1\n0,0\n'.repeat(20)}`);
  place.write(
    '.countersign/evaluations/EV-DEPTH001.yaml',
    'schema: countersign/evaluation@1\nid: EV-DEPTH001\ntitle: Depth\nkind: offline\ndata: {candidate: {path: data.csv}}\ncolumns: {label: y, prediction: p}\nmetrics: [accuracy]\n',
  );
  place.countersign(['init']);
  const policy = place
    .read('.countersign/policy.yaml')
    .replace(
      /^ {4}# evidence:\n {4}# {3}(- .*)\n {4}# {3}(- .*?), max_age.*$/m,
      '    evidence:\n      $1\n      $2}',
    );
  assert.match(policy, /^ {6}- \{kind: result/m);
  place.write('.countersign/policy.yaml', policy);
  place.commit('Start', 'ada');
  place.git('switch', '--quiet', '--create', 'change');
  place.write('params.yaml', 'depth: 2\n');
});

after(() => place.remove());

/** The last line of the check, which says why and the next step. */
const verdict = (): string =>
  place.countersign(['check', '--stage', 'author']).out.trimEnd().split('\n').at(-1) ?? '';

test('a governed file that is not staged is named beside the verdict of what is', () => {
  const { code, out } = place.countersign(['check']);
  assert.equal(code, 0);
  assert.match(
    out,
    /^params\.yaml:1:1: warning change\/unstaged not staged, and governed by model-change: params\.yaml — git add params\.yaml$/m,
  );
});

test('sign says what is changed and not staged, also where another rule was asked for', () => {
  assert.equal(
    place.countersign(['sign', '--rule', 'model-change']).err,
    'countersign: nothing that model-change governs would land on main: it is changed and not staged (sign/nothing)\n  git add params.yaml\n',
  );
  assert.match(
    place.countersign(['sign', '--rule', 'policy-change']).err,
    /stage the change first/,
  );
});

test('a decision is asked for, then to be staged, then to be accepted', () => {
  place.git('add', 'params.yaml');
  assert.doesNotMatch(place.countersign(['check']).out, /change\/unstaged/);
  assert.match(
    verdict(),
    /no decision that is accepted stands over params\.yaml — next: write a decision/,
  );
  place.write(
    decision,
    'schema: countersign/decision@1\nid: DR-BASE0001\ntitle: Deeper\nstatus: proposed\nowner: ada\nrisk: low\ngoverns: [params.yaml]\nevaluations: [EV-DEPTH001]\n',
  );
  place.git('add', decision);
  assert.match(
    verdict(),
    /DR-BASE0001 stands over params\.yaml and is proposed, not accepted — next: where its owner agrees, set status: accepted in \S+, then git add \S+$/,
  );
  place.write(decision, place.read(decision).replace('proposed', 'accepted'));
  assert.match(
    verdict(),
    /DR-BASE0001 stands over params\.yaml and is not staged — next: git add \.countersign\/decisions\/DR-BASE0001\.yaml$/,
  );
  place.git('add', decision);
});

test('a measurement leads to staging its result, and never in a circle', () => {
  assert.match(verdict(), /EV-DEPTH001 has no result — next: countersign evaluate EV-DEPTH001$/);
  place.write('params.yaml', 'depth: 3\n');
  assert.match(
    verdict(),
    /params\.yaml differs between index and working tree — next: git add params\.yaml$/,
  );
  place.git('add', 'params.yaml');
  const { out } = place.countersign(['evaluate', 'EV-DEPTH001']);
  const next = /^next: git add (\S+)$/m.exec(out)?.[1] ?? assert.fail(out);
  assert.ok(
    verdict().endsWith(
      `a result of EV-DEPTH001 for this code is not staged — next: git add ${next}`,
    ),
    verdict(),
  );
  place.git('add', next);
  assert.doesNotMatch(verdict(), /staged|has no result|measured on other/);
});
