import assert from 'node:assert/strict';
import { test } from 'node:test';
import { composeEntries } from '../../../src/core/gate/compose-entries.ts';
import type { RawEntry } from '../../../src/core/gate/raw-diff.ts';
import { pathFromText } from '../../../src/core/gate/raw-path.ts';
import { fc } from '../../drawn-inputs.ts';

/** A tree as few paths with few contents, so that steps collide often. */
type Tree = Readonly<Record<string, string>>;

const tree: fc.Arbitrary<Tree> = fc.dictionary(
  fc.constantFrom('a', 'b', 'c/d', '__proto__'),
  fc.constantFrom('1', '2', '3'),
  { noNullPrototype: false },
);

function entriesBetween(from: Tree, to: Tree): readonly RawEntry[] {
  const side = (content: string | undefined): readonly [string, string] =>
    content === undefined ? ['000000', '0'] : [content === '3' ? '100755' : '100644', content];
  const at = (paths: Tree, path: string): string | undefined =>
    Object.hasOwn(paths, path) ? paths[path] : undefined;
  return [...new Set([...Object.keys(from), ...Object.keys(to)])].sort().flatMap((path) => {
    const [oldMode, oldOid] = side(at(from, path));
    const [newMode, newOid] = side(at(to, path));
    return oldOid === newOid
      ? []
      : [{ path: pathFromText(path), oldMode, oldOid, newMode, newOid }];
  });
}

const sorted = (entries: readonly RawEntry[]): readonly RawEntry[] =>
  [...entries].sort((a, b) => (a.path.raw < b.path.raw ? -1 : 1));

test('the entries of steps, composed, are the entries between their ends', () => {
  fc.assert(
    fc.property(fc.array(tree, { minLength: 1, maxLength: 6 }), (trees) => {
      const steps = trees.slice(1).map((to, index) => entriesBetween(trees[index] as Tree, to));
      assert.deepEqual(
        sorted(composeEntries(steps)),
        entriesBetween(trees[0] as Tree, trees.at(-1) as Tree),
      );
    }),
  );
});

test('a mode that came and went leaves nothing, and one that stayed is an entry', () => {
  const path = pathFromText('a');
  const [plain, executable] = [
    { oldMode: '100644', newMode: '100755' },
    { oldMode: '100755', newMode: '100644' },
  ];
  const same = { path, oldOid: '1', newOid: '1' };
  assert.deepEqual(composeEntries([[{ ...same, ...plain }]]), [{ ...same, ...plain }]);
  assert.deepEqual(composeEntries([[{ ...same, ...plain }], [{ ...same, ...executable }]]), []);
});
