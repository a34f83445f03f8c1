import { sha256Hex } from '../core/gate/change-digest.ts';
import { otherData } from '../core/gate/result-evidence.ts';
import type { FeedbackFacts, ResultFacts, ThreadFacts } from '../core/gate/evidence-context.ts';
import { reviewFolder } from '../core/gate/signoff-path.ts';
import { kindOfPath } from '../core/records/kind-of-path.ts';
import { type ParsedRecord, parseRecord } from '../core/records/parse-record.ts';
import { dueTime, type ReviewThread, reviewThreads } from '../core/reviews/review-threads.ts';
import { alteredResult } from '../core/reports/altered-result.ts';
import { measuredTargets } from '../core/reports/measured-targets.ts';
import { type Rejudged, rejudge } from '../core/reports/rejudge.ts';
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

/** Where threads are read: what lands, the target's tip, and the time of the check. */
export type ThreadTerms = { readonly lands: string; readonly tip: string; readonly now: Date };

/** Clocks differ by so many milliseconds. */
const clockSkew = 5 * 60_000;

/**
 * Review threads of what lands about some records. An event that cannot be read could be any, so it counts as an open
 * thread; a resolve from the future closes nothing.
 */
export async function readThreads(
  git: Git,
  { lands, tip, now }: ThreadTerms,
  records: readonly string[],
): Promise<readonly ThreadFacts[]> {
  if (records.length === 0) return [];
  const folders = records.map((id) => `${reviewFolder}${id}/`);
  const files = (await readTreeFiles(git, await listTree(git, lands, folders))).filter(
    ({ path }) => kindOfPath(path) === 'review',
  );
  const before = new Map(
    (await listTree(git, tip, folders)).map(({ path, oid }) => [path.text, oid]),
  );
  const read = files.map((file) => ({
    ...file,
    record:
      file.mode === '120000' ? null : parseRecord(file.path, file.bytes ?? new Uint8Array()).record,
  }));
  const events = read.flatMap(({ record }) =>
    record?.kind === 'review' &&
    !(record.value.type === 'resolve' && Date.parse(record.value.at) > now.getTime() + clockSkew)
      ? [record]
      : [],
  );
  const unread = read
    .filter(({ record }) => record?.kind !== 'review')
    .map(
      ({ path }): ThreadFacts => ({
        id: path,
        record: path.slice(reviewFolder.length).split('/')[0] ?? '',
        open: true,
        finding: false,
        due: null,
        closing: null,
      }),
    );
  const brought = new Map(
    files
      .filter(({ path, oid }) => before.get(path) !== oid)
      .map(({ path, bytes }) => [path, sha256Hex(bytes ?? new Uint8Array())]),
  );
  return [
    ...unread,
    ...reviewThreads(events).threads.map((thread) => threadFacts(thread, brought)),
  ];
}

function threadFacts(
  { id, record, state, time, changes }: ReviewThread,
  brought: ReadonlyMap<string, string>,
): ThreadFacts {
  const last = changes.at(-1);
  const path = state === 'resolved' && last ? `${reviewFolder}${record}/${last.event}.yaml` : null;
  const sha256 = path === null ? undefined : brought.get(path);
  return {
    id,
    record,
    open: state === 'open',
    finding: time !== null,
    due: time === null ? null : dueTime(time),
    closing: path !== null && sha256 !== undefined ? { path, sha256 } : null,
  };
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
    const { slices, targets, used } = planParts(
      evaluation,
      records.map(({ record }) => record),
    );
    // What decides is the plan that stands here; that the result was made by it, its digests say.
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
      path,
      sha256,
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
  } catch (error) {
    if (error instanceof CountersignError) return refuse(error.message);
    throw error;
  }
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
