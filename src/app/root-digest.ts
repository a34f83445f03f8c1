import { changeDigest } from '../core/gate/change-digest.ts';
import { policyChangeScope } from '../core/gate/scope.ts';
import type { Git } from './ports.ts';
import { listTree } from './tree-files.ts';

/** The digest of a tree's policy files as if all were added: `--trust-root` names a first policy by it. */
export async function rootDigestOf(git: Git, tree: string): Promise<string> {
  const scope = policyChangeScope();
  const files = (await listTree(git, tree, ['.countersign'])).filter(({ path }) =>
    scope.governs(path),
  );
  const digests = await git.sha256(
    files.filter(({ type }) => type === 'blob').map(({ oid }) => oid),
  );
  return changeDigest(
    files.map(({ path, mode, type, oid }) => ({
      path,
      oldMode: '000000',
      old: '-',
      newMode: mode,
      new: type === 'blob' ? (digests.get(oid) ?? oid) : `gitlink:${oid}`,
    })),
  );
}
