import { authorsOf, type RangeCommit } from '../core/gate/authors.ts';
import { isLinkChange } from '../core/gate/change-findings.ts';
import { changeDigest } from '../core/gate/change-digest.ts';
import type { GatePolicy, PolicyRule } from '../core/gate/gate-policy.ts';
import { identities } from '../core/gate/people.ts';
import type { RawEntry } from '../core/gate/raw-diff.ts';
import type { LinkTree } from '../core/gate/link-tree.ts';
import { rawPath, type RawPath } from '../core/gate/raw-path.ts';
import type { RuleChange } from '../core/gate/rule-verdict.ts';
import {
  matchesAny,
  policyChange,
  policyChangeScope,
  repositorySettings,
  repositorySettingsScope,
  ruleScope,
  type Scope,
} from '../core/gate/scope.ts';
import { isRecordPath } from '../core/gate/signoff-path.ts';
import { shellWord } from '../core/render/shell-word.ts';
import { type Change, type ChangeSource, readChange } from './change.ts';
import type { CheckRequest } from './check-request.ts';
import { beginDecisions } from './read-decisions.ts';
import { CountersignError, UnreadablePolicy } from './errors.ts';
import { entryHasher } from './hashed-entries.ts';
import { type LoadedPolicy, loadPolicy, policyPath } from './load-policy.ts';
import { type PolicyBranch, policyBranch } from './policy-branch.ts';
import type { Git, GitObject } from './ports.ts';
import type { Repository } from './repository.ts';
import { whoWrote } from './who-wrote.ts';
import { rootDigestOf } from './root-digest.ts';
import { listTree } from './tree-files.ts';

/** A rule, its scope, and what would land in it. */
export type ScopedRule = {
  readonly rule: PolicyRule;
  readonly builtIn: boolean;
  readonly scope: Scope;
  readonly raw: readonly RawEntry[];
  readonly commits: readonly RangeCommit[];
  readonly change: Omit<RuleChange, 'governed'>;
};

/** A change held against the policy branch's policy. `base` is null where that branch has no policy. */
export type RuledChange = {
  readonly change: Change;
  readonly branch: Pick<PolicyBranch, 'ref' | 'tip'> & {
    readonly by?: PolicyBranch['by'] | 'push';
  };
  readonly base: (LoadedPolicy & { readonly policy: GatePolicy }) | null;
  /** Every rule, also those that nothing lands in. */
  readonly rules: readonly ScopedRule[];
  /** What decides where the links of what lands lead; empty where the change touches none. */
  readonly links: LinkTree;
  readonly ungoverned: number;
};

/**
 * Reads a change and its rules. Throws where they cannot be judged: a broken policy, a target that no policy knows.
 *
 * @param request `trustRoot` is the digest of a policy that the change brings, which then stands in for one that cannot be read
 */
export async function readRuledChange(
  repository: Repository,
  source: ChangeSource,
  { trustRoot, ...request }: Pick<CheckRequest, 'target' | 'trustRoot' | 'push'> = {},
): Promise<RuledChange> {
  const { git } = repository;
  const change = await readChange(repository, source, request);
  beginDecisions(git, change.lands, change.entries);
  const { push } = request;
  if (push?.branch === change.target)
    return ruleChange(git, change, { ref: change.target, tip: change.tip, by: 'push' }, trustRoot);
  const branch = await policyBranch(git, change.refs, {
    target: change.target,
    tip: change.tip,
    ...(change.entries.some(({ path }) => path.text === policyPath) ? { lands: change.lands } : {}),
  });
  return ruleChange(git, change, branch, trustRoot);
}

/** Holds a change against the policy at a commit of the policy branch. Throws as {@link readRuledChange} does. */
export async function ruleChange(
  git: Git,
  change: Change,
  branch: RuledChange['branch'],
  trustRoot?: string,
): Promise<RuledChange> {
  const loaded = await loadPolicy(git, branch.tip);
  if (loaded === null)
    return {
      change,
      branch,
      base: null,
      rules: [],
      links: noLinks,
      ungoverned: change.entries.length,
    };
  const known =
    isReadable(loaded) || trustRoot === undefined
      ? loaded
      : ((await trustedPolicy(git, change, trustRoot)) ?? loaded);
  if (!isReadable(known)) throw unreadable(known, branch.ref, await mendedBy(git, change));
  return rulesBy(git, change, branch, readable(known, branch.ref, change.target));
}

/** Holds a change against a policy, whichever branch that stands on. */
export async function rulesBy(
  git: Git,
  change: Change,
  branch: RuledChange['branch'],
  base: NonNullable<RuledChange['base']>,
): Promise<RuledChange> {
  const rules = await scopeChange(git, change, base.policy, base.checklists);
  const governed = new Set(rules.flatMap(({ raw }) => raw));
  const outside = change.entries.filter(
    (entry) => !governed.has(entry) && !(entry.path.text !== null && isRecordPath(entry.path.text)),
  );
  return {
    change,
    branch,
    base,
    rules,
    links: await readLinks(git, change),
    ungoverned: outside.length,
  };
}

/** Every rule of a policy with what would land in its scope. */
export async function scopeChange(
  git: Git,
  change: Change,
  policy: GatePolicy,
  checklists: LoadedPolicy['checklists'],
): Promise<readonly ScopedRule[]> {
  const scoped = scopesOf(policy).map((part) => ({
    ...part,
    raw: change.entries.filter(({ path }) => part.scope.governs(path)),
  }));
  const hash = await entryHasher(git, [...new Set(scoped.flatMap(({ raw }) => raw))]);
  const identify = identities(policy);
  const written = await Promise.all(
    scoped.map(({ raw, scope }) =>
      whoWrote(git, {
        entries: raw,
        governs: scope.governs,
        commits: change.commits,
        landing: change.merged,
      }),
    ),
  );
  return scoped.map((part, index): ScopedRule => {
    const entries = part.raw.map(hash);
    const { rule, builtIn } = part;
    const commits = written[index] as readonly RangeCommit[];
    return {
      ...part,
      commits,
      change: {
        rule,
        builtIn,
        entries,
        digest: changeDigest(entries),
        authors: authorsOf(commits, identify),
        checklist: checklists.get(rule.checklist ?? '')?.checklist ?? null,
      },
    };
  });
}

/** The policy that a change brings, where who runs the check named its digest: the way back in from one that cannot be read. */
async function trustedPolicy(
  git: Git,
  { lands }: Change,
  trustRoot: string,
): Promise<LoadedPolicy | null> {
  const brought = await loadPolicy(git, lands);
  return brought !== null && isReadable(brought) && (await rootDigestOf(git, lands)) === trustRoot
    ? brought
    : null;
}

/** The digest of the policy that a change brings; null where it brings none that can be judged by. */
async function mendedBy(git: Git, { lands }: Change): Promise<string | null> {
  const brought = await loadPolicy(git, lands);
  return brought !== null && isReadable(brought) ? rootDigestOf(git, lands) : null;
}

function unreadable(
  { findings }: LoadedPolicy,
  branch: string,
  trustRoot: string | null,
): UnreadablePolicy {
  const errors = findings.filter(({ severity }) => severity === 'error');
  // What is missing may only be so since reading broke off.
  const error = errors.find(({ code }) => code === 'record/syntax') ?? errors[0];
  const where = error?.path
    ? `${error.path}${error.line ? `:${error.line}:${error.column ?? 1}` : ''}`
    : '.countersign/policy.yaml';
  return new UnreadablePolicy(
    `the policy of ${branch} cannot be judged by: ${where}: ${error?.message ?? 'it is not a policy'} [${error?.code ?? 'record/type'}]`,
    trustRoot,
  );
}

function isReadable({ policy, findings }: LoadedPolicy): boolean {
  return policy !== null && !findings.some(({ severity }) => severity === 'error');
}

/** A policy that can be judged by, held against the branch where it stands and the target that is asked about. */
function readable(
  loaded: LoadedPolicy,
  branch: string,
  target: string,
): LoadedPolicy & { readonly policy: GatePolicy } {
  const { policy } = loaded;
  if (policy === null) throw unreadable(loaded, branch, null);
  const [first] = policy.targets;
  if (`refs/heads/${first}` !== branch)
    throw new CountersignError(
      'policy/branch',
      `the policy branch is ${branch.slice(11)}, but the first of the policy's targets is ${first}`,
      `git config countersign.target ${shellWord(first ?? '')}`,
    );
  if (!matchesAny(policy.targets)(target.slice('refs/heads/'.length)))
    throw new CountersignError(
      'target/unlisted',
      `the policy knows no target ${target.slice(11)}; it names ${policy.targets.join(', ')}`,
      'say one of these with --target, or add it to the policy',
    );
  return { ...loaded, policy };
}

/** A rule and its scope. */
export type Part = { readonly rule: PolicyRule; readonly builtIn: boolean; readonly scope: Scope };

/** Made once a policy: an audit asks at each of its landings. */
const knownParts = new WeakMap<GatePolicy, readonly Part[]>();

/** The rules of the policy and the built-in ones. */
export function scopesOf(policy: GatePolicy): readonly Part[] {
  const parts = knownParts.get(policy) ?? partsOf(policy);
  knownParts.set(policy, parts);
  return parts;
}

function partsOf(policy: GatePolicy): readonly Part[] {
  const own = policy.rules.map((rule): Part => ({ rule, builtIn: false, scope: ruleScope(rule) }));
  const settings = repositorySettingsScope(own.map(({ scope }) => scope));
  return [
    ...own,
    { rule: policyChangeRule(policy), builtIn: true, scope: policyChangeScope() },
    ...(policy.repository_settings === 'off'
      ? []
      : [
          {
            rule: builtInRule(repositorySettings, [
              { role: 'policy-admin', count: 1, independent: true },
            ]),
            builtIn: true,
            scope: settings,
          },
        ]),
  ];
}

/** Two policy-admins or as many as the policy says, one of them no author; a team of one may lower it, and is told so. */
function policyChangeRule(policy: GatePolicy): PolicyRule {
  const count = policy.policy_change?.count ?? 2;
  return builtInRule(
    policyChange,
    count === 1
      ? [{ role: 'policy-admin', count }]
      : [
          { role: 'policy-admin', count: 1, independent: true },
          { role: 'policy-admin', count: count - 1 },
        ],
  );
}

function builtInRule(id: string, require: PolicyRule['require']): PolicyRule {
  return { id, paths: [], require };
}

const noLinks: LinkTree = { links: [], submodules: new Set() };

async function readLinks(git: Git, { entries, lands }: Change): Promise<LinkTree> {
  if (!entries.some(isLinkChange)) return noLinks;
  const listed = await listTree(git, lands, []);
  const links = listed.filter(({ mode }) => mode === '120000');
  const objects = await git.objects([...new Set(links.map(({ oid }) => oid))], 65536);
  return {
    links: links.map(({ path, oid }) => ({ path, target: targetOf(objects.get(oid)) })),
    submodules: new Set(
      listed.flatMap(({ path, type }) =>
        type === 'commit' && path.text !== null ? [path.text] : [],
      ),
    ),
  };
}

function targetOf(object: GitObject | null | undefined): RawPath | null {
  return object ? rawPath(object.bytes) : null;
}
