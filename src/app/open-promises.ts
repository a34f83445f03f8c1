import { authorsOf } from '../core/gate/authors.ts';
import type { JudgedException } from '../core/gate/exceptions.ts';
import type { GatePolicy } from '../core/gate/gate-policy.ts';
import { type JudgedSignoff, judgeSignoff, type VerifySignature } from '../core/gate/judged-signoff.ts';
import { identities } from '../core/gate/people.ts';
import { seatingOf } from '../core/gate/seating.ts';
import { parseSignoffPath } from '../core/gate/signoff-path.ts';
import { standingFor } from '../core/gate/standing.ts';
import type { Change } from './change.ts';
import { readDecisions } from './check-evidence.ts';
import type { SignedFiles } from './check-signoffs.ts';
import { type FoundLanding, landingOf } from './landing-of.ts';
import type { Git } from './ports.ts';
import type { ScopedRule } from './ruled-change.ts';

/** By what the promises of exceptions are judged: the policy, the keys and the time of today. */
export type PromiseTerms = { readonly policy: GatePolicy; readonly verify: VerifySignature; readonly now: Date };

/** What became of the approvals that landed exceptions promised: files of exceptions still open, and of sign-offs that followed up. */
export type Promises = { readonly open: ReadonlySet<string>; readonly followUps: ReadonlySet<string> };

type Landed = JudgedException & { readonly payload: NonNullable<JudgedException['payload']> };

/**
 * Looks which landed exceptions still wait for the approvals that they promised. Those of another branch or of a rule that
 * is gone wait for nothing, and neither do those of which the digest never landed.
 */
export async function readPromises(git: Git, change: Change, rules: readonly ScopedRule[], files: SignedFiles, exceptions: readonly JudgedException[], terms: PromiseTerms): Promise<Promises> {
  const open = new Set<string>();
  const followUps = new Set<string>();
  for (const exception of exceptions.filter((one): one is Landed => one.landed && one.payload?.target === change.target)) {
    const rule = rules.find(({ rule: { id } }) => id === exception.payload.rule);
    const landing = rule === undefined ? null : await landingOf(git, change.tip, exception.file, rule.scope, exception.payload.digest);
    if (rule === undefined || landing === null) continue;
    const signoffs = signoffsOver(files, rule, landing, exception.payload.digest, change.target, terms);
    for (const { file, landed } of signoffs) if (!landed) followUps.add(file);
    if (!(await isFollowedUp(git, rule, landing, exception.payload.digest, signoffs, terms.policy))) open.add(exception.file);
  }
  return { open, followUps };
}

/** The sign-offs of what landed under an exception, landed or brought now; a key that expired since they landed undoes nothing. */
function signoffsOver({ brought, landed }: SignedFiles, { rule }: ScopedRule, { entries }: FoundLanding, digest: string, target: string, { policy, verify, now }: PromiseTerms): readonly JudgedSignoff[] {
  const context = { policy, target, now, verify, rules: new Map([[rule.id, { id: rule.id, digest, entries, checklist: undefined, maxAgeDays: undefined }]]) };
  const about = (path: string): boolean => {
    const name = parseSignoffPath(path);
    return name?.rule === rule.id && name.digest === digest.slice(3, 15);
  };
  return [...landed.map((file) => ({ file, landed: true })), ...brought.map((file) => ({ file, landed: false }))]
    .filter(({ file }) => about(file.path))
    .map((one) => judgeSignoff(one.file, one.landed, context))
    .filter(({ state, landed: before }) => state === 'valid' || (before && state === 'expired'));
}

/**
 * Whether those signed whom the rule asked for when it landed. The risk is that of then: a decision that is written or
 * changed afterwards must not make fewer persons look, nor a later edit of one undo what was signed.
 */
async function isFollowedUp(git: Git, { rule, builtIn }: ScopedRule, { before, after, entries, commits }: FoundLanding, digest: string, signoffs: readonly JudgedSignoff[], policy: GatePolicy): Promise<boolean> {
  const standing = standingFor(rule.id, digest, signoffs.map((signoff) => ({ ...signoff, state: 'valid', landed: false })));
  const files = entries.map(({ path }) => path.text);
  const { decisions } = await readDecisions(git, after, files);
  const { decisions: decisionsAtTip } = await readDecisions(git, before, files);
  const { filled } = seatingOf({ rule, builtIn, authors: authorsOf(commits, identities(policy)) }, files, standing, { policy, decisions, decisionsAtTip });
  return standing.rejects.length === 0 && filled.every(({ requirement, by }) => by.length >= (requirement.count ?? 1));
}
