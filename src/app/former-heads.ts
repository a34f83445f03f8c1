import { longestLanding } from '../core/gate/change-findings.ts';
import type { ResultFacts } from '../core/gate/evidence-context.ts';
import { governedDigest } from '../core/gate/governed-digest.ts';
import { compareRaw } from '../core/gate/raw-path.ts';
import { type RawEntry, type TreeEntry, treeEntry } from '../core/gate/raw-diff.ts';
import type { Change } from './change.ts';
import type { Git } from './ports.ts';
import { emptyTree } from './range-commits.ts';
import type { ScopedRule } from './ruled-change.ts';
import { listTree } from './tree-files.ts';

/** `landing` is what the policy says: where that is by merges, no head is ever gone. */
type LandedChange = Change & { readonly landing: 'merge' | 'squash' | 'rebase' | undefined };

/**
 * Results of what has landed, each with the code on which it was measured told as that of the head where it was that: a squash
 * or a rebase takes the head away, and where the target had moved elsewhere meanwhile, what landed is other code than was
 * measured. The head then was what landed, on a tip that the target had before, and that can be made again.
 */
export async function measuredOnHead(
  git: Git,
  change: LandedChange,
  rules: readonly ScopedRule[],
  results: readonly ResultFacts[],
): Promise<readonly ResultFacts[]> {
  if (
    change.landed !== true ||
    change.landing === 'merge' ||
    change.headTree !== change.lands ||
    change.tip === emptyTree(change.tip)
  )
    return results;
  let told = results;
  for (const part of rules.filter(
    ({ builtIn, raw, rule }) => !builtIn && raw.length > 0 && rule.up_to_date !== true,
  )) {
    const {
      rule: { id },
      scope,
    } = part;
    const now = governedDigest(await listTree(git, change.lands, []), scope);
    if (!told.some(({ governed }) => governed[id] !== undefined && governed[id] !== now)) continue;
    const heads = await formerHeads(git, change.tip, part);
    told = told.map((result) =>
      heads.has(result.governed[id] ?? '')
        ? { ...result, governed: { ...result.governed, [id]: now } }
        : result,
    );
  }
  return told;
}

/** Digests of a rule's files in the heads from which what landed could have come: on the tip, or on one before it, of which it changes the same. */
async function formerHeads(
  git: Git,
  tip: string,
  { scope, raw }: ScopedRule,
): Promise<ReadonlySet<string>> {
  const tips = (
    await git.text(['rev-list', '--first-parent', `--max-count=${longestLanding}`, tip])
  )
    .split('\n')
    .filter((oid) => oid !== '');
  const heads = new Set<string>();
  for (const oid of tips) {
    const tree = (await listTree(git, oid, [])).filter(({ path }) => scope.governs(path));
    const byPath = new Map(tree.map((entry) => [entry.path.raw, entry]));
    if (!raw.every((entry) => standsBefore(byPath.get(entry.path.raw), entry))) break;
    const changed = new Set(raw.map(({ path }) => path.raw));
    const brought = raw
      .filter(({ newMode }) => newMode !== '000000')
      .map(({ path, newMode: mode, newOid: oid }) => treeEntry(path, { mode, oid }));
    heads.add(
      governedDigest(
        [...tree.filter(({ path }) => !changed.has(path.raw)), ...brought].sort(compareRaw),
        scope,
      ),
    );
  }
  return heads;
}

function standsBefore(there: TreeEntry | undefined, { oldMode, oldOid }: RawEntry): boolean {
  return there === undefined
    ? oldMode === '000000'
    : there.mode === oldMode && there.oid === oldOid;
}
