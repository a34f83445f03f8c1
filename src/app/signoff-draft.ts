import { manifestOf } from '../core/gate/change-digest.ts';
import { longestManifest } from '../core/gate/signed-manifest.ts';
import type { SignoffPayload } from '../core/gate/payload.ts';
import { payloadBytes, writeSignedFile } from '../core/gate/signoff-file.ts';
import { signoffPath } from '../core/gate/signoff-path.ts';
import type { JudgingPolicy } from './own-key.ts';
import type { Signer } from './ports.ts';
import type { Repository } from './repository.ts';
import type { ScopedRule } from './ruled-change.ts';
import { signingMoment } from './signing-moment.ts';

/** Everything that will be signed but for the answers, the time and the nonce. */
export type SignoffDraft = Omit<SignoffPayload, 'answers' | 'signed_at' | 'nonce'>;

/** A signed file, ready to be written. */
export type MadeSignoff = {
  readonly path: string;
  readonly text: string;
  readonly payload: SignoffPayload;
};

/** What a signature says of the change of a rule, whoever makes it. */
export function draftOf(
  base: JudgingPolicy,
  target: string,
  { rule, change: { digest, entries } }: ScopedRule,
  who: Pick<SignoffDraft, 'person' | 'role' | 'decision' | 'evidence' | 'replaces'>,
): SignoffDraft {
  const { person, role, decision, evidence, replaces } = who;
  return {
    repository: base.policy.repository,
    target,
    rule: rule.id,
    digest,
    policy: base.digest,
    checklist: base.checklists.get(rule.checklist ?? '')?.digest ?? null,
    person,
    role,
    decision,
    evidence,
    manifest:
      entries.length > longestManifest ? null : (manifestOf(entries) as SignoffPayload['manifest']),
    replaces,
  };
}

/** Signs a draft; `assertKey` refuses a signature of a key that would not count. Nothing is written. */
export async function signDraft(
  repository: Repository,
  draft: SignoffDraft,
  answers: SignoffPayload['answers'],
  how: {
    readonly signer: Signer;
    readonly assertKey: (signed: {
      readonly payload: Uint8Array;
      readonly signature: string;
    }) => void;
  },
): Promise<MadeSignoff> {
  const { evidence, manifest, replaces, ...head } = draft;
  const payload: SignoffPayload = {
    ...head,
    answers,
    evidence,
    manifest,
    replaces,
    ...signingMoment(repository),
  };
  const json = JSON.stringify(payload);
  const bytes = payloadBytes('signoff', json);
  const signature = await how.signer.sign(bytes, 'model-signoff');
  how.assertKey({ payload: bytes, signature });
  const path = signoffPath({
    rule: draft.rule,
    person: draft.person,
    digest: draft.digest.slice(3, 15),
    nonce: payload.nonce.slice(0, 4),
  });
  return { path, text: writeSignedFile('signoff', json, signature), payload };
}
