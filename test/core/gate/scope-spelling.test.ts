import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pathFromText } from '../../../src/core/gate/raw-path.ts';
import { matchesAny, ruleScope } from '../../../src/core/gate/scope.ts';

// Each scope is made in its test: what it works out once is worked out there.

for (const [globs, path, governed] of [
  [['\u00e1/cafe*'], '\u00e1/caf\u00e9.py', true],
  [['\u00e1/cafe*', 'model/**'], '\u00e1/caf\u00e9.py', true],
  [['model/**', '\u00e1/cafe*'], '\u00c1/CAFE\u0301.py', true],
  [['\u00e1/cafe*', 'model/**'], 'a/cafe.py', false],
  [['*/[ab]*/*.py'], 'x/ab/c.py', true],
  [['*/[ab]*/*.py'], 'x/cb/c.py', false],
] as const)
  test(`the globs ${JSON.stringify(globs)} ${governed ? 'govern' : 'do not govern'} ${path}`, () =>
    assert.equal(ruleScope({ id: 'r', paths: globs }).governs(pathFromText(path)), governed));

for (const [glob, path, matches] of [
  ['*/*/[ab]/*.py', 'x/y/a/z.py', true],
  ['*/*/[ab]/*.py', 'x/y/c/z.py', false],
  ['**/*/*/*', 'a/b/c', true],
  ['**/*/*/*', 'a//b', true],
  ['**/*/*/*', 'a/b/..', false],
] as const)
  test(`the glob ${glob} ${matches ? 'matches' : 'does not match'} ${path}`, () =>
    assert.equal(matchesAny([glob])(path), matches));

for (const [name, paths, except, folder, by, covered] of [
  ['a governed folder in capitals', ['model/**'], [], 'MODEL/a', 'docs', false],
  ['itself in capitals', ['model/**'], [], 'model/a', 'MODEL/b', true],
  ['what is left out here and there', ['**'], ['a/*.md', 'b/*.md'], 'a', 'b', false],
  ['what is left out there alone', ['**'], ['b/*.md'], 'a', 'b', false],
  ['what is left out here alone', ['**'], ['a/*.md'], 'a', 'b', true],
  ['what is left out there in capitals alone', ['**'], ['B/*.md'], 'a', 'b', true],
  ['what is left out there by its own name', ['**'], ['B/*.md'], 'a', 'B', false],
] as const)
  test(`a folder ${covered ? 'stands' : 'does not stand'} in for another: ${name}`, () =>
    assert.equal(ruleScope({ id: 'r', paths, except }).covers(folder, by), covered));
