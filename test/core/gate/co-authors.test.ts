import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseCommit } from '../../../src/core/gate/commit-object.ts';

const named = (line: string): readonly string[] | undefined =>
  parseCommit(
    Buffer.from(
      `tree ${'a'.repeat(40)}\nauthor Ada <ada@x> 1 +0000\ncommitter Ada <ada@x> 1 +0000\n\nx\n\n${line}\n`,
    ),
  )?.coAuthors;

for (const [line, coAuthors] of [
  ['Co-authored-by:Cy', ['Cy']],
  ['Co-authored-by:cy@x', ['cy@x']],
  ['Co-authored-by: Dee<dee@x>dee@y', ['dee@x', 'dee@y']],
  ['Co-authored-by: eve@x.org.', ['eve@x.org']],
  ['Co-authored-by: eve@x1 fay@y9.', ['eve@x1', 'fay@y9']],
  ['(Co-authored-by: <name>, then <gus@x>)', ['gus@x']],
  ['Co-authored-by <name>', []],
  ['Co-authored by hand: much work', []],
] as const)
  test(`whom a line names as co-authors: ${line}`, () => assert.deepEqual(named(line), coAuthors));
