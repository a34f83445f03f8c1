import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SignoffPayload } from '../../../src/core/gate/payload.ts';
import { hasGoodKey, standingFor } from '../../../src/core/gate/standing.ts';
import { digest, entryOf, hex, signoffOf } from './values.ts';

const manifest: SignoffPayload['manifest'] = [['model/a.py', '100644', '-', '100644', hex('1')]];
const said = { decision: 'reject', rule: 'old', digest: `v1:${hex('e')}` } as const;
const entries = [entryOf('model/a.py')];
const unknown = { state: 'not-allowed', because: 'unknown-rule' } as const;

for (const [name, asked, word, stands] of [
  ['of a file that lands, where its rule is gone', { entries }, unknown, true],
  ['of a file that lands, where its rule is another', { entries }, {}, false],
  ['of more files than it lists, where nothing lands', {}, unknown, false],
] as const)
  test(`a reject under another name of a rule ${stands ? 'stands' : 'says nothing'}: ${name}`, () => {
    const list = name.includes('more files') ? null : manifest;
    const word_ = signoffOf('ben', { ...said, manifest: list }, word);
    const { rejects } = standingFor({ id: 'model-change', digest, ...asked }, [word_]);
    assert.equal(rejects.length, stands ? 1 : 0);
  });

test('a sign-off that has expired and shows no key has no good one', () => {
  assert.equal(hasGoodKey({ state: 'expired', proof: null }), false);
});
