/** A team of one, and keys that are not good: said by every command whose answer rests on them. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { openWorkplace, type Workplace } from './command-line.ts';

const policy = `schema: countersign/policy@1
repository: wage-model
targets: [main]
people:
  ada: {name: Ada, emails: [ada@example.org], principals: [ada@example.org]}
  ben: {name: Ben, emails: [ben@example.org], principals: [ben@example.org]}
roles: {validator: [ada, ben], policy-admin: [ada]}
policy_change: {count: 1}
repository_settings: off
rules:
  - id: model-change
    paths: ["model/**"]
    require:
      - {role: validator, count: 1}
`;

let place: Workplace;

before(() => {
  place = openWorkplace();
  place.write('model/score.py', 'BAR = 0.5\n');
  place.write('.countersign/policy.yaml', policy);
  place.write('.countersign/allowed_signers', place.signers(['ada', 'ben']));
  place.commit('Start', 'ada');
  place.git('switch', '--quiet', '--create', 'change');
  place.write('model/score.py', 'BAR = 0.4\n');
  place.commit('Lower the bar', 'ada');
});

after(() => place.remove());

const weak = /one person alone may change this policy/;

test('a team of one is called weak by every command that rests on its policy, and once', () => {
  const range = ['--range', 'main...HEAD'];
  const signed = place.countersign(['sign', ...range, '--key', place.key('ben'), '--json'], 'ben');
  assert.equal(signed.code, 0, signed.err);
  place.commit('Sign', 'ben');
  const commands: readonly (readonly string[])[] = [['check', ...range], ['digest', ...range], ['verify'], ['doctor'], ['sign', ...range, '--key', place.key('ben'), '--as', 'ben', '--print']];
  assert.match(signed.out, weak);
  const said = (args: readonly string[]): void => {
    const told = place.countersign(args, 'ben');
    assert.equal((told.out + told.err).split('one person alone').length, 2, `${args.join(' ')}: ${told.out}${told.err}`);
    const { out } = place.countersign([...args, '--json'], 'ben');
    assert.match(out, weak, `${args.join(' ')} --json`);
  };
  commands.forEach(said);
  place.git('switch', '--quiet', 'main');
  place.git('merge', '--quiet', '--ff-only', 'change');
  for (const args of [['audit'], ['approved', 'model/score.py']]) said(args);
});

test('a change of such a policy is called weak once, though both policies are', () => {
  place.git('switch', '--quiet', '--create', 'policy');
  place.write('.countersign/policy.yaml', policy.replace('targets: [main]', 'targets: [main, next]'));
  place.commit('Another target', 'ada');
  assert.equal(place.countersign(['check', '--range', 'main...HEAD']).out.split('one person alone').length, 2);
});

/** What doctor says of the key, of who signs with whose key. */
function doctored(person: string, key: string): string {
  place.git('config', 'gpg.format', 'ssh');
  place.git('config', 'user.signingKey', place.key(key));
  return place.countersign(['doctor'], person).out.split('\n').find((line) => / key: /.test(line)) ?? '';
}

test('doctor holds the key to what its signatures will be held to', () => {
  place.git('switch', '--quiet', 'main');
  assert.match(doctored('ben', 'ben'), /^✓ key: .*, which is ben@example\.org's$/);
  assert.match(doctored('ben', 'ada'), /^! key: .*which is ada@example\.org's, and git says that you are ben/);
  assert.match(doctored('ben', 'mallory'), /^! key: .*will not count: .* is not in \.countersign\/allowed_signers/);
  place.write('.countersign/allowed_signers', place.signers(['ada']) + place.signers(['ben'], 'namespaces="model-signoff",valid-before="20200101Z"') + place.signers(['cy'], 'namespaces="git"'));
  place.commit('Expire', 'ada');
  assert.match(doctored('ben', 'ben'), /^✗ key: .*is expired: it was valid before 2020/);
  assert.match(doctored('cy', 'cy'), /^! key: .*not allowed to sign for model-signoff/);
  place.write('.countersign/revoked_keys', readFileSync(`${place.key('ben')}.pub`, 'utf8'));
  place.commit('Revoke', 'ada');
  assert.match(doctored('ben', 'ben'), /^✗ key: .*is revoked/);
  assert.equal(place.countersign(['doctor'], 'ben').code, 1);
});
