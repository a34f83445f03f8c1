import type { Finding } from '../core/finding/finding.ts';
import { sha256Hex } from '../core/gate/change-digest.ts';
import type { GatePolicy } from '../core/gate/gate-policy.ts';
import { missingGlobs } from '../core/gate/missing-globs.ts';
import { printPath } from '../core/gate/raw-path.ts';
import type { Checklist } from '../core/records/checklist.ts';
import type { TreeEntry } from '../core/gate/raw-diff.ts';
import { checklistProblems } from '../core/records/checklist-problems.ts';
import { kindOfPath, recordName } from '../core/records/kind-of-path.ts';
import { parseRecord } from '../core/records/parse-record.ts';
import { type KeyProblem, keyProblems } from '../core/records/policy/policy-keys.ts';
import { misreadCode } from '../core/records/policy/policy-globs.ts';
import { placedFinding } from '../core/records/policy/policy-problem.ts';
import { policyProblems } from '../core/records/policy-problems.ts';
import { type AllowedSigners, parseAllowedSigners } from '../core/signatures/allowed-signers.ts';
import { parseRevokedKeys, type RevokedKeys } from '../core/signatures/revocation.ts';
import type { Git } from './ports.ts';
import { listTree, type ReadFile, readTreeFiles } from './tree-files.ts';

export const policyPath = '.countersign/policy.yaml';
export const signersPath = '.countersign/allowed_signers';
export const revokedPath = '.countersign/revoked_keys';
export const checklistFolder = '.countersign/checklists/';

/** A checklist with the digest that a sign-off names. */
export type LoadedChecklist = { readonly digest: string; readonly checklist: Checklist };

/** The policy of one tree with all that it rests on. Where `policy` is null, the findings say why. */
export type LoadedPolicy = {
  readonly policy: GatePolicy | null;
  /** `sha256:…` of policy.yaml. */
  readonly digest: string;
  readonly allowed: AllowedSigners;
  readonly revoked: RevokedKeys;
  /** By name, as rules name them. */
  readonly checklists: ReadonlyMap<string, LoadedChecklist>;
  readonly findings: readonly Finding[];
  /** What nobody could meet with the keys that are good at a time. */
  readonly keyProblems: (at: Date) => readonly KeyProblem[];
  /** Globs that guard less than they read, in view of the paths of all files. */
  readonly missingGlobs: (paths: readonly string[]) => readonly Finding[];
};

/** Policies by the ids of all that they rest on: most commits of a history leave it alone. */
const known = new WeakMap<Git, Map<string, Promise<LoadedPolicy | null>>>();

/** Reads the policy of a tree or commit; null where it has none. */
export async function loadPolicy(git: Git, tree: string): Promise<LoadedPolicy | null> {
  const entries = await listTree(git, tree, [
    policyPath,
    signersPath,
    revokedPath,
    checklistFolder,
  ]);
  const key = entries.map(({ path, mode, oid }) => `${mode} ${oid} ${path.raw}`).join('\0');
  const policies = known.get(git) ?? new Map<string, Promise<LoadedPolicy | null>>();
  known.set(git, policies);
  const loading = policies.get(key) ?? readPolicy(git, entries);
  policies.set(key, loading);
  // What could not be read once may be there the next time.
  loading.catch(() => policies.delete(key));
  return loading;
}

async function readPolicy(git: Git, entries: readonly TreeEntry[]): Promise<LoadedPolicy | null> {
  const files = await readTreeFiles(git, entries);
  const byPath = new Map(files.map((file) => [file.path, file]));
  const policyFile = byPath.get(policyPath);
  if (!policyFile && !entries.some(({ path }) => path.text === policyPath)) return null;
  const odd = entries
    .filter(({ mode }) => mode !== '100644' && mode !== '100755')
    .map(({ path }) => linkFinding(printPath(path)));
  const parsed = parseRecord(policyPath, policyFile?.bytes ?? new Uint8Array(1024 * 1024 + 1));
  const signers = parseAllowedSigners(
    signersPath,
    byPath.get(signersPath)?.bytes ?? new Uint8Array(),
  );
  const revoked = parseRevokedKeys(revokedPath, byPath.get(revokedPath)?.bytes ?? new Uint8Array());
  const policy = parsed.record?.kind === 'policy' ? parsed.record.value : null;
  const lists = files
    .filter(({ path }) => kindOfPath(path) === 'checklist')
    .map((file) => readChecklist(file, policy));
  const checklists = new Map(lists.flatMap(({ entry }) => (entry ? [entry] : [])));
  const { record } = parsed;
  const problems =
    record?.kind === 'policy'
      ? policyProblems(record, {
          allowedSigners: signers.signers,
          checklists: new Set(checklists.keys()),
        })
      : [];
  return {
    policy,
    digest: `sha256:${sha256Hex(policyFile?.bytes ?? new Uint8Array())}`,
    allowed: signers.signers,
    revoked: revoked.keys,
    checklists,
    findings: [
      ...odd,
      ...parsed.findings,
      ...signers.findings,
      ...revoked.findings,
      ...lists.flatMap(({ findings }) => findings),
      ...problems.map(asStanding),
    ],
    keyProblems: (at) =>
      record?.kind === 'policy'
        ? keyProblems(record, { allowed: signers.signers, revoked: revoked.keys, at })
        : [],
    missingGlobs: (paths) =>
      record?.kind === 'policy'
        ? missingGlobs(record.value, paths).map((problem) => placedFinding(problem, record))
        : [],
  };
}

/** Globs of a policy that guard less than they read, in view of the files of a tree. */
export async function globFindings(
  git: Git,
  policy: Pick<LoadedPolicy, 'missingGlobs'>,
  tree: string,
): Promise<readonly Finding[]> {
  const entries = await listTree(git, tree, []);
  return policy.missingGlobs(entries.flatMap(({ path }) => path.text ?? []));
}

/** What was no error yet when a policy landed is a warning of it: by such a policy one has to be able to mend it. */
function asStanding(finding: Finding): Finding {
  return finding.code === misreadCode ? { ...finding, severity: 'warning' } : finding;
}

/** The findings of a policy that a change brings: what would only be a warning of one that stands is an error here. */
export function asBrought({ findings }: Pick<LoadedPolicy, 'findings'>): readonly Finding[] {
  return findings.map((finding) =>
    finding.code === misreadCode ? { ...finding, severity: 'error' } : finding,
  );
}

/** The keys that a tree revokes, whether or not it has a policy. */
export async function loadRevokedKeys(
  git: Git,
  tree: string,
): Promise<ReturnType<typeof parseRevokedKeys>> {
  const entries = await listTree(git, tree, [revokedPath]);
  const [file] = await readTreeFiles(git, entries);
  if (entries.length > 0 && (file?.bytes ?? null) === null)
    return { keys: [], findings: [linkFinding(revokedPath)] };
  return parseRevokedKeys(revokedPath, file?.bytes ?? new Uint8Array());
}

/** The checklists among some files, by name; one that cannot be read is none. */
export function readChecklists(
  files: readonly Pick<ReadFile, 'path' | 'bytes'>[],
): ReadonlyMap<string, LoadedChecklist> {
  const entries = files
    .filter(({ path }) => kindOfPath(path) === 'checklist')
    .map((file) => readChecklist(file, null).entry);
  return new Map(entries.filter((entry) => entry !== null));
}

function readChecklist(
  { path, bytes }: Pick<ReadFile, 'path' | 'bytes'>,
  policy: GatePolicy | null,
): {
  readonly entry: readonly [string, LoadedChecklist] | null;
  readonly findings: readonly Finding[];
} {
  const name = recordName(path);
  if (bytes === null)
    return {
      entry: null,
      findings: [
        {
          code: 'record/too-large',
          severity: 'error',
          message: 'a checklist is at most 1 MiB',
          path,
          line: 1,
          column: 1,
        },
      ],
    };
  const parsed = parseRecord(path, bytes);
  const entry =
    parsed.record?.kind === 'checklist'
      ? ([name, { digest: `sha256:${sha256Hex(bytes)}`, checklist: parsed.record.value }] as const)
      : null;
  const problems =
    policy !== null && parsed.record?.kind === 'checklist'
      ? checklistProblems(parsed.record, policy)
      : [];
  return { entry, findings: [...parsed.findings, ...problems] };
}

function linkFinding(path: string): Finding {
  return {
    code: 'policy/not-a-file',
    severity: 'error',
    message: 'what the policy rests on must be plain files',
    path,
    line: 1,
    column: 1,
    fix: 'put the file itself here',
  };
}
