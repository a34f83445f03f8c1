import { sha256Hex } from '../core/gate/change-digest.ts';
import type { SignoffPayload } from '../core/gate/payload.ts';
import { readDecisions, readResults } from './check-evidence.ts';
import { governedDigest } from '../core/gate/governed-digest.ts';
import type { Repository } from './repository.ts';
import type { RuledChange, ScopedRule } from './ruled-change.ts';
import { listTree, readTreeFiles } from './tree-files.ts';

/**
 * The files that a signature over a rule's change lists as its evidence: the decisions that stand over its files, and the
 * results of their evaluations that were measured on this very code.
 */
export async function signoffEvidence({ git }: Repository, { change }: RuledChange, { rule, scope, raw }: ScopedRule): Promise<SignoffPayload['evidence']> {
  const files = raw.map(({ path }) => path.text);
  const { decisions } = await readDecisions(git, change.lands, files);
  const covering = decisions.filter(({ covers }) => files.some((file) => file !== null && covers(file)));
  const planned = new Set(covering.flatMap(({ record }) => record.evaluations ?? []));
  const results = await readResults(git, change.lands, planned);
  const governed = results.length > 0 ? governedDigest(await listTree(git, change.headTree, []), scope) : '';
  const fresh = results.filter((result) => result.governed[rule.id] === governed);
  const paths = [...covering, ...fresh].map(({ path }) => path);
  if (paths.length === 0) return [];
  const read = await readTreeFiles(git, await listTree(git, change.lands, paths));
  return read.flatMap(({ path, bytes }) => (bytes ? [{ path, sha256: sha256Hex(bytes) }] : []));
}
