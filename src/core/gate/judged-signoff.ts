import type { Finding } from '../finding.ts';
import { foldEmail } from '../records/email.ts';
import { type ChangeEntry, manifestOf, type ManifestRow, sha256Hex } from './change-digest.ts';
import type { GatePolicy, PolicyRule } from './gate-policy.ts';
import {
  type PayloadResult,
  parsePayload,
  type SignoffPayload,
  signoffPayload,
} from './payload.ts';
import { hasPrincipal, hasRole } from './people.ts';
import type { ShownPath } from './raw-path.ts';
import { readSignedFile } from './signoff-file.ts';
import { parseSignoffPath } from './signoff-path.ts';

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
};

/** One sign-off file and what it is worth. `payload` is null until its signature was verified. */
export type JudgedSignoff = {
  readonly file: string;
  readonly state: SignoffState;
  readonly payload: SignoffPayload | null;
  /** `sha256:…` of the payload's bytes, by which another payload replaces it; null where the file has none. */
  readonly id: string | null;
  readonly proof: SignatureProof | null;
  /** Files that moved since it was signed. */
  readonly moved: readonly ShownPath[];
  /** Whether this very payload lies at the target's tip already. */
  readonly landed: boolean;
  readonly findings: readonly Finding[];
};

/** Five minutes: how far two clocks may be apart. */
const clockSkew = 5 * 60_000;
const dayLength = 86_400_000;

/** Judges one sign-off file. Its signature is verified before anything in its payload is believed. */
export function judgeSignoff(
  file: TreeFile,
  landed: boolean,
  context: SignoffContext,
): JudgedSignoff {
  const base = { file: file.path, landed, moved: [], payload: null, id: null, proof: null };
  if (file.mode !== '100644')
    return {
      ...base,
      state: 'forged',
      findings: [
        problem(
          file.path,
          'signoff/mode',
          `a sign-off must be a plain file (mode 100644), this is ${file.mode}`,
        ),
      ],
    };
  const read = readSignedFile('signoff', file.bytes);
  if (!read.ok)
    return {
      ...base,
      state: 'forged',
      findings: [
        problem(file.path, 'signoff/malformed', `this is not a sign-off: ${read.why}`, read.line),
      ],
    };
  const id = `sha256:${sha256Hex(read.payload)}`;
  const proof = context.verify(read.payload, read.signature, context.now);
  if (proof.kind === 'unproven' && proof.state === 'forged')
    return {
      ...base,
      id,
      proof,
      state: 'forged',
      findings: [
        problem(
          file.path,
          'signoff/forged',
          `the signature is not one over this sign-off: ${proof.why}`,
          5,
        ),
      ],
    };
  // Also under a key that nobody knows it has to be a sign-off: else anything could lie here, and no rule governs it.
  const parsed: PayloadResult<SignoffPayload> = parsePayload(signoffPayload, read.json);
  if (!parsed.ok)
    return {
      ...base,
      id,
      proof,
      state: 'forged',
      findings: [
        problem(
          file.path,
          'signoff/payload',
          `what was signed is not a sign-off: ${parsed.why}`,
          4,
        ),
      ],
    };
  const payload = parsed.value;
  const known = proof.kind === 'proven';
  if (!bearsItsName(file.path, payload))
    return {
      ...base,
      id,
      proof,
      payload: known ? payload : null,
      state: 'forged',
      findings: [
        problem(
          file.path,
          'signoff/name',
          `its name does not agree with what ${known ? payload.person : 'somebody'} signed`,
        ),
      ],
    };
  if (!known)
    return {
      ...base,
      id,
      proof,
      state: 'unknown-signer',
      findings: [
        remark(
          file.path,
          'signoff/unknown-signer',
          `the key that signed is nobody's: ${proof.why}`,
          'add the key to .countersign/allowed_signers by a policy change, or sign with a known key',
        ),
      ],
    };
  return { ...base, id, proof, payload, ...worth(file.path, payload, proof, context) };
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

/**
 * Why what a CI job signed in a person's place is nothing, or null. It may say that the person's login approved, and no
 * more: it answers nothing, takes nothing back, knows nobody and closes nothing.
 */
function attestationProblem(
  payload: SignoffPayload,
  via: NonNullable<SignoffPayload['via']>,
  proof: ProvenSignature,
  { attestors, people }: GatePolicy,
): string | null {
  if (
    !(attestors ?? []).some(
      ({ forge, principal }) => forge === via.forge && principal === proof.principal,
    )
  )
    return `the key belongs to ${proof.principal}, who is no attestor for ${via.forge}`;
  const login = Object.hasOwn(people, payload.person)
    ? people[payload.person]?.forge?.[via.forge]
    : undefined;
  if (login === undefined || foldEmail(login) !== foldEmail(via.login))
    return `${via.login} on ${via.forge} is not ${payload.person} by the policy`;
  const { decision, replaces, vouches, meets, conditions, role, answers } = payload;
  if (
    decision !== 'approve' ||
    replaces !== null ||
    role === 'author' ||
    Object.keys(answers).length > 0 ||
    [vouches, meets, conditions].some((list) => list !== undefined && list.length > 0)
  )
    return `an attestor may say that ${payload.person} approved, and no more`;
  return null;
}

/**
 * Why what a person approved on a forge is not what lands, or null. They approved a commit with all that lies in it: what
 * the rule governs and what is listed as evidence has to be what that commit brings.
 */
function commitProblem(
  { rule, evidence }: SignoffPayload,
  { login, commit }: NonNullable<SignoffPayload['via']>,
  { known, mayBeGone }: ApprovedCommits,
): string | null {
  const about = `${login} approved ${commit.slice(0, 12)}`;
  const approved = known.get(commit);
  if (approved === undefined)
    return mayBeGone ? null : `${about}, which is no commit of this change`;
  if (!approved.rules.has(rule))
    return `${about}, and what ${rule} governs is not what that commit brings`;
  const moved = evidence.find(({ path }) => approved.moved.has(path));
  return moved
    ? `${about}, and ${moved.path}, which is listed as evidence, is not what that commit brings`
    : null;
}

type Worth = Pick<JudgedSignoff, 'state' | 'moved' | 'findings'>;

/** What an authentic sign-off counts for, here and now. */
function worth(
  path: string,
  payload: SignoffPayload,
  proof: ProvenSignature,
  context: SignoffContext,
): Worth {
  const { person, signed_at } = payload;
  const none = (state: SignoffState, code: string, message: string, fix: string): Worth => ({
    state,
    moved: [],
    findings: [remark(path, code, message, fix)],
  });
  if (payload.via !== undefined) {
    const why = attestationProblem(payload, payload.via, proof, context.policy);
    if (why !== null)
      return none(
        'not-allowed',
        'signoff/not-allowed',
        why,
        'approve with a key: countersign sign',
      );
  } else if (!hasPrincipal(context.policy, person, proof.principal))
    return none(
      'not-allowed',
      'signoff/not-allowed',
      `the key belongs to ${proof.principal}, which the policy does not know as ${person}'s`,
      'sign with your own key, as yourself',
    );
  if (payload.repository !== context.policy.repository || payload.target !== context.target)
    return none(
      'not-allowed',
      'signoff/elsewhere',
      `${person} signed this for ${payload.repository}, ${payload.target}`,
      `sign the change for ${context.policy.repository}, ${context.target}`,
    );
  const rule = context.rules.get(payload.rule);
  if (!rule)
    return none(
      'not-allowed',
      'signoff/unknown-rule',
      `there is no rule ${payload.rule} in the policy`,
      'sign for a rule of today’s policy',
    );
  if (payload.role !== 'author' && !hasRole(context.policy, person, payload.role))
    return none(
      'not-allowed',
      'signoff/not-allowed',
      `${person} is no ${payload.role}`,
      `sign in a role that ${person} has, or give the role by a policy change`,
    );
  const signed = Date.parse(signed_at);
  // A clock that runs ahead takes no reject back: order comes from the chain of payloads, never from a clock.
  if (payload.decision !== 'reject' && signed > context.now.getTime() + clockSkew)
    return none(
      'not-allowed',
      'signoff/future',
      `${person} signed at ${signed_at}, which is still to come`,
      'set the clock and sign again',
    );
  if (proof.state !== 'valid')
    return none(
      proof.state,
      `signoff/${proof.state}`,
      `the key of ${person} is ${proof.state}: ${proof.why}`,
      'sign again with a key that is valid today',
    );
  if (payload.digest !== rule.digest) return staleness(path, payload, rule);
  if (!manifestAgrees(payload.manifest, rule.entries))
    return none(
      'not-allowed',
      'signoff/manifest',
      `the files that ${person} signed are not the files of this digest`,
      'sign again',
    );
  if (rule.checklist !== undefined && payload.checklist !== rule.checklist)
    return none(
      'stale',
      'signoff/stale',
      `the checklist moved since ${person} signed`,
      `${person} answers it and signs again: countersign sign --rule ${payload.rule}`,
    );
  if (rule.maxAgeDays !== undefined && context.now.getTime() - signed > rule.maxAgeDays * dayLength)
    return none(
      'expired',
      'signoff/too-old',
      `${person} signed more than ${rule.maxAgeDays} days ago`,
      `${person} looks again and signs: countersign sign --rule ${payload.rule}`,
    );
  if (payload.via === undefined) return { state: 'valid', moved: [], findings: [] };
  const other = commitProblem(payload, payload.via, context.approved);
  if (other !== null)
    return none(
      'not-allowed',
      'signoff/other-commit',
      other,
      `${payload.via.login} approves what is there now on ${payload.via.forge}, or ${person} signs: countersign sign --rule ${payload.rule}`,
    );
  return {
    state: 'valid',
    moved: [],
    findings: [
      remark(
        path,
        'signoff/by-forge',
        `${person} approved ${payload.via.commit.slice(0, 12)} on ${payload.via.forge} as ${payload.via.login}${context.approved.known.has(payload.via.commit) ? '' : ', a commit that is not in this history'}, and no key of theirs signed: this is weaker than a signature`,
        `where it matters, ${person} signs: countersign sign --rule ${payload.rule}`,
      ),
    ],
  };
}

function staleness(path: string, payload: SignoffPayload, rule: SignableRule): Worth {
  const moved = movedSince(payload.manifest ?? [], manifestOf(rule.entries));
  const names = moved.map((shown) => (typeof shown === 'string' ? shown : shown.b64));
  const what =
    names.length === 0
      ? 'the change'
      : names.length > 3
        ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`
        : names.join(', ');
  return {
    state: 'stale',
    moved,
    findings: [
      remark(
        path,
        'signoff/stale',
        `${what} moved since ${payload.person} signed`,
        `${payload.person} looks at what moved and signs again: countersign sign --rule ${payload.rule}`,
      ),
    ],
  };
}

/** Paths whose rows differ between what was signed and what is there now. */
function movedSince(
  signed: readonly (readonly unknown[])[],
  now: readonly ManifestRow[],
): readonly ShownPath[] {
  const before = new Map(signed.map((row) => [JSON.stringify(row[0]), JSON.stringify(row)]));
  const after = new Map(now.map((row) => [JSON.stringify(row[0]), JSON.stringify(row)]));
  const all = new Set([...before.keys(), ...after.keys()]);
  return [...all]
    .filter((path) => before.get(path) !== after.get(path))
    .sort()
    .map((path) => JSON.parse(path) as ShownPath);
}

/** A manifest is left out of a payload above this many entries. */
export const longestManifest = 1000;

function manifestAgrees(
  manifest: SignoffPayload['manifest'],
  entries: readonly ChangeEntry[],
): boolean {
  if (manifest === null) return entries.length > longestManifest;
  return JSON.stringify(manifest) === JSON.stringify(manifestOf(entries));
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

function problem(path: string, code: string, message: string, line = 1): Finding {
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

function remark(path: string, code: string, message: string, fix: string): Finding {
  return { code, severity: 'warning', message, path, line: 4, column: 1, fix };
}
