import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { git } from '../extension/model-repository.ts';
import {
  canPlay,
  type Forge,
  type JobRun,
  openForge,
  openRequest,
  runAction,
  runTemplate,
  sentByBen,
} from './forge.ts';

const skip = canPlay() ? false : 'needs sh, tar and npm';
const forge = skip ? (null as unknown as Forge) : openForge();
after(() => rmSync(forge?.root ?? '', { recursive: true, force: true }));

const unsigned = { 'model/score.py': 'BASE = 11.0\n' };
const pull = (head: string, target = 'main'): Parameters<typeof runAction>[1] => ({
  name: 'pull_request_target',
  payload: { pull_request: { number: 7, head: { sha: head }, base: { ref: target } } },
});
const merge = (head: string, target = 'main'): Readonly<Record<string, string>> => ({
  CI_PIPELINE_SOURCE: 'merge_request_event',
  CI_MERGE_REQUEST_IID: '7',
  CI_MERGE_REQUEST_TARGET_BRANCH_NAME: target,
  CI_COMMIT_SHA: head,
});

/** Both forges, as functions of the change's head. */
const players: readonly (readonly [
  string,
  (head: string, inputs?: Readonly<Record<string, string>>, target?: string) => JobRun,
])[] = [
  ['GitHub', (head, inputs, target) => runAction(forge, pull(head, target), inputs)],
  ['GitLab', (head, inputs, target) => runTemplate(forge, merge(head, target), inputs)],
];

for (const [name, play] of players) {
  test(`${name}: a change that misses a signature fails the job, and says why`, { skip }, () => {
    const { exit, log } = play(openRequest(forge, unsigned));
    assert.equal(exit, 1, log);
    assert.match(log, /model-change: 1 independent validator missing/);
  });

  test(`${name}: what people sent who cannot push is counted, and nothing less than that`, {
    skip,
  }, () => {
    const head = openRequest(forge, unsigned);
    const signoffs = sentByBen(forge, head);
    const { exit, log } = play(head, { signoffs });
    assert.equal(exit, 0, log);
    assert.equal(
      play(openRequest(forge, { 'model/score.py': 'BASE = 12.0\n' }), { signoffs }).exit,
      1,
    );
    assert.equal(play(head, { signoffs: 'no/such/folder' }).exit, 2);
  });

  test(`${name}: a change of ungoverned files passes`, { skip }, () => {
    const { exit, log } = play(openRequest(forge, { 'notes.txt': 'hello\n' }));
    assert.equal(exit, 0, log);
  });

  test(`${name}: the checker may come from the target, and the change's own copy of it is not asked`, {
    skip,
  }, () => {
    const head = openRequest(forge, {
      ...unsigned,
      'tools/countersign/cli.js': 'process.exit(0);\n',
      'package.json': '{"scripts":{"build":"true"}}',
      'ci/gate.sh': 'exit 0\n',
      'action.yml': 'runs: {using: composite, steps: []}\n',
    });
    assert.equal(play(head, { checker: 'tools/countersign' }).exit, 1);
    assert.equal(play(head).exit, 1);
  });

  test(`${name}: files, filters and links of the change do not act`, { skip }, () => {
    const head = openRequest(forge, {
      ...unsigned,
      '.gitattributes': '* filter=evil diff=evil merge=evil\n',
      '.gitmodules': '[submodule "x"]\n\tpath = x\n\turl = ext::sh -c "touch %S/played"\n',
    });
    const { exit, folder } = play(head);
    assert.equal(exit, 1);
    assert.deepEqual(
      readdirSync(folder).filter((file) => file.includes('played')),
      [],
    );
  });

  test(`${name}: a head that is not there any more is not judged`, { skip }, () => {
    openRequest(forge, unsigned);
    const { exit, log } = play('0123456789abcdef0123456789abcdef01234567');
    assert.equal(exit, 2);
    assert.match(log, /the change has moved on/);
  });

  test(`${name}: a missing target is not judged`, { skip }, () =>
    assert.equal(play(openRequest(forge, unsigned), {}, 'gone').exit, 2),
  );

  test(`${name}: no checker, no pass`, { skip }, () =>
    assert.equal(
      play(openRequest(forge, { 'notes.txt': 'hello\n' }), { checker: 'no/such/folder' }).exit,
      2,
    ),
  );

  test(`${name}: a checker outside the repository is refused`, { skip }, () =>
    assert.equal(
      play(openRequest(forge, { 'notes.txt': 'hello\n' }), { checker: '../../elsewhere' }).exit,
      2,
    ),
  );

  test(`${name}: a branch whose name is a command runs nothing`, { skip }, () => {
    const target = 'release/$(touch$IFS"played");touch$IFS"played";`touch$IFS"played"`';
    git(forge.remote, 'branch', '--force', target, forge.main);
    const { exit, folder } = play(openRequest(forge, unsigned), {}, target);
    assert.equal(exit, 1);
    assert.ok(!existsSync(join(folder, 'played')));
  });
}

test('GitHub: the summary lists everything, annotations stand in the log, reports are written', {
  skip,
}, () => {
  const { exit, log, summary, folder } = runAction(forge, pull(openRequest(forge, unsigned)), {
    'sarif-file': 'check.sarif',
    'junit-file': 'check.xml',
  });
  assert.equal(exit, 1);
  assert.match(
    log,
    /^::error file=\.countersign\/policy\.yaml,line=1,endLine=1,title=requirement\/unmet::/m,
  );
  assert.match(summary, /^## Countersign: fail\n/);
  assert.equal(
    (JSON.parse(readFileSync(join(folder, 'check.sarif'), 'utf8')) as { version: string }).version,
    '2.1.0',
  );
  assert.match(readFileSync(join(folder, 'check.xml'), 'utf8'), /<testsuites /);
  assert.doesNotMatch(log, /dG9rZW4/, 'the token, in base 64, is in no log');
});

test('GitHub: no summary where none is wanted', { skip }, () =>
  assert.equal(
    runAction(forge, pull(openRequest(forge, unsigned)), { summary: 'false' }).summary,
    '',
  ),
);

test('GitHub: the token is written nowhere', { skip }, () => {
  const { folder } = runAction(forge, pull(openRequest(forge, unsigned)));
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /config$/.test(path),
  ))
    assert.doesNotMatch(readFileSync(join(folder, file), 'utf8'), /token|basic|Authorization/i);
});

test('GitHub: a merge queue is judged on what it lands on', { skip }, () => {
  const head = openRequest(forge, unsigned);
  git(forge.remote, 'update-ref', 'refs/heads/gh-readonly-queue/main/pr-7', head);
  const { exit } = runAction(forge, {
    name: 'merge_group',
    payload: {
      merge_group: {
        base_sha: forge.main,
        head_sha: head,
        head_ref: 'refs/heads/gh-readonly-queue/main/pr-7',
        base_ref: 'refs/heads/main',
      },
    },
  });
  assert.equal(exit, 1);
});

for (const [what, before, wanted] of [
  ['from where the branch was', () => forge.main, 1],
  ['from the default branch where it is new', () => '0'.repeat(40), 1],
  ['from itself, and then nothing changed', () => 'head', 0],
] as const) {
  test(`GitHub: a push is judged ${what}`, { skip }, () => {
    const head = openRequest(forge, unsigned);
    git(forge.remote, 'update-ref', 'refs/heads/release/1', head);
    const { exit, log } = runAction(forge, {
      name: 'push',
      payload: { before: before() === 'head' ? head : before() },
      variables: { GITHUB_REF: 'refs/heads/release/1', GITHUB_SHA: head },
    });
    assert.equal(exit, wanted, log);
  });
}

/** What a push to release/1 comes to that moved it from one commit to another. */
function pushOf(before: string, after: string): JobRun {
  git(forge.remote, 'update-ref', 'refs/heads/release/1', after);
  return runAction(forge, {
    name: 'push',
    payload: { before },
    variables: { GITHUB_REF: 'refs/heads/release/1', GITHUB_SHA: after },
  });
}

test('GitHub: a push that takes commits off a target fails, also where they are in the history of another', {
  skip,
}, () => {
  const { exit, log } = pushOf(
    forge.main,
    git(forge.remote, 'rev-parse', `${forge.main}~1`).trim(),
  );
  assert.equal(exit, 1, log);
  assert.match(log, /release\/1 does not go on from/);
});

test('GitHub: a push that moves a target to a branch that had merged it fails, and the merge the other way round is judged', {
  skip,
}, () => {
  const head = openRequest(forge, { 'notes.txt': 'hello\n' });
  git(forge.remote, 'switch', '--quiet', '--detach', `${forge.main}~1`);
  git(forge.remote, 'commit', '--quiet', '--allow-empty', '--message=Aside');
  git(forge.remote, 'merge', '--quiet', '--no-edit', head);
  const aside = git(forge.remote, 'rev-parse', 'HEAD').trim();
  git(forge.remote, 'switch', '--quiet', '--detach', head);
  git(forge.remote, 'merge', '--quiet', '--no-ff', '--no-edit', `${aside}^1`);
  const into = git(forge.remote, 'rev-parse', 'HEAD').trim();
  git(forge.remote, 'switch', '--quiet', 'main');
  assert.deepEqual([pushOf(head, aside).exit, pushOf(head, into).exit], [1, 0]);
});

test('GitHub: a push that makes the default branch anew is not judged against itself', {
  skip,
}, () => {
  const { exit, log } = runAction(forge, {
    name: 'push',
    payload: { before: '0'.repeat(40) },
    variables: { GITHUB_REF: 'refs/heads/main', GITHUB_SHA: forge.main },
  });
  assert.equal(exit, 2, log);
});

test('GitHub: an event that brings no change is refused', { skip }, () => {
  const { exit, log } = runAction(forge, { name: 'schedule', payload: {} });
  assert.equal(exit, 2);
  assert.match(log, /an event of kind schedule brings no change to judge/);
});

test('GitLab: the reports of a judged change are there, those of one that was not are not', {
  skip,
}, () => {
  const judged = runTemplate(forge, merge(openRequest(forge, unsigned))).folder;
  assert.deepEqual(readdirSync(judged).sort(), [
    'countersign.gitlab.json',
    'countersign.junit.xml',
  ]);
  assert.ok(
    (JSON.parse(readFileSync(join(judged, 'countersign.gitlab.json'), 'utf8')) as unknown[])
      .length > 0,
  );
  git(forge.remote, 'branch', '--force', 'untargeted', forge.main);
  const other = runTemplate(forge, merge(openRequest(forge, unsigned), 'untargeted'));
  assert.equal(other.exit, 2);
  assert.deepEqual(readdirSync(other.folder), []);
});

test('GitLab: a merge train is judged on what stands before it', { skip }, () => {
  const head = openRequest(forge, unsigned);
  git(forge.remote, 'update-ref', 'refs/merge-requests/7/train', head);
  const { exit, log } = runTemplate(forge, {
    ...merge(head),
    CI_MERGE_REQUEST_EVENT_TYPE: 'merge_train',
  });
  assert.equal(exit, 1, log);
});

test('GitLab: a commit that is not pinned in full is refused by the template', { skip }, () =>
  assert.throws(() => runTemplate(forge, merge(forge.main), { commit: 'main' }), /does not match/),
);

test('GitLab: a pinned commit that is not there stops the job', { skip }, () =>
  assert.equal(
    runTemplate(forge, merge(forge.main), { commit: '0123456789abcdef0123456789abcdef01234567' })
      .exit,
    2,
  ),
);
