/** A policy that nobody can judge by, from the first hour on: said before it is committed, and a way back. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openWorkplace, type Workplace } from './command-line.ts';

let place: Workplace;

before(() => {
  place = openWorkplace();
  place.write('params.yaml', 'depth: 1\n');
  place.commit('Pipeline', 'ada');
});

after(() => place.remove());

test('init says whom it wrote in, and that a key of somebody else meets nothing', () => {
  assert.match(
    place.countersign(['init'], 'zoe').out,
    /^the policy names zoe \(zoe@example\.org\), as git does here/m,
  );
  for (const [key, value] of [
    ['gpg.format', 'ssh'],
    ['user.signingKey', place.key('ada')],
    ['user.name', 'ada'],
    ['user.email', 'ada@example.org'],
  ] as const)
    place.git('config', key, value);
  const { out } = place.countersign(['init']);
  assert.match(
    out,
    /^\.countersign\/policy\.yaml:\d+:\d+: error policy\/unsatisfiable [^]*^next: mend this before you commit it/m,
  );
  assert.doesNotMatch(out, /the policy names|commit it to the target branch/);
});

test('what would mend it says its digest, goes through the hook before a commit, and lands by that digest alone', () => {
  place.commit('A policy of the wrong person', 'ada');
  place.countersign(['hook', 'install']);
  place.git('switch', '--quiet', '--create', 'mend');
  assert.match(
    place.countersign(['check']).err,
    /\(policy\/unreadable\)\n {2}mend \.countersign\/policy\.yaml on a branch and stage it/,
  );
  place.write(
    '.countersign/policy.yaml',
    place.read('.countersign/policy.yaml').replaceAll('zoe', 'ada'),
  );
  place.write('notes.md', 'x\n');
  place.git('add', 'notes.md');
  assert.throws(
    () => place.git('commit', '--quiet', '--message=Something else'),
    /policy\/unreadable/,
  );
  place.git('add', '.countersign');
  place.git('commit', '--quiet', '--message=Mend the policy');
  const ran = place.countersign(['check', '--range', 'main...HEAD']);
  const digest = /--trust-root (v1:[0-9a-f]{64})$/m.exec(ran.err)?.[1] ?? assert.fail(ran.err);
  assert.equal(ran.code, 2);
  assert.equal(
    place.countersign(['check', '--range', 'main...HEAD', '--trust-root', digest]).code,
    0,
  );
  assert.equal(
    place.countersign([
      'check',
      '--range',
      'main...HEAD',
      '--trust-root',
      digest.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
    ]).code,
    2,
  );
});

test('the push of it wants the digest as every check of a range does', () => {
  place.git('clone', '--quiet', '--bare', '.', '../origin.git');
  place.git('remote', 'add', 'origin', '../origin.git');
  for (const branch of ['mend:main', 'mend:mended'])
    assert.throws(
      () => place.git('push', '--quiet', 'origin', branch),
      /policy\/unreadable/,
      branch,
    );
});
