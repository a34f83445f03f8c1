import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type ChangeEntry,
  changeDigest,
  manifestOf,
} from '../../../src/core/gate/change-digest.ts';
import { signedEntries, standsAfter } from '../../../src/core/gate/landed-change.ts';
import type { SignoffPayload } from '../../../src/core/gate/payload.ts';
import { rawPathOf } from '../../../src/core/gate/raw-path.ts';

const step = (path: string, old: string, content: string): ChangeEntry => ({
  path: rawPathOf(path),
  oldMode: old === '-' ? '000000' : '100644',
  old,
  newMode: content === '-' ? '000000' : '100644',
  new: content,
});

const both = [step('a', '1', '2'), step('b', '-', '1')];
const rows: readonly (readonly [
  name: string,
  entries: readonly ChangeEntry[],
  steps: readonly (readonly ChangeEntry[])[],
  stands: readonly boolean[],
])[] = [
  ['as one step', both, [both], [true]],
  ['as two steps', both, [[step('a', '1', '2')], [step('b', '-', '1')]], [false, true]],
  ['and is taken back', both, [both, [step('a', '2', '1')]], [true, false]],
  [
    'and is taken back, and comes again',
    both,
    [both, [step('a', '2', '1')], [step('a', '1', '2')]],
    [true, false, true],
  ],
  ['and something else comes', both, [both, [step('a', '2', '3')]], [true, false]],
  ['in part', both, [[step('a', '1', '2')]], [false]],
  ['in other bytes', both, [[step('a', '1', '3'), step('b', '-', '1')]], [false]],
  ['from other bytes', both, [[step('a', '3', '2'), step('b', '-', '1')]], [false]],
  [
    'only after what it begins with came',
    [step('a', '1', '2')],
    [[step('a', '-', '2')], [step('a', '2', '1')], [step('a', '1', '2')]],
    [false, false, true],
  ],
  [
    'in another mode',
    [{ ...step('a', '1', '2'), newMode: '100755' }],
    [[step('a', '1', '2')]],
    [false],
  ],
  ['of no files', [], [[step('a', '1', '2')]], [false]],
  ['without history', both, [], []],
];

for (const [name, entries, steps, stands] of rows)
  test(`a change that lands ${name}`, () => assert.deepEqual(standsAfter(entries, steps), stands));

const listed = manifestOf([...both, step('\xff', '-', '1')]) as SignoffPayload['manifest'];
const digest = changeDigest([...both, step('\xff', '-', '1')]);

test('the files that were signed are those of the digest, or nobody knows them', () => {
  assert.deepEqual(
    signedEntries({ manifest: listed, digest })?.map(({ path }) => path.raw),
    ['a', 'b', '\xff'],
  );
  assert.equal(signedEntries({ manifest: null, digest }), null);
  assert.equal(signedEntries({ manifest: [], digest }), null);
  assert.deepEqual(signedEntries({ manifest: [], digest: changeDigest([]) }), []);
  assert.equal(
    signedEntries({ manifest: [[{ b64: '%' }, '000000', '-', '100644', '1']], digest }),
    null,
  );
});
