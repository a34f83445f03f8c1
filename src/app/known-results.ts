import type { KnownResult } from '../core/reports/earlier-looks.ts';
import type { EvaluationResult } from '../core/reports/result.ts';
import { sha256Hex } from '../core/gate/change-digest.ts';
import type { Files, Git } from './ports.ts';
import { readStoredResult } from './stored-result.ts';

/** Bytes of the largest result that is looked at. */
const largest = 64 * 1024 * 1024;

/** A result that a commit brought, and the commit. */
export type CommittedResult = KnownResult & { readonly commit: string };

/** Results of an evaluation that commits brought, also those that were deleted since, the oldest first. Null where history is not whole. */
export async function committedResults(
  git: Git,
  evaluation: string,
): Promise<readonly CommittedResult[] | null> {
  const shallow = await git.run(['rev-parse', '--is-shallow-repository']);
  if (new TextDecoder().decode(shallow.stdout).trim() !== 'false') return null;
  const log = await git.run([
    'log',
    '--reverse',
    '--topo-order',
    '--full-history',
    '--no-merges',
    '--no-renames',
    '--diff-filter=AM',
    '--raw',
    '--no-abbrev',
    '--format=commit %H',
    'HEAD',
    '--',
    `.countersign/results/${evaluation}/`,
  ]);
  // A repository without a commit has no history, and nothing is missing from it.
  if (log.code !== 0) return [];
  const brought: { commit: string; oid: string; path: string }[] = [];
  let commit = '';
  for (const line of new TextDecoder().decode(log.stdout).split('\n')) {
    if (line.startsWith('commit ')) commit = line.slice('commit '.length);
    const [, oid, path] = /^:\d+ \d+ [0-9a-f]+ ([0-9a-f]+) [AM]\t(.*)$/.exec(line) ?? [];
    if (oid !== undefined && path !== undefined) brought.push({ commit, oid, path });
  }
  const objects = await git.objects([...new Set(brought.map(({ oid }) => oid))], largest);
  return brought.flatMap(({ commit: by, oid, path }): readonly CommittedResult[] => {
    const found = known(path, objects.get(oid)?.bytes);
    return found ? [{ ...found, commit: by }] : [];
  });
}

/** Results of an evaluation that lie in the working tree. */
export async function resultsHere(
  files: Files,
  evaluation: string,
): Promise<readonly KnownResult[]> {
  const found: KnownResult[] = [];
  for (const { path } of await files.list(`.countersign/results/${evaluation}`)) {
    const result = known(path, (await files.read(path)) ?? undefined);
    if (result) found.push(result);
  }
  return found;
}

/** A file that is a result, by the name that its bytes ask for; an edited one is none. */
function known(path: string, bytes: Uint8Array | undefined): KnownResult | null {
  const name = /([0-9a-f]{12})\.json$/.exec(path)?.[1];
  if (bytes === undefined || name === undefined || !sha256Hex(bytes).startsWith(name)) return null;
  const result: EvaluationResult | null = readStoredResult(new TextDecoder().decode(bytes));
  return result && Array.isArray(result.targets) ? { name, result } : null;
}
