import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { changeDigest, manifestOf, sha256Hex } from '../../../src/core/gate/change-digest.ts';
import {
  type JudgedSignoff,
  type SignableRule,
  signableRule,
  type SignoffState,
} from '../../../src/core/gate/judged-signoff.ts';
import { longestManifest } from '../../../src/core/gate/signed-manifest.ts';
import { isAuthentic } from '../../../src/core/gate/standing.ts';
import { payloadBytes } from '../../../src/core/gate/signoff-file.ts';
import type { SignoffPayload } from '../../../src/core/gate/payload.ts';
import { entryOf, hex } from './values.ts';
import { attested, bens, digest, entries, type Given, judged, name, other } from './judged-by.ts';

test('what is known of a sign-off grows as it is believed', () => {
  const { payload, id, proof, moved } = judged({});
  const json = JSON.stringify(payload);
  assert.deepEqual(
    [payload?.person, id, proof, moved],
    ['ben', `sha256:${sha256Hex(payloadBytes('signoff', json))}`, bens, []],
  );
  const none = judged({ mode: '120000' });
  assert.deepEqual([none.payload, none.id, none.proof, none.moved], [null, null, null, []]);
  const forged = judged({ proof: { kind: 'unproven', state: 'forged', why: 'x' } });
  assert.deepEqual([forged.payload, forged.id, forged.moved], [null, id, []]);
  const stranger = judged({ proof: { kind: 'unproven', state: 'unknown-signer', why: 'x' } });
  assert.deepEqual([stranger.payload, stranger.id, stranger.proof?.kind], [null, id, 'unproven']);
  assert.deepEqual(
    [judged({ payload: { role: '' } }).payload, judged({ path: name('cy') }).payload?.person],
    [null, 'ben'],
  );
  assert.equal(judged({ landed: true }).landed, true);
});

const row = (path: string, now = hex('1')) => [path, '100644', hex('0'), '100644', now] as const;
const moves: readonly (readonly [
  name: string,
  signed: readonly (readonly unknown[])[] | null,
  moved: readonly string[],
  says: RegExp,
])[] = [
  ['the same files under another digest', manifestOf(entries), [], /^the change moved/],
  [
    'one moved',
    [row('model/a.py'), row('model/b.py', hex('7'))],
    ['model/b.py'],
    /^model\/b\.py moved since ben signed$/,
  ],
  [
    'one came and one went',
    [row('model/a.py'), row('model/c.py')],
    ['model/b.py', 'model/c.py'],
    /^model\/b\.py, model\/c\.py moved/,
  ],
  ['nothing was listed', null, ['model/a.py', 'model/b.py'], /^model\/a\.py, model\/b\.py moved/],
  ['three', [row('x')], ['model/a.py', 'model/b.py', 'x'], /^model\/a\.py, model\/b\.py, x moved/],
  [
    'more than three',
    [row('x'), row('y')],
    ['model/a.py', 'model/b.py', 'x', 'y'],
    /^model\/a\.py, model\/b\.py, x and 1 more moved/,
  ],
];

for (const [about, signed, moved, says] of moves) {
  test(`files that moved since a signature: ${about}`, () => {
    const found = judged({
      payload: { digest: other, manifest: signed as SignoffPayload['manifest'] },
    });
    assert.deepEqual(found.moved, moved);
    assert.match(found.findings[0]?.message ?? '', says);
  });
}

test('a path that is not UTF-8 moves by its bytes', () => {
  const found = judged({
    payload: {
      digest: other,
      manifest: [
        ...(manifestOf(entries) as unknown as [string, string, string, string, string][]),
        [{ b64: '/w==' }, '100644', '-', '100644', hex('1')],
      ] as SignoffPayload['manifest'],
    },
  });
  assert.deepEqual(found.moved, [{ b64: '/w==' }]);
  assert.match(found.findings[0]?.message ?? '', /^\/w== moved/);
});

for (const [count, state] of [
  [longestManifest, 'not-allowed'],
  [longestManifest + 1, 'valid'],
] as const) {
  test(`the list of ${count} files may ${state === 'valid' ? '' : 'not '}be left out`, () => {
    const many = Array.from({ length: count }, (_, index) => entryOf(`model/${index}.py`));
    const all = changeDigest(many);
    assert.equal(
      judged({ payload: { digest: all, manifest: null }, rule: { digest: all, entries: many } })
        .state,
      state,
    );
    assert.equal(
      judged({
        payload: { digest: all, manifest: manifestOf(many) as SignoffPayload['manifest'] },
        rule: { digest: all, entries: many },
      }).state,
      'valid',
    );
  });
}

/** What leaves a word that takes back standing although an approval would count for nothing; `false` where it is nobody's word here. */
const doubts: readonly (readonly [name: string, given: Given, stands: boolean])[] = [
  ['by a clock that runs ahead', { payload: { signed_at: '2026-11-24T06:15:00Z' } }, true],
  ['in a role that was taken away', { payload: { role: 'ethics' } }, true],
  ['over files that are not those of the digest', { payload: { manifest: [] } }, true],
  ['for a rule that the policy knows no more', { payload: { rule: 'renamed' } }, true],
  ['by a key that expired', { proof: { ...bens, state: 'expired' } }, true],
  ['by a key that was revoked', { proof: { ...bens, state: 'revoked' } }, true],
  ['over what moved since', { payload: { digest: other } }, true],
  ['under another checklist', { payload: { checklist: `sha256:${hex('2')}` } }, true],
  ['too long ago', { rule: { maxAgeDays: 1 }, now: '2026-12-24T06:00:00Z' }, true],
  ['by somebody else’s key', { proof: { ...bens, principal: 'cy@example.org' } }, false],
  ['for another repository', { payload: { repository: 'other' } }, false],
  ['for another branch', { payload: { target: 'refs/heads/x' } }, false],
  ['by a forge', { ...attested }, false],
];

for (const [about, given, stands] of doubts) {
  for (const decision of ['reject', 'withdraw'] as const) {
    test(`a ${decision} ${about} ${stands ? 'stands' : 'is nobody’s word'}`, () =>
      assert.equal(
        isAuthentic(judged({ ...given, payload: { ...given.payload, decision } })),
        stands,
      ));
  }
  test(`an approval ${about} counts for nothing`, () =>
    assert.notEqual(
      judged({ ...given, payload: { ...given.payload, vouches: ['x@y'] } }).state,
      'valid',
    ));
}

const until = new Date('2026-11-23T06:00:00Z');
const kept: readonly (readonly [
  name: string,
  given: Given,
  want: readonly [state: SignoffState, because: JudgedSignoff['because']],
])[] = [
  ['that served before', { place: { stood: new Map([[digest, until]]) } }, ['stale', 'served']],
  [
    'that was signed since',
    {
      payload: { signed_at: '2026-11-23T06:00:01Z' },
      place: { stood: new Map([[digest, until]]) },
    },
    ['valid', null],
  ],
  [
    'of something else than what served',
    { place: { stood: new Map([[other, until]]) } },
    ['valid', null],
  ],
  [
    'that served, and lies at the tip',
    { landed: true, place: { stood: new Map([[digest, until]]) } },
    ['valid', null],
  ],
  [
    'that rejects what stood before',
    { payload: { decision: 'reject' }, place: { stood: new Map([[digest, until]]) } },
    ['valid', null],
  ],
];

for (const [about, given, [state, because]] of kept)
  test(`a sign-off ${about} is ${state}`, () => {
    const found = judged(given);
    assert.deepEqual([found.state, found.because], [state, because]);
    assert.deepEqual(
      found.findings.map(({ code }) => code),
      because === null ? [] : ['signoff/served'],
    );
  });

test('conditions that were only sent bind nobody, and say so', () => {
  const conditions = [{ text: 'measure again', owner: 'ben', due: '2026-12-01' }];
  const { id } = judged({ payload: { conditions } });
  const sent = new Set([id ?? '']);
  const found = judged({ payload: { conditions }, place: { sent } });
  assert.deepEqual([found.state, found.because], ['stale', 'not-in-change']);
  assert.equal(found.findings[0]?.code, 'signoff/not-in-change');
  assert.equal(judged({ place: { sent: new Set([judged({}).id ?? '']) } }).state, 'valid');
  assert.equal(judged({ payload: { conditions }, place: { sent: new Set() } }).state, 'valid');
});

test('where a payload lies and whether its change has landed is told of it', () => {
  const usual = judged({});
  assert.deepEqual([usual.landed, usual.settled], [false, false]);
  const copied = judged({
    place: { landedIds: new Map([[usual.id ?? '', 'x']]), settled: new Set([usual.file]) },
  });
  assert.deepEqual([copied.landed, copied.settled], [true, false]);
  const there = judged({ landed: true, place: { settled: new Set([usual.file]) } });
  assert.deepEqual([there.landed, there.settled], [true, true]);
  assert.equal(judged({ landed: true, place: { settled: new Set() } }).settled, false);
});

test('a rule’s terms are those of the policy', () => {
  assert.deepEqual(signableRule({ id: 'r', max_age_days: 30 }, digest, entries, null), {
    id: 'r',
    digest,
    entries,
    checklist: null,
    maxAgeDays: 30,
  });
});

test('who signed is asked again only where the rule governs something of the change', () => {
  const fixOf = (rule: Partial<SignableRule>): string | undefined =>
    judged({ payload: { digest: other }, rule }).findings[0]?.fix;
  assert.equal(
    fixOf({}),
    'ben looks at what moved and signs again: countersign sign --rule model-change',
  );
  assert.equal(fixOf({ entries: [] }), undefined);
});
