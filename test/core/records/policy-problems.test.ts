import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type ChecklistRecord,
  checklistProblems,
} from '../../../src/core/records/checklist-problems.ts';
import { parseRecord } from '../../../src/core/records/parse-record.ts';
import {
  type PolicyRecord,
  type PolicySurroundings,
  policyProblems,
} from '../../../src/core/records/policy-problems.ts';

const sound = `schema: countersign/policy@1
repository: wage-model
targets: [main, "release/*"]
people:
  ada: {emails: [ada@example.org], principals: [ada@example.org], forge: {github: ada}}
  ben: {emails: [ben@example.org, ben@home.example], principals: [ben@example.org]}
  cy: {emails: [cy@example.org], principals: [cy@example.org]}
  eve: {emails: [eve@example.org], principals: [eve@example.org]}
  fay: {emails: [fay@example.org], principals: [fay@example.org]}
agents: ["*[bot]@*", "agent@example.org"]
platforms: ["noreply@github.com"]
roles:
  model-owner: [ada]
  validator: [ada, ben, cy]
  policy-admin: [eve, fay]
rules:
  - id: model-change
    paths: ["model/**"]
    except: ["**/*.md"]
    checklist: model-change
    require:
      - {role: model-owner, count: 1}
      - {role: validator, count: 1, independent: true}
stages: {pre-commit: author, pre-push: author, ci: all}
exceptions: {role: policy-admin, count: 1, max_days: 3, follow_up_days: 10}
`;

function problems(text: string, known: PolicySurroundings | null = null): string[] {
  const { record, findings } = parseRecord(
    '.countersign/policy.yaml',
    new TextEncoder().encode(text),
  );
  assert.deepEqual(findings, []);
  return policyProblems(record as PolicyRecord, known).map(
    ({ line, column, severity, code }) => `${line}:${column} ${severity} ${code}`,
  );
}

const people = ['ada', 'ben', 'cy', 'eve', 'fay'];
const keys = (names: readonly string[]): PolicySurroundings => ({
  allowedSigners: names.map((name) => ({ principal: `${name}@example.org`, namespaces: null })),
});

type Row = readonly [
  what: string,
  change: readonly [from: string | RegExp, to: string],
  expected: readonly string[],
];

const rows: readonly Row[] = [
  ['a sound policy', ['', ''], []],
  [
    'an e-mail of two persons, in other case',
    ['ben@home.example', 'ADA@Example.org'],
    ['6:35 error policy/email-twice'],
  ],
  ['an e-mail twice with one person', ['ben@home.example', 'BEN@example.org'], []],
  [
    'a principal of two persons',
    ['principals: [ben@', 'principals: [ada@example.org, ben@'],
    ['6:67 error policy/principal-twice'],
  ],
  [
    'a login of two persons',
    ['principals: [ben@example.org]', 'principals: [ben@example.org], forge: {github: Ada}'],
    ['6:101 error policy/login-twice'],
  ],
  [
    'an e-mail that a pattern of agents takes',
    ['"agent@example.org"', '"C*@EXAMPLE.org"'],
    ['7:17 error policy/email-of-machine'],
  ],
  [
    'a dot in a pattern is a dot',
    ['"agent@example.org"', '"cy@exampleXorg", "c?@example.org", "[c]y@example.org"'],
    [],
  ],
  [
    'an e-mail of a platform',
    ['noreply@github.com', '*'],
    ['5:18', '6:18', '6:35', '7:17', '8:18', '9:18'].map(
      (at) => `${at} error policy/email-of-machine`,
    ),
  ],
  [
    'an attestor with the key of a person',
    ['platforms:', 'attestors: [{forge: github, principal: ben@example.org}]\nplatforms:'],
    ['11:40 error policy/attestor-is-person'],
  ],
  [
    'somebody who is not there',
    ['validator: [ada, ben, cy]', 'validator: [ada, ben, cyy]'],
    ['14:25 error policy/unknown-person', '21:5 warning policy/author-locked-out'],
  ],
  [
    'a name that every object has',
    ['validator: [ada, ben, cy]', 'validator: [ada, ben, constructor]'],
    ['14:25 error policy/unknown-person', '21:5 warning policy/author-locked-out'],
  ],
  [
    'a role that is not there',
    ['{role: validator, count', '{role: validater, count'],
    ['23:16 error policy/unknown-role'],
  ],
  [
    'a role of exceptions that is not there',
    ['exceptions: {role: policy-admin', 'exceptions: {role: boss'],
    ['25:20 error policy/unknown-role'],
  ],
  [
    'a role called author',
    ['model-owner: [ada]', 'model-owner: [ada]\n  author: [ben]'],
    ['14:3 error policy/reserved-name'],
  ],
  [
    'more than the role has',
    ['validator, count: 1', 'validator, count: 4'],
    ['23:10 error policy/unsatisfiable'],
  ],
  [
    'somebody who stands twice counts once',
    [
      /validator: .*\n([\s\S]*)validator, count: 1/,
      'validator: [ada, ben, ben]\n$1validator, count: 3',
    ],
    ['23:10 error policy/unsatisfiable'],
  ],
  [
    'one person cannot fill two places',
    ['validator: [ada, ben, cy]', 'validator: [ada]'],
    ['21:5 error policy/unsatisfiable'],
  ],
  [
    'independent of themselves: a change of the only validator',
    ['validator: [ada, ben, cy]', 'validator: [ben]'],
    ['21:5 warning policy/author-locked-out'],
  ],
  [
    'one admin',
    ['[eve, fay]', '[eve]'],
    [
      '15:3 error policy/unsatisfiable',
      '15:3 warning policy/author-locked-out',
      '25:1 warning policy/author-locked-out',
    ],
  ],
  [
    'a team of one admin says so',
    [/\[eve, fay\]\n/, '[eve]\npolicy_change: {count: 1}\nrepository_settings: "off"\n'],
    ['16:1 warning policy/weak-policy-change', '27:1 warning policy/author-locked-out'],
  ],
  [
    'no admin',
    [/ {2}policy-admin.*\n/, ''],
    ['12:1 error policy/no-policy-admin', '24:20 error policy/unknown-role'],
  ],
  [
    'a rule that asks nobody',
    [/require:\n.*\n.*\n/, 'require: []\n'],
    ['21:5 warning policy/asks-nobody'],
  ],
  ['no rules', [/rules:[\s\S]*stages/, 'rules: []\nstages'], ['16:1 warning policy/no-rules']],
  [
    'the name of a built-in rule',
    ['id: model-change', 'id: Policy-Change'],
    ['17:9 error policy/reserved-name'],
  ],
  [
    'one name twice but for case',
    ['stages:', '  - {id: MODEL-change, paths: [a], require: [{role: validator}]}\nstages:'],
    ['24:10 error policy/duplicate-rule'],
  ],
  ...(['squash', 'rebase'] as const).map(
    (landing): Row => [
      `signed commits that a forge lands by ${landing}`,
      ['repository: wage-model', `repository: wage-model\nidentity: signed\nlanding: ${landing}`],
      ['4:10 warning policy/unsigned-landing'],
    ],
  ),
  [
    'signed commits that land by a merge',
    ['repository: wage-model', 'repository: wage-model\nidentity: signed\nlanding: merge'],
    [],
  ],
  [
    'a squash of commits that nobody has to sign',
    ['repository: wage-model', 'repository: wage-model\nlanding: squash'],
    [],
  ],
  [
    'a stage that is not there',
    ['pre-push: author', 'pre-psh: author'],
    ['24:30 error policy/unknown-stage'],
  ],
  [
    'a stage that asks for too little',
    ['ci: all', 'ci: author'],
    ['24:52 error policy/weak-stage'],
  ],
  [
    'a stage for messages, which nothing looks at',
    ['pre-push: author', 'commit-msg: all'],
    ['24:30 error policy/unknown-stage'],
  ],
  ['a stage for merges', ['pre-push: author', 'pre-merge-commit: all'], []],
  [
    'a target that is a full ref',
    ['[main, "release/*"]', '[main, refs/heads/release]'],
    ['3:17 error policy/glob'],
  ],
  [
    'the first target is a pattern',
    ['[main, "release/*"]', '["release/*", main]'],
    ['3:11 error policy/no-policy-branch'],
  ],
  ...[
    '"!model/**"',
    '/model',
    './model',
    'model/../a',
    'model/',
    'model//**',
    'model/+(*)b',
    'model/*a*a*a*a*b',
    '"model/["',
    '"(a"',
    '"a\\\\b"',
    '" a"',
    `"${'a'.repeat(1001)}"`,
  ].map(
    (glob): Row => [
      `the glob ${glob.slice(0, 20)}`,
      ['["model/**"]', `[${glob}]`],
      ['18:13 error policy/glob'],
    ],
  ),
  ...[
    '"data/part-{1..10}.csv"',
    '"{a..c}/**"',
    '"data/part-[1-10].csv"',
    '"[[:alpha:]]*.py"',
    '"a[^[:digit:]]"',
    '"model/{score}.py"',
    '"models (v2)/**"',
    '"(a|b)/**"',
    '"model/**|data/**"',
    '"model/**.py"',
    '"model**"',
    '"model/***"',
  ].map(
    (glob): Row => [
      `the glob ${glob}`,
      ['["model/**"]', `[${glob}]`],
      ['18:13 error policy/glob-misread'],
    ],
  ),
  ...['"@(a|b)/**"', '"?(a)b"', '"[0-9]*.csv"', '"[a-z].py"', '"**/*.py"', '"{a,b}/{c,d}.py"'].map(
    (glob): Row => [`the glob ${glob}`, ['["model/**"]', `[${glob}]`], []],
  ),
  ...['"{model,data}/**"', '"!(docs)/**"', '"[ab]*.py"', 'a', '".github/**"', '"a b/*"'].map(
    (glob): Row => [`the glob ${glob}`, ['["model/**"]', `[${glob}]`], []],
  ),
];

for (const [what, [from, to], expected] of rows)
  test(`policy: ${what}`, () => assert.deepEqual(problems(sound.replace(from, to)), expected));

test('who has no key cannot sign', () => {
  assert.deepEqual(problems(sound, keys(people)), []);
  assert.deepEqual(problems(sound, keys(['ada', 'ben', 'eve', 'fay'])), [
    '21:5 warning policy/author-locked-out',
  ]);
  assert.deepEqual(problems(sound, keys(['ben', 'cy', 'eve', 'fay'])), [
    '22:10 error policy/unsatisfiable',
  ]);
  assert.deepEqual(
    problems(sound, {
      allowedSigners: people.map((name) => ({
        principal: `${name}@example.org`,
        namespaces: name === 'ada' ? ['git'] : null,
      })),
    }),
    ['22:10 error policy/unsatisfiable'],
  );
});

test('a login that an attestor vouches for is enough where the requirement accepts it', () => {
  const known = keys(['ben', 'cy', 'eve', 'fay']);
  const accepting = sound.replace(
    '{role: model-owner, count: 1}',
    '{role: model-owner, count: 1, accept: [key, forge]}',
  );
  assert.deepEqual(problems(accepting, known), ['22:10 error policy/unsatisfiable']);
  assert.deepEqual(
    problems(
      accepting.replace(
        'platforms:',
        'attestors: [{forge: github, principal: ci@example.org}]\nplatforms:',
      ),
      known,
    ),
    [],
  );
});

test('a checklist that cannot be read', () => {
  assert.deepEqual(problems(sound, { ...keys(people), checklists: new Set(['model-change']) }), []);
  assert.deepEqual(problems(sound, { ...keys(people), checklists: new Set() }), [
    '20:16 error policy/unknown-checklist',
  ]);
});

test('phases are judged one by one', () => {
  const phased = sound.replace(
    '{role: validator, count: 1, independent: true}',
    '{role: model-owner, phase: explore}',
  );
  assert.deepEqual(problems(phased), ['21:5 error policy/unsatisfiable']);
  assert.deepEqual(
    problems(
      phased.replace('{role: model-owner, count: 1}', '{role: model-owner, phase: exploit}'),
    ),
    [],
  );
  // Two of two owners can never be met by an owner in either phase; a third by nobody in the second.
  const owners = sound
    .replace('model-owner: [ada]', 'model-owner: [ben, cy]')
    .replace('{role: model-owner, count: 1}', '{role: model-owner, count: 2, independent: true}')
    .replace(
      '{role: validator, count: 1, independent: true}',
      '{role: model-owner, phase: exploit}',
    );
  assert.deepEqual(problems(owners), ['21:5 error policy/unsatisfiable']);
  assert.deepEqual(problems(owners.replace('      - {role: model-owner, phase: exploit}\n', '')), [
    '21:5 warning policy/author-locked-out',
  ]);
});

test('an item of a checklist for a role that is not there would never be asked', () => {
  const text =
    'schema: countersign/checklist@1\nname: a\nitems:\n  - {id: x, ask: y, must: true, by: signer, roles: [validator, validater]}\n';
  const { record } = parseRecord('.countersign/checklists/a.yaml', new TextEncoder().encode(text));
  const [finding, ...more] = checklistProblems(record as ChecklistRecord, {
    roles: { validator: [] },
  });
  assert.deepEqual(
    [finding?.code, finding?.line, finding?.column, finding?.fix],
    ['policy/unknown-role', 4, 64, 'did you mean validator?'],
  );
  assert.deepEqual(more, []);
});
