import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problems, sound } from './policy-texts.ts';

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
