/** What somebody types in the first hour, in a repository that keeps its pipeline with DVC. */
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openWorkplace, type Workplace } from './command-line.ts';

let place: Workplace;

before(() => {
  place = openWorkplace();
  place.write('params.yaml', 'featurize:\n  max_features: 100\n  ngrams: 1\n');
  place.write('dvc.yaml', 'stages: {}\n');
  place.write('dvc.lock', "schema: '2.0'\n");
  place.write('src/train.py', 'print(1)\n');
  place.write('data/data.xml.dvc', 'outs: []\n');
  place.commit('Pipeline', 'ada');
});

after(() => place.remove());

test('init without a key says that nobody could sign, and the check of records says where', () => {
  const { out } = place.countersign(['init']);
  assert.match(out, /no signing key was found, so nobody could approve anything yet/);
  assert.doesNotMatch(out, /commit it to the target branch/);
  assert.match(
    place.countersign(['check', '--records']).out,
    /policy-change can never be met: nobody of its roles has a key that could sign$/m,
  );
  assert.match(
    place.countersign(['check', '--records']).out,
    /^\.countersign\/policy\.yaml:\d+:\d+: error policy\/unsatisfiable asks for 1 of model-owner, and nobody of that role has a key/m,
  );
});

test('init once more, with the key that was missing, puts it into the list', () => {
  place.git('config', 'gpg.format', 'ssh');
  place.git('config', 'user.signingKey', place.key('ada'));
  assert.match(
    place.countersign(['init']).out,
    /^wrote \.countersign\/allowed_signers$[^]*^kept \.countersign\/policy\.yaml as it is$[^]*^next: read \.countersign\/policy\.yaml/m,
  );
  assert.equal(place.countersign(['check', '--records']).code, 0);
  place.git('clean', '--quiet', '-fd', '.countersign');
});

test('init governs the files that are there, the pointers to data and weights among them', () => {
  const { out } = place.countersign(['init']);
  assert.doesNotMatch(out, /no signing key/);
  assert.match(
    place.read('.countersign/policy.yaml'),
    /paths: \["src\/\*\*", "params\.yaml", "dvc\.yaml", "dvc\.lock", "\*\*\/\*\.dvc"\]/,
  );
});

test('a new decision belongs to who makes it, by the name that the policy gives them', () => {
  const { out } = place.countersign([
    'new',
    'decision',
    '--title',
    'Use bigrams',
    '--set',
    'risk=medium',
  ]);
  assert.match(place.read(out.trim()), /^owner: ada$/m);
});

test('a title stands behind the kind or behind --title, and two that differ are refused', () => {
  for (const words of [
    ['Use bigrams, please'],
    ['--title', 'Use bigrams, please'],
    ['Use bigrams, please', '--title', 'Use bigrams, please'],
  ]) {
    const { code, out, err } = place.countersign(['new', 'decision', ...words]);
    assert.equal(code, 0, err);
    assert.match(place.read(out.trim()), /^title: Use bigrams, please$/m);
    rmSync(join(place.folder, out.trim()));
  }
  for (const [words, why] of [
    [['Use bigrams', '--title', 'Use trigrams'], /usage\/title\)\n {2}say one of them$/m],
    [['Use', 'bigrams'], /too many|expected|usage/i],
  ] as const) {
    const { code, out, err } = place.countersign(['new', 'decision', ...words]);
    assert.deepEqual([code, out], [2, '']);
    assert.match(err, why);
  }
});

test('somebody whom no policy knows owns it by the name that git writes', () => {
  const { out } = place.countersign(['new', 'decision', '--title', 'Use trigrams'], 'zoe');
  assert.match(place.read(out.trim()), /^owner: zoe$/m);
});

test('records alone can be checked, and a link that leads nowhere fails them', () => {
  assert.match(place.countersign(['check', '--records']).out, /^pass: \d+ records can be read/m);
  const { out } = place.countersign([
    'new',
    'decision',
    '--title',
    'Rests on nothing',
    '--set',
    'feedback=[FB-NOWHERE1]',
  ]);
  const ran = place.countersign(['check', '--records']);
  assert.equal(ran.code, 1);
  assert.match(
    ran.out,
    new RegExp(`^${out.trim().replaceAll('.', '\\.')}:\\d+:\\d+: error link/dangling `, 'm'),
  );
  assert.equal(
    (JSON.parse(place.countersign(['check', '--records', '--json']).out) as { verdict: string })
      .verdict,
    'fail',
  );
});

test('records alone go with no change', () => {
  const ran = place.countersign(['check', '--records', '--range', 'main...HEAD']);
  assert.equal(ran.code, 2);
  assert.match(ran.err, /--records looks at no change, so it goes with no --range/);
});

test('a trail is told as it stood at a revision, also of lines that have moved since', () => {
  place.git('switch', '--quiet', '--create', 'before');
  place.write(
    '.countersign/decisions/DR-THEN0001.yaml',
    'schema: countersign/decision@1\nid: DR-THEN0001\ntitle: As it was\nstatus: accepted\nowner: ada\nrisk: low\ntrail:\n  code: [{path: src/train.py, lines: [1, 1]}]\n',
  );
  place.write('src/train.py', 'print(1)\n# @FB-MARKED01\n');
  place.write(
    '.countersign/feedback/FB-MARKED01.yaml',
    'schema: countersign/feedback@1\nid: FB-MARKED01\ntitle: Marked in the code\nchannel: issue\nobserved_at: unknown\nstatus: new\n',
  );
  place.commit('Then', 'ada');
  place.git('switch', '--quiet', '--create', 'after');
  place.git(
    'rm',
    '--quiet',
    '.countersign/decisions/DR-THEN0001.yaml',
    '.countersign/feedback/FB-MARKED01.yaml',
  );
  place.write('src/train.py', 'import os\nprint(1)\n');
  place.commit('Now', 'ada');
  assert.equal(
    place.countersign(['trail', 'src/train.py:1', '--at', 'before']).out,
    'src/train.py:1\n└─ because of DR-THEN0001 As it was [accepted]; unproven: nothing but line numbers holds this anchor\n',
  );
  assert.match(
    place.countersign(['trail', 'src/train.py:2', '--at', 'before']).out,
    /└─ because of FB-MARKED01|└─ marked FB-MARKED01/,
  );
  assert.match(place.countersign(['trail', 'src/train.py:1']).out, /no record stands behind/);
  assert.equal(place.countersign(['trail', 'src/train.py:1', '--at', 'nowhere']).code, 2);
});

test('where git knows nobody, what does not ask who is at work is answered', () => {
  const nobody = {
    GIT_AUTHOR_NAME: '',
    GIT_AUTHOR_EMAIL: '',
    GIT_COMMITTER_NAME: '',
    GIT_COMMITTER_EMAIL: '',
  };
  place.git('switch', '--quiet', '--create', 'protected', 'main');
  place.countersign(['init']);
  place.commit('Policy', 'ada');
  place.git('branch', '--force', 'main');
  for (const command of [['verify'], ['digest'], ['audit'], ['check', '--range', 'main...HEAD']]) {
    const ran = place.countersign(command, 'ada', nobody);
    assert.equal(ran.code, 0, `${command.join(' ')}: ${ran.err}`);
  }
});

test('what cannot be read is not passed over in silence', () => {
  place.git('switch', '--quiet', '--create', 'broken', 'main');
  place.write(
    '.countersign/decisions/DR-BROKEN01.yaml',
    'schema: countersign/decision@1\nid: DR-BROKEN01\ntitle: Broken\nstatus: acepted\nowner: ada\nrisk: low\ngoverns: [src/**]\n',
  );
  place.write('src/broken.py', 'x = 1\n');
  const told =
    'not among these, since unreadable: .countersign/decisions/DR-BROKEN01.yaml; why: countersign index\n';
  assert.equal(
    place.countersign(['list', 'decisions', '--where', 'title=Broken']).out,
    `no decisions found\n${told}`,
  );
  assert.equal(place.countersign(['list', 'slices']).out.includes('unreadable'), false);
  assert.equal(
    place.countersign(['trail', 'src/broken.py:1']).out,
    `no record that can be read stands behind src/broken.py:1; link one with trail.code or governs\n${told}`,
  );
  place.git('clean', '--quiet', '--force', '-d');
});

test('a list by a key that no record can have is refused with the keys, since nothing found would look like nothing there', () => {
  for (const [args, why, fix] of [
    [
      ['feedback', '--where', 'foo=bar'],
      '--where: feedback has no key "foo" (usage/key)',
      'the keys are schema, id, title, ',
    ],
    [
      ['decisions', '--where', 'statsu=accepted'],
      '--where: decisions have no key "statsu" (usage/key)',
      'did you mean status? the keys are ',
    ],
    [
      ['decisions', '--sort', '-rollback.onwer'],
      '--sort: decisions have no key "rollback.onwer" (usage/key)',
      'did you mean rollback.owner? the keys are rollback.plan, rollback.owner, ',
    ],
    [
      ['decisions', '--sort', 'title.length'],
      '--sort: decisions have no key "title.length" (usage/key)',
      'there is nothing below title',
    ],
  ] as const) {
    const ran = place.countersign(['list', ...args]);
    assert.deepEqual(
      [ran.code, ran.out, ran.err.startsWith(`countersign: ${why}\n  ${fix}`)],
      [2, '', true],
      ran.err,
    );
  }
});

test('a list by a key that the team made, or that any cohort may have, is answered', () => {
  place.write(
    '.countersign/feedback/FB-COHORT01.yaml',
    'schema: countersign/feedback@1\nid: FB-COHORT01\ntitle: Of a cohort\nchannel: issue\nobserved_at: unknown\nstatus: new\nx-team: credit\ncohort: {age_band: 40s}\n',
  );
  for (const where of ['x-team=credit', 'cohort.age_band=40s', 'status=new'])
    assert.match(
      place.countersign(['list', 'feedback', '--where', where]).out,
      /FB-COHORT01/,
      where,
    );
  assert.equal(
    place.countersign(['list', 'feedback', '--where', 'cohort.region=north']).out,
    'no feedback found\n',
  );
  place.git('clean', '--quiet', '--force', '-d');
});

test('lines past the end of a file have no trail, and neither has a file that is not there', () => {
  const past = place.countersign(['trail', 'params.yaml:999']);
  assert.deepEqual([past.code, past.out], [2, '']);
  assert.equal(
    past.err,
    'countersign: params.yaml has 3 lines, and 999 is past its end (usage/lines)\n  ask for the whole file: countersign trail params.yaml\n',
  );
  assert.equal(place.countersign(['trail', 'params.yaml:3']).code, 0);
  for (const [of, why, fix] of [
    [
      ['parms.yaml'],
      'there is no file parms.yaml here, and no record stands behind it',
      'did you mean params.yaml? countersign trail params.yaml',
    ],
    [
      ['config/params.yaml:2'],
      'there is no file config/params.yaml here, and no record stands behind it',
      'did you mean params.yaml? countersign trail params.yaml',
    ],
    [
      ['parms.yaml', '--at', 'protected'],
      'there is no file parms.yaml at protected, and no record stands behind it',
      'did you mean params.yaml? countersign trail params.yaml --at protected',
    ],
    [
      ['.countersign/checklists'],
      '.countersign/checklists is a folder here, and no record stands behind it',
      'name a file in it: countersign trail .countersign/checklists/model-change.yaml',
    ],
    [
      ['nothing/like/this'],
      'there is no file nothing/like/this here, and no record stands behind it',
      'name a file from the top of the repository or from this folder, or a record: countersign list decisions',
    ],
  ] as const) {
    const ran = place.countersign(['trail', ...of]);
    assert.deepEqual(
      [ran.code, ran.out, ran.err],
      [2, '', `countersign: ${why} (trail/no-file)\n  ${fix}\n`],
    );
  }
});

test('a file that is gone, and that a record still stands behind, is answered for', () => {
  place.write(
    '.countersign/decisions/DR-GONE0001.yaml',
    'schema: countersign/decision@1\nid: DR-GONE0001\ntitle: Of a file that is gone\nstatus: accepted\nowner: ada\nrisk: low\ntrail:\n  code:\n    - {path: model/gone.py, lines: [1, 2]}\n',
  );
  const ran = place.countersign(['trail', 'model/gone.py']);
  assert.deepEqual([ran.code, ran.err], [0, '']);
  assert.match(ran.out, /DR-GONE0001/);
  assert.match(
    place.countersign(['show', 'DR-GONE001']).err,
    /there is no record DR-GONE001 \(record\/none\)\n {2}did you mean DR-GONE0001\? Else see countersign list /,
  );
  place.git('clean', '--quiet', '--force', '-d');
});

test('a new record says what stands in it that nobody said, beside the path', () => {
  for (const [args, says] of [
    [
      ['evaluation', '--title', 'By sex'],
      'placeholders stand there: data.candidate.path (data/test.csv), columns.label (label), columns.prediction (prediction)',
    ],
    [
      [
        'evaluation',
        '--title',
        'By sex',
        '--set',
        'data={candidate: {path: data/mine.csv}}',
        '--set',
        'columns.label=outcome',
      ],
      'a placeholder stands there: columns.prediction (prediction)',
    ],
    [
      ['slice', '--set', 'table=people', '--set', 'where=age < 30'],
      'a placeholder stands there: title (untitled)',
    ],
    [['decision', '--title', 'Use bigrams'], 'a placeholder stands there: risk (high)'],
    [['feedback', '--title', 'Turned down', '--set', 'channel=review'], null],
  ] as const) {
    const ran = place.countersign(['new', ...args]);
    assert.match(ran.out, /^\.countersign\/\w+\/[A-Z]{2}-[0-9A-Z]{8}\.yaml\n$/);
    assert.equal(
      ran.err,
      says === null
        ? ''
        : `nobody said, and ${says} — put yours into ${ran.out.trim()}, or say it at once: --set ${/: (\S+) \(/.exec(says)?.[1]}=…\n`,
    );
  }
  place.git('clean', '--quiet', '--force', '-d');
});

test('a word that is none of a closed set is refused, with the one that is near and the set', () => {
  for (const [args, why, fix] of [
    [
      ['chekc'],
      'there is no command "chekc" (usage/unknown-command)',
      'did you mean check? Else see "countersign --help"',
    ],
    [
      ['constructor'],
      'there is no command "constructor" (usage/unknown-command)',
      'see "countersign --help"',
    ],
    [
      ['list', 'decision'],
      'there is no kind "decision" (usage/kind)',
      'did you mean decisions? Else say one of feedback, decisions, slices, evaluations',
    ],
    [
      ['new', 'feedbck'],
      'there is no kind "feedbck" (usage/kind)',
      'did you mean feedback? Else say one of feedback, decision, slice, evaluation',
    ],
    [
      ['check', '--stage', 'autor'],
      'there is no stage "autor" (usage/stage)',
      'did you mean author? Else say one of off, records, author, all',
    ],
    [
      ['hook', 'stats'],
      'there is no action "stats" (usage/action)',
      'did you mean status? Else say one of install, uninstall, status, run',
    ],
    [
      ['list', 'feedback', '--where', 'status=nwe'],
      '--where: "nwe" is no status that feedback can have (usage/value)',
      'did you mean new? Else say one of new, triaged, ',
    ],
    [
      ['list', 'feedback', '--where', 'consent.scope=trainig'],
      '--where: "trainig" is no consent.scope that feedback can have (usage/value)',
      'did you mean training? Else say one of training, evaluation, analysis',
    ],
    [
      ['list', 'decisions', '--where', 'status=accepted', '--where', 'risk=none'],
      '--where: "none" is no risk that decisions can have (usage/value)',
      'say one of low, medium, high, critical',
    ],
  ] as const) {
    const ran = place.countersign(args);
    assert.deepEqual(
      [ran.code, ran.out, ran.err.startsWith(`countersign: ${why}\n  ${fix}`)],
      [2, '', true],
      ran.err,
    );
  }
  // What may be anything, or is asked for where it is missing, is no closed set.
  for (const where of ['assignee=nobody', 'status=', 'observed_at=2026-01-01T00:00:00Z'])
    assert.equal(place.countersign(['list', 'feedback', '--where', where]).code, 0, where);
});

test('what others say in several lines is one line of an error, and no name in it reaches the terminal', () => {
  assert.equal(
    place.countersign(['check', '--rang', 'main...HEAD']).err,
    'countersign: unknown option \'--rang\' (Did you mean --range?) (usage/options)\n  see "countersign check --help"\n',
  );
  assert.equal(
    place.countersign(['trail', 'x\n\u001b[31m', '--nonsense\u001b[31m']).err.includes('\u001b'),
    false,
  );
  assert.doesNotMatch(place.countersign(['list', '--help']).out, /\(default: \[\]\)/);
});

test('the findings of a broken checklist are told once', () => {
  place.git('switch', '--quiet', '--create', 'checklist', 'protected');
  place.write(
    '.countersign/checklists/model-change.yaml',
    'schema: countersign/checklist@1\nname: model-change\nitems: [{id: why, ask: Why?, must: perhaps, by: author}]\n',
  );
  place.commit('Break the checklist', 'ada');
  const lines = place
    .countersign(['check', '--range', 'main...HEAD'])
    .out.split('\n')
    .filter((line) => line.includes('checklists/model-change.yaml:'));
  assert.ok(lines.length > 0);
  assert.deepEqual(lines, [...new Set(lines)]);
});

test('show names what a record is linked to as people do', () => {
  place.write(
    '.countersign/decisions/DR-SHOWN001.yaml',
    'schema: countersign/decision@1\nid: DR-SHOWN001\ntitle: Shown\nstatus: accepted\nowner: ada\nrisk: low\ngoverns: [src/**]\ntrail:\n  code: [{path: params.yaml, lines: [2, 3]}, {path: gone.py, lines: [1, 1]}]\n  artifacts: [{kind: dvc, ref: model.pkl}]\n',
  );
  const lines = place
    .countersign(['show', 'DR-SHOWN001'])
    .out.split('\n')
    .filter((line) => line.startsWith('→'));
  assert.deepEqual(lines, [
    '→ owner ada',
    '→ governs src/**',
    '→ code params.yaml:2-3 (unproven)',
    '→ code gone.py:1 (missing)',
    '→ artifact dvc:model.pkl',
  ]);
  place.git('clean', '--quiet', '--force', '-d');
});

test('an anchor that was just given its digest is not told to get one', () => {
  place.write(
    '.countersign/decisions/DR-ANCHOR01.yaml',
    'schema: countersign/decision@1\nid: DR-ANCHOR01\ntitle: Anchored\nstatus: accepted\nowner: ada\nrisk: low\ntrail:\n  code: [{path: params.yaml, lines: [2, 3]}]\n',
  );
  assert.match(
    place.countersign(['anchors', 'DR-ANCHOR01']).out,
    /unproven \(nothing but line numbers holds this anchor: add its digest with countersign anchors DR-ANCHOR01 --write/,
  );
  assert.equal(
    place.countersign(['anchors', 'DR-ANCHOR01', '--write']).out,
    'params.yaml:2-3 exact, held by its digest\n',
  );
  place.git('clean', '--quiet', '--force', '-d');
});

test('doctor and check say where they looked for a policy, and what is left to do with the one that is here', () => {
  const bare = openWorkplace();
  try {
    bare.write('params.yaml', 'a: 1\n');
    bare.commit('Start', 'ada');
    bare.git('switch', '--quiet', '--create', 'topic');
    bare.write('params.yaml', 'a: 2\n');
    bare.commit('Change', 'ada');
    const tip = bare.git('rev-parse', 'main').slice(0, 12);
    assert.match(
      bare.countersign(['check', '--range', 'main...HEAD']).out,
      /^unprotected: main has no \.countersign\/policy\.yaml: nothing is protected — next: countersign init, then land the policy$/m,
    );
    bare.git('branch', '--force', 'main', 'topic');
    assert.match(
      bare.countersign(['check', '--range', 'main~1...HEAD']).out,
      new RegExp(`^unprotected: main at ${tip} has no `, 'm'),
    );
    bare.git('branch', '--force', 'main', 'main~1');
    assert.match(
      bare.countersign(['doctor']).out,
      /^! policy: main has no policy: nothing is protected — countersign init, then land the policy$/m,
    );
    bare.countersign(['init']);
    assert.match(
      bare.countersign(['doctor']).out,
      /^! policy: main has no policy: nothing is protected — land the one that is here: commit \.countersign, and push it to main$/m,
    );
    assert.match(
      bare.countersign(['check', '--range', `${tip}...HEAD`]).err,
      new RegExp(`\\n {2}write object ids in full: git rev-parse ${tip}\\n$`),
    );
  } finally {
    bare.remove();
  }
});
