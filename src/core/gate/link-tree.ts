import { foldPath } from './fold-path.ts';
import { pathFromText, type RawPath } from './raw-path.ts';

/** A symbolic link; its target is null where it cannot be told. */
export type TreeLink = { readonly path: RawPath; readonly target: RawPath | null };

/** What decides where a path of a tree leads: its symbolic links, and its submodules, whose own links nobody sees from here. */
export type LinkTree = {
  readonly links: readonly TreeLink[];
  readonly submodules: ReadonlySet<string>;
};

/**
 * Where a link leads: the path at the end, null where it leaves the repository, leads into git's own folder or cannot be
 * told; the links that it passes through; and every path on the way, which could become a link and lead elsewhere.
 */
export type LinkWalk = {
  readonly end: RawPath | null;
  readonly through: readonly string[];
  readonly passed: ReadonlySet<string>;
};

/** As many as systems follow before they give up. */
const mostLinks = 40;

/** Follows links as a system does: `..` leads up from where a link led, and not from where it stands. */
export function linkWalker({ links, submodules }: LinkTree): (link: TreeLink) => LinkWalk {
  const exact = new Map(
    links.flatMap(({ path, target }) => (path.text === null ? [] : [[path.text, target] as const])),
  );
  const folded = new Set([...exact.keys()].map(foldPath));
  return ({ path, target }) => {
    const through: string[] = [];
    const passed = new Set<string>();
    const lost = { end: null, through, passed };
    const parts = path.text?.split('/').slice(0, -1);
    const waiting = namesIn(target);
    if (!parts || !waiting) return lost;
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      if (name === '..') {
        if (isInside(submodules, parts) || parts.pop() === undefined) return lost;
        continue;
      }
      if (foldPath(name) === '.git') return lost;
      const here = [...parts, name].join('/');
      passed.add(here);
      if (!folded.has(foldPath(here))) {
        parts.push(name);
        continue;
      }
      // Under a name that only some systems take for the link's, it leads to two places.
      const next = namesIn(exact.get(here));
      through.push(here);
      if (next === null || through.length > mostLinks) return lost;
      waiting.unshift(...next);
    }
    return { end: pathFromText(parts.join('/')), through, passed };
  };
}

/** The names in a link's target, one after the other; null where it is absolute or differs between systems. */
function namesIn(target: RawPath | null | undefined): string[] | null {
  if (target?.text == null || target.text.startsWith('/') || target.text.includes('\\'))
    return null;
  return target.text.split('/').filter((name) => name !== '.' && name !== '');
}

/** Whether a folder lies below a submodule, where it could be a link. */
function isInside(submodules: ReadonlySet<string>, folder: readonly string[]): boolean {
  return folder.some((_, length) => submodules.has(folder.slice(0, length).join('/')));
}
