import { sha256Hex } from '../core/gate/change-digest.ts';
import type { GatePolicy } from '../core/gate/gate-policy.ts';
import {
  type JudgedSignoff,
  judgeSignoff,
  type SignableRule,
  type TreeFile,
} from '../core/gate/judged-signoff.ts';
import type { SignoffPayload } from '../core/gate/payload.ts';
import { readSignedFile } from '../core/gate/signoff-file.ts';
import { hasGoodKey, isAuthentic } from '../core/gate/standing.ts';
import type { RevokedKeys } from '../core/signatures/revocation.ts';
import { type MovedSince, movedSince } from './approved-commits.ts';
import { claimedSignoff } from './claimed-signoff.ts';
import {
  type JudgedFiles,
  judgeSignedFiles,
  type SignedContext,
  type SignedFiles,
} from './check-signoffs.ts';
import { supposedTerms, type Terms, type TermsAt } from './landed-terms.ts';
import type { Repository } from './repository.ts';
import { type RuledChange, scopesOf } from './ruled-change.ts';
import { trustedPast } from './trusted-terms.ts';

/** Landed sign-offs by their files, as they counted when they landed. */
export type LandedWords = ReadonlyMap<string, JudgedSignoff>;

/** Judges every signed file by today's terms, but for landed words that those know no more: these by the terms of their landing. */
export async function judgeSigned(
  repository: Repository,
  ruled: RuledChange,
  files: SignedFiles,
  terms: Omit<SignedContext, 'target' | 'words' | 'approved'> & { readonly revoked: RevokedKeys },
): Promise<{
  readonly judged: JudgedFiles;
  readonly words: LandedWords;
  readonly approved: MovedSince;
}> {
  const { rules, base, change } = ruled;
  const { target } = change;
  const approved = await movedSince(
    repository.git,
    change,
    change.commits.map(({ oid }) => oid),
    files.brought,
  );
  const judge = (words: LandedWords): JudgedFiles =>
    judgeSignedFiles(files, rules, base?.checklists ?? new Map(), {
      ...terms,
      target,
      words,
      approved,
    });
  const judged = judge(new Map());
  const words = await landedWords(repository, ruled, judged.signoffs, {
    ...terms,
    landed: files.landed,
  });
  return { judged: words.size === 0 ? judged : judge(words), words, approved };
}

/**
 * Rejects, conditions and what closed or replaced them, of landed sign-offs that today's policy or keys no longer know:
 * judged by those of their landing. Whose key or role is taken away, or whose rule is renamed, is not silenced by that.
 * A key that is revoked today takes nothing back, whenever it signed. What frees somebody counts only by a policy that admins
 * signed away since: the commit before a file could be one of the same branch, with a policy that nobody signed.
 *
 * @param judged the landed sign-offs by today's terms
 */
async function landedWords(
  repository: Repository,
  ruled: RuledChange,
  judged: readonly JudgedSignoff[],
  {
    landed,
    ...today
  }: Terms &
    Pick<SignedFiles, 'landed'> & { readonly revoked: RevokedKeys } & Pick<
      SignedContext,
      'settled'
    >,
): Promise<LandedWords> {
  const silent = new Set(
    judged.filter((signoff) => signoff.landed && isSilenced(signoff)).map(({ file }) => file),
  );
  const said = landed
    .filter(({ path }) => silent.has(path))
    .flatMap((file) => claimedWords(file, ruled.change.target));
  const rejects = new Set(
    [...judged.filter(isAuthentic), ...said]
      .filter(({ payload }) => payload.decision === 'reject')
      .map(({ id }) => id),
  );
  const words: [string, JudgedSignoff][] = [];
  const binding = said.filter((claim) => isBinding(claim.payload, rejects));
  const past = binding.length === 0 ? null : await trustedPast(repository, ruled, today);
  for (const { file, payload } of binding) {
    const terms = await supposedTerms(repository, ruled, file.path);
    // Today's keys at the time of the landing too: one that expired since was good then.
    const trusted = [
      ...((await past?.since(file.path)) ?? []),
      ...(terms === null || ruled.change.target !== ruled.branch.ref
        ? []
        : [{ ...today, verifyLess: () => today.verify, now: terms.now }]),
    ].flatMap((then) => hear({ file, payload }, ruled, then, today) ?? []);
    const heard = terms === null ? null : hear({ file, payload }, ruled, terms, today);
    const best =
      trusted.find(hasGoodKey) ?? trusted[0] ?? (heard === null ? null : withoutRelief(heard));
    if (best !== null) words.push([file.path, { ...best, former: true }]);
  }
  return new Map(words);
}

/** Its signature is no forgery, and today it says nothing, or less than it did. */
function isSilenced(signoff: JudgedSignoff): boolean {
  const { state } = signoff;
  return (
    state === 'unknown-signer' ||
    state === 'not-allowed' ||
    (state === 'expired' && !hasGoodKey(signoff))
  );
}

type Claim = { readonly file: TreeFile; readonly id: string; readonly payload: SignoffPayload };

/** What a file says for this target, before its signature was verified: only to look no further at most of them. */
function claimedWords(file: TreeFile, target: string): readonly Claim[] {
  const read = readSignedFile('signoff', file.bytes);
  const payload = claimedSignoff(file.bytes);
  return read.ok && payload?.target === target
    ? [{ file, id: `sha256:${sha256Hex(read.payload)}`, payload }]
    : [];
}

/** Whether a landed sign-off still says something: landed approvals and their answers do not. */
function isBinding(
  { decision, conditions, meets, replaces }: SignoffPayload,
  rejects: ReadonlySet<string>,
): boolean {
  return (
    decision !== 'approve' ||
    [conditions, meets].some((list) => list !== undefined && list.length > 0) ||
    (replaces !== null && rejects.has(replaces))
  );
}

function hear(
  { file, payload: { rule } }: Omit<Claim, 'id'>,
  { change, rules }: RuledChange,
  terms: TermsAt,
  { revoked, settled }: { readonly revoked: RevokedKeys } & Pick<SignedContext, 'settled'>,
): JudgedSignoff | null {
  const today = rules.find((part) => part.rule.id === rule)?.change;
  const signable: SignableRule = {
    id: rule,
    digest: today?.digest ?? '',
    entries: today?.entries ?? [],
    checklist: undefined,
    maxAgeDays: undefined,
  };
  const known = hasRule(terms.policy, rule)
    ? new Map([[rule, signable]])
    : new Map<string, SignableRule>();
  const heard = judgeSignoff(file, true, {
    policy: terms.policy,
    target: change.target,
    now: terms.now,
    rules: known,
    approved: { known: new Map(), mayBeGone: false },
    verify: terms.verifyLess(revoked),
    ...(settled ? { settled } : {}),
  });
  return isAuthentic(heard) ? heard : null;
}

function hasRule(policy: GatePolicy, id: string): boolean {
  return scopesOf(policy).some(({ rule }) => rule.id === id);
}

/** Where the terms of a landing are only supposed, its words bind and free nobody: an expired key replaces no reject. */
function withoutRelief(signoff: JudgedSignoff): JudgedSignoff {
  const { payload, proof } = signoff;
  return payload === null || proof?.kind !== 'proven'
    ? signoff
    : {
        ...signoff,
        state: 'expired',
        proof: { ...proof, state: 'expired' },
        payload: { ...payload, meets: [] },
      };
}
