import type { Finding } from '../finding/finding.ts';
import type { ChangeEntry } from './change-digest.ts';
import type { JudgedSignoff } from './judged-signoff.ts';
import type { SignoffPayload } from './payload.ts';
import { showPath } from './raw-path.ts';
import { holdsBack } from './signoff-worth.ts';

/** A sign-off whose signature is a known person's. */
export type AuthenticSignoff = JudgedSignoff & {
  readonly payload: SignoffPayload;
  readonly id: string;
};

/** What the sign-offs of a check come to, for one rule. */
export type Standing = {
  readonly approvals: readonly AuthenticSignoff[];
  readonly rejects: readonly AuthenticSignoff[];
  readonly answers: readonly AuthenticSignoff[];
};

/**
 * Whether a sign-off is really that person's for this repository and target. Its words then stand for what they say, even
 * if the key has expired since: a reject must not go away with its signer's key, nor what takes back with a doubt about it.
 */
export function isAuthentic(signoff: JudgedSignoff): signoff is AuthenticSignoff {
  return (
    signoff.payload !== null &&
    (signoff.state === 'valid' ||
      signoff.state === 'stale' ||
      signoff.state === 'expired' ||
      signoff.state === 'revoked' ||
      holdsBack(signoff, signoff.payload))
  );
}

/**
 * Payloads that another payload of the same person, rule and target replaces. Order comes from this chain, never from a
 * clock: a replacement that has grown too old to approve anything still replaces.
 *
 * @param by those among them whose word is asked for; of everybody where absent
 */
export function replacedIds(
  signoffs: readonly AuthenticSignoff[],
  by = signoffs,
): ReadonlySet<string> {
  const byId = new Map(signoffs.map((signoff) => [signoff.id, signoff]));
  const replaced = new Set<string>();
  for (const last of by) {
    let earlier = replacedBy(last, byId);
    // Who holds an expired or revoked key must not be able to free anything with it, nor may a word that is in doubt.
    if (!hasGoodKey(last)) {
      if (earlier?.payload.decision === 'approve') replaced.add(earlier.id);
      continue;
    }
    // A good key's word is the last of its chain, also over links whose keys are good no more.
    for (; earlier; earlier = replacedBy(earlier, byId)) replaced.add(earlier.id);
  }
  return replaced;
}

function replacedBy(
  { payload }: AuthenticSignoff,
  byId: ReadonlyMap<string, AuthenticSignoff>,
): AuthenticSignoff | undefined {
  const earlier = payload.replaces === null ? undefined : byId.get(payload.replaces);
  return earlier &&
    earlier.payload.person === payload.person &&
    earlier.payload.rule === payload.rule &&
    earlier.payload.target === payload.target
    ? earlier
    : undefined;
}

/** By the id of a payload, the sign-off that took its place; whoever asks of many asks once. */
export function successors(
  signoffs: readonly AuthenticSignoff[],
): ReadonlyMap<string, AuthenticSignoff> {
  return new Map(
    [...replacedIds(signoffs)].flatMap((id) => {
      const last = signoffs.find(({ payload }) => payload.replaces === id);
      return last === undefined ? [] : [[id, last] as const];
    }),
  );
}

/** Whether the key is good where the sign-off is judged; the sign-off itself may be too old to count. */
export function hasGoodKey({ state, proof }: Pick<JudgedSignoff, 'state' | 'proof'>): boolean {
  return (
    state === 'valid' ||
    state === 'stale' ||
    (state === 'expired' && proof?.kind === 'proven' && proof.state === 'valid')
  );
}

/** A rule's change, as words are held against it. */
type Asked = {
  readonly id: string;
  readonly digest: string;
  readonly entries?: readonly ChangeEntry[] | undefined;
};

/**
 * What stands for a rule: approvals of this digest that no tip holds already and whose signer has no withdrawal that
 * stands, and rejects whatever their digest. What takes back stands whoever landed its file: until its signer replaces it
 * or the change that it names has landed; after that a reject stands for its digest alone, under whatever name of a rule,
 * so that one that was renamed since frees nothing.
 */
export function standingFor(asked: Asked, signoffs: readonly JudgedSignoff[]): Standing {
  const authentic = signoffs.filter(isAuthentic);
  const replaced = replacedIds(authentic);
  const standing = authentic.filter(({ id }) => !replaced.has(id));
  const own = standing.filter(({ payload }) => payload.rule === asked.id);
  // Signed twice without one naming the other, an approval would outlive the withdrawal of its twin.
  const withdrawn = new Set(
    own
      .filter(
        ({ payload, settled }) =>
          payload.decision === 'withdraw' && !settled && payload.digest === asked.digest,
      )
      .map(({ payload }) => payload.person),
  );
  const valid = own.filter(
    ({ state, landed, payload }) =>
      state === 'valid' &&
      !landed &&
      payload.decision === 'approve' &&
      !withdrawn.has(payload.person),
  );
  return {
    approvals: valid.filter(({ payload }) => payload.role !== 'author'),
    answers: valid,
    rejects: standing.filter((word) => word.payload.decision === 'reject' && rejects(word, asked)),
  };
}

function rejects(
  { payload, because, landed, settled }: AuthenticSignoff,
  { id, digest, entries = [] }: Asked,
): boolean {
  if (payload.rule === id && !settled) return true;
  if (landed && payload.digest === digest) return true;
  // The rule that it names may have been renamed: it is then about whatever governs one of its files now.
  const named = payload.manifest?.map(([path]) => JSON.stringify(path));
  return (
    because === 'unknown-rule' &&
    !settled &&
    entries.some(({ path }) => named?.includes(JSON.stringify(showPath(path))) ?? true)
  );
}

/**
 * The same payload in two files: the second could make one signature look like two.
 *
 * @param brought signed files that the change brings
 * @param landed path at the tip of each payload that has landed
 */
export function copies(
  brought: readonly { readonly id: string | null; readonly file: string }[],
  landed: ReadonlyMap<string, string>,
): readonly Finding[] {
  const first = new Map(landed);
  const findings: Finding[] = [];
  for (const { id, file } of [...brought].sort((a, b) => (a.file < b.file ? -1 : 1))) {
    if (id === null) continue;
    const other = first.get(id);
    if (other !== undefined && other !== file) {
      findings.push({
        code: 'signoff/copy',
        severity: 'error',
        message: `this is a copy of ${other}`,
        path: file,
        line: 1,
        column: 1,
        fix: 'take the copy out of the history of this branch',
      });
    } else first.set(id, file);
  }
  return findings;
}

/** Why a sign-off counts no more, where its signer is asked to sign again. */
const askedAgain = new Set<JudgedSignoff['because']>(['moved', 'checklist', 'too-old']);

/** What is told of a sign-off. Who has signed what is there now in the same role is not asked to do so again. */
export function signoffFindings(
  signoff: JudgedSignoff,
  all: readonly JudgedSignoff[],
): readonly Finding[] {
  const { payload, because, findings } = signoff;
  const signedAnew =
    askedAgain.has(because) &&
    all.some(
      ({ state, payload: other }) =>
        state === 'valid' &&
        other?.person === payload?.person &&
        other?.rule === payload?.rule &&
        other?.role === payload?.role,
    );
  return signedAnew ? findings.map(({ fix: _, ...finding }) => finding) : findings;
}
