/** What waits for whom, over branches that nobody has checked out. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Inbox } from '../../src/core/inbox/inbox-item.ts';
import { openWorkplace, policyOf, type Workplace } from './command-line.ts';

const people = ['ada', 'ben', 'cy', 'eve'];
const policy = policyOf(
  people,
  `roles: {validator: [ben, cy], policy-admin: [ada, cy, eve]}
rules:
  - id: model-change
    paths: ["model/**"]
    checklist: model-change
    require:
      - {role: validator, count: 1, independent: true}
`,
);
const checklist =
  'schema: countersign/checklist@1\nname: model-change\nitems:\n  - {id: why, ask: "Why?", must: true, by: author}\n';
const decision =
  'schema: countersign/decision@1\nid: DR-0001\ntitle: Lower the bar\nstatus: proposed\nowner: ada\nrisk: high\n';

let place: Workplace;

before(() => {
  place = openWorkplace();
  place.write('model/score.py', 'BAR = 0.5\n');
  place.write('.countersign/policy.yaml', policy);
  place.write('.countersign/checklists/model-change.yaml', checklist);
  place.write('.countersign/allowed_signers', place.signers(people));
  place.commit('Start', 'eve');
  // A change that landed on a condition.
  change('landed', 'BAR = 0.45\n', 'eve');
  assert.equal(
    place.countersign(
      [
        'sign',
        '--range',
        'main...HEAD',
        '--key',
        place.key('eve'),
        '--answers',
        answers(),
        '--role',
        'author',
      ],
      'eve',
    ).code,
    0,
  );
  place.commit('Answer', 'eve');
  const signed = place.countersign(
    [
      'sign',
      '--range',
      'main...HEAD',
      '--key',
      place.key('ben'),
      '--condition',
      '{text: rehearse the rollback, owner: ada, due: 2999-01-31}',
    ],
    'ben',
  );
  assert.equal(signed.code, 0, signed.err);
  place.commit('Sign', 'ben');
  place.git('switch', '--quiet', 'main');
  place.git('merge', '--quiet', '--ff-only', 'landed');
  // A change in review, with a question about its decision.
  change('topic', 'BAR = 0.4\n', 'ada');
  place.write('.countersign/decisions/DR-0001.yaml', decision);
  place.commit('Decide', 'ada');
  assert.equal(
    place.countersign(['review', 'add', 'DR-0001', '--at', '/risk', '--body', 'Why high?'], 'cy')
      .code,
    0,
  );
  place.write(
    '.countersign/feedback/FB-0001.yaml',
    'schema: countersign/feedback@1\nid: FB-0001\ntitle: Unfair\nchannel: survey\nobserved_at: unknown\nstatus: new\nassignee: validator\n',
  );
  place.commit('Ask', 'cy');
  // Others' branches are only known as remote-tracking ones, and a hostile name must not become a command.
  place.git('update-ref', 'refs/remotes/origin/topic;id', 'topic');
  place.git('switch', '--quiet', 'main');
  place.git('branch', '--quiet', '-D', 'topic');
});

after(() => place.remove());

function answers(): string {
  place.write('../answers.json', '{"why": "yes"}');
  return '../answers.json';
}

function change(name: string, text: string, person: string): void {
  place.git('switch', '--quiet', '--create', name, 'main');
  place.write('model/score.py', text);
  place.commit(`Change ${name}`, person);
}

function waiting(...args: readonly string[]): readonly (readonly [string, boolean])[] {
  const ran = place.countersign(['inbox', '--json', '--now', '2999-02-01T12:00:00Z', ...args]);
  assert.equal(ran.code, 0, ran.err);
  return (JSON.parse(ran.out) as Inbox).items.map(({ kind, overdue }) => [kind, overdue]);
}

test('the author answers, owns an overdue condition, and is asked about the decision', () => {
  assert.deepEqual(waiting(), [
    ['condition', true],
    ['answers', false],
    ['thread', false],
  ]);
});

test('a limit lists the most urgent first, and says how many there are', () => {
  const ran = place.countersign([
    'inbox',
    '--json',
    '--limit',
    '1',
    '--now',
    '2999-02-01T12:00:00Z',
  ]);
  const { total, items } = JSON.parse(ran.out) as Inbox;
  assert.deepEqual([total, items.map(({ kind }) => kind)], [3, ['condition']]);
  assert.match(
    place.countersign(['inbox', '--limit', '1']).out,
    /\n2 more: --limit 3 shows all\n3 waiting for ada /,
  );
});

test('a validator signs and triages; who signed on a condition closes it', () => {
  assert.deepEqual(waiting('--me', 'cy'), [
    ['signoff', false],
    ['triage', false],
  ]);
  assert.deepEqual(waiting('--me', 'ben'), [
    ['condition', true],
    ['signoff', false],
    ['triage', false],
  ]);
});

test('who has no part in it has nothing to do', () => {
  assert.deepEqual(waiting('--me', 'eve'), []);
  assert.match(
    place.countersign(['inbox', '--me', 'eve']).out,
    /^nothing waits for eve \(3 branches looked at\)\n$/,
  );
});

test('the command of each item is safe to copy, and the text says what is overdue', () => {
  const { out } = place.countersign(['inbox', '--me', 'ben', '--now', '2999-02-01T12:00:00Z']);
  assert.match(
    out,
    /^conditions: you close a condition that ada owns: rehearse the rollback, overdue since 2999-01-31 \[main\]\n {4}countersign sign --range main\.\.\.HEAD --rule model-change --meets 'rehearse the rollback'\n/,
  );
  assert.match(
    out,
    /\nto sign: model-change waits for your sign-off as independent validator \[origin\/topic;id\]\n {4}git switch 'topic;id' && countersign sign --range main\.\.\.HEAD --rule model-change --role validator\n/,
  );
});

test('nothing is checked out or written', () => {
  assert.equal(place.git('status', '--porcelain'), '');
  assert.equal(place.git('branch', '--show-current').trim(), 'main');
});

test('a person whom the policy does not know is refused, with those whom it knows', () => {
  const ran = place.countersign(['inbox', '--me', 'nobody']);
  assert.deepEqual([ran.code, ran.out], [2, '']);
  assert.match(
    ran.err,
    /the policy knows no nobody \(inbox\/unknown-person\)\n {2}it knows ada, ben, cy, eve/,
  );
});

test('a branch that cannot be judged is said to be one', () => {
  place.git('switch', '--quiet', '--orphan', 'unrelated');
  place.write('README.md', 'x\n');
  place.commit('Unrelated', 'ada');
  place.git('switch', '--quiet', 'main');
  const kinds = waiting('--me', 'eve').map(([kind]) => kind);
  assert.ok(
    kinds.every((kind) => kind === 'unjudged' || kind === 'signoff' || kind === 'answers'),
    kinds.join(),
  );
  place.git('branch', '--quiet', '-D', 'unrelated');
});

test('without a policy threads and feedback still come, by the e-mail of git', () => {
  const bare = openWorkplace();
  try {
    bare.write('.countersign/decisions/DR-0001.yaml', decision);
    bare.commit('Start', 'ada');
    const added = bare.countersign(['review', 'add', 'DR-0001', '--body', 'Why?', '--json'], 'cy');
    assert.equal(added.code, 0, added.err);
    const { thread } = JSON.parse(added.out) as { readonly thread: string };
    assert.equal(bare.countersign(['review', 'reply', thread, '--body', 'So.'], 'ada').code, 0);
    bare.commit('Talk', 'cy');
    const found = JSON.parse(bare.countersign(['inbox', '--json'], 'cy').out) as Inbox;
    assert.deepEqual(
      [found.me, found.items.map(({ kind }) => kind)],
      ['cy@example.org', ['thread']],
    );
  } finally {
    bare.remove();
  }
});

test('the range of a command is one that a clone without a local target branch can name', () => {
  place.git('update-ref', 'refs/remotes/origin/main', 'main');
  try {
    assert.match(
      place.countersign(['inbox', '--me', 'ben']).out,
      /countersign sign --range origin\/main\.\.\.HEAD --rule model-change --role validator\n/,
    );
  } finally {
    place.git('update-ref', '-d', 'refs/remotes/origin/main');
  }
});

test('an e-mail that the policy does not know is said to be one', () => {
  assert.match(
    place.countersign(['inbox'], 'zoe').out,
    /\nthe policy knows nobody by zoe@example\.org, so no sign-off can wait for you: git config user\.email, or countersign inbox --me PERSON\n$/,
  );
});

test('the author hears who rejected a change and why, and on which condition it was approved', () => {
  change('stopped', 'BAR = 0.3\n', 'eve');
  const signs = (person: string, ...more: readonly string[]): void => {
    const args = ['sign', '--range', 'main...HEAD', '--key', place.key(person), ...more];
    assert.equal(place.countersign(args, person).code, 0);
  };
  signs('ben', '--reject', '--reason', 'Nobody looked\nat whom it harms');
  place.commit('Reject', 'ben');
  change('conditional', 'BAR = 0.2\n', 'eve');
  signs('cy', '--condition', '{text: tell the support team, owner: ada, due: 2999-12-01}');
  place.commit('Approve on a condition', 'cy');
  const { out } = place.countersign(['inbox'], 'eve');
  assert.match(
    out,
    /^rejected: ben, as validator, rejected your change under model-change: Nobody looked at whom it harms; nothing lands until ben replaces the reject \[stopped\]\n {4}git switch stopped && countersign check --range main\.\.\.HEAD\n/m,
  );
  assert.match(
    out,
    /^conditions: cy approved your change under model-change on a condition that ada owns: tell the support team, due 2999-12-01 \[conditional\]\n {4}git switch conditional && countersign check --range main\.\.\.HEAD\n/m,
  );
  assert.doesNotMatch(out, /rehearse the rollback/, 'a condition that landed is for its owner');
  assert.doesNotMatch(
    place.countersign(['inbox', '--me', 'ben']).out,
    /your reject stops/,
    'nothing moved since',
  );
  place.git('switch', '--quiet', 'stopped');
  assert.match(
    place.countersign(['check', '--range', 'main...HEAD']).out,
    /\nfail: model-change: ben rejected this change: Nobody looked at whom it harms — next: settle it with ben, who can replace the reject: countersign sign --range main\.\.\.HEAD --rule model-change\n$/,
  );
  place.write('model/score.py', 'BAR = 0.35\n');
  place.commit('Look at whom it harms', 'eve');
  place.git('switch', '--quiet', 'main');
  assert.match(
    place.countersign(['inbox', '--me', 'ben']).out,
    /^to sign: your reject stops model-change, and model\/score\.py moved since: look again, and replace it where it is settled \[stopped\]\n {4}git switch stopped && countersign sign --range main\.\.\.HEAD --rule model-change --role validator\n/m,
  );
});
