import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import type { SignoffState } from '../../../src/core/gate/judged-signoff.ts';
import { isAuthentic, replacedIds } from '../../../src/core/gate/standing.ts';
import { signoffOf } from './values.ts';
import { after, by, expiredKey, goodKey } from './standing-values.ts';

for (const [state, authentic] of [
  ['valid', true],
  ['stale', true],
  ['expired', true],
  ['revoked', true],
  ['forged', false],
  ['unknown-signer', false],
  ['not-allowed', false],
] satisfies readonly (readonly [SignoffState, boolean])[]) {
  test(`a sign-off that is ${state} is ${authentic ? '' : 'not '}its person’s word`, () => {
    assert.equal(isAuthentic(signoffOf('ben', {}, { state })), authentic);
    assert.equal(isAuthentic({ ...signoffOf('ben', {}, { state }), payload: null }), false);
  });
}

const replacing: readonly (readonly [
  name: string,
  signoffs: ReturnType<typeof by>[],
  replaced: readonly string[],
])[] = [
  ['by the same person', [by('a'), after('b')], ['a']],
  ['whatever the order of the files', [after('b'), by('a')], ['a']],
  ['by another person', [by('a'), after('b', {}, {}, 'cy')], []],
  ['for another rule', [by('a'), after('b', { rule: 'docs' })], []],
  ['for another target', [by('a'), after('b', { target: 'refs/heads/x' })], []],
  ['of nothing that is there', [by('c'), after('b')], []],
  ['by nothing', [by('a'), by('b')], []],
  ['an approval, by an expired key', [by('a'), after('b', {}, expiredKey)], ['a']],
  [
    'a reject, by an expired key',
    [by('a', { decision: 'reject' }), after('b', {}, expiredKey)],
    [],
  ],
  [
    'a reject, by one that is too old to approve',
    [by('a', { decision: 'reject' }), after('b', {}, { state: 'expired', proof: goodKey })],
    ['a'],
  ],
  [
    'a reject, by an expired key, which a good key replaces',
    [by('a', { decision: 'reject' }), after('b', {}, expiredKey), by('c', { replaces: 'b' })],
    ['b', 'a'],
  ],
  [
    'a reject, by an expired key, which another expired key replaces',
    [
      by('a', { decision: 'reject' }),
      after('b', {}, expiredKey),
      by('c', { replaces: 'b' }, expiredKey),
    ],
    ['b'],
  ],
  [
    'a reject, by an expired key, which somebody else replaces',
    [
      by('a', { decision: 'reject' }),
      after('b', {}, expiredKey),
      by('c', { replaces: 'b' }, {}, 'cy'),
    ],
    [],
  ],
  [
    'a reject, by a revoked key',
    [by('a', { decision: 'reject' }), after('b', {}, { state: 'revoked' })],
    [],
  ],
  ['a reject', [by('a', { decision: 'reject' }), after('b')], ['a']],
  [
    'a reject, before the change moved',
    [by('a', { decision: 'reject' }), after('b', {}, { state: 'stale' })],
    ['a'],
  ],
];

for (const [name, signoffs, replaced] of replacing)
  test(`a payload that is replaced ${name}`, () =>
    assert.deepEqual([...replacedIds(signoffs)], replaced));
