import type { Unapproved } from '../core/gate/approval.ts';
import type { Landing } from '../core/gate/landing.ts';
import { showPath } from '../core/gate/raw-path.ts';
import { blobContents } from './blob-contents.ts';
import type { Repository } from './repository.ts';

/**
 * Where some bytes landed while nothing protected the branch. No rule has a list of these files, so they are looked for in
 * what stood at the end of each such landing; the commit is the last one up to there that brought the path.
 *
 * @param wanted hex SHA-256 of the bytes
 */
export async function landedUnprotected(
  { git }: Pick<Repository, 'git'>,
  landings: readonly Landing[],
  wanted: ReadonlySet<string>,
): Promise<readonly (Unapproved & { readonly sha256: string })[]> {
  const found = new Map<string, Unapproved & { readonly sha256: string }>();
  for (const { to, time } of landings.filter(({ state }) => state === 'unprotected')) {
    const entries = (await git.list(to, [])).filter(({ type }) => type === 'blob');
    const contents = await blobContents(
      git,
      entries.map(({ oid }) => oid),
    );
    for (const { path, oid } of entries) {
      const { stored = '', content = '' } = contents.get(oid) ?? {};
      const sha256 = wanted.has(stored) ? stored : content;
      if (!wanted.has(sha256)) continue;
      const brought = path.text === null ? null : await broughtBy(git, to, path.text);
      const landed = {
        landing: brought?.oid ?? to,
        time: brought?.time ?? time,
        rule: null,
        path: showPath(path),
        state: 'unprotected',
        sha256,
      } as const;
      found.set(JSON.stringify([landed.landing, landed.path, sha256]), landed);
    }
  }
  return [...found.values()];
}

/** The last commit of the branch up to one that touched a path, and when it says that it was made. */
async function broughtBy(
  git: Repository['git'],
  to: string,
  path: string,
): Promise<{ readonly oid: string; readonly time: string } | null> {
  const [, seconds, oid] =
    /^(\d+) ([0-9a-f]+)$/m.exec(
      await git.text([
        'rev-list',
        '--first-parent',
        '--max-count=1',
        '--timestamp',
        to,
        '--',
        `:(top,literal)${path}`,
      ]),
    ) ?? [];
  return oid === undefined
    ? null
    : { oid, time: new Date(Number(seconds) * 1000).toISOString().replace('.000Z', 'Z') };
}
