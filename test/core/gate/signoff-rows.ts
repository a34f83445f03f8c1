import { manifestOf } from '../../../src/core/gate/change-digest.ts';
import type { SignoffState } from '../../../src/core/gate/judged-signoff.ts';
import type { SignoffPayload } from '../../../src/core/gate/payload.ts';
import { hex } from './values.ts';
import { bens, entries, type Given, name, other } from './judged-by.ts';

export const rows: readonly {
  readonly name: string;
  readonly given: Given;
  readonly state: SignoffState;
  readonly code?: string;
  readonly severity?: 'warning';
  readonly line?: number;
}[] = [
  { name: 'as it should be', given: {}, state: 'valid' },
  {
    name: 'that is executable',
    given: { mode: '100755' },
    state: 'forged',
    code: 'signoff/mode',
    line: 1,
  },
  {
    name: 'of another form',
    given: { text: 'schema: countersign/signoff@1\npayload: |\n  x\n', path: name('ben') },
    state: 'forged',
    code: 'signoff/malformed',
    line: 3,
  },
  {
    name: 'with a signature over something else',
    given: { proof: { kind: 'unproven', state: 'forged', why: 'x' } },
    state: 'forged',
    code: 'signoff/forged',
    line: 5,
  },
  {
    name: 'by a key that is nobody’s',
    given: { proof: { kind: 'unproven', state: 'unknown-signer', why: 'x' } },
    state: 'unknown-signer',
    code: 'signoff/unknown-signer',
    severity: 'warning',
  },
  {
    name: 'whose payload is none',
    given: { payload: { role: '' } },
    state: 'forged',
    code: 'signoff/payload',
    line: 4,
  },
  {
    name: 'under another person’s name',
    given: { path: name('cy') },
    state: 'forged',
    code: 'signoff/name',
    line: 1,
  },
  {
    name: 'under another nonce',
    given: { path: name('ben', '00fe') },
    state: 'forged',
    code: 'signoff/name',
  },
  {
    name: 'under another digest',
    given: { path: name('ben', '00ff', 'model-change', 'e'.repeat(12)) },
    state: 'forged',
    code: 'signoff/name',
  },
  {
    name: 'in another rule’s folder',
    given: { path: name('ben', '00ff', 'docs') },
    state: 'forged',
    code: 'signoff/name',
  },
  {
    name: 'in no folder of a rule',
    given: { path: '.countersign/signoffs/x.yaml' },
    state: 'forged',
    code: 'signoff/name',
  },
  {
    name: 'with another’s key',
    given: { proof: { ...bens, principal: 'cy@example.org' } },
    state: 'not-allowed',
    code: 'signoff/not-allowed',
    severity: 'warning',
  },
  {
    name: 'with their second key',
    given: { proof: { ...bens, principal: 'ben2@example.org' } },
    state: 'valid',
  },
  {
    name: 'by somebody whom the policy does not know',
    given: { payload: { person: 'toString' } },
    state: 'not-allowed',
    code: 'signoff/not-allowed',
    severity: 'warning',
  },
  {
    name: 'for another repository',
    given: { payload: { repository: 'other' } },
    state: 'not-allowed',
    code: 'signoff/elsewhere',
    severity: 'warning',
  },
  {
    name: 'for another target',
    given: { payload: { target: 'refs/heads/release/1' } },
    state: 'not-allowed',
    code: 'signoff/elsewhere',
    severity: 'warning',
  },
  {
    name: 'for a rule that is none',
    given: { payload: { rule: 'docs' } },
    state: 'not-allowed',
    code: 'signoff/unknown-rule',
    severity: 'warning',
  },
  {
    name: 'in a role that they do not have',
    given: { payload: { role: 'ethics' } },
    state: 'not-allowed',
    code: 'signoff/not-allowed',
    severity: 'warning',
  },
  {
    name: 'in a role that nobody has',
    given: { payload: { role: 'constructor' } },
    state: 'not-allowed',
    code: 'signoff/not-allowed',
    severity: 'warning',
  },
  { name: 'as author, which anybody may', given: { payload: { role: 'author' } }, state: 'valid' },
  {
    name: 'five minutes ahead',
    given: { payload: { signed_at: '2026-11-24T06:05:00Z' } },
    state: 'valid',
  },
  {
    name: 'a second more ahead',
    given: { payload: { signed_at: '2026-11-24T06:05:01Z' } },
    state: 'not-allowed',
    code: 'signoff/future',
    severity: 'warning',
  },
  {
    name: 'a withdrawal ahead',
    given: { payload: { signed_at: '2026-11-24T06:05:01Z', decision: 'withdraw' } },
    state: 'not-allowed',
    code: 'signoff/future',
    severity: 'warning',
  },
  {
    name: 'a reject ahead, which stands',
    given: { payload: { signed_at: '2026-11-24T06:05:01Z', decision: 'reject' } },
    state: 'valid',
  },
  {
    name: 'by a key that has expired',
    given: { proof: { ...bens, state: 'expired' } },
    state: 'expired',
    code: 'signoff/expired',
    severity: 'warning',
  },
  {
    name: 'by a key that was revoked',
    given: { proof: { ...bens, state: 'revoked' } },
    state: 'revoked',
    code: 'signoff/revoked',
    severity: 'warning',
  },
  {
    name: 'of another digest',
    given: { payload: { digest: other } },
    state: 'stale',
    code: 'signoff/stale',
    severity: 'warning',
  },
  {
    name: 'whose list of files lacks one',
    given: {
      payload: {
        manifest: (manifestOf(entries) as unknown[]).slice(1) as SignoffPayload['manifest'],
      },
    },
    state: 'not-allowed',
    code: 'signoff/manifest',
    severity: 'warning',
  },
  {
    name: 'without a list of files',
    given: { payload: { manifest: null } },
    state: 'not-allowed',
    code: 'signoff/manifest',
    severity: 'warning',
  },
  {
    name: 'under a checklist',
    given: {
      payload: { checklist: `sha256:${hex('2')}` },
      rule: { checklist: `sha256:${hex('2')}` },
    },
    state: 'valid',
  },
  {
    name: 'under yesterday’s checklist',
    given: {
      payload: { checklist: `sha256:${hex('2')}` },
      rule: { checklist: `sha256:${hex('3')}` },
    },
    state: 'stale',
    code: 'signoff/stale',
    severity: 'warning',
  },
  {
    name: 'under a checklist that is gone',
    given: { payload: { checklist: `sha256:${hex('2')}` } },
    state: 'stale',
    code: 'signoff/stale',
    severity: 'warning',
  },
  {
    name: 'before there was a checklist',
    given: { rule: { checklist: `sha256:${hex('2')}` } },
    state: 'stale',
    code: 'signoff/stale',
    severity: 'warning',
  },
  {
    name: 'long ago, when any checklist will do',
    given: { payload: { checklist: `sha256:${hex('2')}` }, rule: { checklist: undefined } },
    state: 'valid',
  },
  { name: 'as old as the rule allows', given: { rule: { maxAgeDays: 1 } }, state: 'valid' },
  {
    name: 'older by a second',
    given: { rule: { maxAgeDays: 1 }, now: '2026-11-24T06:00:01Z' },
    state: 'expired',
    code: 'signoff/too-old',
    severity: 'warning',
  },
];
