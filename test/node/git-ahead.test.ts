import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { repositoryQuestion } from '../../src/app/git-questions.ts';
import { answersAhead, startQuestions } from '../../src/node/git-ahead.ts';
import { placeOf } from '../../src/node/git-environment.ts';

const place = placeOf(mkdtempSync(join(tmpdir(), 'countersign-ahead-')), process.env);

test('an answer that was asked for ahead serves once, and only the question that it answers', async () => {
  const ahead = answersAhead(
    startQuestions(place, [
      ['version'],
      ['hash-object', '--stdin-paths', '--no-filters'],
      ['version', '--build-options'],
    ]),
  );
  assert.equal(await ahead(['help']), null);
  const answer = await ahead(['version']);
  assert.equal(answer?.code, 0);
  assert.match(new TextDecoder().decode(answer?.stdout), /^git version 2[^\n]*\n$/);
  assert.equal(await ahead(['version']), null);
  assert.deepEqual(await ahead(['hash-object', '--stdin-paths', '--no-filters']), {
    code: 0,
    stdout: Buffer.alloc(0),
    stderr: '',
  });
  assert.match(
    new TextDecoder().decode((await ahead(['version', '--build-options']))?.stdout),
    /cpu: .*\n$/s,
  );
});

test('a refusal without a word is an answer', async () => {
  const ahead = answersAhead(
    startQuestions(place, [['config', '--get', 'countersign.nothing'], ['version']]),
  );
  assert.deepEqual(await ahead(['config', '--get', 'countersign.nothing']), {
    code: 1,
    stdout: Buffer.alloc(0),
    stderr: '',
  });
  assert.equal((await ahead(['version']))?.code, 0);
});

for (const [name, somewhere, questions] of [
  ['git complained of another', place, [['version'], repositoryQuestion]],
  ['there is no git', { ...place, environment: { PATH: '/nowhere' } }, [['version']]],
  ['there is no such folder', { ...place, directory: '/nowhere' }, [['version']]],
] as const) {
  test(`each question is asked by itself where ${name}`, async () => {
    assert.equal(await answersAhead(startQuestions(somewhere, questions))(['version']), null);
  });
}

test('a function of the shell that is called git does not answer', async () => {
  const functions = {
    'BASH_FUNC_git%%': '() { echo git version 0; }',
    'BASH_FUNC_printf%%': '() { echo; }',
  };
  const answer = await answersAhead(
    startQuestions({ ...place, environment: { ...place.environment, ...functions } }, [
      ['version'],
    ]),
  )(['version']);
  assert.match(new TextDecoder().decode(answer?.stdout), /^git version 2/);
});
