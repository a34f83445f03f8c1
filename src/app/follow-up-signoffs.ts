import type { GatePolicy } from '../core/gate/gate-policy.ts';
import { type JudgedSignoff, judgeSignoff, type TreeFile } from '../core/gate/judged-signoff.ts';
import { parseSignoffPath, signoffFolder } from '../core/gate/signoff-path.ts';
import { isAuthentic } from '../core/gate/standing.ts';
import { approvedCommits, movedSince } from './approved-commits.ts';
import type { SignedFiles } from './check-signoffs.ts';
import type { Terms } from './landed-terms.ts';
import type { OpenPromise } from './open-promises.ts';
import type { Git } from './ports.ts';
import { commitsBetween, treeOf } from './range-commits.ts';
import type { Repository } from './repository.ts';
import type { RuledChange } from './ruled-change.ts';
import { stoodBefore } from './stood-before.ts';
import { listTree } from './tree-files.ts';
import type { TrustedPast } from './trusted-terms.ts';

/** A sign-off of what landed, as it counts for that; the policy by which its person has a role; whether it lies at the tip. */
export type FollowUp = {
  readonly signoff: JudgedSignoff;
  readonly policy: GatePolicy;
  readonly landed: boolean;
};

/**
 * The sign-offs of what landed under an exception, landed or brought now; a key that expired since they landed undoes
 * nothing. Approvals that had landed before were spent on what landed then, and pay for nothing.
 */
export async function followUpsOf(
  repository: Repository,
  ruled: RuledChange,
  { brought, landed }: SignedFiles,
  { promise, terms, past }: FollowTerms,
): Promise<readonly FollowUp[]> {
  const { rule } = promise.part;
  const { digest } = promise.exception.payload;
  const about = ({ path }: TreeFile): boolean => {
    const name = parseSignoffPath(path);
    return name?.rule === rule.id && name.digest === digest.slice(3, 15);
  };
  const signed = [...landed, ...brought].filter(about);
  if (signed.length === 0) return [];
  const judge = await judgingOf(repository, ruled, promise, signed);
  const kept = await Promise.all(
    landed.filter(about).map(async (file) => {
      const now = judge(file, true, terms);
      return counts(now)
        ? now
        : ((await past.since(file.path)).map((then) => judge(file, true, then)).find(counts) ??
            now);
    }),
  );
  const all = [...kept, ...brought.filter(about).map((file) => judge(file, false, terms))];
  const when = await timesOf(repository.git, promise, signed, terms.now);
  return all.filter(counts).flatMap((word) => asFollowUp(word, when) ?? []);
}

type FollowTerms = {
  readonly promise: OpenPromise;
  readonly terms: Terms;
  readonly past: TrustedPast;
};

/** How sign-offs of what landed are judged: as if it were about to land. */
async function judgingOf(
  { git }: Repository,
  { change: { target } }: RuledChange,
  { part: { rule, scope }, landing, exception }: OpenPromise,
  signed: readonly TreeFile[],
): Promise<(file: TreeFile, landed: boolean, by: Terms) => FollowUp> {
  const { digest } = exception.payload;
  const { entries } = landing;
  const signable = { id: rule.id, digest, entries, checklist: undefined, maxAgeDays: undefined };
  const { oids } = await commitsBetween(git, landing.before, landing.after);
  const lands = await treeOf(git, landing.after);
  const approved = approvedCommits(
    await movedSince(git, { tip: landing.before, lands }, oids, signed),
    [{ rule, scope }],
  );
  const rules = new Map([[rule.id, signable]]);
  return (file, landed, by) => ({
    signoff: judgeSignoff(file, landed, { ...by, target, rules, approved }),
    policy: by.policy,
    landed,
  });
}

/** An approval that was good when it landed, or is now; what takes back counts as long as it is its signer's word. */
function counts({ signoff, landed }: FollowUp): boolean {
  return signoff.payload?.decision === 'approve'
    ? signoff.state === 'valid' || (landed && signoff.state === 'expired')
    : isAuthentic(signoff);
}

/** When sign-offs have to be from: files that had landed before, those that landed with the exception, and since when each counts. */
type Times = {
  readonly spent: ReadonlySet<string>;
  readonly together: ReadonlySet<string>;
  /** Until when what landed had stood there before; null where it never had. */
  readonly stood: Date | null;
  readonly excepted: string;
};

async function timesOf(
  git: Git,
  { part: { rule }, landing: { before, after, raw }, exception: { payload } }: OpenPromise,
  signed: readonly TreeFile[],
  now: Date,
): Promise<Times> {
  const namesAt = async (commit: string): Promise<ReadonlySet<string>> =>
    new Set(
      (await listTree(git, commit, [`${signoffFolder}${rule.id}/`])).map(
        ({ path }) => path.text ?? '',
      ),
    );
  const stood = await stoodBefore(git, before, {
    rules: [{ raw, change: payload }],
    brought: signed,
    now,
  });
  return {
    spent: await namesAt(before),
    together: await namesAt(after),
    stood: stood.get(payload.digest) ?? null,
    excepted: payload.signed_at,
  };
}

/** A sign-off as it counts for what landed, or null where it is an approval that was given for something else. */
function asFollowUp(
  { signoff, ...word }: FollowUp,
  { spent, together, stood, excepted }: Times,
): FollowUp | null {
  const { file, payload } = signoff;
  const isSpent = spent.has(file);
  if (payload?.decision !== 'approve')
    return { ...word, signoff: { ...signoff, landed: false, settled: isSpent } };
  const signedAt = Date.parse(payload.signed_at);
  const inTime = together.has(file)
    ? stood === null || signedAt > stood.getTime()
    : signedAt >= Date.parse(excepted);
  return isSpent || !inTime
    ? null
    : { ...word, signoff: { ...signoff, state: 'valid', because: null, landed: false } };
}
