import type { Finding } from '../core/finding.ts';
import { sha256Hex } from '../core/gate/change-digest.ts';
import { type DecisionFacts, decisionFacts } from '../core/gate/decision-facts.ts';
import type { ResultFacts } from '../core/gate/evidence.ts';
import { parseRecord } from '../core/records/parse-record.ts';
import type { Git } from './ports.ts';
import { listTree, type ReadFile, readTreeFiles } from './tree-files.ts';

const decisionFolder = '.countersign/decisions/';

const lenient = new TextDecoder('utf-8');

/**
 * The decisions of a tree that may stand over the files of a change. A decision whose text neither names one of the files,
 * nor governs by globs, nor holds an escape that could spell a name otherwise, cannot cover any of them, and is not parsed.
 */
export async function readDecisions(git: Git, tree: string, files: readonly (string | null)[]): Promise<{ readonly decisions: readonly DecisionFacts[]; readonly findings: readonly Finding[] }> {
  const entries = await listTree(git, tree, [decisionFolder]);
  const candidates = (await readTreeFiles(git, entries)).filter((file) => mayCover(file, files));
  const read = candidates.map(({ path, bytes }) => {
    const parsed = parseRecord(path, bytes ?? new Uint8Array());
    const facts = parsed.record?.kind === 'decision' ? [decisionFacts(path, sha256Hex(bytes ?? new Uint8Array()), parsed.record.value)] : [];
    return { facts, findings: facts.length > 0 ? [] : parsed.findings };
  });
  return { decisions: read.flatMap(({ facts }) => facts), findings: read.flatMap(({ findings }) => findings) };
}

function mayCover({ mode, bytes }: ReadFile, files: readonly (string | null)[]): boolean {
  if (bytes === null || mode === '120000') return false;
  const text = lenient.decode(bytes);
  return text.includes('\\') || text.includes('governs') || files.some((file) => file !== null && text.includes(file));
}

/** Judges a stored result again from its own counts and plan. */
export type Rejudge = (result: unknown, planFile: (path: string) => Uint8Array | null) => { readonly verdict: ResultFacts['verdict']; readonly why: string };

/** The stored results of a tree, each judged again. */
export async function readResults(git: Git, tree: string, evaluations: ReadonlySet<string>, rejudge: Rejudge): Promise<readonly ResultFacts[]> {
  if (evaluations.size === 0) return [];
  const entries = await listTree(git, tree, [...evaluations].map((id) => `.countersign/results/${id}/`));
  const files = await readTreeFiles(git, entries);
  const facts = files.flatMap((file) => (file.bytes === null || !file.path.endsWith('.json') ? [] : [{ file, value: jsonOf(file.bytes) }]));
  const planPaths = [...new Set(facts.flatMap(({ value }) => planOf(value).map(({ path }) => path)))];
  const planFiles = planPaths.length === 0 ? [] : await readTreeFiles(git, await listTree(git, tree, planPaths));
  const plans = new Map(planFiles.map(({ path, bytes }) => [path, bytes]));
  return facts.map(({ file, value }) => ({
    path: file.path,
    sha256: sha256Hex(file.bytes as Uint8Array),
    evaluation: textOf(value, 'evaluation'),
    ...rejudge(value, (path) => plans.get(path) ?? null),
    plan: planOf(value),
    governed: governedOf(value),
  }));
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(lenient.decode(bytes));
  } catch {
    return null;
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}

function textOf(value: unknown, name: string): string {
  const found = field(value, name);
  return typeof found === 'string' ? found : '';
}

function planOf(value: unknown): readonly { readonly path: string; readonly sha256: string }[] {
  const plan = field(value, 'plan');
  return Array.isArray(plan) ? plan.map((item) => ({ path: textOf(item, 'path'), sha256: textOf(item, 'sha256') })) : [];
}

function governedOf(value: unknown): Readonly<Record<string, string>> {
  const governed = field(value, 'governed');
  return typeof governed === 'object' && governed !== null ? Object.fromEntries(Object.entries(governed).map(([rule, digest]) => [rule, String(digest)])) : {};
}
