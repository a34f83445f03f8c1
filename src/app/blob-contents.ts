import { largestPointer, pointedDigest } from '../core/gate/lfs-pointer.ts';
import type { AuditedLanding } from '../core/gate/landing.ts';
import type { ManifestRow } from '../core/gate/change-digest.ts';
import type { Git } from './ports.ts';
import type { Repository } from './repository.ts';

/** Hex SHA-256 of what git stores of a file, and of the content that a checkout of it has: another one where a pointer of Git LFS is stored. */
export type BlobContent = { readonly stored: string; readonly content: string };

/** Which content blobs stand for, wherever digests are compared; what this clone does not have is absent. */
export async function blobContents(
  git: Git,
  oids: readonly string[],
): Promise<ReadonlyMap<string, BlobContent>> {
  const wanted = [...new Set(oids)];
  const digests = await git.sha256(wanted);
  const small = await git.objects(wanted, largestPointer);
  return new Map(
    [...digests].map(([oid, stored]) => {
      const bytes = small.get(oid)?.bytes;
      const pointed = bytes === undefined ? null : pointedDigest(bytes);
      return [oid, { stored, content: pointed ?? stored }];
    }),
  );
}

/** The contents that pointers among landed files stand for: digest of the pointer → digest of the content. */
export function landedPointers(
  repository: Pick<Repository, 'session'>,
  landings: readonly AuditedLanding[],
): Promise<ReadonlyMap<string, string>> {
  return repository.session(async (git) => {
    const pointers = new Map<string, string>();
    const seen = new Set<string>();
    for (const { landing, manifests } of landings) {
      const paths = [...manifests.values()]
        .flat()
        .flatMap((row) => (isFile(row) && !seen.has(row[4]) ? [row[0] as string] : []));
      if (paths.length === 0) continue;
      const entries = await git.list(landing.to, [...new Set(paths)]);
      const contents = await blobContents(
        git,
        entries.filter(({ type }) => type === 'blob').map(({ oid }) => oid),
      );
      for (const { stored, content } of contents.values()) {
        seen.add(stored);
        if (stored !== content) pointers.set(stored, content);
      }
    }
    return pointers;
  });
}

/** Whether a row is of a file that stands there after, and not of a link, a submodule or a deletion. */
function isFile([path, , , mode, now]: ManifestRow): boolean {
  return typeof path === 'string' && mode !== '120000' && /^[0-9a-f]{64}$/.test(now);
}
