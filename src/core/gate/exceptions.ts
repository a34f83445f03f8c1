import type { Finding } from '../finding/finding.ts';
import { sha256Hex } from './change-digest.ts';
import type { GatePolicy } from './gate-policy.ts';
import type {
  ProvenSignature,
  SignatureProof,
  TreeFile,
  VerifySignature,
  WordsPlace,
} from './judged-signoff.ts';
import { type ExceptionPayload, exceptionPayload, parsePayload } from './payload.ts';
import { hasPrincipal, hasRole } from './people.ts';
import { readSignedFile } from './signoff-file.ts';
import { notKept, remark, servedOnce } from './signoff-worth.ts';
import type { FindingCode } from '../finding/finding-code.ts';

/** One exception file and what it is worth: `valid` is the only state that excuses anything. */
export type JudgedException = {
  readonly file: string;
  readonly id: string | null;
  readonly payload: ExceptionPayload | null;
  readonly proof: SignatureProof | null;
  readonly state: 'valid' | 'stale' | 'expired' | 'not-allowed' | 'forged';
  readonly landed: boolean;
  readonly findings: readonly Finding[];
};

export type ExceptionContext = {
  readonly policy: GatePolicy;
  readonly target: string;
  readonly now: Date;
  readonly verify: VerifySignature;
  /** Today's digest of each rule. */
  readonly digests: ReadonlyMap<string, string>;
} & Partial<WordsPlace>;

const dayLength = 86_400_000;

/** Judges one exception file; its signature first. Whether its signer is independent, the rule's verdict decides. */
export function judgeException(
  file: TreeFile,
  liesAtTip: boolean,
  context: ExceptionContext,
): JudgedException {
  const read = readSignedFile('exception', file.bytes);
  const landed =
    liesAtTip || (read.ok && context.landedIds?.has(`sha256:${sha256Hex(read.payload)}`) === true);
  const forged = (
    code: FindingCode,
    message: string,
    id: string | null = null,
  ): JudgedException => ({
    file: file.path,
    id,
    payload: null,
    proof: null,
    state: 'forged',
    landed,
    findings: [forgery(file.path, code, message)],
  });
  if (!read.ok) return forged('exception/malformed', `this is not an exception: ${read.why}`);
  const id = `sha256:${sha256Hex(read.payload)}`;
  if (file.mode !== '100644')
    return forged(
      'exception/malformed',
      `an exception must be a plain file (mode 100644), this is ${file.mode}`,
      id,
    );
  const proof = context.verify(read.payload, read.signature, context.now);
  if (proof.kind === 'unproven' && proof.state === 'forged')
    return forged(
      'exception/forged',
      `the signature is not one over this exception: ${proof.why}`,
      id,
    );
  const parsed = parsePayload<ExceptionPayload>(exceptionPayload, read.json);
  // What landed was a known key's then, or it had not landed: taking the key away must not take away what was promised with it.
  if (proof.kind === 'unproven')
    return {
      ...forged('exception/unknown-signer', `the key that signed is nobody's: ${proof.why}`, id),
      payload: liesAtTip && parsed.ok ? parsed.value : null,
      proof,
      state: 'not-allowed',
    };
  if (!parsed.ok)
    return forged('exception/payload', `what was signed is not an exception: ${parsed.why}`, id);
  const refused = exceptionRefusal(parsed.value, proof, context);
  const base = { file: file.path, id, payload: parsed.value, proof, landed };
  if (refused === null) return { ...base, ...spentException(base, context) };
  return {
    ...base,
    state: refused.state,
    findings: [
      {
        code: refused.code,
        severity: refused.state === 'not-allowed' ? 'error' : 'warning',
        message: refused.message,
        path: file.path,
        line: 4,
        column: 1,
        fix: 'sign a new exception, or get the approvals',
      },
    ],
  };
}

function forgery(path: string, code: FindingCode, message: string): Finding {
  return {
    code,
    severity: 'error',
    message,
    path,
    line: 1,
    column: 1,
    fix: 'take the file out of the history of this branch',
  };
}

/** A good exception, unless it served before or would not be kept. */
function spentException(
  {
    file,
    id,
    payload,
    landed,
  }: Pick<JudgedException, 'file' | 'id' | 'landed'> & {
    readonly payload: ExceptionPayload;
  },
  { stood, sent }: ExceptionContext,
): Pick<JudgedException, 'state' | 'findings'> {
  if (landed) return { state: 'valid', findings: [] };
  const until = stood?.get(payload.digest);
  if (until !== undefined && Date.parse(payload.signed_at) <= until.getTime())
    return { state: 'stale', findings: [remark(file, ...servedOnce(payload.person, until))] };
  return sent?.has(id ?? '') === true
    ? {
        state: 'stale',
        findings: [
          remark(
            file,
            ...notKept(
              'exception/not-in-change',
              `${payload.person} promises the missing approvals`,
            ),
          ),
        ],
      }
    : { state: 'valid', findings: [] };
}

type Refusal = {
  readonly state: JudgedException['state'];
  readonly code: FindingCode;
  readonly message: string;
};

function exceptionRefusal(
  payload: ExceptionPayload,
  proof: ProvenSignature,
  context: ExceptionContext,
): Refusal | null {
  const { policy, now } = context;
  const not = (code: FindingCode, message: string): Refusal => ({
    state: 'not-allowed',
    code,
    message,
  });
  if (!policy.exceptions) return not('exception/not-allowed', 'the policy allows no exceptions');
  if (!hasPrincipal(policy, payload.person, proof.principal))
    return not(
      'exception/not-allowed',
      `the key belongs to ${proof.principal}, which the policy does not know as ${payload.person}'s`,
    );
  if (payload.repository !== policy.repository || payload.target !== context.target)
    return not(
      'exception/elsewhere',
      `this was signed for ${payload.repository}, ${payload.target}`,
    );
  if (payload.role !== policy.exceptions.role || !hasRole(policy, payload.person, payload.role))
    return not('exception/not-allowed', `${payload.person} is no ${policy.exceptions.role}`);
  if (proof.state !== 'valid')
    return {
      state: 'expired',
      code: `exception/${proof.state}-key`,
      message: `the key of ${payload.person} is ${proof.state}`,
    };
  if (Date.parse(payload.signed_at) > now.getTime() + 5 * 60_000)
    return not('exception/future', `it was signed at ${payload.signed_at}, which is still to come`);
  const from = Math.min(Date.parse(payload.signed_at), now.getTime());
  if (Date.parse(payload.expires) > from + policy.exceptions.max_days * dayLength)
    return not(
      'exception/too-long',
      `it runs until ${payload.expires}, longer than ${policy.exceptions.max_days} days`,
    );
  if (
    Date.parse(`${payload.follow_up_by}T00:00:00Z`) >
    from + policy.exceptions.follow_up_days * dayLength
  )
    return not(
      'exception/too-long',
      `its approvals are promised by ${payload.follow_up_by}, later than ${policy.exceptions.follow_up_days} days`,
    );
  if (Date.parse(payload.expires) <= now.getTime())
    return {
      state: 'expired',
      code: 'exception/expired',
      message: `it expired at ${payload.expires}`,
    };
  if (payload.digest !== context.digests.get(payload.rule))
    return {
      state: 'stale',
      code: 'exception/stale',
      message: 'the change moved since it was signed',
    };
  return null;
}
