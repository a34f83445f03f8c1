import { manifestOf, type ManifestRow } from '../core/gate/change-digest.ts';
import { weaknesses } from '../core/gate/weaknesses.ts';
import { asNobody } from './author-identity.ts';
import { type ChangeSource, readChange } from './change.ts';
import { CountersignError } from './errors.ts';
import { rootDigestOf } from './root-digest.ts';
import { loadPolicy } from './load-policy.ts';
import type { Repository } from './repository.ts';
import { readRuledChange } from './ruled-change.ts';

/** What would land and its digest by rule: the JSON of `digest`. */
export type DigestResult = {
  readonly tip: string;
  readonly head: string;
  readonly lands: string;
  readonly target: string;
  readonly rules: readonly {
    readonly id: string;
    readonly digest: string;
    readonly entries: readonly DigestEntry[];
  }[];
  /** What is weak in the policy. */
  readonly weak: readonly string[];
};

export type DigestEntry = {
  readonly path: ManifestRow[0];
  readonly old_mode: string;
  readonly old: string;
  readonly new_mode: string;
  readonly new: string;
};

/**
 * The digest of each rule that something would land in, or of the one rule asked for.
 *
 * @throws CountersignError `policy/none` where the policy branch has no policy, `rule/unknown` for a rule that it lacks
 */
export async function digestChange(
  repository: Repository,
  request: {
    readonly source: ChangeSource;
    readonly target?: string | undefined;
    readonly rule?: string | undefined;
  },
): Promise<DigestResult> {
  const { change, base, branch, rules } = await repository.session((git) =>
    readRuledChange(asNobody({ ...repository, git }), request.source, request),
  );
  if (base === null)
    throw new CountersignError(
      'policy/none',
      `${branch.ref} has no .countersign/policy.yaml, so no rule says what to digest`,
      'countersign init',
    );
  const asked =
    request.rule === undefined
      ? rules.filter(({ raw }) => raw.length > 0)
      : rules.filter(({ rule }) => rule.id === request.rule);
  if (request.rule !== undefined && asked.length === 0)
    throw new CountersignError(
      'rule/unknown',
      `the policy has no rule ${request.rule}`,
      `it has ${rules.map(({ rule }) => rule.id).join(', ')}`,
    );
  return {
    tip: change.tip,
    head: change.head,
    lands: change.lands,
    target: change.target,
    rules: asked.map(({ rule, change: { digest, entries } }) => ({
      id: rule.id,
      digest,
      entries: manifestOf(entries).map(([path, old_mode, old, new_mode, now]) => ({
        path,
        old_mode,
        old,
        new_mode,
        new: now,
      })),
    })),
    weak: weaknesses(base.policy),
  };
}

/** The digest by which `--trust-root` names the policy that a change would put in place, a first one or one that ends a lock-out. */
export async function trustRoot(
  repository: Repository,
  request: { readonly source: ChangeSource; readonly target?: string | undefined },
): Promise<{ readonly trust_root: string; readonly lands: string }> {
  const { lands } = await readChange(asNobody(repository), request.source, request);
  const loaded = await loadPolicy(repository.git, lands);
  const [broken] = loaded?.findings.filter(({ severity }) => severity === 'error') ?? [];
  if (loaded === null)
    throw new CountersignError(
      'policy/none',
      'the change would leave no .countersign/policy.yaml',
      'countersign init, then stage it: git add .countersign',
    );
  if (broken)
    throw new CountersignError(
      broken.code,
      `the policy that the change brings cannot be judged by: ${broken.path ?? ''}: ${broken.message}`,
      broken.fix,
    );
  return { trust_root: await rootDigestOf(repository.git, lands), lands };
}
