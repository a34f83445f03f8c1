import { changeDigest, manifestOf } from '../../../src/core/gate/change-digest.ts';
import {
  type ApprovedCommit,
  type JudgedSignoff,
  judgeSignoff,
  type ProvenSignature,
  type SignableRule,
  type SignatureProof,
  type SignoffContext,
  type WordsPlace,
} from '../../../src/core/gate/judged-signoff.ts';
import { writeSignedFile } from '../../../src/core/gate/signoff-file.ts';
import type { SignoffPayload } from '../../../src/core/gate/payload.ts';
import { entryOf, gatePolicy, hex, payloadOf } from './values.ts';

export const entries = [entryOf('model/a.py'), entryOf('model/b.py')];
export const digest = changeDigest(entries);
export const rule: SignableRule = {
  id: 'model-change',
  digest,
  entries,
  checklist: null,
  maxAgeDays: undefined,
};
export const signature = '-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n';
export const bens: ProvenSignature = {
  kind: 'proven',
  state: 'valid',
  principal: 'ben@example.org',
  key: 'SHA256:ben',
  touched: false,
  verified: false,
  why: '',
};
export const policy = gatePolicy({
  attestors: [
    { forge: 'gitlab', principal: 'lab@example.org' },
    { forge: 'github', principal: 'forge@example.org' },
  ],
  people: {
    ...gatePolicy().people,
    ben: {
      emails: ['ben@example.org'],
      principals: ['ben@example.org', 'ben2@example.org'],
      forge: { github: 'Ben-H', gitlab: 'ben-h' },
    },
  },
});

export const via = { forge: 'github', login: 'ben-h', commit: 'a'.repeat(40) };

export type Given = {
  readonly payload?: Partial<SignoffPayload>;
  readonly proof?: SignatureProof;
  readonly rule?: Partial<SignableRule>;
  readonly mode?: string;
  readonly path?: string;
  readonly text?: string;
  readonly now?: string;
  readonly landed?: boolean;
  readonly approved?: Partial<ApprovedCommit>;
  readonly mayBeGone?: boolean;
  readonly place?: Partial<WordsPlace>;
};

export function judged({
  payload = {},
  proof = bens,
  rule: other = {},
  mode = '100644',
  path,
  text,
  now = '2026-11-24T06:00:00Z',
  landed = false,
  approved = {},
  mayBeGone = false,
  place = {},
}: Given): JudgedSignoff {
  const whole = payloadOf('ben', {
    digest,
    manifest: manifestOf(entries) as SignoffPayload['manifest'],
    ...payload,
  });
  const bytes = new TextEncoder().encode(
    text ?? writeSignedFile('signoff', JSON.stringify(whole), signature),
  );
  const context: SignoffContext = {
    policy,
    target: 'refs/heads/main',
    now: new Date(now),
    rules: new Map([['model-change', { ...rule, ...other }]]),
    approved: {
      known: new Map([
        [via.commit, { rules: new Set(['model-change']), moved: new Set<string>(), ...approved }],
      ]),
      mayBeGone,
    },
    verify: () => proof,
    ...place,
  };
  return judgeSignoff(
    {
      path:
        path ??
        `.countersign/signoffs/${whole.rule}/${whole.person}.${whole.digest.slice(3, 15)}.${whole.nonce.slice(0, 4)}.yaml`,
      mode,
      bytes,
    },
    landed,
    context,
  );
}

export const attested: Given = {
  payload: { via },
  proof: { ...bens, principal: 'forge@example.org' },
};
export const name = (
  person: string,
  nonce = '00ff',
  of = 'model-change',
  what = digest.slice(3, 15),
): string => `.countersign/signoffs/${of}/${person}.${what}.${nonce}.yaml`;
export const other = `v1:${hex('e')}`;
