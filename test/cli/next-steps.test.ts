/** Next steps that work where they are read. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openWorkplace, type Workplace } from './command-line.ts';

let place: Workplace;

before(() => {
  place = openWorkplace();
  for (const [key, value] of [
    ['user.name', 'ada'],
    ['user.email', 'ada@example.org'],
    ['gpg.format', 'ssh'],
    ['user.signingKey', place.key('ada')],
  ] as const)
    place.git('config', key, value);
  place.write('params.yaml', 'depth: 1\n');
});

after(() => place.remove());

test('before the first commit, doctor asks for one, whatever the target is called', () => {
  const asked = /^\S+ policy: .* — make the first commit: git add --all && git commit$/m;
  assert.match(place.countersign(['doctor']).out, asked);
  place.git('config', 'countersign.target', 'main');
  assert.match(place.countersign(['doctor']).out, asked);
  place.git('config', '--unset', 'countersign.target');
});

test('check asks to land the policy that is here, and not to make another', () => {
  place.commit('Start', 'ada');
  place.git('switch', '--quiet', '--create', 'change');
  place.countersign(['init']);
  assert.match(
    place.countersign(['check']).out,
    /— next: land the policy that is here: git add \.countersign && git commit, then bring it to main$/m,
  );
  place.commit('Policy', 'ada');
  place.git('branch', '--force', 'main');
});

test('the first line of the hook says where', () => {
  place.countersign(['hook', 'install']);
  place.write(
    '.countersign/policy.yaml',
    place.read('.countersign/policy.yaml').replace(/^targets: .*\n/m, ''),
  );
  place.git('add', '--all');
  assert.throws(
    () => place.git('commit', '--quiet', '--message=No targets'),
    /what is staged: fail: \.countersign\/policy\.yaml:\d+: targets is missing/,
  );
  place.git('reset', '--quiet', '--hard');
});

test('who has to sign is told the range by a name that a clone has', () => {
  place.git('clone', '--quiet', '--bare', '.', '../origin.git');
  place.git('remote', 'add', 'origin', '../origin.git');
  place.git('fetch', '--quiet', 'origin');
  place.write('params.yaml', 'depth: 2\n');
  place.commit('Change', 'ada');
  assert.match(
    place.countersign(['check', '--range', 'main...HEAD']).out,
    /countersign sign --range origin\/main\.\.\.HEAD --rule model-change/,
  );
});
