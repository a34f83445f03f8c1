import type { ReadBranch } from '../gate/read-branch.ts';
import { countOf } from './count-of.ts';
import { shellWord } from './shell-word.ts';

/** Which branch was read, and what the local one has beside it, a line each. Not escaped. */
export function readBranchLines({ ref, local }: ReadBranch): readonly string[] {
  const name = ref.replace(/^refs\/(?:heads|remotes)\//, '');
  if (!ref.startsWith('refs/remotes/'))
    return [`read from the local branch ${name}; no branch of that name was fetched from a remote`];
  const here = local?.ref.slice('refs/heads/'.length) ?? '';
  const read = `read from ${name}, as it was last fetched`;
  if (local === null || local.ahead + local.behind === 0) return [read];
  if (local.ahead === 0)
    return [
      read,
      `local ${here} is ${countOf(local.behind, 'commit')} behind ${name}: this is about ${name} — git pull brings them here`,
    ];
  const both = local.behind === 0 ? '' : ` and ${local.behind} behind`;
  return [
    read,
    `local ${here} is ${countOf(local.ahead, 'commit')} ahead of ${name}${both}: what was not pushed was not looked at — see it: git log ${shellWord(`${name}..${here}`)}`,
  ];
}
