import type { BranchClaim, TakenBranch } from '../core/gate/policy-branch-claim.ts';
import { shellWord } from '../core/render/shell-word.ts';
import { CountersignError } from './errors.ts';
import type { Git } from './ports.ts';
import type { Refs } from './refs.ts';
import { hasTip, tipName } from './revisions.ts';

/** Brings a branch, or all, with its history, also where the clone was told to fetch another one alone. */
export async function fetchStep(git: Git, remote: string, branch: string): Promise<string> {
  const shallow = (await git.text(['rev-parse', '--is-shallow-repository'])) === 'true';
  const refspec = `+refs/heads/${branch}:refs/remotes/${remote}/${branch}`;
  return `git fetch ${shallow ? '--unshallow ' : ''}${shellWord(remote)} ${shellWord(refspec)}`;
}

/** A branch that is taken for the policy branch, and what stands against that; `older` where its own tip says otherwise than the commit that was named. */
export type Contradiction = {
  readonly taken: TakenBranch;
  readonly claim: BranchClaim;
  readonly older: boolean;
};

/** The refusal, with the command that settles which branch it is. */
export async function contradicted(
  git: Git,
  refs: Refs,
  { taken, claim, older }: Contradiction,
): Promise<CountersignError> {
  return new CountersignError(
    'policy/branch',
    `${howTaken(refs, taken)}, and ${whatClaims(claim)}`,
    claim.of === 'branch' && older
      ? `say the branch as it stands: countersign check --range ${shellWord(`${tipName(refs, taken.ref)}...HEAD`)}`
      : await settlingStep(git, refs, taken, claim),
  );
}
function howTaken({ remote }: Refs, { ref, by }: TakenBranch): string {
  const name = shortName(ref);
  switch (by) {
    case 'setting':
      return `the policy branch is ${name} by git config countersign.target`;
    case 'remote':
      return `the policy branch is ${name}, which ${remote}/HEAD names`;
    case 'name':
      return `${name} is taken for the policy branch by its name alone`;
  }
}

function whatClaims({ of, at, names }: BranchClaim): string {
  const named = nameIn(names);
  const says = named === null ? 'has no policy that says so' : `names ${named} as its first target`;
  switch (of) {
    case 'branch':
      return `the policy that stands there ${says}`;
    case 'change':
      return `the policy of what would land ${says}`;
    default:
      return `${named === null ? '' : 'the policy of '}${shortName(at)} ${says}`;
  }
}

/** A clone whose branches were renamed asks its remote; where that does not help, or there is none, a setting decides. */
async function settlingStep(
  git: Git,
  refs: Refs,
  { ref, by }: TakenBranch,
  { of, names }: BranchClaim,
): Promise<string> {
  const { remote } = refs;
  const named = nameIn(names);
  const isHere = names !== null && hasTip(refs, names);
  if (named !== null && !isHere && of === 'change')
    return `name ${shortName(ref)} first in the policy`;
  const scope = by === 'setting' ? await scopeOfTarget(git) : '';
  const config = `git config ${scope === 'worktree' ? '--worktree ' : ''}countersign.target`;
  const set = `${config} ${named === null ? '<branch>' : shellWord(named)}`;
  if (by === 'setting')
    return isHere
      ? set
      : `git config ${['worktree', 'global', 'system'].includes(scope) ? `--${scope} ` : ''}--unset countersign.target`;
  if (named !== null && !isHere && remote !== null)
    return `${await fetchStep(git, remote, named)}, then ${set}`;
  return remote === null
    ? `say which branch holds the policy: ${set}`
    : `git remote set-head ${shellWord(remote)} --auto; where that changes nothing, say which branch holds the policy: ${set}`;
}

/** Where the setting stands that decides: one of a single working tree is not overruled by the repository's. */
async function scopeOfTarget(git: Git): Promise<string> {
  const asked = await git.run(['config', '--show-scope', '--get', 'countersign.target']);
  return new TextDecoder().decode(asked.stdout).split('\t')[0] ?? '';
}

function nameIn(names: string | null): string | null {
  return names === null || names === '' ? null : shortName(names);
}

function shortName(ref: string): string {
  return ref.slice('refs/heads/'.length);
}
