import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { isLinkChange, symlinkFindings } from '../../../src/core/gate/change-findings.ts';
import { pathFromText, type RawPath } from '../../../src/core/gate/raw-path.ts';
import { entry, links, notUtf8, scope, told, treeOf } from './change-values.ts';

for (const [name, path, target, fine] of links) {
  test(`a link ${name} is ${fine ? 'fine' : 'an error'}`, () => {
    const one = entry(path, '120000');
    const tree = treeOf([[one.path, target]]);
    assert.equal(symlinkFindings([one], scope, tree).length, fine ? 0 : 1);
    assert.deepEqual(symlinkFindings([entry('model/other.py')], scope, tree), []);
    if (!fine)
      assert.deepEqual(told(symlinkFindings([one], scope, tree)), [
        ['change/symlink', 'error', typeof path === 'string' ? path : 'model/\\xff'],
      ]);
  });
}

test('a link whose target is not UTF-8 is an error', () => {
  assert.equal(
    symlinkFindings([entry('model/l', '120000')], scope, {
      links: [{ path: pathFromText('model/l'), target: notUtf8 }],
      submodules: new Set(),
    }).length,
    1,
  );
});

test('a link is an error for where it points, or for the link on its way that nobody governs', () => {
  const messages = (
    links: readonly (readonly [path: RawPath, target: string])[],
  ): readonly string[] =>
    symlinkFindings(
      links.map(([path]) => entry(path, '120000')),
      scope,
      treeOf(links),
    ).map(({ message }) => message);
  assert.deepEqual(messages([[pathFromText('model/l'), '../docs/x']]), [
    `this link points at what ${scope.id} does not govern`,
  ]);
  assert.deepEqual(
    messages([
      [pathFromText('shared'), 'model'],
      [pathFromText('model/b'), '.'],
      [pathFromText('model/l'), 'b/../shared/a.py'],
    ]).filter((message) => /through/.test(message)),
    [`this link leads through the link shared, which ${scope.id} does not govern`],
  );
});

test('a link is what is one or was one', () => {
  assert.deepEqual(
    [entry('a', '120000'), entry('a', '100644', '120000'), entry('a')].map(isLinkChange),
    [true, true, false],
  );
});
