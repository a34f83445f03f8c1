import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseTree, treeEntry } from '../../../src/core/gate/raw-diff.ts';

for (const [what, mode, type] of [
  ['a file', '100644', 'blob'],
  ['a program', '100755', 'blob'],
  ['a link', '120000', 'blob'],
  ['a submodule', '160000', 'commit'],
] as const)
  test(`an entry of a tree that is made is as git lists it: ${what}`, () => {
    const line = Buffer.from(`${mode} ${type} ${'1'.repeat(40)}\tmodel/\u00e4`);
    const [listed] = parseTree(Buffer.concat([line, Buffer.of(0)]));
    assert.ok(listed);
    const made = treeEntry(listed.path, { mode, oid: '1'.repeat(40) });
    assert.deepEqual({ ...made }, { ...listed });
    assert.deepEqual([made.type, Buffer.from(made.line)], [type, line]);
  });
