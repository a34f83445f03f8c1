import type { Finding } from '../core/finding/finding.ts';
import type { CheckedCondition } from '../core/gate/check-result.ts';
import type { JudgedException } from '../core/gate/exceptions.ts';
import type { GatePolicy, PolicyRule } from '../core/gate/gate-policy.ts';
import type { JudgedSignoff } from '../core/gate/judged-signoff.ts';
import type { ManifestRow } from '../core/gate/change-digest.ts';
import { pathFromText } from '../core/gate/raw-path.ts';
import { matchesAny, type Scope } from '../core/gate/scope.ts';
import { shellWord } from '../core/render/shell-word.ts';
import type { HeadPolicy } from './head-policy.ts';
import type { RevokedKeys } from '../core/signatures/revocation.ts';
import { readSignedFiles } from './check-signoffs.ts';
import { judgeSigned } from './landed-words.ts';
import type { Terms } from './landed-terms.ts';
import { isSignable, type OpenPromise, readPromises } from './open-promises.ts';
import type { Git } from './ports.ts';
import type { Repository } from './repository.ts';
import { tipOf, trackingRef } from './revisions.ts';
import type { RuledChange, ScopedRule } from './ruled-change.ts';

/** What stands open on a target: exceptions whose approvals are owed, those that this change brings and rests on, and conditions. */
export type OpenWords = {
  readonly promises: readonly OpenPromise[];
  readonly excusing: readonly JudgedException[];
  readonly conditions: readonly CheckedCondition[];
  readonly signoffs: readonly JudgedSignoff[];
};

/**
 * The same for every other target that this clone has a branch of: the policy of the policy branch holds there too. Only a
 * change of the policy branch itself brings another policy.
 *
 * @param terms today's, and the keys that are revoked
 */
export async function strandedElsewhere(
  repository: Repository,
  ruled: RuledChange,
  judged: Judged,
  terms: Terms & { readonly revoked: RevokedKeys },
): Promise<readonly Finding[]> {
  const { change, branch } = ruled;
  if (change.target !== branch.ref) return [];
  const isTarget = matchesAny(terms.policy.targets);
  const prefixes = ['refs/heads/', trackingRef(change.refs, 'refs/heads/') ?? 'refs/heads/'];
  const names = [...change.refs.branches.keys()].flatMap((ref) =>
    prefixes.filter((prefix) => ref.startsWith(prefix)).map((prefix) => ref.slice(prefix.length)),
  );
  const found: Finding[] = [];
  for (const name of new Set(names)) {
    const target = `refs/heads/${name}`;
    if (target === change.target || !isTarget(name)) continue;
    const tip = tipOf(change.refs, target);
    const there: RuledChange = {
      ...ruled,
      change: {
        ...change,
        target,
        tip,
        head: tip,
        lands: tip,
        entries: [],
        commits: [],
        conflicts: [],
      },
    };
    const files = await readSignedFiles(repository.git, tip, tip, []);
    const { judged: signed } = await judgeSigned(repository, there, files, terms);
    const { open } = await readPromises(repository, there, files, terms);
    found.push(
      ...(await strandedFindings(repository.git, there, judged, {
        promises: open,
        excusing: [],
        ...signed,
      })),
    );
  }
  return found;
}

type Judged = NonNullable<HeadPolicy['judged']>;

/**
 * Promises that stand open and that the policy which a change brings would forget: it moves, names their target no more, has no
 * rule of their name, lets the rule govern something else, or leaves nobody in a role that they wait for. Whoever wants that closes them first.
 */
export async function strandedFindings(
  git: Git,
  { change, branch, rules }: RuledChange,
  { loaded: { policy }, rules: ahead }: Judged,
  words: OpenWords,
): Promise<readonly Finding[]> {
  const gone = targetProblem(change.target, branch.ref, policy);
  const owed = await Promise.all(
    words.promises.map(async (promise): Promise<readonly Finding[]> => {
      const { payload, file } = promise.exception;
      const why =
        gone ??
        ruleProblem(ahead, payload.rule) ??
        ((await isSignable(git, change.tip, promise, ahead))
          ? roleProblem(promise.part.rule, policy)
          : otherGlobs(payload.rule));
      return why === null ? [] : [exceptionFinding({ file, payload }, why)];
    }),
  );
  const excused = words.excusing.flatMap(({ file, payload }): readonly Finding[] => {
    if (payload === null) return [];
    const [now, then] = [ahead, rules].map((list) =>
      list.find(({ rule: { id } }) => id === payload.rule),
    );
    const same = now?.change.digest === payload.digest;
    const why =
      gone ??
      ruleProblem(ahead, payload.rule) ??
      (same ? then && roleProblem(then.rule, policy) : otherGlobs(payload.rule)) ??
      null;
    return why === null ? [] : [exceptionFinding({ file, payload }, why)];
  });
  const open = words.conditions
    .filter(({ state }) => state !== 'met')
    .flatMap((condition): readonly Finding[] => {
      const why = gone ?? conditionProblem(condition, words.signoffs, rules, ahead);
      return why === null ? [] : [conditionFinding(condition, why)];
    });
  return [...owed.flat(), ...excused, ...open];
}

function targetProblem(target: string, branch: string, { targets }: GatePolicy): string | null {
  const name = target.slice('refs/heads/'.length);
  if (target === branch && targets[0] !== name)
    return `the policy of this change moves to ${targets[0]}, where nobody waits for what was promised on ${name}`;
  return matchesAny(targets)(name)
    ? null
    : `the policy of this change knows no target ${name} any more`;
}

function ruleProblem(ahead: readonly ScopedRule[], id: string): string | null {
  return ahead.some(({ rule, builtIn }) => rule.id === id && !builtIn)
    ? null
    : `the policy of this change has no rule ${id} any more`;
}

function otherGlobs(id: string): string {
  return `by the policy of this change ${id} governs other files than it did`;
}

/** Somebody has to be there who can keep the promise. */
function roleProblem({ require }: PolicyRule, { roles }: GatePolicy): string | null {
  const empty = require.find(({ role }) => (roles[role] ?? []).length === 0);
  return empty === undefined
    ? null
    : `by the policy of this change nobody is ${empty.role} any more, who has to sign`;
}

/** A condition holds the rule's next change of what was approved: the rule has to go on governing all of that, as far as it does now. */
function conditionProblem(
  { rule, payload }: CheckedCondition,
  signoffs: readonly JudgedSignoff[],
  rules: readonly ScopedRule[],
  ahead: readonly ScopedRule[],
): string | null {
  const [now, then] = [rules, ahead].map((list) => list.find(({ rule: { id } }) => id === rule));
  if (now === undefined || now.builtIn) return null;
  const gone = ruleProblem(ahead, rule);
  if (gone !== null || then === undefined) return gone;
  const manifest = signoffs.find(({ id }) => id === payload)?.payload?.manifest ?? null;
  const kept =
    manifest === null
      ? hasSameGlobs(now.rule, then.rule)
      : manifest.every(([path]) => !governs(now.scope, path) || governs(then.scope, path));
  return kept ? null : otherGlobs(rule);
}

function hasSameGlobs(a: PolicyRule, b: PolicyRule): boolean {
  return JSON.stringify([a.paths, a.except]) === JSON.stringify([b.paths, b.except]);
}

/** A path that is not UTF-8 is in every rule's scope. */
function governs(scope: Scope, path: ManifestRow[0]): boolean {
  return typeof path !== 'string' || scope.governs(pathFromText(path));
}

function exceptionFinding(
  {
    file,
    payload: { person, rule, follow_up_by },
  }: { readonly file: string; readonly payload: NonNullable<JudgedException['payload']> },
  why: string,
): Finding {
  return stranded(
    `${rule}: ${person} promised approvals by ${follow_up_by} (${file}), and ${why}`,
    `keep the rule ${rule} with its globs, its roles and its target until they are there: countersign sign --range <before>...<after> --rule ${rule}; then change the policy`,
  );
}

function conditionFinding({ rule, owner, due, text }: CheckedCondition, why: string): Finding {
  return stranded(
    `${rule}: ${owner} promised by ${due}: ${text}; and ${why}`,
    `keep the rule ${rule} with its globs until that is done, and its signer or another person of the role closes it: countersign sign --rule ${rule} --meets ${shellWord(text)}; then change the policy`,
  );
}

function stranded(message: string, fix: string): Finding {
  return {
    code: 'policy/strands-promise',
    severity: 'error',
    message,
    path: '.countersign/policy.yaml',
    line: 1,
    column: 1,
    fix,
  };
}
