/** A team of one, and keys that are not good: said by every command whose answer rests on them. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { openWorkplace, policyOf, type Workplace } from './command-line.ts';

const policy = policyOf(
  ['ada', 'ben'],
  `roles: {validator: [ada, ben], policy-admin: [ada]}
policy_change: {count: 1}
repository_settings: off
rules:
  - id: model-change
    paths: ["model/**"]
    require:
      - {role: validator, count: 1}
`,
);

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
  const commands: readonly (readonly string[])[] = [
    ['check', ...range],
    ['digest', ...range],
    ['verify'],
    ['doctor'],
    ['sign', ...range, '--key', place.key('ben'), '--as', 'ben', '--print'],
  ];
  assert.match(signed.out, weak);
  const said = (args: readonly string[]): void => {
    const told = place.countersign(args, 'ben');
    assert.equal(
      (told.out + told.err).split('one person alone').length,
      2,
      `${args.join(' ')}: ${told.out}${told.err}`,
    );
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
  place.write(
    '.countersign/policy.yaml',
    policy.replace('targets: [main]', 'targets: [main, next]'),
  );
  place.commit('Another target', 'ada');
  assert.equal(
    place.countersign(['check', '--range', 'main...HEAD']).out.split('one person alone').length,
    2,
  );
});

/** What doctor says of the key, of who signs with whose key. */
function doctored(person: string, key: string): string {
  place.git('config', 'gpg.format', 'ssh');
  place.git('config', 'user.signingKey', place.key(key));
  return (
    place
      .countersign(['doctor'], person)
      .out.split('\n')
      .find((line) => / key: /.test(line)) ?? ''
  );
}

test('doctor holds the key to what its signatures will be held to', () => {
  place.git('switch', '--quiet', 'main');
  assert.match(doctored('ben', 'ben'), /^✓ key: .*, which is ben@example\.org's$/);
  assert.match(
    doctored('ben', 'ada'),
    /^! key: .*which is ada@example\.org's, and git says that you are ben/,
  );
  assert.match(
    doctored('ben', 'mallory'),
    /^! key: .*will not count: .* is not in \.countersign\/allowed_signers/,
  );
  place.write(
    '.countersign/allowed_signers',
    place.signers(['ada']) +
      place.signers(['ben'], 'namespaces="model-signoff",valid-before="20200101Z"') +
      place.signers(['cy'], 'namespaces="git"'),
  );
  place.commit('Expire', 'ada');
  assert.match(doctored('ben', 'ben'), /^✗ key: .*is expired: it was valid before 2020/);
  assert.match(doctored('cy', 'cy'), /^! key: .*not allowed to sign for model-signoff/);
  place.write('.countersign/revoked_keys', readFileSync(`${place.key('ben')}.pub`, 'utf8'));
  place.commit('Revoke', 'ada');
  assert.match(doctored('ben', 'ben'), /^✗ key: .*is revoked/);
  assert.equal(place.countersign(['doctor'], 'ben').code, 1);
});

/** What doctor says of a part, of who commits under which e-mail and signs with whose key. */
function told(
  part: string,
  email: string,
  key: string,
  more: Readonly<Record<string, string>> = {},
): string {
  place.git('config', 'gpg.format', 'ssh');
  place.git('config', 'user.signingKey', place.key(key));
  const out = place.countersign(['doctor'], email.split('@')[0], {
    GIT_AUTHOR_EMAIL: email,
    GIT_COMMITTER_EMAIL: email,
    ...more,
  }).out;
  return out.split('\n').find((line) => line.includes(` ${part}: `)) ?? out;
}

type Said = readonly [said: string, name: string, wanted: RegExp];

function aboutPersons(): readonly Said[] {
  return [
    // The key tells who it is, so that only the e-mail has to be mended, in whichever of the two ways is true.
    [
      told('you', 'ben@home.example', 'ben'),
      'ben at home',
      /^! you: ben@home\.example is nobody's by the policy: .*author whom the gate does not know.* — if the policy knows you by another: unset GIT_AUTHOR_EMAIL, which says so here; if ben@home\.example is yours: add it to people\.ben\.emails in \.countersign\/policy\.yaml, by a policy change$/,
    ],
    [
      told('you', 'gil@example.org', 'gil'),
      'whom nobody knows',
      /if gil@example\.org is yours: add it to people\.<you>\.emails/,
    ],
    [
      told('you', 'ada@example.org', 'ada', { GIT_COMMITTER_EMAIL: 'old@example.org' }),
      'the committer alone',
      /^! you: old@example\.org is nobody's .*unset GIT_COMMITTER_EMAIL.*people\.ada\.emails/,
    ],
    [
      told('you', 'help[bot]@example.org', 'ada'),
      'an agent',
      /^! you: .* is an agent's address: it may author, and can never sign — .*git config user\.email ada@example\.org$/,
    ],
    [
      told('you', 'noreply@github.com', 'mallory'),
      'a forge',
      /^! you: .* is a forge's own address.* — git config user\.email with yours: ada@example\.org \(ada\), ben@example\.org \(ben\)$/,
    ],
    [told('you', 'ada@example.org', 'ada'), 'a person', /^✓ you: ada \(ada@example\.org\)$/],
  ];
}

function aboutKeys(): readonly Said[] {
  return [
    // A key that is allowed under a name that is no person's counts for nobody, and another key would not be the mend.
    [
      told('key', 'ada@example.org', 'gil'),
      'nobody’s principal',
      /^! key: .* is gil@example\.org's, and no person of the policy has that principal: what it signs counts for nobody — if the key is yours: add gil@example\.org to people\.ada\.principals in \.countersign\/policy\.yaml, by a policy change/,
    ],
    [
      told('key', 'gil@example.org', 'gil'),
      'nobody’s principal and e-mail',
      /^! key: .*counts for nobody.*people\.<you>\.principals/,
    ],
    [
      told('key', 'ada@example.org', 'job'),
      'the key of a job',
      /^! key: .* a job of a forge: it signs for nobody in person/,
    ],
    [
      told('key', 'ada@example.org', 'ben'),
      'another person’s',
      /^! key: .* is ben@example\.org's, and git says that you are ada .* — if you are ada: git config user\.signingKey with your own key; if you are ben: git config user\.email ben@example\.org$/,
    ],
    [
      told('key', 'cy@example.org', 'cy'),
      'for another purpose',
      /^! key: .* — write namespaces="model-signoff" in its line of \.countersign\/allowed_signers, by a policy change$/,
    ],
    [
      told('key', 'ada@example.org', 'mallory'),
      'a stranger',
      /^! key: .* is not in \.countersign\/allowed_signers — add it to \.countersign\/allowed_signers, and its principal to yours under people, by a policy change$/,
    ],
  ];
}

test('doctor says what to do where an e-mail or a principal belongs to nobody', () => {
  place.git('switch', '--quiet', 'main');
  place.write(
    '.countersign/policy.yaml',
    policy.replace(
      'roles:',
      'agents: ["*[bot]@*"]\nplatforms: ["noreply@github.com"]\nattestors: [{forge: github, principal: job@example.org}]\nroles:',
    ),
  );
  place.write(
    '.countersign/allowed_signers',
    place.signers(['ada', 'ben', 'gil', 'job']) + place.signers(['cy'], 'namespaces="git"'),
  );
  place.write('.countersign/revoked_keys', '');
  place.commit('Keys of people whom the policy does not name', 'ada');
  for (const [said, name, wanted] of [...aboutPersons(), ...aboutKeys()])
    assert.match(said, wanted, name);
});
