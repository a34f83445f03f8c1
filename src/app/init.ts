import type { Finding } from '../core/finding/finding.ts';
import { pathFromText } from '../core/gate/raw-path.ts';
import { policyChangeScope } from '../core/gate/scope.ts';
import { proposeGoverned } from '../core/gate/governed-proposal.ts';
import { authorIdentity } from './author-identity.ts';
import { indexRecords } from './index-records.ts';
import type { Repository } from './repository.ts';

/** What `init` finds out before it writes. */
export type InitFacts = {
  /** Name of the repository in every signature. */
  readonly repository: string;
  readonly branch: string;
  readonly name: string;
  readonly email: string;
  /** `ssh-ed25519 AAAA…` of the key that git signs with, or null. */
  readonly publicKey: string | null;
  /** Globs of the files that seem to decide what the model does. */
  readonly governed: readonly string[];
};

/** `signs` says whether there is a list of keys, the first person's for a start; without one nobody can approve anything, the policy's own change least of all. */
export type InitResult = {
  readonly written: readonly string[];
  readonly kept: readonly string[];
  readonly signs: boolean;
  /** Whom the new policy names, by id and e-mail; null where it was there before. */
  readonly owner: {
    readonly person: string;
    readonly email: string;
  } | null;
  /** What could not be judged by, once it has landed. */
  readonly problems: readonly Finding[];
  /** What the new policy governs; empty where it was there before. */
  readonly governed: readonly string[];
  /** Code that no rule of the new policy governs, by path. */
  readonly ungoverned_code: readonly string[];
};

/** Writes a starting `.countersign/`. Never overwrites: what is there already stays as it is. */
export async function initialise(
  repository: Repository,
  publicKey: string | null,
): Promise<InitResult> {
  const { files, git, top } = repository;
  const { name, email } = await authorIdentity(repository);
  const head = await git.run(['symbolic-ref', '--quiet', '--short', 'HEAD']);
  const branch = new TextDecoder().decode(head.stdout).trim() || 'main';
  const proposal = proposeGoverned(await trackedPaths(git));
  const facts: InitFacts = {
    repository: slugOf(top.slice(top.lastIndexOf('/') + 1)) || 'model',
    branch: await targetBranch(git, branch),
    name,
    email,
    publicKey,
    governed: proposal.globs,
  };
  const written: string[] = [];
  const kept: string[] = [];
  for (const [path, text] of startingFiles(facts)) {
    if (text === null) continue;
    const there = await files.read(path);
    if (there !== null) kept.push(path);
    else {
      await files.write(path, new TextEncoder().encode(text));
      written.push(path);
    }
  }
  const owner = written.includes('.countersign/policy.yaml')
    ? { person: personId(facts), email }
    : null;
  const { findings } = await indexRecords(repository);
  const problems = findings.filter(
    ({ severity, path }) =>
      severity === 'error' && path !== undefined && policyChangeScope().governs(pathFromText(path)),
  );
  return {
    written,
    kept,
    owner,
    problems,
    governed: owner === null ? [] : proposal.globs,
    ungoverned_code: owner === null ? [] : proposal.ungovernedCode,
    signs: publicKey !== null || kept.includes('.countersign/allowed_signers'),
  };
}

/** main or master where one exists, since the branch that one stands on may be a side branch. */
async function targetBranch(git: Repository['git'], current: string): Promise<string> {
  for (const usual of ['main', 'master']) {
    if ((await git.run(['rev-parse', '--verify', '--quiet', `refs/heads/${usual}`])).code === 0)
      return usual;
  }
  return current;
}

async function trackedPaths(git: Repository['git']): Promise<readonly string[]> {
  const out = await git.run(['ls-files', '-z', '--cached', '--others', '--exclude-standard']);
  return new TextDecoder()
    .decode(out.stdout)
    .split('\0')
    .filter((path) => path !== '');
}

function slugOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, '-')
    .replace(/^[^a-z0-9]+|-+$/g, '')
    .slice(0, 64);
}

/** Their texts; null for the list of keys while there is no key, so that it is written by an `init` after the first one. */
function startingFiles(facts: InitFacts): readonly (readonly [string, string | null])[] {
  return [
    ['.countersign/policy.yaml', policyText(facts)],
    ['.countersign/allowed_signers', signersText(facts)],
    ['.countersign/checklists/model-change.yaml', checklistText],
    ['.countersign/triage.yaml', triageText],
    [
      '.countersign/.gitignore',
      '# Text that must stay erasable lies here, and never in git.\nprivate/\n',
    ],
    [
      '.countersign/.gitattributes',
      '# The same bytes on every system: signatures and digests are over bytes.\n* text eol=lf\n',
    ],
  ];
}

function personId({ name, email }: InitFacts): string {
  return slugOf(name.split(' ')[0] ?? '') || slugOf(email.split('@')[0] ?? '') || 'owner';
}

function policyText(facts: InitFacts): string {
  const person = personId(facts);
  return `schema: countersign/policy@1
# Name of this repository in every signature: a signature counts nowhere else.
repository: ${facts.repository}
# Branches that are protected. The policy is read from the tip of the first.
targets: [${JSON.stringify(facts.branch)}]
people:
  ${person}: {name: ${JSON.stringify(facts.name)}, emails: [${JSON.stringify(facts.email)}], principals: [${JSON.stringify(facts.email)}]}
# Machines may write code and can never approve it. Agents that name themselves as co-authors are machines, too.
agents: ["*[bot]@*", "noreply@anthropic.com", "cursoragent@cursor.com", "*+Copilot@users.noreply.github.com", "noreply@aider.chat"]
platforms: ["noreply@github.com"]
roles:
  model-owner: [${person}]
  policy-admin: [${person}]
rules:
  - id: model-change
    # The files that decide what the model does: code, parameters, pointers to data. Files that no rule names are free.
    paths: [${facts.governed.map((path) => JSON.stringify(path)).join(', ')}]
    except: ["**/*.md"]
    checklist: model-change
    require:
      - {role: model-owner, count: 1}
      # As soon as there is a second person:
      # - {role: validator, count: 1, independent: true}
    # What has to be there besides signatures:
    # evidence:
    #   - {kind: decision, status: [accepted], covers: changed-files}
    #   - {kind: result, verdict: pass, max_age_days: 14}
stages: {pre-commit: author, pre-push: author, ci: all}
# With one policy-admin a change of this policy needs one signature. That is weak: raise it with the second admin.
policy_change: {count: 1}
# One person cannot be independent of themselves; take this line out with the second admin.
repository_settings: "off"
privacy: {min_cell: 5}
`;
}

function signersText({ email, publicKey }: InitFacts): string | null {
  return (
    publicKey &&
    `# Whose key is whose: one principal and one key a line (ssh-keygen(1), ALLOWED SIGNERS).\n${email} namespaces="model-signoff" ${publicKey}\n`
  );
}

const checklistText = `schema: countersign/checklist@1
name: model-change
items:
  - {id: why, ask: "Does a decision record say why the model changes?", must: true, by: author}
  - {id: harm, ask: "Did you look at whom the change could harm?", must: true, by: both}
  - {id: rollback, ask: "Can the change be taken back, and does someone own that?", must: true, by: both}
`;

const triageText = `schema: countersign/triage@1
# The first rule that matches classifies an item; a person decides where the confidence is low.
rules:
  - id: wrong-output
    when: {text: ["wrong", "incorrect", "false"]}
    then: {category: quality, confidence: 0.6}
  - id: unfair
    when: {text: ["unfair", "discriminat", "bias"]}
    then: {category: fairness, confidence: 0.7}
ambiguous_below: 0.5
cadence: {retro_days: 30, review_days: 7}
`;
