import { authorsOf } from '../core/gate/authors.ts';
import { changeDigest } from '../core/gate/change-digest.ts';
import { type JudgedException, judgeException } from '../core/gate/exceptions.ts';
import type { GatePolicy } from '../core/gate/gate-policy.ts';
import { type JudgedSignoff, judgeSignoff, type TreeFile } from '../core/gate/judged-signoff.ts';
import { identities } from '../core/gate/people.ts';
import { seatingOf } from '../core/gate/seating.ts';
import { parseExceptionPath, parseSignoffPath } from '../core/gate/signoff-path.ts';
import { type AuthenticSignoff, standingFor } from '../core/gate/standing.ts';
import { readDecisions } from './check-evidence.ts';
import type { SignedFiles } from './check-signoffs.ts';
import { type FoundLanding, landingOf } from './landing-of.ts';
import { landedTerms, type Terms } from './landed-terms.ts';
import type { Git } from './ports.ts';
import type { Repository } from './repository.ts';
import type { RuledChange, ScopedRule } from './ruled-change.ts';

/** What became of the approvals that landed exceptions promised: exceptions still open, and files of sign-offs that followed up now. */
export type Promises = { readonly open: readonly JudgedException[]; readonly followUps: ReadonlySet<string> };

type Landed = JudgedException & { readonly payload: NonNullable<JudgedException['payload']> };

/** A sign-off and the policy by which its person has a role. */
type FollowUp = { readonly signoff: JudgedSignoff; readonly policy: GatePolicy };

/**
 * Looks which landed exceptions still wait for the approvals that they promised. Those of another branch or of a rule that
 * is gone wait for nothing, and neither do those of which the digest never landed. What has landed is judged by the policy
 * and the keys of then: neither a promise nor its keeping ends with somebody's key.
 *
 * @param terms today's, for what is brought now
 */
export async function readPromises(repository: Repository, ruled: RuledChange, files: SignedFiles, terms: Terms): Promise<Promises> {
  const { change, rules } = ruled;
  const open: JudgedException[] = [];
  const followUps = new Set<string>();
  for (const exception of await landedExceptions(repository, ruled, files, terms)) {
    const rule = rules.find(({ rule: { id } }) => id === exception.payload.rule);
    const landing = rule === undefined ? null : await landingOf(repository.git, change.tip, exception.file, rule.scope, exception.payload.digest);
    if (rule === undefined || landing === null) continue;
    const found = await followUpsOf(repository, ruled, files, { rule, landing, digest: exception.payload.digest, terms });
    for (const { signoff } of found) if (!signoff.landed) followUps.add(signoff.file);
    if (!(await isFollowedUp(repository.git, rule, landing, found, terms.policy))) open.push(exception);
  }
  return { open, followUps };
}

async function landedExceptions(repository: Repository, ruled: RuledChange, { landed }: SignedFiles, terms: Terms): Promise<readonly Landed[]> {
  const exceptions = landed.filter(({ path }) => parseExceptionPath(path) !== null);
  const judged = await Promise.all(exceptions.map(async (file) => judgeException(file, true, { ...((await landedTerms(repository, ruled, file.path)) ?? terms), target: ruled.change.target, digests: new Map() })));
  return judged.filter((one): one is Landed => one.payload?.target === ruled.change.target);
}

type Question = { readonly rule: ScopedRule; readonly landing: FoundLanding; readonly digest: string; readonly terms: Terms };

/** The sign-offs of what landed under an exception, landed or brought now; a key that expired since they landed undoes nothing. */
async function followUpsOf(repository: Repository, ruled: RuledChange, { brought, landed }: SignedFiles, { rule: { rule }, landing, digest, terms }: Question): Promise<readonly FollowUp[]> {
  const about = ({ path }: TreeFile): boolean => {
    const name = parseSignoffPath(path);
    return name?.rule === rule.id && name.digest === digest.slice(3, 15);
  };
  const rules = new Map([[rule.id, { id: rule.id, digest, entries: landing.entries, checklist: undefined, maxAgeDays: undefined }]]);
  const judge = (file: TreeFile, before: boolean, by: Terms): FollowUp => ({ signoff: judgeSignoff(file, before, { ...by, target: ruled.change.target, rules }), policy: by.policy });
  const kept = await Promise.all(landed.filter(about).map(async (file) => judge(file, true, (await landedTerms(repository, ruled, file.path)) ?? terms)));
  return [...kept, ...brought.filter(about).map((file) => judge(file, false, terms))].filter(({ signoff: { state, landed: before } }) => state === 'valid' || (before && state === 'expired'));
}

/**
 * Whether those signed whom the rule asked for when it landed. The risk is that of then: a decision that is written or
 * changed afterwards must not make fewer persons look, nor a later edit of one undo what was signed.
 */
async function isFollowedUp(git: Git, { rule, builtIn }: ScopedRule, { before, after, entries, commits }: FoundLanding, followUps: readonly FollowUp[], policy: GatePolicy): Promise<boolean> {
  const policies = new Map(followUps.map(({ signoff, policy: then }) => [signoff.file, then]));
  const standing = standingFor(rule.id, changeDigest(entries), followUps.map(({ signoff }) => ({ ...signoff, state: 'valid', landed: false })));
  const files = entries.map(({ path }) => path.text);
  const { decisions } = await readDecisions(git, after, files);
  const { decisions: decisionsAtTip } = await readDecisions(git, before, files);
  const context = { policy, decisions, decisionsAtTip, policyOf: ({ file }: AuthenticSignoff) => policies.get(file) ?? policy };
  const { filled } = seatingOf({ rule, builtIn, authors: authorsOf(commits, identities(policy)) }, files, standing, context);
  return standing.rejects.length === 0 && filled.every(({ requirement, by }) => by.length >= (requirement.count ?? 1));
}
