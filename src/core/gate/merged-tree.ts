import { bytesToRaw, type RawPath, rawPathOf } from './raw-path.ts';

/**
 * Takes apart `merge-tree -z --name-only --no-messages`: the tree, then each path in conflict.
 *
 * @throws Error where it is anything else: a path that is lost here would be nobody's work
 */
export function parseMerge(output: Uint8Array): {
  readonly tree: string;
  readonly conflicts: readonly RawPath[];
} {
  const text = bytesToRaw(output);
  // The tree ends in a line feed by some versions of git.
  const [head, tree] = /^([0-9a-f]{40,64})[\0\n]/.exec(text) ?? [];
  const paths = text.slice(head?.length).split('\0');
  if (tree === undefined || paths.pop() !== '' || paths.includes(''))
    throw new Error("git's merge could not be read");
  return { tree, conflicts: paths.map(rawPathOf) };
}
