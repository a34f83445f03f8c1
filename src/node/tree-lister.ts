import { CountersignError } from '../app/errors.ts';
import { fetchStep } from '../app/missing-history.ts';
import type { Git } from '../app/ports.ts';
import { type TreeEntry, treeEntry } from '../core/gate/raw-diff.ts';
import { bytesToRaw, rawPathOf } from '../core/gate/raw-path.ts';

/** One entry of one tree object. `name` holds one byte a character; `oid` is made when it is asked for, since few of a large folder's are. */
type Child = { readonly name: string; readonly mode: string; readonly oid: string };

/** All files below a tree, and how they were found to be so. */
type Below = readonly TreeEntry[];

const largestTree = 256 * 1024 * 1024;
/** So many entries are held at most. History is walked in one direction: what was not listed for a while is not asked for again. */
const mostKept = 60_000;

/** Listings by what was asked for; of too many, those that were not asked for the longest are forgotten. */
class KeptListings {
  #kept = new Map<string, Below>();
  #held = 0;

  get(key: string): Below | undefined {
    const known = this.#kept.get(key);
    if (known === undefined) return undefined;
    // Last asked for, last forgotten.
    this.#kept.delete(key);
    this.#kept.set(key, known);
    return known;
  }

  add(key: string, found: Below): void {
    for (const [oldest, entries] of this.#kept) {
      if (this.#held + found.length <= mostKept) break;
      this.#kept.delete(oldest);
      this.#held -= entries.length;
    }
    this.#kept.set(key, found);
    this.#held += found.length;
  }
}

/** Lists trees as `git ls-tree -r -z --full-tree` does, by reading tree objects: what two commits share is read once. */
export function treeLister(objects: Git['objects'], run: Git['run']): Git['list'] {
  const kept = new KeptListings();

  const childrenOf = async (oid: string): Promise<readonly Child[]> => {
    const object = (await objects([oid], largestTree)).get(oid);
    if (object?.type === 'commit')
      return childrenOf(
        /^tree ([0-9a-f]+)/.exec(bytesToRaw(object.bytes.subarray(0, 80)))?.[1] ?? '',
      );
    if (object?.type !== 'tree')
      throw new CountersignError(
        'git/failed',
        `git could not list ${oid}`,
        await fetchStep({ run }),
      );
    return parseTreeObject(object.bytes, oid.length / 2);
  };

  const below = async (oid: string, prefix: string): Promise<Below> => {
    const key = `${oid} ${prefix}`;
    const known = kept.get(key);
    if (known) return known;
    const found: TreeEntry[] = [];
    for (const child of await childrenOf(oid)) {
      if (isTree(child))
        for (const entry of await below(child.oid, `${prefix}${child.name}/`)) found.push(entry);
      else found.push(entryOf(prefix, child));
    }
    kept.add(key, found);
    return found;
  };

  const at = async (root: string, place: string): Promise<Below> => {
    const names = bytesToRaw(new TextEncoder().encode(place.replace(/\/$/, ''))).split('/');
    let oid = root;
    for (const [index, name] of names.entries()) {
      const child = (await childrenOf(oid)).find((candidate) => candidate.name === name);
      const last = index === names.length - 1;
      if (child === undefined) return [];
      if (!isTree(child))
        return last && !place.endsWith('/')
          ? [
              entryOf(
                names
                  .map((part) => `${part}/`)
                  .slice(0, -1)
                  .join(''),
                child,
              ),
            ]
          : [];
      if (last) return below(child.oid, `${names.join('/')}/`);
      oid = child.oid;
    }
    return [];
  };

  return async (tree, under) => {
    if (under.length === 0) return below(tree, '');
    const parts = await Promise.all([...under].sort().map((place) => at(tree, place)));
    const [first, ...others] = parts;
    // The same list for the same folder: whoever holds two against each other sees it at once.
    if (first !== undefined && others.length === 0) return first;
    return inOrder(parts) ? parts.flat() : distinct(parts.flat());
  };
}

/** Whether each part ends before the next begins, as the listings of folders beside each other do. */
function inOrder(parts: readonly Below[]): boolean {
  let last = '';
  return parts.every((part) => {
    const begins = part[0]?.path.raw ?? last;
    const good = last === '' || part.length === 0 || begins > last;
    last = part.at(-1)?.path.raw ?? last;
    return good;
  });
}

function distinct(entries: Below): Below {
  const byPath = new Map(entries.map((entry) => [entry.path.raw, entry]));
  return [...byPath.values()].sort((a, b) => (a.path.raw < b.path.raw ? -1 : 1));
}

function isTree({ mode }: Child): boolean {
  return mode === '040000';
}

function parseTreeObject(bytes: Uint8Array, oidLength: number): readonly Child[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = buffer.toString('latin1');
  const children: Child[] = [];
  for (let at = 0; at < text.length; ) {
    const space = text.indexOf(' ', at);
    const end = text.indexOf('\0', space);
    const next = end + 1 + oidLength;
    if (space < 0 || end < 0 || next > text.length)
      throw new CountersignError('git/failed', 'a tree object could not be read', 'run "git fsck"');
    children.push({
      mode: modeOf(text.slice(at, space)),
      name: text.slice(space + 1, end),
      get oid() {
        return buffer.toString('hex', end + 1, next);
      },
    });
    at = next;
  }
  return children;
}

/**
 * The mode as git reads it, in six digits: whoever writes a tree by hand can write more zeros or other bits before it, which
 * no comparison of trees shows, and a folder must not look like a file for that.
 */
function modeOf(text: string): string {
  // As git writes nearly all of them.
  if (text === '100644') return text;
  if (!/^[0-7]+$/.test(text))
    throw new CountersignError('git/failed', 'a tree object could not be read', 'run "git fsck"');
  const mode = Number.parseInt(text.slice(-6), 8);
  const kind = kinds.get(mode & 0o170000);
  if (kind === '100644' && (mode & 0o100) !== 0) return '100755';
  return kind ?? '160000';
}

/** What git makes of the bits for the kind of a file; of any others a submodule. */
const kinds: ReadonlyMap<number, string> = new Map([
  [0o040000, '040000'],
  [0o100000, '100644'],
  [0o120000, '120000'],
]);

function entryOf(prefix: string, child: Child): TreeEntry {
  return treeEntry(rawPathOf(prefix + child.name), child);
}
