import { sha256Hex } from '../core/gate/change-digest.ts';
import { otherData } from '../core/gate/result-refusal.ts';
import type { FeedbackFacts, ResultFacts } from '../core/gate/evidence-context.ts';
import { kindOfPath } from '../core/records/kind-of-path.ts';
import { type ParsedRecord, parseRecord } from '../core/records/parse-record.ts';
import { alteredResult } from '../core/reports/altered-result.ts';
import { measuredTargets } from '../core/reports/measured-targets.ts';
import { rejudge, type Rejudged } from '../core/reports/rejudge.ts';
import type { EvaluationResult } from '../core/reports/result.ts';
import { dataDigests, dataPaths } from './data-digests.ts';
import { CountersignError } from './errors.ts';
import { type EvaluationContext, planParts } from './evaluation-context.ts';
import type { Git } from './ports.ts';
import { decisionFolder } from './read-decisions.ts';
import { readStoredResult } from './stored-result.ts';
import { listTree, type ReadFile, readTreeFiles } from './tree-files.ts';

const lenient = new TextDecoder('utf-8');

/** Feedback of a tree by id. */
export async function readFeedback(
  git: Git,
  tree: string,
  ids: readonly string[],
): Promise<readonly FeedbackFacts[]> {
  if (ids.length === 0) return [];
  const files = await readTreeFiles(
    git,
    await listTree(
      git,
      tree,
      ids.map((id) => `.countersign/feedback/${id}.yaml`),
    ),
  );
  return files.flatMap(({ path, mode, bytes }) => {
    const record = bytes === null || mode === '120000' ? null : parseRecord(path, bytes).record;
    return record?.kind === 'feedback'
      ? [{ path, sha256: sha256Hex(bytes as Uint8Array), record: record.value }]
      : [];
  });
}

/** The stored results of some evaluations in a tree, each judged again from its own counts by the plan as it stands there. */
export async function readResults(
  git: Git,
  tree: string,
  evaluations: ReadonlySet<string>,
): Promise<readonly ResultFacts[]> {
  if (evaluations.size === 0) return [];
  const records = await planRecords(git, tree, evaluations);
  const files = await readTreeFiles(
    git,
    await listTree(
      git,
      tree,
      [...evaluations].map((id) => `.countersign/results/${id}/`),
    ),
  );
  const stands = await dataDigests(
    git,
    tree,
    records.flatMap(({ record }) => (record.kind === 'evaluation' ? dataPaths(record.value) : [])),
  );
  return files
    .filter(({ path, mode }) => kindOfPath(path) === 'result' && mode !== '120000')
    .map((file) => resultFacts(file, records, stands));
}

/** An evaluation as it stands in a tree, with what decides what it measures; null where the tree has none of that id. */
export async function evaluationAt(
  git: Git,
  tree: string,
  id: string,
  minCell: number,
): Promise<EvaluationContext | null> {
  const records = await planRecords(git, tree, new Set([id]));
  const evaluation = records.find(({ record }) => record.id === id)?.record;
  if (evaluation?.kind !== 'evaluation') return null;
  const { slices, targets, used } = planParts(
    evaluation,
    records.map(({ record }) => record),
  );
  return { evaluation: evaluation.value, slices, targets, plan: digested(used, records), minCell };
}

/** Records with the digests of their files. */
function digested(
  used: readonly ParsedRecord[],
  records: readonly PlanRecord[],
): ResultFacts['plan'] {
  return used.map((record) => ({
    path: record.path,
    sha256: records.find((item) => item.record === record)?.sha256 ?? '',
  }));
}

type PlanRecord = { readonly path: string; readonly sha256: string; readonly record: ParsedRecord };

/** The records that could be part of a plan: evaluations, slices, and decisions that name one of the evaluations. */
async function planRecords(
  git: Git,
  tree: string,
  evaluations: ReadonlySet<string>,
): Promise<readonly PlanRecord[]> {
  const files = await readTreeFiles(
    git,
    await listTree(git, tree, [
      ...[...evaluations].map((id) => `.countersign/evaluations/${id}.yaml`),
      '.countersign/slices/',
      decisionFolder,
    ]),
  );
  return files.flatMap(({ path, mode, bytes }) => {
    if (
      bytes === null ||
      mode === '120000' ||
      kindOfPath(path) === null ||
      !mayNameOne(path, bytes, evaluations)
    )
      return [];
    const { record } = parseRecord(path, bytes);
    return record ? [{ path, sha256: sha256Hex(bytes), record }] : [];
  });
}

function mayNameOne(path: string, bytes: Uint8Array, evaluations: ReadonlySet<string>): boolean {
  if (!path.startsWith(decisionFolder)) return true;
  const text = lenient.decode(bytes);
  return text.includes('\\') || [...evaluations].some((id) => text.includes(id));
}

function resultFacts(
  { path, bytes }: ReadFile,
  records: readonly PlanRecord[],
  stands: ReadonlyMap<string, string>,
): ResultFacts {
  const id = /^\.countersign\/results\/([^/]+)\//.exec(path)?.[1] ?? '';
  const sha256 = sha256Hex(bytes ?? new Uint8Array());
  const refuse = (why: string, governed: ResultFacts['governed'] = {}): ResultFacts => ({
    path,
    sha256,
    evaluation: id,
    verdict: null,
    why,
    plan: [],
    inputs: [],
    governed,
  });
  const result = bytes === null ? null : readStoredResult(lenient.decode(bytes));
  if (result === null || result.evaluation !== id)
    return refuse('it is not a result of this evaluation');
  const altered = alteredResult(path, sha256);
  if (altered !== null) return refuse(altered, result.governed);
  const evaluation = records.find(({ record }) => record.id === id)?.record;
  if (evaluation?.kind !== 'evaluation') return refuse(`the evaluation ${id} is not there`);
  const wanted = dataPaths(evaluation.value);
  const unnamed = wanted.find((data) => !result.inputs.some((input) => input.path === data));
  if (unnamed !== undefined)
    return refuse(
      `it does not say on which ${unnamed} it was measured; run: countersign evaluate ${id}`,
    );
  const inputs = result.inputs
    .filter((input) => wanted.includes(input.path))
    .map((input) => ({
      path: input.path,
      sha256: input.sha256,
      stands: stands.get(input.path) ?? null,
    }));
  try {
    return { path, sha256, ...judgedFacts({ evaluation, result, inputs }, records) };
  } catch (error) {
    if (error instanceof CountersignError) return refuse(error.message);
    throw error;
  }
}

/** A result held against the plan that stands here: that it was made by it, its digests say. */
function judgedFacts(
  {
    evaluation,
    result,
    inputs,
  }: {
    readonly evaluation: Extract<ParsedRecord, { kind: 'evaluation' }>;
    readonly result: EvaluationResult;
    readonly inputs: ResultFacts['inputs'];
  },
  records: readonly PlanRecord[],
): Omit<ResultFacts, 'path' | 'sha256'> {
  const { evaluation: id } = result;
  const { slices, targets, used } = planParts(
    evaluation,
    records.map(({ record }) => record),
  );
  const plan = digested(used, records);
  const moved = plan.find(
    (file) =>
      !result.plan.some((named) => named.path === file.path && named.sha256 === file.sha256),
  );
  const other = inputs.find((input) => input.stands !== null && input.stands !== input.sha256);
  const apart = moved
    ? `${moved.path} moved since ${id} was measured; run: countersign evaluate ${id}`
    : other && otherData(other.path, id);
  const judged: Omit<Rejudged, 'targets'> & Partial<Rejudged> =
    apart === undefined
      ? rejudge(result, evaluation.value, targets, slices)
      : { verdict: null, why: apart };
  return {
    evaluation: id,
    verdict: judged.verdict,
    why: judged.why,
    targets: measuredTargets(result, told(result, judged)),
    ...(judged.wayOut === undefined ? {} : { wayOut: judged.wayOut }),
    ...(judged.open?.includes(result.verdict) ? { stated: result.verdict } : {}),
    stood: result.verdict,
    plan,
    inputs,
    governed: result.governed,
  };
}

/** Targets as they are judged on what is stored; of those that rest on counts which are not, what the file says. */
function told(
  result: EvaluationResult,
  { targets = [], open }: Partial<Rejudged>,
): EvaluationResult['targets'] {
  if (open === undefined) return targets;
  const named = ({
    metric,
    by,
    slice,
    op,
    target,
    stated,
  }: EvaluationResult['targets'][number]): string =>
    JSON.stringify([metric, by, slice, op, target, stated]);
  return result.targets.map(
    (target) => targets.find((judged) => named(judged) === named(target)) ?? target,
  );
}
