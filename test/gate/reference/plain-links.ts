import type { Change } from './plain-change.ts';
import type { HistoryReader, Tree } from './read-history.ts';
import { governs, rulesOf, type Terms } from './read-policy.ts';

/** Where a path ends once all links on its way are followed, one character a byte; null outside the repository, and where there is no end. */
async function endOf(
  reader: HistoryReader,
  tree: Tree,
  path: string,
  steps = 0,
): Promise<string | null> {
  if (steps > 40) return null;
  const parts = path.split('/');
  const done: string[] = [];
  for (const [index, part] of parts.entries()) {
    if (part === '' || part === '.') continue;
    if (part === '..') {
      if (done.pop() === undefined) return null;
      continue;
    }
    done.push(part);
    const there = tree.get(done.join('/'));
    if (there?.mode !== '120000') continue;
    const to = (await reader.blob(there.oid)).toString('latin1');
    if (to.startsWith('/')) return null;
    return endOf(
      reader,
      tree,
      [...done.slice(0, -1), to, ...parts.slice(index + 1)].join('/'),
      steps + 1,
    );
  }
  return done.join('/');
}

/**
 * Governed links that do not point inside the scope of each rule that governs them: those of the change, and those whose way
 * it changes. The repository's settings may lie in any folder, so that a link out of the repository is always in their way.
 */
export async function strayLinks(
  { reader, before, after, entries }: Change,
  { policy }: Terms,
): Promise<readonly string[]> {
  const rules = rulesOf(policy);
  const stray: string[] = [];
  for (const [path, { mode }] of after) {
    if (mode !== '120000') continue;
    const end = await endOf(reader, after, path);
    if (
      !entries.some((entry) => entry.path === path) &&
      end === (await endOf(reader, before, path))
    )
      continue;
    const governing = rules.filter((rule) => governs(rule, rules, path));
    if (
      end === null ||
      // No commit can hold a path like this, in whichever folder, so nobody would judge what lies there.
      end.split('/').includes('.git') ||
      governing.some((rule) => !governs(rule, rules, end))
    )
      stray.push(`link ${path}`);
  }
  return stray;
}
