import assert from 'node:assert/strict';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { storeSigned } from '../../src/app/sign.ts';
import { openRepository } from '../../src/node/repository.ts';
import { keyFile } from '../gate/kit/keys.ts';
import {
  evaluation,
  evaluationPath,
  measuring,
  decisionPath,
  scores,
} from '../gate/kit/measured.ts';
import { as, freshFolder, ModelRepo } from '../gate/kit/model-repo.ts';
import { must, type Ended, run } from '../gate/kit/processes.ts';
import { program } from './program.ts';

const files = {
  [decisionPath]: measuring,
  [evaluationPath]: evaluation(),
  '.countersign/feedback/FB-0001.yaml':
    'schema: countersign/feedback@1\nid: FB-0001\ntitle: wrong\nchannel: review\nreceived_at: 2026-03-01T09:12:00Z\nbody: this is wrong\n',
  '.countersign/triage.yaml':
    'schema: countersign/triage@1\nrules:\n  - {id: wrong, when: {text: ["wrong"]}, then: {category: quality, confidence: 0.9}}\n',
  '.countersign/slices/SL-0001.yaml':
    'schema: countersign/slice@1\nid: SL-0001\nthis is: [broken\n',
  'src/marked.py': '# @DR-WHY001\nx = 1\n',
  'data/scores.csv': scores,
};

/** What is left out of the working tree, and how. Each leaves `.countersign` out, in whole or in part. */
const ways: Readonly<Record<string, (dir: string) => Promise<unknown>>> = {
  'a cone': (dir) => must('git', ['sparse-checkout', 'set', '--cone', 'model'], { cwd: dir }),
  'a cone with a sparse index': (dir) =>
    must('git', ['sparse-checkout', 'set', '--cone', '--sparse-index', 'model'], { cwd: dir }),
  'patterns without a cone': (dir) =>
    must(
      'git',
      [
        'sparse-checkout',
        'set',
        '--no-cone',
        '/*',
        '!/src',
        '!/data',
        '!.countersign/decisions/',
        '!.countersign/slices/',
        '!.countersign/evaluations/',
        '!.countersign/policy.yaml',
        '!.countersign/checklists/',
        '!.countersign/allowed_signers',
      ],
      { cwd: dir },
    ),
  'marks in the index alone': async (dir) => {
    await must(
      'git',
      ['update-index', '--skip-worktree', decisionPath, '.countersign/policy.yaml'],
      {
        cwd: dir,
      },
    );
    rmSync(join(dir, decisionPath));
    rmSync(join(dir, '.countersign/policy.yaml'));
  },
};

let whole: string;
let home: string;
let answers: string;

const ask = (dir: string, ...args: readonly string[]): Promise<Ended> =>
  run(process.execPath, [program, ...args], { cwd: dir, env: { HOME: home } });

async function copy(): Promise<string> {
  const dir = join(await freshFolder(), 'copy');
  await cp(whole, dir, { recursive: true });
  // Git leaves what it takes for changed where it lies.
  await must('git', ['update-index', '-q', '--refresh'], { cwd: dir });
  return dir;
}

before(async () => {
  const repo = await ModelRepo.make({ files });
  await repo.change();
  whole = repo.dir;
  home = await freshFolder();
  answers = join(home, 'answers.yaml');
  writeFileSync(answers, 'tests-pass: {answer: yes, note: ran them}\n');
  writeFileSync(
    join(home, '.gitconfig'),
    `[user]\n\tname = ben\n\temail = ben@example.org\n\tsigningKey = ${await keyFile('ben')}\n[gpg]\n\tformat = ssh\n`,
  );
});

/** Without times, which differ. */
const lasting = ({ code, stdout }: Ended): unknown => [
  code,
  stdout.toString('utf8').replace(/"ms":\d+/, ''),
];

const questions: readonly (readonly string[])[] = [
  ['check', '--records', '--json'],
  ['index', '--json'],
  ['list', 'decisions', '--json'],
  ['list', 'feedback', '--json'],
  ['show', 'DR-WHY001', '--json'],
  ['show', 'FB-0001', '--json'],
  ['trail', 'DR-WHY001', '--json'],
  ['trail', 'src/marked.py:1', '--json'],
  ['inbox', '--json'],
  ['policy', 'try', '.countersign/policy.yaml', '--json'],
  ['verify', '--json'],
  ['report', 'EV-BAR1', '--json'],
];

/** The answer of the whole checkout, asked once. */
const wholeAnswers = new Map<string, Promise<Ended>>();
function answerOfWhole(question: readonly string[]): Promise<Ended> {
  const key = question.join(' ');
  const known = wholeAnswers.get(key) ?? ask(whole, ...question);
  wholeAnswers.set(key, known);
  return known;
}

async function writesAreCommitted(sparse: string): Promise<void> {
  const signed = await ask(
    sparse,
    ...['sign', '--range', 'main...HEAD', '--role', 'validator', '--answers', answers],
  );
  assert.equal(signed.code, 0, signed.stderr);
  const reviewed = await ask(
    sparse,
    ...['review', 'add', 'DR-WHY001', '--at', '/title', '--body', 'why?'],
  );
  assert.equal(reviewed.code, 0, reviewed.stderr);
  const [, step = 'false'] = /pushed: (git add .*), git commit/.exec(`${reviewed.stdout}`) ?? [];
  await must('sh', ['-c', step], { cwd: sparse });
  const triaged = await ask(sparse, 'triage');
  assert.equal(triaged.code, 0, triaged.stderr);
  await must('git', ['-c', 'core.hooksPath=/dev/null', 'commit', '-qm', 'words'], {
    cwd: sparse,
    env: as('ben'),
  });
  const brought = await must('git', ['show', '--format=', '--name-status', 'HEAD'], {
    cwd: sparse,
  });
  assert.match(
    brought.toString(),
    /^A\t\.countersign\/reviews\/DR-WHY001\/\S+\nA\t\.countersign\/signoffs\/model-change\/ben\.\S+\n$/,
  );
}

for (const [name, leaveOut] of Object.entries(ways))
  describe(`where ${name} leaves records out`, () => {
    let sparse: string;
    before(async () => {
      sparse = await copy();
      await leaveOut(sparse);
      assert.ok(!existsSync(join(sparse, decisionPath)));
    });

    test('every question has the answer of a whole checkout', async () => {
      for (const question of questions) {
        const [here, there] = await Promise.all([
          ask(sparse, ...question),
          answerOfWhole(question),
        ]);
        assert.deepEqual(lasting(here), lasting(there), `${question.join(' ')}: ${here.stderr}`);
      }
      assert.equal((await ask(sparse, 'check', '--records')).code, 1);
    });

    test('nothing that is left out is begun anew', async () => {
      const { code, stderr } = await ask(sparse, 'init');
      assert.equal(code, 0, stderr);
      for (const path of ['policy.yaml', 'allowed_signers', 'checklists/model-change.yaml'])
        assert.equal(
          existsSync(join(sparse, '.countersign', path)),
          name === 'marks in the index alone' && path !== 'policy.yaml',
          path,
        );
      const status = await must('git', ['status', '--porcelain', '-uno'], { cwd: sparse });
      assert.equal(status.toString(), '');
      const again = await ask(sparse, 'new', 'decision', '--title', 'x', '--set', 'id=DR-WHY001');
      assert.equal(again.code, 2);
      assert.match(again.stderr, /record\/exists/);
    });

    test('what is written is staged and committed', () => writesAreCommitted(sparse));

    test('a measurement names the same governed files, or what to bring here', async () => {
      const there = await ask(await copy(), 'evaluate', 'EV-BAR1', '--json');
      let here = await ask(sparse, 'evaluate', 'EV-BAR1', '--json');
      if (!existsSync(join(sparse, 'data'))) {
        assert.equal(here.code, 2);
        const [step = 'false'] = /git sparse-checkout add \S+/.exec(here.stderr) ?? [];
        await must('sh', ['-c', step], { cwd: sparse });
        here = await ask(sparse, 'evaluate', 'EV-BAR1', '--json');
      }
      assert.equal(here.code, there.code, here.stderr);
      const governed = ({ stdout }: Ended) =>
        (JSON.parse(stdout.toString('utf8')) as { readonly governed: unknown }).governed;
      assert.deepEqual(governed(here), governed(there));
    });
  });

test('a clone that checked nothing out is read as its HEAD', async () => {
  const dir = join(await freshFolder(), 'bare');
  await must('git', ['clone', '-q', '--no-checkout', whole, dir]);
  for (const question of questions.slice(0, 6)) {
    const [here, there] = await Promise.all([ask(dir, ...question), answerOfWhole(question)]);
    assert.deepEqual(lasting(here), lasting(there), `${question.join(' ')}: ${here.stderr}`);
  }
  await ask(dir, 'init');
  assert.ok(!existsSync(join(dir, '.countersign/policy.yaml')));
});

test('what is signed where nothing is checked out is staged beside all that HEAD has', async () => {
  const dir = join(await freshFolder(), 'unsigned');
  await must('git', ['clone', '-q', '--no-checkout', whole, dir]);
  const path = '.countersign/signoffs/model-change/ada.0123456789ab.0001.yaml';
  await storeSigned(await openRepository(dir), { path, text: 'x\n' });
  const staged = await must('git', ['diff', '--cached', '--name-status', 'HEAD'], { cwd: dir });
  assert.equal(staged.toString(), `A\t${path}\n`);
});

test('a file that was deleted is gone, in a sparse checkout too', async () => {
  const dir = await copy();
  await must('git', ['sparse-checkout', 'set', '--no-cone', '/*', '!/model'], { cwd: dir });
  rmSync(join(dir, decisionPath));
  const { stdout } = await ask(dir, 'list', 'decisions', '--json');
  assert.doesNotMatch(stdout.toString(), /DR-WHY001/);
});
