import type { AuditResult } from '../core/gate/audit-result.ts';
import { unsignedRename } from '../core/gate/unsigned-rename.ts';
import { shellWord } from '../core/render/shell-word.ts';
import { CountersignError } from './errors.ts';
import { loadPolicy } from './load-policy.ts';
import type { Repository } from './repository.ts';

/**
 * Refuses a history whose branch took the policy branch's name by a change that nobody signed: whoever names a branch so in
 * its own policy would have what was signed for another branch told as landed.
 *
 * @throws CountersignError `policy/branch`
 */
export async function refuseUnsignedRename(
  { git }: Pick<Repository, 'git'>,
  { landings, tip }: Pick<AuditResult, 'landings' | 'tip'>,
): Promise<void> {
  const first = (await loadPolicy(git, tip))?.policy?.targets[0];
  if (first === undefined) return;
  const renamed = unsignedRename(landings, `refs/heads/${first}`);
  if (renamed === null) return;
  const from = renamed.from.slice('refs/heads/'.length);
  throw new CountersignError(
    'policy/branch',
    `the policy named ${from} as its first target until ${renamed.landing.to.slice(0, 12)}, which is not signed, let it name ${renamed.to.slice('refs/heads/'.length)}: what was signed for ${from} may never have landed there`,
    `read ${from}: git config countersign.target ${shellWord(from)}; or see what was not signed: countersign audit`,
  );
}
