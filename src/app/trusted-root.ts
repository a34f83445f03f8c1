import type { Finding } from '../core/finding/finding.ts';
import { policyChange } from '../core/gate/scope.ts';
import {
  checklistFolder,
  loadPolicy,
  policyPath,
  revokedPath,
  signersPath,
} from './load-policy.ts';
import type { Git } from './ports.ts';
import { rootDigestOf } from './root-digest.ts';
import type { RuledChange } from './ruled-change.ts';

/** Whether the digest of a policy that was named stands in for signatures; where it could and does not, why. */
export type TrustedRoot = { readonly serves: boolean; readonly findings: readonly Finding[] };

/**
 * A digest that is named lets its policy land once: the first one, or the one that ends a lock-out. Whoever runs the check may
 * go on naming it, and an audit has to; the policy of then must not come back by that without anybody's signature, but where
 * nobody could sign the change any more.
 *
 * @param rootDigest of the policy that the change brings; null where it brings none
 */
export async function trustedRoot(
  git: Git,
  { change, branch, base }: Pick<RuledChange, 'change' | 'branch' | 'base'>,
  {
    trustRoot,
    rootDigest,
    now,
  }: {
    readonly trustRoot: string | undefined;
    readonly rootDigest: string | null;
    readonly now: Date;
  },
): Promise<TrustedRoot> {
  if (trustRoot === undefined || trustRoot !== rootDigest) return { serves: false, findings: [] };
  if (
    base === null ||
    (await isLockedOut(git, branch.tip, now)) ||
    !(await stoodOn(git, change.tip, trustRoot))
  )
    return { serves: true, findings: [] };
  return {
    serves: false,
    findings: [
      {
        code: 'policy/trust-root',
        severity: 'warning',
        message: `the policy that was named by its digest stood here before: it comes back by the signatures under ${policyChange} alone`,
        path: policyPath,
        line: 1,
        column: 1,
        fix: `leave the digest out; where signatures are missing then, the policy-admins sign: countersign sign --rule ${policyChange}`,
      },
    ],
  };
}

/** Whether no change of a policy can be signed by itself: it cannot be read, or its admins have no good keys. */
async function isLockedOut(git: Git, tip: string, now: Date): Promise<boolean> {
  const stands = await loadPolicy(git, tip);
  return (
    stands === null ||
    stands.policy === null ||
    stands.findings.some(({ severity }) => severity === 'error') ||
    stands.keyProblems(now).some(({ about }) => about === 'roles policy-admin')
  );
}

async function stoodOn(git: Git, tip: string, root: string): Promise<boolean> {
  const places = [policyPath, signersPath, revokedPath, checklistFolder].map(
    (path) => `:(top,icase)${path}`,
  );
  const oids = (await git.text(['rev-list', '--first-parent', tip, '--', ...places]))
    .split('\n')
    .filter((oid) => oid !== '');
  for (const oid of oids) if ((await rootDigestOf(git, oid)) === root) return true;
  return false;
}
