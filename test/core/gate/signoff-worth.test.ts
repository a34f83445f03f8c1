import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changeDigest, manifestOf } from '../../../src/core/gate/change-digest.ts';
import {
  judgeSignoff,
  type ProvenSignature,
  type SignableRule,
  type SignatureProof,
  type SignoffContext,
} from '../../../src/core/gate/judged-signoff.ts';
import type { SignoffPayload } from '../../../src/core/gate/payload.ts';
import { writeSignedFile } from '../../../src/core/gate/signoff-file.ts';
import { type Because, holdsBack, signoffWorth } from '../../../src/core/gate/signoff-worth.ts';
import { entryOf, gatePolicy, hex, payloadOf } from './values.ts';

const entries = [entryOf('model/a.py')];
const digest = changeDigest(entries);
const rule: SignableRule = {
  id: 'model-change',
  digest,
  entries,
  checklist: null,
  maxAgeDays: undefined,
};
const bens: ProvenSignature = {
  kind: 'proven',
  state: 'valid',
  principal: 'ben@example.org',
  key: 'SHA256:ben',
  touched: false,
  verified: false,
  why: '',
};
const via = { forge: 'github', login: 'ben-h', commit: 'a'.repeat(40) };
const policy = gatePolicy({
  attestors: [{ forge: 'github', principal: 'forge@example.org' }],
  people: {
    ...gatePolicy().people,
    ben: {
      emails: ['ben@example.org'],
      principals: ['ben@example.org'],
      forge: { github: 'ben-h' },
    },
  },
});
const signed = (more: Partial<SignoffPayload> = {}): SignoffPayload =>
  payloadOf('ben', {
    digest,
    manifest: manifestOf(entries) as SignoffPayload['manifest'],
    ...more,
  });
const contextOf = (
  more: Partial<SignoffContext> = {},
  proof: SignatureProof = bens,
): SignoffContext => ({
  policy,
  target: 'refs/heads/main',
  now: new Date('2026-11-24T06:00:00Z'),
  rules: new Map([['model-change', rule]]),
  approved: { known: new Map(), mayBeGone: false },
  verify: () => proof,
  ...more,
});
const ruled = (more: Partial<SignableRule>): Partial<SignoffContext> => ({
  rules: new Map([['model-change', { ...rule, ...more }]]),
});
const attested: ProvenSignature = { ...bens, principal: 'forge@example.org' };

const rows: readonly (readonly [
  because: Because | null,
  name: string,
  payload?: Partial<SignoffPayload>,
  context?: Partial<SignoffContext>,
  proof?: ProvenSignature,
])[] = [
  [null, 'as it should be'],
  ['not-theirs', 'by another’s key', {}, {}, { ...bens, principal: 'cy@example.org' }],
  ['not-theirs', 'by a forge that the policy does not know', { via }, {}, bens],
  ['elsewhere', 'for another target', { target: 'refs/heads/x' }],
  ['elsewhere', 'for another repository', { repository: 'x' }],
  ['unknown-rule', 'for a rule that is none', { rule: 'x' }],
  ['role', 'in a role that is not theirs', { role: 'ethics' }],
  ['future', 'by a fast clock', { signed_at: '2026-11-24T06:05:01Z' }],
  ['key', 'by a key that has expired', {}, {}, { ...bens, state: 'expired' }],
  ['key', 'by a key that was revoked', {}, {}, { ...bens, state: 'revoked' }],
  ['moved', 'over what moved', { digest: `v1:${hex('e')}` }],
  ['manifest', 'over a list that is not of this digest', { manifest: null }],
  ['checklist', 'before the checklist', {}, ruled({ checklist: `sha256:${hex('2')}` })],
  ['too-old', 'too long ago', { signed_at: '2026-11-01T06:00:00Z' }, ruled({ maxAgeDays: 3 })],
  ['other-commit', 'on a forge, of a commit that is none of the change', { via }, {}, attested],
  ['served', 'before it was taken off', {}, { stood: new Map([[digest, new Date('2026-11-24')]]) }],
  [
    'not-in-change',
    'on a condition that does not land',
    { conditions: [{ text: 't', owner: 'ada', due: '2026-12-01' }] },
    { sent: new Set(['sha256:x']) },
  ],
];

for (const [because, name, payload, context, proof = bens] of rows)
  test(`what takes from the worth of a sign-off ${name}: ${because ?? 'nothing'}`, () => {
    const said = { file: 'f', id: 'sha256:x', landed: false, payload: signed(payload), proof };
    assert.equal(signoffWorth(said, contextOf(context)).because, because);
  });

const doubtful: ReadonlySet<Because | null> = new Set<Because>([
  'unknown-rule',
  'role',
  'future',
  'manifest',
]);
for (const because of new Set([...rows.map(([word]) => word), 'forged', 'unknown-key'] as const))
  for (const decision of ['approve', 'reject', 'withdraw'] as const)
    test(`where ${because ?? 'nothing'} takes from it, a word that says ${decision} ${doubtful.has(because) && decision !== 'approve' ? 'takes back all the same' : 'takes nothing back by that'}`, () =>
      assert.equal(
        holdsBack({ because }, signed({ decision })),
        doubtful.has(because) && decision !== 'approve',
      ));

const unproven = (state: 'forged' | 'unknown-signer'): SignatureProof => ({
  kind: 'unproven',
  state,
  why: '',
});
for (const [name, mode, proof, because, state] of [
  ['an executable file', '100755', bens, 'forged', 'forged'],
  ['a signature over something else', '100644', unproven('forged'), 'forged', 'forged'],
  ['a key that is nobody’s', '100644', unproven('unknown-signer'), 'unknown-key', 'unknown-signer'],
] as const)
  test(`nothing that is said is believed of ${name}`, () => {
    const signature = '-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n';
    const text = writeSignedFile('signoff', JSON.stringify(signed()), signature);
    const judged = judgeSignoff(
      {
        path: `.countersign/signoffs/model-change/ben.${digest.slice(3, 15)}.00ff.yaml`,
        mode,
        bytes: new TextEncoder().encode(text),
      },
      false,
      contextOf({}, proof),
    );
    assert.deepEqual(
      [judged.because, judged.state, judged.payload, judged.moved],
      [because, state, null, []],
    );
  });

for (const because of [...doubtful, null])
  test(`an approval that takes the place of an earlier one does so where ${because ?? 'nothing'} takes from it: ${because === 'manifest'}`, () =>
    assert.equal(
      holdsBack({ because }, signed({ decision: 'approve', replaces: 'sha256:earlier' })),
      because === 'manifest',
    ));
