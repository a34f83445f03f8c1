import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { yamlPlace } from '../../src/extension/records/yaml-place.ts';

const rows: readonly (readonly [string, string, string, 'key' | 'value', string])[] = [
  ['a key at the top', 'schema: x\nsta', '', 'key', 'sta'],
  ['a value at the top', 'schema: x\nowner: a', 'owner', 'value', 'a'],
  ['an empty value', 'owner: ', 'owner', 'value', ''],
  ['a quoted value', 'owner: "a', 'owner', 'value', 'a'],
  ['a value deeper down', 'rollback:\n  plan: x\n  owner: b', 'rollback/owner', 'value', 'b'],
  ['a key deeper down', 'rollback:\n  plan: x\n  ow', 'rollback', 'key', 'ow'],
  ['an item of a list', 'feedback:\n  - FB-1\n  - FB', 'feedback', 'value', 'FB'],
  ['an item in the column of its key', 'feedback:\n- FB-1\n- FB', 'feedback', 'value', 'FB'],
  [
    'an item of a list deeper down',
    'trail:\n  code: []\n  slices:\n    - SL',
    'trail/slices',
    'value',
    'SL',
  ],
  ['the first key of an item', 'targets:\n  - metric: re', 'targets/metric', 'value', 're'],
  [
    'a later key of an item',
    'targets:\n  - metric: recall\n    slice: SL',
    'targets/slice',
    'value',
    'SL',
  ],
  ['a key of an item', 'targets:\n  - metric: recall\n    sl', 'targets', 'key', 'sl'],
  [
    'a flow map in a list',
    'targets:\n  - {metric: recall, slice: S',
    'targets/slice',
    'value',
    'S',
  ],
  ['a key in a flow map', 'targets:\n  - {metric: recall, sl', 'targets', 'key', 'sl'],
  ['a flow list', 'feedback: [FB-1, FB', 'feedback', 'value', 'FB'],
  [
    'a flow list in a flow map',
    'rules:\n  - {require: [{role: v',
    'rules/require/role',
    'value',
    'v',
  ],
  ['after a flow value that is closed', 'a: {b: c}\nowner: d', 'owner', 'value', 'd'],
  [
    'a sibling block above does not count',
    'rollback:\n  plan: x\nescalation:\n  to: ',
    'escalation/to',
    'value',
    '',
  ],
];

for (const [name, text, keys, expects, typed] of rows) {
  test(`where in a YAML text something is typed: ${name}`, () => {
    assert.deepEqual(yamlPlace(text.split('\n')), {
      keys: keys === '' ? [] : keys.split('/'),
      expects,
      typed,
    });
  });
}

test('nothing is completed in a comment', () =>
  assert.equal(yamlPlace(['owner: ada # and b']), null));
