import type { CodeAnchor } from '../core/records/code-anchor.ts';
import { type FollowedAnchor, isProved } from '../core/trails/followed-anchor.ts';
import { objectIds } from './git-blobs.ts';
import { cloneKind, fetchStep } from './missing-history.ts';
import type { Git } from './ports.ts';

/** An anchor whose file was looked at. */
type Asked = { readonly anchor: CodeAnchor; readonly followed: FollowedAnchor };

/** Why the commit of an anchor says nothing. */
export async function lackOf<Item extends Asked>(
  git: Git,
  items: readonly Item[],
): Promise<ReadonlyMap<Item, string>> {
  const named = items.flatMap((item) =>
    item.anchor.commit === undefined || item.anchor.digest !== undefined
      ? []
      : [[item, item.anchor.commit] as const],
  );
  const known = await objectIds(git, [...new Set(named.map(([, id]) => `${id}^{commit}`))]);
  const isHere = ([, id]: (typeof named)[number]): boolean => Boolean(known.get(`${id}^{commit}`));
  const step = named.every(isHere) ? '' : await fetchStep(git);
  return new Map(
    named.map(([item, id]) => [
      item,
      known.get(`${id}^{commit}`)
        ? `the commit ${id} has no such lines of this file, and nothing else holds this anchor`
        : `the commit ${id} is not here (${step}), and nothing else holds this anchor`,
    ]),
  );
}

/** Why this clone has no version in which the lines of a digest stand, where it lacks history. */
export async function cutOf<Item extends Asked>(
  git: Git,
  items: readonly Item[],
): Promise<ReadonlyMap<Item, string>> {
  const open = items.filter(({ followed }) => !isProved(followed));
  if (open.length === 0) return new Map();
  const { shallow } = await cloneKind(git);
  const ids = open.flatMap(({ anchor }) => anchor.commit ?? []);
  const known = await objectIds(git, [...new Set(ids.map((id) => `${id}^{commit}`))]);
  const isGone = ({ anchor: { commit } }: Asked): boolean =>
    commit === undefined ? shallow : !known.get(`${commit}^{commit}`);
  const cut = open.filter(isGone);
  const step = cut.length === 0 ? '' : await fetchStep(git);
  return new Map(
    cut.map((item) => [
      item,
      item.anchor.commit === undefined
        ? `this clone lacks part of the history (${step})`
        : `the commit ${item.anchor.commit} is not here (${step})`,
    ]),
  );
}
