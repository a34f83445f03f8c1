import type { ApprovedCommits, TreeFile } from '../core/gate/judged-signoff.ts';
import type { RawPath } from '../core/gate/raw-path.ts';
import type { Scope } from '../core/gate/scope.ts';
import type { Change } from './change.ts';
import { mergeTrees } from './merge-trees.ts';
import type { Git } from './ports.ts';
import { commitsBetween, diffPairs, treeOf } from './range-commits.ts';

/** Per commit the paths in which what would land from it differs from what lands; null where nothing would land from it. */
export type MovedSince = {
  readonly moved: ReadonlyMap<string, readonly RawPath[] | null>;
  readonly mayBeGone: boolean;
};

const lenient = new TextDecoder('utf-8');

/** Object ids that a signed file may name as a commit that was approved: told by its text, before anything in it is verified. */
function commitsIn({ bytes }: TreeFile): readonly string[] {
  return [...lenient.decode(bytes).matchAll(/"commit":"([0-9a-f]{40,64})"/g)].map(
    ([, oid = '']) => oid,
  );
}

/**
 * Looks at the commits of a change that sign-offs name as approved on a forge.
 *
 * @param oids the commits of the change
 */
export function movedSince(
  git: Git,
  change: Landing,
  oids: readonly string[],
  files: readonly TreeFile[],
): Promise<MovedSince> {
  return movedFrom(git, change, oids, new Set(files.flatMap(commitsIn)));
}

type Landing = Pick<Change, 'tip' | 'lands' | 'landed'>;

/** The same of commits that are named. */
export async function movedFrom(
  git: Git,
  { tip, lands, landed }: Landing,
  oids: readonly string[],
  named: ReadonlySet<string>,
): Promise<MovedSince> {
  const moved = new Map<string, readonly RawPath[] | null>();
  for (const oid of oids.filter((one) => named.has(one))) {
    const tree = await landingFrom(git, tip, oid);
    const [entries = []] = tree === null ? [] : await diffPairs(git, [{ from: tree, to: lands }]);
    moved.set(oid, tree === null ? null : entries.map(({ path }) => path));
  }
  return { moved, mayBeGone: landed === true };
}

/** The tree that would land from a commit; null where it conflicts with the target. */
async function landingFrom(git: Git, tip: string, oid: string): Promise<string | null> {
  if ((await commitsBetween(git, tip, oid)).upToDate) return treeOf(git, oid);
  const { tree, clean } = await mergeTrees(git, [tip, oid]);
  return clean ? tree : null;
}

/** The same by the rules of one policy. */
export function approvedCommits(
  { moved, mayBeGone }: MovedSince,
  rules: readonly { readonly rule: { readonly id: string }; readonly scope: Scope }[],
): ApprovedCommits {
  const known = [...moved].map(([oid, paths]) => {
    const same = rules.filter(({ scope }) => paths !== null && !paths.some(scope.governs));
    return [
      oid,
      {
        rules: new Set(same.map(({ rule: { id } }) => id)),
        moved: new Set((paths ?? []).flatMap(({ text }) => text ?? [])),
      },
    ] as const;
  });
  return { known: new Map(known), mayBeGone };
}
