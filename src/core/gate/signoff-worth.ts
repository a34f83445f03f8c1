import type { Finding } from '../finding/finding.ts';
import { attestationProblem, commitProblem } from './attestation.ts';
import { manifestOf } from './change-digest.ts';
import type {
  ProvenSignature,
  SignableRule,
  SignoffContext,
  SignoffState,
} from './judged-signoff.ts';
import type { SignoffPayload } from './payload.ts';
import { hasPrincipal, hasRole } from './people.ts';
import type { ShownPath } from './raw-path.ts';
import { manifestAgrees, movedSince } from './signed-manifest.ts';
import type { FindingCode } from '../finding/finding-code.ts';

/** Why a sign-off is worth less than it says. Whether it may take back all the same, `holdsBack` decides by this word. */
export type Because =
  | 'forged'
  | 'unknown-key'
  | 'not-theirs'
  | 'elsewhere'
  | 'unknown-rule'
  | 'role'
  | 'future'
  | 'key'
  | 'moved'
  | 'manifest'
  | 'checklist'
  | 'too-old'
  | 'other-commit'
  | 'served'
  | 'not-in-change';

/** What a sign-off counts for. */
export type Worth = {
  readonly state: SignoffState;
  /** Null where it is valid. */
  readonly because: Because | null;
  /** Files that moved since it was signed. */
  readonly moved: readonly ShownPath[];
  readonly findings: readonly Finding[];
};

/** A sign-off whose signature is a known key's. */
type Said = {
  readonly file: string;
  readonly id: string | null;
  readonly landed: boolean;
  readonly payload: SignoffPayload;
  readonly proof: ProvenSignature;
};

/** Five minutes: how far two clocks may be apart. */
const clockSkew = 5 * 60_000;
const dayLength = 86_400_000;

/**
 * What an authentic sign-off counts for, here and now: the first reason that takes something from it, or `valid`. All that
 * anybody knows of it goes in, so that nothing has to change the answer afterwards.
 */
export function signoffWorth(said: Said, context: SignoffContext): Worth {
  return (
    whose(said, context) ??
    forWhat(said, context) ??
    byWhat(said, context) ??
    overWhat(said, context) ??
    spent(said, context) ??
    valid(said, context)
  );
}

/**
 * Whether a word that takes back does so in spite of what its sign-off is worth: a fast clock, a list of files that does not
 * agree, a role or a rule that was taken away. Each keeps an approval from counting; where it is in doubt whether somebody
 * took back, they did. So does an approval that takes the place of an earlier one and lists other files than are there: its
 * signer looked again, at something else. What nobody of this policy signed, or signed for elsewhere, is nobody's word here.
 */
export function holdsBack(
  { because }: Pick<Worth, 'because'>,
  { decision, replaces }: Pick<SignoffPayload, 'decision' | 'replaces'>,
): boolean {
  if (decision === 'approve') return because === 'manifest' && replaces !== null;
  return because !== null && doubts.has(because);
}

const doubts: ReadonlySet<Because> = new Set<Because>([
  'unknown-rule',
  'role',
  'future',
  'manifest',
]);

/** A warning about a sign-off. */
export function remark(path: string, code: FindingCode, message: string, fix: string): Finding {
  return { code, severity: 'warning', message, path, line: 4, column: 1, fix };
}

type Told = readonly [code: FindingCode, message: string, fix: string];

function less(
  { file }: Said,
  state: SignoffState,
  because: Because,
  [code, message, fix]: Told,
): Worth {
  return { state, because, moved: [], findings: [remark(file, code, message, fix)] };
}

function whose(said: Said, { policy }: SignoffContext): Worth | null {
  const { payload, proof } = said;
  if (payload.via !== undefined) {
    const why = attestationProblem(payload, payload.via, proof, policy);
    return why === null
      ? null
      : less(said, 'not-allowed', 'not-theirs', [
          'signoff/not-allowed',
          why,
          'approve with a key: countersign sign',
        ]);
  }
  return hasPrincipal(policy, payload.person, proof.principal)
    ? null
    : less(said, 'not-allowed', 'not-theirs', [
        'signoff/not-allowed',
        `the key belongs to ${proof.principal}, which the policy does not know as ${payload.person}'s`,
        'sign with your own key, as yourself',
      ]);
}

function forWhat(said: Said, { policy, target, rules }: SignoffContext): Worth | null {
  const { person, role, rule, ...payload } = said.payload;
  if (payload.repository !== policy.repository || payload.target !== target)
    return less(said, 'not-allowed', 'elsewhere', [
      'signoff/elsewhere',
      `${person} signed this for ${payload.repository}, ${payload.target}`,
      `sign the change for ${policy.repository}, ${target}`,
    ]);
  if (!rules.has(rule))
    return less(said, 'not-allowed', 'unknown-rule', [
      'signoff/unknown-rule',
      `there is no rule ${rule} in the policy`,
      'sign for a rule of today’s policy',
    ]);
  return role === 'author' || hasRole(policy, person, role)
    ? null
    : less(said, 'not-allowed', 'role', [
        'signoff/not-allowed',
        `${person} is no ${role}`,
        `sign in a role that ${person} has, or give the role by a policy change`,
      ]);
}

function byWhat(said: Said, { now }: SignoffContext): Worth | null {
  const {
    payload: { person, signed_at, decision },
    proof,
  } = said;
  // A clock that runs ahead takes no reject back: order comes from the chain of payloads, never from a clock.
  if (decision !== 'reject' && Date.parse(signed_at) > now.getTime() + clockSkew)
    return less(said, 'not-allowed', 'future', [
      'signoff/future',
      `${person} signed at ${signed_at}, which is still to come`,
      'set the clock and sign again',
    ]);
  return proof.state === 'valid'
    ? null
    : less(said, proof.state, 'key', [
        `signoff/${proof.state}`,
        `the key of ${person} is ${proof.state}: ${proof.why}`,
        'sign again with a key that is valid today',
      ]);
}

function overWhat(said: Said, { rules, now }: SignoffContext): Worth | null {
  const { payload, file } = said;
  const { person, signed_at } = payload;
  const rule = rules.get(payload.rule) as SignableRule;
  if (payload.digest !== rule.digest) return staleness(file, payload, rule);
  if (!manifestAgrees(payload.manifest, rule.entries))
    return less(said, 'not-allowed', 'manifest', [
      'signoff/manifest',
      `the files that ${person} signed are not the files of this digest`,
      'sign again',
    ]);
  if (rule.checklist !== undefined && payload.checklist !== rule.checklist)
    return less(said, 'stale', 'checklist', [
      'signoff/stale',
      `the checklist moved since ${person} signed`,
      `${person} answers it and signs again: countersign sign --rule ${payload.rule}`,
    ]);
  const age = now.getTime() - Date.parse(signed_at);
  return rule.maxAgeDays !== undefined && age > rule.maxAgeDays * dayLength
    ? less(said, 'expired', 'too-old', [
        'signoff/too-old',
        `${person} signed more than ${rule.maxAgeDays} days ago`,
        `${person} looks again and signs: countersign sign --rule ${payload.rule}`,
      ])
    : null;
}

/** What served before, or would serve without being kept. */
function spent(said: Said, { approved, stood, sent }: SignoffContext): Worth | null {
  const { payload, landed, id } = said;
  const other = payload.via === undefined ? null : commitProblem(payload, payload.via, approved);
  if (other !== null)
    return less(said, 'not-allowed', 'other-commit', [
      'signoff/other-commit',
      other,
      `${payload.via?.login} approves what is there now on ${payload.via?.forge}, or ${payload.person} signs: countersign sign --rule ${payload.rule}`,
    ]);
  if (landed) return null;
  const until = payload.decision === 'approve' ? stood?.get(payload.digest) : undefined;
  if (until !== undefined && Date.parse(payload.signed_at) <= until.getTime())
    return less(said, 'stale', 'served', servedOnce(payload.person, until));
  return sent?.has(id ?? '') === true && (payload.conditions ?? []).length > 0
    ? less(
        said,
        'stale',
        'not-in-change',
        notKept('signoff/not-in-change', `${payload.person} approves on conditions`),
      )
    : null;
}

/** That somebody signed for a landing that was taken back. */
export function servedOnce(person: string, until: Date): Told {
  return [
    'signoff/served',
    `${person} signed this before it was taken off the target (${until.toISOString().replace('.000Z', 'Z')}), so that it may have served there`,
    'look at the change anew, and sign again',
  ];
}

/** That words which bind later checks were only sent to this one. */
export function notKept(code: FindingCode, what: string): Told {
  return [
    code,
    `${what}, and this file does not land with the change: nobody would find it again`,
    'take it into the change: countersign verify --take FILE, and commit',
  ];
}

function valid(
  { file, payload: { via, person, rule } }: Said,
  { approved }: SignoffContext,
): Worth {
  if (via === undefined) return { state: 'valid', because: null, moved: [], findings: [] };
  const gone = approved.known.has(via.commit) ? '' : ', a commit that is not in this history';
  return {
    state: 'valid',
    because: null,
    moved: [],
    findings: [
      remark(
        file,
        'signoff/by-forge',
        `${person} approved ${via.commit.slice(0, 12)} on ${via.forge} as ${via.login}${gone}, and no key of theirs signed: this is weaker than a signature`,
        `where it matters, ${person} signs: countersign sign --rule ${rule}`,
      ),
    ],
  };
}

function staleness(path: string, payload: SignoffPayload, rule: SignableRule): Worth {
  const moved = movedSince(payload.manifest ?? [], manifestOf(rule.entries));
  const names = moved.map((shown) => (typeof shown === 'string' ? shown : shown.b64));
  const some =
    names.length > 3
      ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`
      : names.join(', ');
  const what = names.length === 0 ? 'the change' : some;
  const told = remark(
    path,
    'signoff/stale',
    `${what} moved since ${payload.person} signed`,
    `${payload.person} looks at what moved and signs again: countersign sign --rule ${payload.rule}`,
  );
  // Where nothing of the rule is left in the change, there is nothing to sign.
  const { fix: _, ...settled } = told;
  return {
    state: 'stale',
    because: 'moved',
    moved,
    findings: [rule.entries.length === 0 ? settled : told],
  };
}
