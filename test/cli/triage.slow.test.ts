/** Triage at the command line. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { feedback, place, rules, triage } from './triage-place.ts';
import { refused } from './refused-triage.ts';

test('a dry run says what would be written, and writes nothing', () => {
  const { written, items } = triage('--dry-run');
  assert.equal(written, false);
  assert.deepEqual(
    items.map(({ id, outcome, score }) => [id, outcome, score]),
    [
      ['FB-0002', 'ambiguous', null],
      ['FB-0003', 'unmatched', null],
      ['FB-0004', 'triaged', 2],
      ['FB-0001', 'triaged', null],
    ],
  );
  assert.equal(place.git('status', '--porcelain'), '');
  const { out } = place.countersign(['triage', '--dry-run']);
  assert.match(
    out,
    /^FB-0002 for a person: Scores moved\n {4}data; guess is 30 % sure, less than 50 %: the channel is monitor\nFB-0003 for a person: /,
  );
  assert.match(
    out,
    /\n2 would be triaged, 2 for a person \(in the editor: Countersign: Triage; here: countersign triage ID --accept, or --help for what else can be said\)\n$/,
  );
});

test('what a rule is sure of is written as the palette writes it; what the item says of its own stays', () => {
  const { items } = triage();
  assert.equal(
    place.git('status', '--porcelain'),
    ' M .countersign/feedback/FB-0001.yaml\n M .countersign/feedback/FB-0004.yaml\n',
  );
  const text = place.read('.countersign/feedback/FB-0001.yaml');
  assert.match(
    text,
    /observed_at: unknown {2}# nobody knows\nstatus: triaged\nclassification:[^]*component: threshold[^]*by: unfair[^]*assignee: ada\nhistory:\n {2}- \{at: .*by: cyan, change: "status: new → triaged, as unfair proposed"/,
  );
  assert.match(
    place.read('.countersign/feedback/FB-0004.yaml'),
    /status: triaged\nassignee: dee\npriority: .*\nclassification: \{component: serving\}\nhistory:\n.*status: new → triaged"?[,}]/,
  );
  assert.equal(items.find(({ id }) => id === 'FB-0001')?.suggestion?.rule, 'unfair');
  assert.deepEqual(
    triage('FB-0001', 'FB-0005').items.map(({ id, outcome, why }) => [id, outcome, why]),
    [
      ['FB-0001', 'settled', 'it is triaged already'],
      ['FB-0005', 'settled', 'it is declined already'],
    ],
  );
  place.git('checkout', '--quiet', '--', '.');
});

test('a person says of one item what the palette would ask, in one command, and each word has its line in the history', () => {
  const args = [
    'FB-0003',
    '--component',
    'threshold',
    '--category',
    'fairness',
    '--owner',
    'cyan',
    '--phase',
    'explore',
    '--impact',
    '4',
    '--risk',
    '5',
  ] as const;
  assert.equal(triage(...args, '--dry-run').written, false);
  assert.equal(place.git('status', '--porcelain'), '');
  const [open] = triage(...args).items;
  assert.deepEqual(
    [open?.outcome, open?.why],
    [
      'open',
      'component: none → threshold; category: none → fairness; assignee: none → cyan; phase: none → explore; priority: impact 4, risk 5',
    ],
  );
  assert.deepEqual(triage(...args).items[0]?.why, 'it says so already');
  assert.match(
    place.read('.countersign/feedback/FB-0003.yaml'),
    /status: new\nclassification: \{component: threshold, by: cyan, category: fairness\}\nhistory:(?:\W*at: [^}]*by: cyan, change: [^}]*\}){5}\nassignee: cyan\nphase: explore\npriority: \{impact: 4, risk: 5\}/,
  );
  const [done] = triage('FB-0003', '--effort', '2', '--accept').items;
  assert.deepEqual(
    [done?.outcome, done?.why, done?.score],
    ['triaged', 'priority: effort 2; status: new → triaged', 2],
  );
  assert.match(
    place.read('.countersign/feedback/FB-0003.yaml'),
    /status: triaged\n[^]*priority: \{impact: 4, risk: 5, effort: 2\}/,
  );
  place.git('checkout', '--quiet', '--', '.');
});

test('a person accepts what a rule proposes, also where it is unsure, declines with a reason, and names what repeats', () => {
  assert.equal(
    triage('FB-0002', '--accept').items[0]?.why,
    'status: new → triaged, as guess proposed',
  );
  assert.deepEqual(
    triage('FB-0001', '--decline', 'it was a test').items.map(({ outcome, why }) => [outcome, why]),
    [['settled', 'status: new → declined: it was a test']],
  );
  assert.deepEqual(
    triage('FB-0003', 'FB-0004', '--duplicate-of', 'FB-0001').items.map(({ why }) => why),
    ['status: new → duplicate of FB-0001', 'status: new → duplicate of FB-0001'],
  );
  assert.match(
    place.read('.countersign/feedback/FB-0003.yaml'),
    /status: duplicate\n[^]*duplicate_of: FB-0001/,
  );
  place.git('checkout', '--quiet', '--', '.');
});

test('without rules a person triages all the same, and a name that the policy has not is written with a remark', () => {
  place.git('rm', '--quiet', '.countersign/triage.yaml');
  const ran = place.countersign(['triage', 'FB-0001', '--owner', 'cyam', '--accept'], 'cy');
  assert.deepEqual(
    [ran.code, ran.err],
    [0, 'the policy has no person or role "cyam"; did you mean cyan?\n'],
  );
  assert.match(
    place.read('.countersign/feedback/FB-0001.yaml'),
    /status: triaged\n[^]*assignee: cyam/,
  );
  place.git('reset', '--quiet', '--hard');
});

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
  [
    'the rules',
    'rules:',
    'rule:',
    /^\.countersign\/triage\.yaml:2:1: warning record\/unknown-key .*did you mean rules\?/m,
  ],
  [
    'a condition',
    'text: [unfair]',
    'txt: [unfair]',
    /^\.countersign\/triage\.yaml:4:\d+: warning record\/unknown-key .*did you mean text\?/m,
  ],
];

for (const [what, from, to, says] of mistyped) {
  test(`a mistyped key of ${what} is said before the answer`, () => {
    place.write('.countersign/triage.yaml', rules.replace(from, to));
    assert.match(place.countersign(['triage', '--dry-run']).err, says);
    place.git('checkout', '--quiet', '--', '.');
  });
}

test('words over several items leave alone what somebody settled, and say so; one by itself is taken up again', () => {
  const duplicate = 'status: duplicate\nduplicate_of: FB-0002\n';
  feedback('FB-0006', 'Said before', duplicate);
  assert.deepEqual(
    triage('FB-0001', 'FB-0005', 'FB-0006', '--accept').items.map(({ id, outcome, why }) => [
      id,
      outcome,
      why,
    ]),
    [
      ['FB-0001', 'triaged', 'status: new → triaged, as unfair proposed'],
      ['FB-0005', 'settled', 'it is declined already; name it alone to take it up again'],
      ['FB-0006', 'settled', 'it is duplicate already; name it alone to take it up again'],
    ],
  );
  assert.ok(place.read('.countersign/feedback/FB-0006.yaml').endsWith(duplicate));
  assert.equal(triage('FB-0006', '--accept').items[0]?.why, 'status: duplicate → triaged');
  assert.doesNotMatch(place.read('.countersign/feedback/FB-0006.yaml'), /duplicate_of/);
  place.git('clean', '--quiet', '--force', '.countersign');
  place.git('checkout', '--quiet', '--', '.');
});
