import { authorsOf } from '../core/gate/authors.ts';
import { changeDigest } from '../core/gate/change-digest.ts';
import { type JudgedException, judgeException } from '../core/gate/exceptions.ts';
import type { GatePolicy } from '../core/gate/gate-policy.ts';
import { identities } from '../core/gate/people.ts';
import { seatingOf } from '../core/gate/seating.ts';
import { parseExceptionPath } from '../core/gate/signoff-path.ts';
import { type AuthenticSignoff, standingFor } from '../core/gate/standing.ts';
import { type FollowUp, followUpsOf } from './follow-up-signoffs.ts';
import { readDecisions } from './read-decisions.ts';
import type { SignedFiles } from './check-signoffs.ts';
import { type FoundLanding, landingOf } from './landing-of.ts';
import { supposedTerms, type Terms } from './landed-terms.ts';
import type { Git } from './ports.ts';
import type { Repository } from './repository.ts';
import { type Part, type RuledChange, scopesOf } from './ruled-change.ts';
import { type TrustedPast, trustedPast } from './trusted-terms.ts';

/** An exception that landed, the rule that it excused as that rule was then, and the landing. */
export type OpenPromise = {
  readonly exception: Landed;
  readonly part: Part;
  readonly landing: FoundLanding;
};

/**
 * What became of the approvals that landed exceptions promised: those that are still owed, those among them for which
 * nobody can sign any more since the rule or its globs are gone, and files of sign-offs that followed up now.
 */
export type Promises = {
  readonly open: readonly OpenPromise[];
  readonly stranded: readonly OpenPromise[];
  readonly followUps: ReadonlySet<string>;
};

type Landed = JudgedException & { readonly payload: NonNullable<JudgedException['payload']> };

/**
 * Looks which landed exceptions still wait for the approvals that they promised. Those of another branch wait for nothing,
 * and neither do those of which the digest never landed. What has landed is judged by the policy and the keys of then: a
 * promise ends with nobody's key, and with no change of what its rule governs or whom it asks.
 *
 * @param terms today's, for what is brought now
 */
export async function readPromises(
  repository: Repository,
  ruled: RuledChange,
  files: SignedFiles,
  terms: Terms,
): Promise<Promises> {
  const open: OpenPromise[] = [];
  const stranded: OpenPromise[] = [];
  const followUps = new Set<string>();
  if (!files.landed.some(({ path }) => parseExceptionPath(path) !== null))
    return { open, stranded, followUps };
  const past = await trustedPast(repository, ruled, terms);
  for (const { exception, policy: then } of await landedExceptions(ruled, files, terms, past)) {
    const promise = await promiseOf(repository.git, ruled, exception, [then, terms.policy]);
    if (promise === null) {
      const forgotten = await forgottenPromise(repository, ruled, exception);
      if (forgotten !== null) stranded.push(forgotten);
      continue;
    }
    const found = await followUpsOf(repository, ruled, files, { promise, terms, past });
    for (const { signoff, landed } of found) if (!landed) followUps.add(signoff.file);
    if (await isFollowedUp(repository.git, promise, found, [terms.policy, then])) continue;
    if (await isSignable(repository.git, ruled.change.tip, promise, ruled.rules))
      open.push(promise);
    else stranded.push(promise);
  }
  return { open, stranded, followUps };
}

/** @param policies by which it may have landed, the likeliest first */
async function promiseOf(
  git: Git,
  { change }: RuledChange,
  exception: Landed,
  policies: readonly GatePolicy[],
): Promise<OpenPromise | null> {
  const { rule, digest } = exception.payload;
  for (const policy of policies) {
    const part = scopesOf(policy).find(({ rule: { id }, builtIn }) => id === rule && !builtIn);
    const landing =
      part === undefined
        ? null
        : await landingOf(git, change.tip, exception.file, { part, digest });
    if (part !== undefined && landing !== null) return { exception, part, landing };
  }
  return null;
}

/**
 * A promise that landed by the policy that stood before it alone: one that was forced away since, by nobody's signature. Who
 * brought it may have written that policy, so that it says that something is owed and not what would pay it.
 */
async function forgottenPromise(
  repository: Repository,
  ruled: RuledChange,
  exception: Landed,
): Promise<OpenPromise | null> {
  const terms = await supposedTerms(repository, ruled, exception.file);
  return terms === null ? null : promiseOf(repository.git, ruled, exception, [terms.policy]);
}

/** Whether a policy still has a rule under which the promised approvals can be signed: of this name, over just these files. */
export async function isSignable(
  git: Git,
  tip: string,
  { exception: { file, payload } }: OpenPromise,
  rules: readonly Part[],
): Promise<boolean> {
  const part = rules.find(({ rule: { id }, builtIn }) => id === payload.rule && !builtIn);
  const { digest } = payload;
  return part !== undefined && (await landingOf(git, tip, file, { part, digest })) !== null;
}

async function landedExceptions(
  ruled: RuledChange,
  { landed }: SignedFiles,
  terms: Terms,
  past: TrustedPast,
): Promise<readonly { readonly exception: Landed; readonly policy: GatePolicy }[]> {
  const exceptions = landed.filter(({ path }) => parseExceptionPath(path) !== null);
  const judged = await Promise.all(
    exceptions.map(async (file) => {
      // The oldest by which it could have been judged is that by which it was.
      const then = (await past.since(file.path)).at(-1) ?? terms;
      return {
        exception: judgeException(file, true, {
          ...then,
          target: ruled.change.target,
          digests: new Map(),
        }),
        policy: then.policy,
      };
    }),
  );
  return judged.filter(
    (one): one is typeof one & { readonly exception: Landed } =>
      one.exception.payload?.target === ruled.change.target,
  );
}

/**
 * Whether those signed whom the rule asked for when it landed. The risk is that of then: a decision that is written or
 * changed afterwards must not make fewer persons look, nor a later edit of one undo what was signed.
 *
 * @param policies today's and that of then: who is an author by either is one, or taking an address away would free somebody to approve their own work
 */
async function isFollowedUp(
  git: Git,
  { part: { rule, builtIn }, landing: { before, after, entries, commits } }: OpenPromise,
  followUps: readonly FollowUp[],
  policies: readonly [today: GatePolicy, then: GatePolicy],
): Promise<boolean> {
  const byFile = new Map(followUps.map(({ signoff, policy: then }) => [signoff.file, then]));
  const standing = standingFor(
    { id: rule.id, digest: changeDigest(entries) },
    followUps.map(({ signoff }) => signoff),
  );
  const files = entries.map(({ path }) => path.text);
  const { decisions } = await readDecisions(git, after, files);
  const { decisions: decisionsAtTip } = await readDecisions(git, before, files);
  const [policy] = policies;
  const context = {
    policy,
    decisions,
    decisionsAtTip,
    policyOf: ({ file }: AuthenticSignoff) => byFile.get(file) ?? policy,
  };
  const authors = policies.map((one) => authorsOf(commits, identities(one)));
  const persons = new Set(authors.flatMap((those) => [...those.persons]));
  const { filled, counted, fitting } = seatingOf(
    { rule, builtIn, authors: { persons } },
    files,
    standing,
    context,
  );
  // Where no person wrote it, the rule asked for a second pair of eyes too.
  const lonely =
    persons.size === 0 &&
    authors.every(({ unknown }) => unknown.size === 0) &&
    counted.length > 0 &&
    new Set(fitting.map(({ payload }) => payload.person)).size < 2;
  return (
    standing.rejects.length === 0 &&
    !lonely &&
    filled.every(({ requirement, by }) => by.length >= (requirement.count ?? 1))
  );
}
