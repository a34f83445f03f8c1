import { type RawPath, rawPath } from './raw-path.ts';

const decoder = new TextDecoder();

/** Takes apart `merge-tree -z --name-only --no-messages`: the tree, then each path in conflict. */
export function parseMerge(output: Uint8Array): { tree: string; conflicts: readonly RawPath[] } {
  const end = output.indexOf(0);
  const tree = decoder.decode(output.subarray(0, end < 0 ? undefined : end)).trim();
  const conflicts: RawPath[] = [];
  for (let start = end + 1; end >= 0 && start < output.length; ) {
    const stop = output.indexOf(0, start);
    if (stop < 0) break;
    if (stop > start) conflicts.push(rawPath(output.subarray(start, stop)));
    start = stop + 1;
  }
  return { tree, conflicts };
}
