import type { CodeAnchor } from '../core/records/code-anchor.ts';
import { parseRecord } from '../core/records/parse-record.ts';
import type { Git } from './ports.ts';
import { anchorsOf } from './record-anchors.ts';

/** Versions of records that are looked through. */
const mostVersions = 5000;
const largestRecord = 1024 * 1024;
const decoder = new TextDecoder();

/** An anchor, and the record in which it stands. */
export type RecordedAnchor = { readonly record: string; readonly anchor: CodeAnchor };

/**
 * The commit that brought each anchor into its record with the lines that it names, seen from a revision; null where the record
 * holds it in no commit yet, or where the history of this clone does not reach so far.
 */
export async function anchorOrigins(
  git: Git,
  revision: string,
  anchors: readonly RecordedAnchor[],
): Promise<ReadonlyMap<RecordedAnchor, string | null>> {
  const paths = [...new Set(anchors.map(({ record }) => record))];
  if (paths.length === 0) return new Map();
  const versions = await versionsOf(git, revision, paths);
  const objects = await git.objects(
    [...new Set([...versions.values()].flat().map(({ oid }) => oid))],
    largestRecord,
  );
  const held = new Map<string, ReadonlySet<string>>();
  const anchorsIn = (path: string, oid: string): ReadonlySet<string> => {
    const known = held.get(oid);
    if (known) return known;
    const bytes = objects.get(oid)?.bytes;
    const record = bytes ? parseRecord(path, bytes).record : null;
    const found = new Set(anchorsOf(record ?? undefined).map(nameOf));
    held.set(oid, found);
    return found;
  };
  return new Map(
    anchors.map((item) => {
      const wanted = nameOf(item.anchor);
      let origin: string | null = null;
      for (const { commit, oid, cut } of versions.get(item.record) ?? []) {
        if (!anchorsIn(item.record, oid).has(wanted)) break;
        origin = cut ? null : commit;
      }
      return [item, origin];
    }),
  );
}

/** What makes an anchor this one: where it points, and by what it is held. */
function nameOf({ path, lines, digest }: CodeAnchor): string {
  return JSON.stringify([path, lines, digest ?? null]);
}

/** A version of a record. `cut` where a shallow clone begins with it: who wrote it nobody here knows. */
type Version = { readonly commit: string; readonly oid: string; readonly cut: boolean };

/** The versions of records, newest first. */
async function versionsOf(
  git: Git,
  revision: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, readonly Version[]>> {
  const shallow =
    decoder.decode((await git.run(['rev-parse', '--is-shallow-repository'])).stdout).trim() ===
    'true';
  const out = await git.run(
    [
      'log',
      `--max-count=${mostVersions}`,
      '--format=commit %H %P',
      '--raw',
      '--no-abbrev',
      '--no-renames',
      '--no-textconv',
      '--no-ext-diff',
      '--stdin',
    ],
    {
      input: new TextEncoder().encode(
        `${revision}\n--\n${paths.map((path) => `:(top,literal)${path}\n`).join('')}`,
      ),
    },
  );
  const versions = new Map<string, Version[]>(paths.map((path) => [path, []]));
  let commit = '';
  let cut = false;
  for (const line of out.code === 0 ? decoder.decode(out.stdout).split('\n') : []) {
    const head = /^commit ([0-9a-f]+) ?(.*)$/.exec(line);
    if (head) {
      commit = head[1] as string;
      cut = shallow && head[2] === '';
      continue;
    }
    const change = /^:\d+ \d+ [0-9a-f]+ ([0-9a-f]+) \w+\t(.+)$/.exec(line);
    if (change) versions.get(change[2] as string)?.push({ commit, oid: change[1] as string, cut });
  }
  return versions;
}
