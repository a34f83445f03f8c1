import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foldPath } from '../../../src/core/gate/fold-path.ts';
import { globReach } from '../../../src/core/gate/glob-reach.ts';

for (const [globs, folder, reach] of [
  [['model/**'], 'model', ['0:1']],
  [['model/**'], 'model/deep', ['0:1']],
  [['model/**'], 'docs', []],
  [['model/*.py'], 'model', ['0:1']],
  [['model/*.py'], 'model/deep', []],
  [['services/*/model.py'], 'services/new', ['0:2']],
  [['**/*.py'], 'docs', ['0:0', '0:1']],
  [['a/**/b/*.py'], 'a/x/y', ['0:1', '0:2']],
  [['a/**/b/*.py'], 'a/x/b', ['0:1', '0:2', '0:3']],
  [['{model,data/raw}/*.py'], 'data/raw', ['1:2']],
  [['{model/**,data/*.dvc}'], 'data', ['1:1']],
  [['+(model|data)/*.py'], 'data', ['0:1']],
  [['MODEL/**'], 'model', ['0:1']],
  [['{/,model/}*.py'], 'model', ['1:1']],
  [['model/*/a.py'], 'model/.hidden', ['0:2']],
  [['model/[[:digit:]]/a.py'], 'model/7', ['0:2']],
  [['+(model|data/x)/*.py'], 'data/x', ['0:0', '0:1']],
  [['+((a)|b/c)/x.py'], 'b/c', ['0:0', '0:1']],
] as const) {
  test(`${globs.join(' ')} reaches into ${folder} as far as it should`, () => {
    assert.deepEqual([...globReach(globs, true)(folder)].sort(), [...reach].sort());
  });
}

test('names that are one file somewhere fold alike', () => {
  for (const [one, other] of [
    ['Model/Score.py', 'model/score.py'],
    ['mode\u0300le', 'mod\u00e8le'],
    ['\u017fcore', 'score'],
    ['stra\u00dfe', 'STRASSE'],
    ['mod\u200cel', 'model'],
    ['model./a', 'model/a'],
    ['a .py ', 'a .py'],
  ] as const) {
    assert.equal(foldPath(one), foldPath(other), `${one} and ${other}`);
  }
  for (const [one, other] of [
    ['model/a', 'model_a'],
    ['a.b', 'ab'],
    ['...', 'a'],
  ] as const)
    assert.notEqual(foldPath(one), foldPath(other));
});
