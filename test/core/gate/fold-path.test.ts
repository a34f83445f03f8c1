import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foldedPaths, foldPath } from '../../../src/core/gate/fold-path.ts';
import { fuzzRuns } from '../../fuzz-runs.ts';
import { fc } from '../../drawn-inputs.ts';

/** The definition, without the short way for paths that are folded already. */
function slowly(path: string): string {
  const shown = path
    .normalize('NFC')
    .replace(/[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g, '');
  const named = shown
    .split('/')
    .map((name) => name.slice(0, 1) + name.slice(1).replace(/:.*/s, ''))
    .map((name) => name.slice(0, 1) + name.slice(1).replace(/[. ]+$/, ''))
    .join('/');
  const letters = (text: string, change: (letter: string) => string): string =>
    Array.from(text).map(change).join('');
  return letters(
    letters(named, (letter) => letter.toLowerCase().toUpperCase()),
    (letter) => letter.toLowerCase(),
  ).normalize('NFC');
}

test('names that are one file somewhere fold alike', () => {
  const rows: readonly (readonly [string, string])[] = [
    ['model/score.py', 'model/score.py'],
    ['Model/SCORE.py', 'model/score.py'],
    ['model/score.py.', 'model/score.py'],
    ['model./score.py', 'model/score.py'],
    ['model /score.py. .', 'model/score.py'],
    ['.git', '.git'],
    ['../.x', './.x'],
    ['a\u0308/\ufb01', '\u00e4/fi'],
    ['mo\u200cdel', 'model'],
    ['\u1e9e', 'ss'],
    ['a.b.c d', 'a.b.c d'],
    ['ΒΆΣΗ', 'βάση'],
    ['ΒΆΣ', 'βάσ'],
    ['βάς', 'βάσ'],
    ['model\\score.py', 'model/score.py'],
    ['a\\..\\b\\.\\c', 'b/c'],
    ['a\\\\b', 'a/b'],
    ['\\model/\\score.py', 'model/score.py'],
    ['a:b/c:d', 'a/c'],
    [':a', ':a'],
    ['', ''],
  ];
  for (const [path, folded] of rows) assert.equal(foldPath(path), folded, JSON.stringify(path));
});

test('a colon is read in each way in which a system may read it', () => {
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ['Model/a.py', ['model/a.py']],
    ['model/A.py:zone', ['model/a.py', 'model/a.py:zone']],
    ['docs/X:Y/a', ['docs/x/a', 'docs/x:y/a']],
    ['C:model/a.py', ['c/a.py', 'c:model/a.py', 'model/a.py']],
    ['c:\\Model\\a.py', ['c/model/a.py', 'c:/model/a.py', 'model/a.py']],
    ['c://model/a.py', ['c//model/a.py', 'c://model/a.py', 'model/a.py']],
    ['x/c:model/a.py', ['x/c/a.py', 'x/c:model/a.py']],
    ['ab:model/a.py', ['ab/a.py', 'ab:model/a.py']],
  ];
  for (const [path, forms] of rows) assert.deepEqual(foldedPaths(path), forms, path);
});

test('the short way for plain paths folds as the definition does', () => {
  const letters = fc.constantFrom(...'aA./ \n-_09~:;', '\u00e4', '\u200c', '\u0308');
  fc.assert(
    fc.property(fc.array(letters, { maxLength: 12 }), (path) =>
      assert.equal(foldPath(path.join('')), slowly(path.join(''))),
    ),
    { numRuns: fuzzRuns(2000) },
  );
});
