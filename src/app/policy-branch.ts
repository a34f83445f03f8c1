import { usualTargets } from '../core/gate/clone-remote.ts';
import {
  type BranchClaim,
  contradiction,
  type FoundBy,
  type TakenBranch,
} from '../core/gate/policy-branch-claim.ts';
import { matchesAny } from '../core/gate/scope.ts';
import { shellWord } from '../core/render/shell-word.ts';
import { CountersignError } from './errors.ts';
import { type LoadedPolicy, loadPolicy, policyPath } from './load-policy.ts';
import { contradicted, fetchStep } from './policy-branch-step.ts';
import type { Git } from './ports.ts';
import type { Refs } from './refs.ts';
import { hasTip, targetRef, tipOf, trackingRef } from './revisions.ts';

/** The branch from whose tip the policy is read, and how it was found. */
export type PolicyBranch = { readonly ref: string; readonly tip: string; readonly by: FoundBy };

/** What else the clone has that says which branch holds the policy. */
export type Asked = {
  /** The branch that is judged, or whose history is read; full ref. */
  readonly target?: string | undefined;
  /** The commit that is judged against, where it is not that branch's tip. */
  readonly tip?: string | undefined;
  /** Tree that would land, where it brings a policy of its own. */
  readonly lands?: string | undefined;
  /** Whether the target is read as history, which only a target of the policy has. */
  readonly history?: true | undefined;
};

const decoder = new TextDecoder();

/**
 * The policy branch of a clone: git config `countersign.target`, else the branch that the remote's HEAD names, else one of a
 * usual name. Every command asks this.
 *
 * @throws CountersignError `policy/branch` where the policies that are here say otherwise, with the command that settles it;
 *   `target/unknown` or `target/missing` where there is no such branch
 */
export async function policyBranch(git: Git, refs: Refs, asked: Asked = {}): Promise<PolicyBranch> {
  const { ref, by } = await takenBranch(git, refs);
  const tip =
    ref === asked.target && asked.tip !== undefined ? asked.tip : await tipHere(git, refs, ref);
  const tracking = trackingRef(refs, ref);
  const taken: TakenBranch = {
    ref,
    by,
    onlyHere: tracking !== null && !refs.branches.has(tracking),
    readsOn: asked.history === true && (asked.target ?? ref) === ref && !refs.partial,
  };
  const own = await loadPolicy(git, tip);
  const claims = await claimsOf(git, refs, { taken, tip, own }, asked);
  const claim = contradiction(taken, claims);
  if (claim !== null)
    throw await contradicted(git, refs, {
      taken,
      claim,
      older: (await tipOfNamed(git, refs, ref)) !== null,
    });
  const target = asked.target ?? ref;
  if (asked.history && own?.policy && target !== ref && !lists(own, target))
    throw new CountersignError(
      'policy/branch',
      `${shortName(target)} is no target of the policy of ${shortName(ref)}, which names ${own.policy.targets.join(', ')}: what is on it has not landed anywhere`,
      `say one of these: --target ${shellWord(shortName(ref))}`,
    );
  return { ref, tip, by };
}

/** The policy that stands at the policy branch's tip; null where it has none. Throws as {@link policyBranch} does. */
export async function standingPolicy(git: Git, refs: Refs): Promise<LoadedPolicy | null> {
  return loadPolicy(git, (await policyBranch(git, refs)).tip);
}

/** The branch that a clone takes for the policy branch, before any policy is asked. */
export async function takenBranch(
  git: Git,
  refs: Refs,
): Promise<{ readonly ref: string; readonly by: FoundBy }> {
  refuseUnclearRemote(refs);
  if (refs.configuredTarget !== '') return { ref: targetRef(refs.configuredTarget), by: 'setting' };
  const { remote, remoteHead } = refs;
  if (remote !== null && remoteHead !== null) {
    const prefix = `refs/remotes/${remote}/`;
    if (!refs.branches.has(remoteHead) || !remoteHead.startsWith(prefix))
      throw new CountersignError(
        'policy/branch',
        `${remote}/HEAD names ${remoteHead.slice('refs/remotes/'.length)}, which is not there: nothing says which branch holds the policy now`,
        `git remote set-head ${shellWord(remote)} --auto`,
      );
    return { ref: `refs/heads/${remoteHead.slice(prefix.length)}`, by: 'remote' };
  }
  const usual = usualTargets.map((name) => `refs/heads/${name}`).find((ref) => hasTip(refs, ref));
  if (usual !== undefined) return { ref: usual, by: 'name' };
  throw await unknownTarget(git, refs);
}

function refuseUnclearRemote({ chosen }: Refs): void {
  if (chosen.kind === 'several')
    throw new CountersignError(
      'policy/branch',
      `${chosen.names.join(' and ')} are remotes of this clone, and nothing says which of them holds the policy`,
      `say which, such as: git config countersign.remote ${shellWord(chosen.names[0] ?? '')}`,
    );
  if (chosen.kind === 'unknown')
    throw new CountersignError(
      'policy/branch',
      `git config countersign.remote names ${JSON.stringify(chosen.name)}, and there is no such remote`,
      'git config --unset countersign.remote',
    );
}

/** As {@link tipOf}; where the branch was never fetched, the step is the fetch that brings it for this kind of clone. */
export async function tipHere(git: Git, refs: Refs, ref: string): Promise<string> {
  if (hasTip(refs, ref) || refs.remote === null || refs.branches.size === 0)
    return tipOf(refs, ref);
  const short = shortName(ref);
  throw new CountersignError(
    'target/missing',
    `there is no branch ${short}, neither here nor at ${refs.remote} as far as this clone was fetched`,
    `${await fetchStep(git, refs.remote, short)}, or name another: git config countersign.target <branch>`,
  );
}

async function unknownTarget(git: Git, { branches, remote }: Refs): Promise<CountersignError> {
  const code = 'target/unknown';
  if (branches.size === 0)
    return new CountersignError(
      code,
      'no target branch is known: neither main nor master exists, and no remote names one',
      'make the first commit: git add --all && git commit',
    );
  if (remote === null)
    return new CountersignError(
      code,
      'no target branch is known: neither main nor master exists, and no remote names one',
      'once and for all: git config countersign.target <branch>; check, sign and digest take it by --target too',
    );
  return new CountersignError(
    code,
    `no target branch is known: neither main nor master of ${remote} was fetched into this clone, and ${remote}/HEAD is not set`,
    `${await fetchStep(git, remote, '*')}, then git remote set-head ${shellWord(remote)} --auto; or say it: git config countersign.target <branch>`,
  );
}

type Taken = {
  readonly taken: TakenBranch;
  readonly tip: string;
  readonly own: LoadedPolicy | null;
};

/** What the policies say that are here, as far as it can decide anything: a hook waits for it. */
async function claimsOf(
  git: Git,
  refs: Refs,
  { taken, tip, own }: Taken,
  asked: Asked,
): Promise<readonly BranchClaim[]> {
  const { ref } = taken;
  const usual = usualTargets
    .map((name) => `refs/heads/${name}`)
    .filter((other) => other !== ref && other !== asked.target && hasTip(refs, other));
  const other =
    asked.target !== undefined && asked.target !== ref
      ? (asked.tip ?? tipOf(refs, asked.target))
      : null;
  const places: readonly Place[] = [
    { of: 'branch', at: ref, tree: tip },
    ...(other === null ? [] : [{ of: 'target', at: asked.target ?? '', tree: other } as const]),
    ...(taken.by === 'name' || own === null
      ? usual.map((at) => ({ of: 'usual', at, tree: tipOf(refs, at) }) as const)
      : []),
    ...(asked.lands === undefined
      ? []
      : [{ of: 'change', at: asked.target ?? ref, tree: asked.lands } as const]),
    ...(taken.by === 'name' && (own === null || taken.onlyHere)
      ? await otherPlaces(git, refs, ref)
      : []),
  ];
  return Promise.all(
    places.map(async ({ of, at, tree }): Promise<BranchClaim> => {
      const names = firstTarget(await loadPolicy(git, tree));
      const asks = (of === 'change' || of === 'branch') && names !== ref;
      const there = asks ? await tipOfNamed(git, refs, names) : null;
      return {
        of,
        at,
        names,
        agreed: there !== null,
        behind: there !== null && (await holds(git, tip, there)),
        listed: own !== null && lists(own, at),
      };
    }),
  );
}

type Place = { readonly of: BranchClaim['of']; readonly at: string; readonly tree: string };

/** Where some branch of the remote, or of this clone where there is none, has a policy: asked where the guessed one has none. */
async function otherPlaces(git: Git, refs: Refs, taken: string): Promise<readonly Place[]> {
  const prefix = refs.remote === null ? 'refs/heads/' : `refs/remotes/${refs.remote}/`;
  const rivals = [...refs.branches.keys()].filter(
    (ref) => ref.startsWith(prefix) && `refs/heads/${ref.slice(prefix.length)}` !== taken,
  );
  if (rivals.length === 0) return [];
  const listed = await git.run(['cat-file', '--batch-check=%(objecttype)'], {
    input: new TextEncoder().encode(rivals.map((ref) => `${ref}:${policyPath}\n`).join('')),
  });
  const types = decoder.decode(listed.stdout).split('\n');
  return rivals
    .filter((_, index) => types[index] === 'blob')
    .map((ref) => ({
      of: 'other',
      at: `refs/heads/${ref.slice(prefix.length)}`,
      tree: refs.branches.get(ref) ?? '',
    }));
}

function firstTarget(loaded: LoadedPolicy | null): string | null {
  if (loaded === null) return null;
  const [first] = loaded.policy?.targets ?? [];
  return first === undefined ? '' : `refs/heads/${first}`;
}

/** The tip of a branch whose own policy names it first; null where there is no such branch. */
async function tipOfNamed(git: Git, refs: Refs, ref: string | null): Promise<string | null> {
  if (ref === null || ref === '' || !hasTip(refs, ref)) return null;
  const tip = tipOf(refs, ref);
  return firstTarget(await loadPolicy(git, tip)) === ref ? tip : null;
}

async function holds(git: Git, commit: string, ancestor: string): Promise<boolean> {
  return (await git.run(['merge-base', '--is-ancestor', ancestor, commit])).code === 0;
}

function lists({ policy }: LoadedPolicy, target: string): boolean {
  return policy !== null && matchesAny(policy.targets)(shortName(target));
}

function shortName(ref: string): string {
  return ref.slice('refs/heads/'.length);
}
