import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { repositoryQuestion } from '../../src/app/git-questions.ts';
import { answersAhead } from '../../src/node/git-ahead.ts';
import { placeOf } from '../../src/node/git-environment.ts';
import { startGit } from '../../src/node/git-process.ts';

const place = placeOf(mkdtempSync(join(tmpdir(), 'countersign-ahead-')), process.env, false);

test('an answer that was asked for ahead serves once, and only the question that it answers', async () => {
  const ahead = answersAhead([startGit(place, ['version']), startGit(place, repositoryQuestion)]);
  assert.equal(ahead(['version', '--build-options']), undefined);
  const answer = await ahead(['version']);
  assert.equal(answer?.code, 0);
  assert.match(new TextDecoder().decode(answer?.stdout), /^git version 2/);
  assert.equal(ahead(['version']), undefined);
  assert.notEqual((await ahead(repositoryQuestion))?.code, 0);
});

test('what could not even be started is told to whom asks, and to nobody else', async () => {
  const nowhere = { ...place, environment: { PATH: '/nowhere' } };
  const ahead = answersAhead([startGit(nowhere, ['version']), startGit(nowhere, ['help'])]);
  await assert.rejects(ahead(['version']) ?? Promise.resolve(), { code: 'git/missing' });
});
