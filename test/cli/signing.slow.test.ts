/** Signing on conditions, for strangers and in emergencies, typed at the command line. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import type { CheckResult } from '../../src/core/gate/check-result.ts';
import { openWorkplace, policyOf, type Workplace } from './command-line.ts';

const policy = policyOf(
  ['ada', 'ben', 'cy', 'eve'],
  `roles: {validator: [ben, cy], policy-admin: [ada, cy, eve]}
rules:
  - id: model-change
    paths: ["model/**"]
    require:
      - {role: validator, count: 1, independent: true}
exceptions: {role: policy-admin, count: 1, max_days: 3, follow_up_days: 10}
`,
);

let place: Workplace;

before(() => {
  place = openWorkplace();
  place.write('model/score.py', 'BAR = 0.5\n');
  place.write('.countersign/policy.yaml', policy);
  place.write('.countersign/allowed_signers', place.signers(['ada', 'ben', 'cy', 'eve']));
  place.commit('Start', 'eve');
});

after(() => place.remove());

/** A branch of its own for each case, with one changed file. */
function change(name: string, person: string): void {
  place.git('switch', '--quiet', '--create', name, 'main');
  place.write('model/score.py', `BAR = 0.4  # ${name}\n`);
  place.commit('Lower the bar', person);
}

function check(...more: readonly string[]): CheckResult {
  return JSON.parse(
    place.countersign(['check', '--range', 'main...HEAD', '--json', ...more]).out,
  ) as CheckResult;
}

function sign(person: string, ...more: readonly string[]): ReturnType<Workplace['countersign']> {
  const ran = place.countersign(
    ['sign', '--range', 'main...HEAD', '--key', place.key(person), ...more],
    person,
  );
  if (ran.code === 0) place.commit('Sign', person);
  return ran;
}

test('a condition stands until it is met, and blocks once it is overdue', () => {
  change('conditions', 'ada');
  assert.equal(
    sign('ben', '--condition', '{text: rehearse the rollback, owner: ada, due: 2999-12-01}').code,
    0,
  );
  const open = check();
  assert.equal(open.verdict, 'pass');
  assert.deepEqual(
    open.conditions.map(({ text, owner, by, state }) => ({ text, owner, by, state })),
    [{ text: 'rehearse the rollback', owner: 'ada', by: 'ben', state: 'open' }],
  );
  assert.match(
    sign('ben', '--meets', 'another').err,
    /no open condition of this rule says "another"[^]*"rehearse the rollback" \(ben\)/,
  );
  assert.equal(sign('ben', '--meets', 'REHEARSE').code, 0);
  assert.equal(check().conditions.filter(({ state }) => state !== 'met').length, 0);
});

test('a condition is closed by a change of sign-offs alone', () => {
  change('closing', 'ada');
  assert.equal(
    sign('ben', '--condition', '{text: count the part-timers again, owner: ada, due: 2999-12-01}')
      .code,
    0,
  );
  place.git('switch', '--quiet', 'main');
  place.git('merge', '--quiet', '--ff-only', 'closing');
  place.git('switch', '--quiet', '--create=closed');
  const open = check().conditions.filter(({ text }) => text.startsWith('count'));
  assert.deepEqual(
    open.map(({ state }) => state),
    ['open'],
  );
  assert.equal(sign('ben').code, 2);
  assert.match(
    sign('ben', '--rule', 'model-change', '--meets', 'something else').err,
    /no open condition of this rule says "something else"/,
  );
  assert.match(
    sign('ada', '--meets', 'part-timers').err,
    /ada has no role that model-change asks for/,
  );
  assert.match(
    sign('ben', '--meets', 'part-timers', '--reject').err,
    /nothing that a rule governs/,
  );
  const args = ['sign', '--range', 'main...HEAD', '--key', place.key('cy'), '--meets'];
  assert.equal(place.countersign([...args, 'part-timers'], 'cy').code, 0);
  const again = place.countersign([...args, 'part-timers'], 'cy');
  assert.match(
    again.err,
    /cy has signed that this is done, and the file is staged: \.countersign\/signoffs\/model-change\/cy\.[^\n]* \(sign\/said-already\)/,
  );
  assert.equal(place.git('status', '--porcelain').trim().split('\n').length, 1);
  place.git('reset', '--quiet', '--hard');
  const ran = sign('cy', '--meets', 'part-timers');
  assert.equal(ran.code, 0, ran.err);
  assert.match(
    ran.err,
    /cy, as validator, says that what model-change was approved on is done: count the part-timers again/,
  );
  const closed = check();
  assert.equal(closed.verdict, 'pass');
  assert.deepEqual(
    closed.conditions.filter(({ text }) => text.startsWith('count')),
    [],
  );
  place.git('switch', '--quiet', 'main');
  place.git('merge', '--quiet', '--ff-only', 'closed');
  change('after', 'ada');
  assert.deepEqual(
    check().conditions.filter(({ text, state }) => text.startsWith('count') && state !== 'met'),
    [],
  );
  assert.equal(check().verdict, 'fail', 'what was signed of no file approves none');
});

const unkept: readonly (readonly [what: string, condition: string, message: RegExp])[] = [
  [
    'for somebody whom the policy does not know',
    '{text: rehearse, owner: bem, due: 2999-12-01}',
    /the condition "rehearse" is for bem to keep, whom the policy does not know[^\n]* \(sign\/condition-owner\)\n {2}did you mean ben\? the policy knows ada, ben, cy, eve\n/,
  ],
  [
    'for a name that every object has',
    '{text: rehearse, owner: toString, due: 2999-12-01}',
    /\(sign\/condition-owner\)\n {2}the policy knows ada, ben, cy, eve\n/,
  ],
  [
    'that is due on a day which is over',
    '{text: rehearse, owner: ada, due: 2020-02-29}',
    /the condition "rehearse" is due on 2020-02-29, which is over[^\n]* \(sign\/condition-due\)\n/,
  ],
];

for (const [what, condition, message] of unkept) {
  test(`a condition ${what} is refused before anything is signed`, () => {
    change(`unkept-${what.replaceAll(' ', '-')}`, 'ada');
    const ran = place.countersign(
      ['sign', '--range', 'main...HEAD', '--key', place.key('ben'), '--condition', condition],
      'ben',
    );
    assert.deepEqual([ran.code, ran.out, place.git('status', '--porcelain')], [2, '', '']);
    assert.match(ran.err, message);
  });
}

test('a condition that is no condition is said so before anything is signed', () => {
  const ran = place.countersign(['sign', '--condition', '{text: later}'], 'ben');
  assert.equal(ran.code, 2);
  assert.match(ran.err, /a text, an owner and a day/);
});

test('an independent signer vouches for an author whom the policy does not know', () => {
  change('stranger', 'mallory');
  sign('ben');
  assert.ok(check().findings.some(({ code }) => code === 'author/unknown'));
  assert.equal(sign('cy', '--vouch', 'mallory@example.org').code, 0);
  assert.deepEqual(check().findings, []);
  assert.equal(check().verdict, 'pass');
});

test('an exception lets a change land unsigned for a while, and says so', () => {
  change('emergency', 'ada');
  const soon = new Date(Date.now() + 86_400_000).toISOString();
  const ran = sign(
    'eve',
    '--exception',
    '--rule',
    'model-change',
    '--reason',
    'wrong wages are shown now',
    '--expires',
    soon,
  );
  assert.equal(ran.code, 0, ran.err);
  assert.match(ran.out, /eve excepts model-change until .*EX-[0-9A-Z]{8}\.yaml, staged/);
  assert.equal(check().verdict, 'pass-with-exception');
});

const refusals: readonly (readonly [
  what: string,
  person: string,
  args: readonly string[],
  message: RegExp,
])[] = [
  [
    'longer than the policy allows',
    'eve',
    ['--expires', '2999-01-01T00:00:00Z'],
    /runs for 3 days at most/,
  ],
  [
    'by an author',
    'ada',
    ['--expires', new Date(Date.now() + 86_400_000).toISOString()],
    /ada wrote part of this change/,
  ],
  [
    'by somebody without the role',
    'ben',
    ['--expires', new Date(Date.now() + 86_400_000).toISOString()],
    /ben is no policy-admin/,
  ],
  [
    'without a reason',
    'eve',
    ['--expires', new Date(Date.now() + 86_400_000).toISOString(), '--reason', ''],
    /has a reason/,
  ],
];

for (const [what, person, args, message] of refusals) {
  test(`an exception ${what} is not made`, () => {
    const reason = args.includes('--reason') ? [] : ['--reason', 'soon'];
    const ran = place.countersign(
      [
        'sign',
        '--range',
        'main...HEAD',
        '--exception',
        '--rule',
        'model-change',
        ...reason,
        ...args,
        '--key',
        place.key(person),
      ],
      person,
    );
    assert.equal(ran.code, 2);
    assert.match(ran.err, message);
    assert.equal(place.git('status', '--porcelain'), '');
  });
}

test('a key that would not count is refused before anything is written', () => {
  change('keys', 'ada');
  for (const [key, why] of [
    ['cy', /cy@example\.org's, which the policy does not know as ben's/],
    ['fay', /would not count as ben's: /],
  ] as const) {
    const ran = place.countersign(
      ['sign', '--range', 'main...HEAD', '--key', place.key(key), '--reject'],
      'ben',
    );
    assert.deepEqual([ran.code, ran.out, place.git('status', '--porcelain')], [2, '', '']);
    assert.match(ran.err, /\(sign\/not-your-key\)/);
    assert.match(ran.err, why);
  }
  const excepted = place.countersign(
    [
      'sign',
      '--range',
      'main...HEAD',
      '--exception',
      '--rule',
      'model-change',
      '--reason',
      'wrong wages',
      '--expires',
      new Date(Date.now() + 86_400_000).toISOString().replace(/\.\d+Z/, 'Z'),
      '--key',
      place.key('ben'),
    ],
    'eve',
  );
  assert.equal(excepted.code, 2);
  assert.match(
    excepted.err,
    /ben@example\.org's, which the policy does not know as eve's \(sign\/not-your-key\)/,
  );
});

test('a key that the change itself revokes is refused too', () => {
  change('stolen', 'ada');
  place.write('.countersign/revoked_keys', readFileSync(`${place.key('ben')}.pub`, 'utf8'));
  place.commit('Bens key was stolen', 'ada');
  const ran = place.countersign(
    ['sign', '--range', 'main...HEAD', '--rule', 'model-change', '--key', place.key('ben')],
    'ben',
  );
  assert.deepEqual([ran.code, ran.out, place.git('status', '--porcelain')], [2, '', '']);
  assert.match(ran.err, /would not count as ben's: it is revoked: [^]*\(sign\/not-your-key\)/);
  assert.equal(sign('cy', '--rule', 'model-change').code, 0);
});

test('verify refuses a file that is no sign-off: passed over, it would look verified', () => {
  for (const file of ['model/score.py', '.countersign/signoffs/model-change/ben.yaml']) {
    const ran = place.countersign(['verify', file]);
    assert.deepEqual([ran.code, ran.out], [2, '']);
    assert.match(
      ran.err,
      /is not a sign-off \(verify\/not-a-signoff\)\n {2}name files under \.countersign\/signoffs\//,
    );
  }
  assert.match(
    place.countersign(['verify', '.countersign/signoffs/model-change/ben.0123456789ab.cdef.yaml'])
      .err,
    /there is no file .* \(verify\/no-file\)\n {2}see which there are: countersign verify/,
  );
});

test('who is not asked at a terminal still reads what a signature will mean, and what is left to do', () => {
  change('shown', 'ada');
  const ran = place.countersign(
    ['sign', '--range', 'main...HEAD', '--key', place.key('ben')],
    'ben',
  );
  assert.match(
    ran.err,
    /^model-change: model\/score\.py\n[^]*ben, as validator, lets this change land on main under model-change/,
  );
  assert.match(
    ran.out,
    /staged for the next commit\nothers see it, and a check of a range counts it, once it is committed and pushed: git commit, then git push\n$/,
  );
  assert.equal(
    place.countersign(['sign', '--range', 'main...HEAD', '--key', place.key('cy'), '--json'], 'cy')
      .err,
    '',
  );
});

test('the next step of a check names the range that it judged: without it, sign would sign what is staged', () => {
  change('rejected', 'ada');
  const open = place.countersign(['check', '--range', 'main...HEAD']);
  assert.match(
    open.out,
    / — next: ben or cy runs: countersign sign --range main\.\.\.HEAD --rule model-change --role validator\n$/,
  );
  assert.equal(sign('ben', '--reject').code, 0);
  assert.match(
    place.countersign(['check', '--range', 'main...HEAD']).out,
    / — next: settle it with ben, who can replace the reject: countersign sign --range main\.\.\.HEAD --rule model-change\n$/,
  );
  const [tip, head] = ['main', 'HEAD'].map((name) => place.git('rev-parse', name).trim()) as [
    string,
    string,
  ];
  assert.match(
    place.countersign(['check', '--range', `${tip}...${head}`]).out,
    /countersign sign --range main\.\.\.HEAD --rule model-change\n$/,
  );
});

const decision =
  'schema: countersign/decision@1\nid: DR-STAND001\ntitle: Lower the bar\nstatus: accepted\nowner: ada\nrisk: low\ngoverns: [model/**]\n';

/** What `show` and `trail` print of sign-offs, without the names of their files. */
function told(): readonly (readonly string[])[] {
  const lines = (args: readonly string[]): readonly string[] =>
    place
      .countersign(args)
      .out.split('\n')
      .filter((line) => /sign-off of|signed by/.test(line))
      .map((line) =>
        line
          .replace(/^.*?(?:sign-off of|signed by) /, '')
          .replace(/ [0-9a-f]{12}, \d{4}-\d\d-\d\d/, '')
          .replace(/\w+\.[0-9a-f]{12}\.[0-9a-f]{4}\.yaml/, 'FILE')
          .replace(/ \(\.countersign.*\)$/, ''),
      );
  const shown = [lines(['show', 'DR-STAND001']), lines(['trail', 'model/score.py:1'])] as const;
  assert.deepEqual(shown[0], shown[1]);
  return [shown[0]];
}

test('show and trail say of each sign-off whether it stands for the bytes that are here', () => {
  change('standing', 'ada');
  place.write('.countersign/decisions/DR-STAND001.yaml', decision);
  place.commit('Decide', 'ada');
  assert.equal(sign('ben', '--condition', '{text: rehearse, owner: ada, due: 2999-12-01}').code, 0);
  assert.deepEqual(told(), [
    [
      'ben as validator: approve model-change; stands for these bytes; on condition that ada by 2999-12-01: rehearse (open)',
    ],
  ]);
  place.write('model/score.py', 'BAR = 0.1\n');
  assert.deepEqual(told(), [
    [
      'ben as validator: approve model-change; STALE: model/score.py moved since; on condition that ada by 2999-12-01: rehearse (open)',
    ],
  ]);
  place.commit('Move', 'ada');
  assert.deepEqual(told(), [
    ['ben as validator: approve model-change; STALE: model/score.py moved since'],
  ]);
  assert.equal(sign('cy', '--reject', '--reason', 'too low').code, 0);
  assert.deepEqual(
    told()[0]?.at(-1),
    'cy as validator: reject model-change; stops this change until it is replaced; because "too low"',
  );
  assert.equal(sign('cy').code, 0);
  assert.deepEqual(told()[0]?.slice(1).toSorted(), [
    'cy as validator: approve model-change; stands for these bytes',
    'cy as validator: reject model-change; replaced by a later one of the same person (FILE); because "too low"',
  ]);
  place.git('branch', '--force', 'main', 'HEAD');
  assert.deepEqual(
    told()[0]?.find((line) => line.startsWith('cy as validator: approve')),
    'cy as validator: approve model-change; landed, and the bytes are still those',
  );
  const { signoffs } = JSON.parse(place.countersign(['show', 'DR-STAND001', '--json']).out) as {
    readonly signoffs: readonly {
      readonly state: string;
      readonly landed: boolean;
      readonly moved: readonly string[];
    }[];
  };
  assert.deepEqual(signoffs.map(({ state, landed, moved }) => [state, landed, moved]).toSorted(), [
    ['stale', true, ['model/score.py']],
    ['valid', true, []],
    ['valid', true, []],
  ]);
});

test('what is open in the review of a decision is said before one signs', () => {
  change('reviewed', 'ada');
  place.write(
    '.countersign/decisions/DR-OPEN0001.yaml',
    decision.replace('DR-STAND001', 'DR-OPEN0001'),
  );
  place.commit('Decide', 'ada');
  const lost = (at: string): string =>
    place.countersign(['review', 'add', 'DR-LIST0001', '--at', at, '--body', 'x'], 'cy').err;
  place.write(
    '.countersign/decisions/DR-LIST0001.yaml',
    `${decision.replace('DR-STAND001', 'DR-LIST0001').replace('[model/**]', '[a, b, c]')}${[1, 2, 3, 4, 5, 6, 7].map((key) => `x-${key}: 1\n`).join('')}`,
  );
  assert.match(lost('/governs/7'), /\/governs has \/governs\/0 to \/governs\/2\n/);
  assert.match(lost('/nothing-like-it'), /, \/x-5, and 2 more: countersign show DR-LIST0001\n/);
  place.git('clean', '--quiet', '--force', '.countersign/decisions');
  assert.equal(
    place.countersign(['review', 'add', 'DR-OPEN0001', '--at', '/risk', '--body', 'Why low?'], 'cy')
      .code,
    0,
  );
  assert.equal(
    place.countersign(
      [
        'review',
        'add',
        'DR-OPEN0001',
        '--at',
        '/risk',
        '--body',
        'Say how it is taken back',
        '--type',
        'finding',
        '--severity',
        'high',
        '--due',
        '2999-12-01',
      ],
      'cy',
    ).code,
    0,
  );
  place.commit('Ask', 'cy');
  assert.match(
    sign('ben').err,
    /^in review: DR-OPEN0001: 2 threads are open, 1 of them a finding due 2999-12-01; read: countersign review list DR-OPEN0001 --open$/m,
  );
});

test('a reason belongs to a reject or an exception', () => {
  const ran = place.countersign(['sign', '--range', 'main...HEAD', '--reason', 'fine'], 'ben');
  assert.deepEqual([ran.code, ran.out], [2, '']);
  assert.match(ran.err, /--reason goes with --reject or --exception/);
  assert.match(
    place.countersign(['sign', '--range', 'main...HEAD', '--withdraw', '--reason', 'fine'], 'ben')
      .err,
    /--reason does not go with --withdraw[^\n]*\n {2}countersign sign --withdraw, without --reason; say why in the review/,
  );
});

test('a program that git signs with is asked, and what it signs with another key is no sign-off', () => {
  change('program', 'ada');
  const program = `${place.key('ben')}-honest.sh`;
  writeFileSync(program, '#!/bin/sh\nexec ssh-keygen "$@"\n', { mode: 0o755 });
  place.git('config', 'gpg.ssh.program', program);
  assert.equal(sign('ben').code, 0);
  assert.equal(check().verdict, 'pass');
  const swapped = `${place.key('ben')}-swapped.sh`;
  writeFileSync(
    swapped,
    `#!/bin/sh\neval "last=\\$$#"\nexec ssh-keygen -Y sign -n "$4" -f '${place.key('eve')}' "$last"\n`,
    { mode: 0o755 },
  );
  place.git('config', 'gpg.ssh.program', swapped);
  const refused = place.countersign(
    ['sign', '--range', 'main...HEAD', '--key', place.key('ben')],
    'ben',
  );
  place.git('config', '--unset', 'gpg.ssh.program');
  assert.notEqual(refused.code, 0);
  assert.equal(place.git('status', '--porcelain'), '');
});

test('a hook stops whom the policy does not know, and not whoever works on after somebody whom it does not know', () => {
  change('outsider', 'mallory');
  place.write('model/score.py', 'BAR = 0.6\n');
  place.git('add', '--all');
  const at = (person: string): ReturnType<Workplace['countersign']> =>
    place.countersign(['check', '--stage', 'author'], person);
  assert.match(
    at('ada').out,
    /^warning author\/unknown model-change: the policy knows nobody with the e-mail mallory@example\.org/m,
  );
  assert.equal(at('ada').code, 0);
  assert.equal(at('mallory').code, 1);
  assert.match(
    place.countersign(['check']).out,
    /^fail: [^]*countersign sign --vouch mallory@example\.org\n$/m,
  );
  place.git('reset', '--quiet', '--hard');
});

test('a clone that lacks part of the history is told so in one line, with one of the commits that it lacks', () => {
  place.git('switch', '--quiet', '--detach', 'main');
  place.git(
    'clone',
    '--quiet',
    '--depth=1',
    '--no-single-branch',
    `file://${place.folder}`,
    '../shallow',
  );
  const ran = place.countersign(['verify', '--repo', '../shallow']);
  assert.equal(ran.code, 2);
  // Which is missed first, a parent or a commit between the two, is for the history to say.
  assert.match(
    ran.err,
    /^countersign: (?:this clone lacks part of the history, [0-9a-f]{12} for one, so the commits between [0-9a-f]{12} and [0-9a-f]{12} cannot be told|commit [0-9a-f]{40} is not in this clone)(?:; in CI, check out with fetch-depth: 0)? \(history\/missing\)\n {2}git fetch --unshallow\n$/,
  );
});

test('a reject, and what answers it, goes through the hook; the check that counts stops the change', () => {
  place.git('switch', '--quiet', '--force', 'main');
  change('answered', 'ada');
  assert.equal(place.countersign(['hook', 'install']).code, 0);
  try {
    assert.equal(
      place.countersign(
        [
          'sign',
          '--range',
          'main...HEAD',
          '--key',
          place.key('ben'),
          '--reject',
          '--reason',
          'too low',
        ],
        'ben',
      ).code,
      0,
    );
    const as = (person: string): Readonly<Record<string, string>> => ({
      GIT_AUTHOR_NAME: person,
      GIT_AUTHOR_EMAIL: `${person}@example.org`,
      GIT_COMMITTER_NAME: person,
      GIT_COMMITTER_EMAIL: `${person}@example.org`,
    });
    const commit = (message: string, person: string): void =>
      void execFileSync('git', ['commit', '--quiet', '--all', '-m', message], {
        cwd: place.folder,
        env: {
          ...process.env,
          ...as(person),
          GIT_CONFIG_GLOBAL: '/dev/null',
          GIT_CONFIG_NOSYSTEM: '1',
        },
        stdio: 'pipe',
      });
    commit('Reject', 'ben');
    place.write('model/score.py', 'BAR = 0.45\n');
    commit('Raise the bar', 'ada');
    assert.equal(check().verdict, 'fail');
    assert.deepEqual(
      check('--stage', 'author')
        .findings.map(({ code, severity }) => [code, severity])
        .filter(([code]) => code === 'signoff/rejected'),
      [['signoff/rejected', 'warning']],
    );
  } finally {
    place.countersign(['hook', 'uninstall']);
  }
});

test('who signs a range twice before the commit can take it back, and sign again', () => {
  change('twice', 'ada');
  for (const _ of [1, 2])
    assert.equal(
      place.countersign(['sign', '--range', 'main...HEAD', '--key', place.key('ben')], 'ben').code,
      0,
    );
  place.commit('Sign', 'ben');
  assert.equal(check().verdict, 'pass');
  assert.equal(sign('ben', '--withdraw').code, 0);
  assert.equal(check().verdict, 'fail');
  assert.equal(sign('ben').code, 0);
  assert.equal(check().verdict, 'pass');
});

test('signed on two branches that were merged, one withdrawal takes both back', () => {
  change('left', 'ada');
  place.git('branch', 'right');
  assert.equal(sign('ben').code, 0);
  place.git('switch', '--quiet', 'right');
  assert.equal(sign('ben').code, 0);
  place.git(
    '-c',
    'user.name=Ada',
    '-c',
    'user.email=ada@example.org',
    'merge',
    '--quiet',
    '--no-verify',
    '-m',
    'Merge',
    'left',
  );
  assert.equal(check().signoffs.filter(({ state }) => state === 'valid').length, 2);
  assert.equal(sign('ben', '--withdraw').code, 0);
  assert.equal(check().verdict, 'fail');
  assert.equal(sign('ben').code, 0);
  assert.equal(check().verdict, 'pass');
});
