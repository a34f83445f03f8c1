import type { CheckResult } from '../core/gate/check-result.ts';
import { pushedRef } from '../core/gate/pushed-ref.ts';
import { undecidableResult } from '../core/gate/results-without-change.ts';
import { matchesAny } from '../core/gate/scope.ts';
import { countOf } from '../core/render/count-of.ts';
import { check } from './check.ts';
import type { CheckRequest } from './check-request.ts';
import { CountersignError, UnreadablePolicy } from './errors.ts';
import { type LoadedPolicy, loadPolicy } from './load-policy.ts';
import { type PolicyBranch, policyBranch, takenBranch } from './policy-branch.ts';
import { isNone, type Push, readPushes } from './push-line.ts';
import { pushRefusal } from './push-refusal.ts';
import { readRefs, type Refs } from './refs.ts';
import type { Repository } from './repository.ts';
import { hasTip, tipOf, trackingRef } from './revisions.ts';

/** What a hook found, and where it looked; `note` is what a person should know of it besides. */
export type HookCheck = {
  readonly result: CheckResult;
  readonly about: string;
  readonly note?: string;
  /** Whether only records were looked at, since a rebase is half-way. */
  readonly halfWay?: boolean;
};

/** Before a commit, or a merge commit: the index, at the stage that the policy names for it, or as `records` where it brings words alone. */
export async function runCommitHook(
  repository: Repository,
  hook: 'pre-commit' | 'pre-merge-commit',
): Promise<readonly HookCheck[]> {
  const halfWay = await repository.isRebasing();
  const result = await checkOrMend(repository, {
    source: { kind: 'staged' },
    stage: { hook, halfWay },
  });
  return [{ result, about: 'what is staged', halfWay }];
}

/**
 * A commit that mends a policy that nobody can judge by goes through, judged by the mended one: without a commit nobody could
 * name its digest. It is an advice before a commit alone; every check of a range asks for the digest.
 */
async function checkOrMend(repository: Repository, request: CheckRequest): Promise<CheckResult> {
  try {
    return await check(repository, request);
  } catch (error) {
    if (!(error instanceof UnreadablePolicy) || error.trustRoot === null) throw error;
    return check(repository, { ...request, trustRoot: error.trustRoot });
  }
}

/** What is asked of a push, before it is judged. */
type Asked = { readonly about: string; readonly note?: string } & (
  | { readonly result: CheckResult }
  | { readonly request: CheckRequest }
);

/** A clone that pushes, and to where; both ways of reading its branches are read when they are asked for. */
type Pushing = {
  readonly repository: Repository;
  /** What git calls where the push goes. */
  readonly remote: string | undefined;
  /** The branches as that remote has them. */
  readonly there: () => Promise<Refs>;
  /** The branches as every other command takes them. */
  readonly here: () => Promise<Refs>;
};

/**
 * Before a push: each branch that is pushed, and what is sent to review for one. A push to a target is judged as `all`, since
 * nothing looks at it after, by the policy that stands at the branch where it goes; a push to another branch at the policy's
 * stage for pre-push, or as `records` where it brings words alone, against the default target. What is asked twice is judged once.
 *
 * @param input what git tells the hook on standard input
 * @param remote what git calls the remote that is pushed to: a name, or its address; absent where nobody said
 */
export async function runPushHook(
  repository: Repository,
  input: string,
  remote?: string,
): Promise<readonly HookCheck[]> {
  const refsOf = new Map<string | undefined, Promise<Refs>>();
  const read = (name?: string): Promise<Refs> => {
    const refs = refsOf.get(name) ?? readRefs(repository.git, name);
    refsOf.set(name, refs);
    return refs;
  };
  const pushing: Pushing = { repository, remote, there: () => read(remote), here: () => read() };
  const asked: Asked[] = [];
  for (const push of readPushes(input)) asked.push(...(await askPush(pushing, push)));
  return judgeOnce(repository, asked);
}

async function askPush(pushing: Pushing, push: Push): Promise<readonly Asked[]> {
  const ref = pushedRef(push.remoteRef);
  switch (ref.kind) {
    case 'branch':
      return askBranch(pushing, push, ref.name);
    case 'review': {
      const refs = await pushing.there();
      const name = ref.names.find((known) => hasTip(refs, `refs/heads/${known}`)) ?? ref.names[0];
      return name === undefined || isNone(push.oid)
        ? []
        : askReview(pushing, push, { name, lands: ref.lands });
    }
    case 'unknown':
      return isNone(push.oid)
        ? []
        : [{ about: `the push to ${push.remoteRef}`, result: notJudged(push.remoteRef) }];
    case 'aside':
      return [];
  }
}

async function askBranch(pushing: Pushing, push: Push, name: string): Promise<readonly Asked[]> {
  const { repository, remote } = pushing;
  const about = `the push to ${name}`;
  const held = await holdingPolicy(pushing, push, name);
  if (held === null)
    return isNone(push.oid) ? [] : [{ about, request: await aside(pushing, push) }];
  const refs = await pushing.there();
  const refused = await pushRefusal(repository, {
    name,
    push,
    refs,
    remote: remote ?? refs.remote ?? 'origin',
  });
  if (refused !== null) return [{ about, result: refused }];
  return [
    { about, request: landing(pushing, push, { name, held, from: baseOf(refs, held, push) }) },
  ];
}

/** The check that counts, of what is pushed to a target. */
function landing(
  { remote }: Pushing,
  { oid }: Push,
  { name, held, from }: { readonly name: string; readonly held: Held; readonly from: string },
): CheckRequest {
  return {
    source: { kind: 'range', from, to: oid },
    target: `refs/heads/${name}`,
    stage: 'all',
    recompute: true,
    push: {
      ...(remote === undefined ? {} : { remote }),
      ...(held.kind === 'itself' ? { branch: `refs/heads/${name}` } : {}),
    },
  };
}

/** What lands nowhere yet: held against the default target, as far as its author can do alone. */
async function aside({ repository, here }: Pushing, push: Push): Promise<CheckRequest> {
  const { ref, tip } = await policyBranch(repository.git, await here());
  return {
    source: { kind: 'range', from: tip, to: push.oid },
    target: ref,
    stage: { hook: 'pre-push', has: push.remoteOid },
  };
}

/** A change that is sent to review for a branch. It lands there only where the push says so. */
async function askReview(
  pushing: Pushing,
  push: Push,
  { name, lands }: { readonly name: string; readonly lands: boolean },
): Promise<readonly Asked[]> {
  const about = `the push to ${push.remoteRef}`;
  const refs = await pushing.there();
  const ref = `refs/heads/${name}`;
  const remoteOid = hasTip(refs, ref) ? tipOf(refs, ref) : '0'.repeat(push.oid.length);
  const held = await holdingPolicy(pushing, { ...push, remoteOid }, name);
  if (held === null) return [{ about, request: await aside(pushing, push) }];
  const request = landing(pushing, push, {
    name,
    held,
    from: baseOf(refs, held, { ...push, remoteRef: ref, remoteOid }),
  });
  return lands
    ? [{ about, request }]
    : [
        {
          about,
          note: `${push.remoteRef} sends this to review for ${name}: whether others have signed it is not judged here`,
          request: {
            ...request,
            recompute: false,
            stage: { hook: 'pre-push', has: push.remoteOid },
          },
        },
      ];
}

/** By what a push to a target is judged: the policy branch's policy, or the one at the branch itself, which says that it belongs there. */
type Held = { readonly kind: 'policy-branch'; readonly tip: string } | { readonly kind: 'itself' };

/** Null where the branch is no target. @throws CountersignError where nobody can say by which policy it would be judged */
async function holdingPolicy(
  { repository: { git }, there }: Pushing,
  { remoteOid }: Push,
  name: string,
): Promise<Held | null> {
  const refs = await there();
  const ref = `refs/heads/${name}`;
  const stands = await policyAt(git, remoteOid);
  const holdsOwn = stands?.policy?.targets[0] === name;
  const taken = await attempt(async () => {
    const isIt = stands !== null && (await takenBranch(git, refs)).ref === ref;
    return policyBranch(git, refs, isIt ? { target: ref, tip: remoteOid } : {});
  });
  if (!(taken instanceof CountersignError)) {
    const policy = (await loadPolicy(git, taken.tip))?.policy;
    if (policy && matchesAny(policy.targets)(name))
      return { kind: 'policy-branch', tip: taken.tip };
  }
  if (holdsOwn) return { kind: 'itself' };
  if (taken instanceof CountersignError) throw taken;
  // What the remote's branch says of another policy branch is evidence as well.
  if (stands !== null) await policyBranch(git, refs, { lands: remoteOid });
  return null;
}

async function attempt(
  find: () => Promise<PolicyBranch>,
): Promise<PolicyBranch | CountersignError> {
  try {
    return await find();
  } catch (error) {
    if (error instanceof CountersignError) return error;
    throw error;
  }
}

/** The policy at a commit of the remote, where this clone has that. */
async function policyAt(git: Repository['git'], oid: string): Promise<LoadedPolicy | null> {
  if (isNone(oid) || (await git.run(['cat-file', '-e', `${oid}^{commit}`])).code !== 0) return null;
  return loadPolicy(git, oid);
}

/** What the remote has there now; a target that is new there grows out of the policy branch. */
function baseOf(refs: Refs, held: Held, { remoteRef, remoteOid }: Push): string {
  if (!isNone(remoteOid)) return remoteOid;
  return (
    refs.branches.get(trackingRef(refs, remoteRef) ?? '') ??
    (held.kind === 'policy-branch' ? held.tip : remoteOid)
  );
}

/** Many branches at one commit are one question. */
async function judgeOnce(
  repository: Repository,
  asked: readonly Asked[],
): Promise<readonly HookCheck[]> {
  const found = new Map<string, HookCheck & { readonly names: readonly string[] }>();
  for (const [index, question] of asked.entries()) {
    const key = 'request' in question ? JSON.stringify(question.request) : String(index);
    const known = found.get(key);
    const names = [...(known?.names ?? []), question.about];
    const result =
      known?.result ??
      ('request' in question ? await check(repository, question.request) : question.result);
    found.set(key, {
      names,
      result,
      about: aboutAll(names),
      ...(question.note === undefined ? {} : { note: question.note }),
    });
  }
  return [...found.values()].map(({ names: _, ...checked }) => checked);
}

function aboutAll([first = '', ...others]: readonly string[]): string {
  if (others.length === 0) return first;
  return `${first} and to ${countOf(others.length, 'more branch', 'more branches')}`;
}

function notJudged(ref: string): CheckResult {
  return {
    ...undecidableResult({
      code: 'push/not-judged',
      severity: 'warning',
      message: `${ref} is no branch: what is pushed there was not judged`,
      fix: 'push to a branch',
    }),
    verdict: 'unprotected',
    exit: 0,
  };
}
