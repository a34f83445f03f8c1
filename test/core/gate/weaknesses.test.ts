import assert from 'node:assert/strict';
import { test } from 'node:test';
import { oneAdmin, weaknesses, weakPolicy } from '../../../src/core/gate/weaknesses.ts';

test('a policy that one person may change alone is called weak, and no other', () => {
  assert.deepEqual(weaknesses({ policy_change: { count: 1 } }), [`weak: ${oneAdmin}`]);
  for (const policy_change of [undefined, {}, { count: 2 }])
    assert.deepEqual(weaknesses({ policy_change }), []);
  assert.equal(weakPolicy, 'policy/weak-policy-change');
});
