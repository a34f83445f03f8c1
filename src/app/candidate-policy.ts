import { sha256Hex } from '../core/gate/change-digest.ts';
import type { GatePolicy } from '../core/gate/gate-policy.ts';
import { parseRecord } from '../core/records/parse-record.ts';
import { policyProblems } from '../core/records/policy-problems.ts';
import { CountersignError } from './errors.ts';
import { type LoadedChecklist, type LoadedPolicy, loadPolicy, policyPath } from './load-policy.ts';
import type { Git } from './ports.ts';

/** A policy that is tried: what it says, and the checklists of the working tree, for those that were not there then. */
export type CandidatePolicy = {
  readonly policy: GatePolicy;
  readonly digest: string;
  readonly checklists: ReadonlyMap<string, LoadedChecklist>;
};

/**
 * Reads a policy to be tried.
 *
 * @param file how the file is named in messages
 * @throws CountersignError `policy/unreadable` where it could not land either
 */
export function readCandidate(
  file: string,
  bytes: Uint8Array,
  checklists: CandidatePolicy['checklists'],
): CandidatePolicy {
  const { record, findings } = parseRecord(policyPath, bytes);
  // Who has a key is a matter of then: here everybody whom the policy names is taken to have one.
  const everybody =
    record?.kind === 'policy'
      ? Object.values(record.value.people)
          .flatMap(({ principals = [] }) => principals)
          .map((principal) => ({ principal }))
      : [];
  const problems =
    record?.kind === 'policy'
      ? policyProblems(record, {
          allowedSigners: everybody,
          checklists: new Set(checklists.keys()),
        })
      : [];
  const [error] = [...findings, ...problems].filter(({ severity }) => severity === 'error');
  if (error || record?.kind !== 'policy')
    throw new CountersignError(
      'policy/unreadable',
      `${file} cannot be judged by: ${error ? `${error.line ?? 1}:${error.column ?? 1}: ${error.message} [${error.code}]` : 'it is not a policy'}`,
      error?.fix ?? 'name a policy with --policy',
    );
  return { policy: record.value, digest: `sha256:${sha256Hex(bytes)}`, checklists };
}

/** The candidate with the keys of a tree, and its checklists as they stood there; null where no policy stood there. */
export async function candidateAt(
  git: Git,
  { policy, digest, checklists }: CandidatePolicy,
  tree: string,
): Promise<(LoadedPolicy & { readonly policy: GatePolicy }) | null> {
  const then = await loadPolicy(git, tree);
  return then === null
    ? null
    : {
        ...then,
        policy,
        digest,
        checklists: new Map([...checklists, ...then.checklists]),
        findings: [],
        keyProblems: () => [],
        missingGlobs: () => [],
      };
}
