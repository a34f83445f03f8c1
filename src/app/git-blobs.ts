import type { Git } from './ports.ts';

/** The largest file in which anchors are followed. */
const largest = 16 * 1024 * 1024;

const decoder = new TextDecoder();

/**
 * Contents of what names like `<commit>:<path>` stand for, in two processes however many there are; null where the commit, the
 * path or the content is not here.
 */
export async function namedBlobs(
  git: Git,
  names: readonly string[],
): Promise<ReadonlyMap<string, Uint8Array | null>> {
  const ids = await objectIds(git, names);
  const found = await git.objects(
    [...new Set(ids.values())].filter((id) => id !== null),
    largest,
  );
  return new Map(
    names.map((name) => {
      const object = found.get(ids.get(name) ?? '');
      return [name, object?.type === 'blob' ? object.bytes : null];
    }),
  );
}

/** The full object id of each name; null where nothing has it. */
export async function objectIds(
  git: Git,
  names: readonly string[],
): Promise<ReadonlyMap<string, string | null>> {
  if (names.length === 0) return new Map();
  const out = await git.run(['cat-file', '-z', '--batch-check=%(objectname)'], {
    input: new TextEncoder().encode(names.map((name) => `${name}\0`).join('')),
  });
  // A name that nothing has is said with its own text, which may hold line feeds: then nothing is sure, and nothing is found.
  const lines = decoder.decode(out.stdout).split('\n').slice(0, -1);
  return new Map(
    names.map((name, index) => {
      const id = lines[index] ?? '';
      return [name, lines.length === names.length && /^[0-9a-f]{40,64}$/.test(id) ? id : null];
    }),
  );
}
