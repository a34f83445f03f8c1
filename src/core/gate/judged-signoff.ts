import type { Finding } from '../finding/finding.ts';
import { type ChangeEntry, sha256Hex } from './change-digest.ts';
import type { GatePolicy, PolicyRule } from './gate-policy.ts';
import {
  type PayloadResult,
  parsePayload,
  type SignoffPayload,
  signoffPayload,
} from './payload.ts';
import { readSignedFile } from './signoff-file.ts';
import { parseSignoffPath } from './signoff-path.ts';
import { remark, signoffWorth, type Worth } from './signoff-worth.ts';
import type { FindingCode } from '../finding/finding-code.ts';

export type SignoffState =
  | 'valid'
  | 'stale'
  | 'expired'
  | 'revoked'
  | 'forged'
  | 'unknown-signer'
  | 'not-allowed';

/** A file of a tree. */
export type TreeFile = { readonly path: string; readonly mode: string; readonly bytes: Uint8Array };

/** A signature of a known person's key. `key` is the fingerprint; `touched` and `verified` are a FIDO key's flags. */
export type ProvenSignature = {
  readonly kind: 'proven';
  /** Whether the key was good at the time of judging. */
  readonly state: 'valid' | 'expired' | 'revoked';
  readonly principal: string;
  readonly key: string;
  readonly touched: boolean;
  readonly verified: boolean;
  /** Where the key is not good: since when, or by what. */
  readonly why: string;
};

/** What the signature over a payload proves. */
export type SignatureProof =
  | ProvenSignature
  | {
      readonly kind: 'unproven';
      readonly state: 'forged' | 'unknown-signer';
      readonly why: string;
    };

/** Verifies a signature at a time, in the namespace of sign-offs, by today's keys. */
export type VerifySignature = (payload: Uint8Array, signature: string, at: Date) => SignatureProof;

/** A rule as a sign-off is held against it. */
export type SignableRule = {
  readonly id: string;
  readonly digest: string;
  readonly entries: readonly ChangeEntry[];
  /** `sha256:…` of the policy branch's checklist, null without one; undefined where any will do, since it was signed long ago. */
  readonly checklist: string | null | undefined;
  readonly maxAgeDays: number | undefined;
};

/** What lands, beside what would have landed from a commit that somebody approved on a forge. */
export type ApprovedCommit = {
  /** Rules whose change it brings just so. */
  readonly rules: ReadonlySet<string>;
  /** Paths that have moved since. */
  readonly moved: ReadonlySet<string>;
};

/** Commits of the change that approvals on a forge name. `mayBeGone`: of what has landed, commits may be squashed or rebased away. */
export type ApprovedCommits = {
  readonly known: ReadonlyMap<string, ApprovedCommit>;
  readonly mayBeGone: boolean;
};

/** What every sign-off of a check is held against. */
export type SignoffContext = {
  readonly policy: GatePolicy;
  /** Full ref. */
  readonly target: string;
  readonly now: Date;
  readonly rules: ReadonlyMap<string, SignableRule>;
  readonly approved: ApprovedCommits;
  readonly verify: VerifySignature;
} & Partial<WordsPlace>;

/** Where signed files lie, and what became of the changes that they name; empty where nobody looked. */
export type WordsPlace = {
  /** Path of each payload that has landed, at the tip or as it was before it was taken away. */
  readonly landedIds: ReadonlyMap<string, string>;
  /** Landed files of which the change that they name has landed, and which no commit of the range brings again. */
  readonly settled: ReadonlySet<string>;
  /** By digest, until when what somebody signed stood on the target before. */
  readonly stood: ReadonlyMap<string, Date>;
  /** Payloads that somebody sent to the check and the change does not bring. */
  readonly sent: ReadonlySet<string>;
};

/** One sign-off file and what it is worth. `payload` is null until its signature was verified. */
export type JudgedSignoff = Worth & {
  readonly file: string;
  readonly payload: SignoffPayload | null;
  /** `sha256:…` of the payload's bytes, by which another payload replaces it; null where the file has none. */
  readonly id: string | null;
  readonly proof: SignatureProof | null;
  /** Whether this very payload lies at the target's tip already. */
  readonly landed: boolean;
  /** Whether the change that it names has landed: a word that takes back says nothing of other changes then. */
  readonly settled: boolean;
  /** Set where it counts by the policy and the keys of its landing alone: today its signer could sign nothing like it. */
  readonly former?: true;
};

/** Judges one sign-off file. Its signature is verified before anything in its payload is believed. */
export function judgeSignoff(
  file: TreeFile,
  landed: boolean,
  context: SignoffContext,
): JudgedSignoff {
  const read = file.mode === '100644' ? readSignedFile('signoff', file.bytes) : null;
  const id = read?.ok ? `sha256:${sha256Hex(read.payload)}` : null;
  const base: JudgedSignoff = {
    file: file.path,
    state: 'forged',
    because: 'forged',
    payload: null,
    id,
    proof: null,
    moved: [],
    landed: landed || (id !== null && context.landedIds?.has(id) === true),
    settled: landed && context.settled?.has(file.path) === true,
    findings: [],
  };
  const forged = (code: FindingCode, message: string, line = 1): JudgedSignoff => ({
    ...base,
    findings: [problem(file.path, code, message, line)],
  });
  if (read === null)
    return forged(
      'signoff/mode',
      `a sign-off must be a plain file (mode 100644), this is ${file.mode}`,
    );
  if (!read.ok)
    return forged('signoff/malformed', `this is not a sign-off: ${read.why}`, read.line);
  const proof = context.verify(read.payload, read.signature, context.now);
  return proof.kind === 'unproven' && proof.state === 'forged'
    ? {
        ...forged('signoff/forged', `the signature is not one over this sign-off: ${proof.why}`, 5),
        proof,
      }
    : judgeSaid({ ...base, proof }, read.json, proof, context);
}

/** What a signature that is none of forgers says. */
function judgeSaid(
  base: JudgedSignoff,
  json: string,
  proof: SignatureProof,
  context: SignoffContext,
): JudgedSignoff {
  // Also under a key that nobody knows it has to be a sign-off: else anything could lie here, and no rule governs it.
  const parsed: PayloadResult<SignoffPayload> = parsePayload(signoffPayload, json);
  if (!parsed.ok)
    return {
      ...base,
      findings: [
        problem(
          base.file,
          'signoff/payload',
          `what was signed is not a sign-off: ${parsed.why}`,
          4,
        ),
      ],
    };
  const payload = parsed.value;
  const known = proof.kind === 'proven';
  if (!bearsItsName(base.file, payload))
    return {
      ...base,
      payload: known ? payload : null,
      findings: [
        problem(
          base.file,
          'signoff/name',
          `its name does not agree with what ${known ? payload.person : 'somebody'} signed`,
        ),
      ],
    };
  if (!known)
    return {
      ...base,
      state: 'unknown-signer',
      because: 'unknown-key',
      findings: [
        remark(
          base.file,
          'signoff/unknown-signer',
          `the key that signed is nobody's: ${proof.why}`,
          'add the key to .countersign/allowed_signers by a policy change, or sign with a known key',
        ),
      ],
    };
  return { ...base, payload, ...signoffWorth({ ...base, payload, proof }, context) };
}

function bearsItsName(path: string, payload: SignoffPayload): boolean {
  const name = parseSignoffPath(path);
  return (
    name !== null &&
    name.rule === payload.rule &&
    name.person === payload.person &&
    name.digest === payload.digest.slice(3, 15) &&
    name.nonce === payload.nonce.slice(0, 4)
  );
}

/** The rule's terms as a sign-off is held against them. */
export function signableRule(
  rule: Pick<PolicyRule, 'id' | 'max_age_days'>,
  digest: string,
  entries: readonly ChangeEntry[],
  checklist: string | null,
): SignableRule {
  return { id: rule.id, digest, entries, checklist, maxAgeDays: rule.max_age_days };
}

function problem(path: string, code: FindingCode, message: string, line = 1): Finding {
  return {
    code,
    severity: 'error',
    message,
    path,
    line,
    column: 1,
    fix: 'take the file out of the history of this branch (git rebase), and sign again',
  };
}
