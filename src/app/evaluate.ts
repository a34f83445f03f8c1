import type { Finding } from '../core/finding/finding.ts';
import { sha256Hex } from '../core/gate/change-digest.ts';
import { buildResult } from '../core/reports/build-result.ts';
import { type SpellingDoubt, spellingDoubts } from '../core/reports/spelling-doubts.ts';
import { resultNameLength } from '../core/reports/altered-result.ts';
import { countAnswers, type Counted } from '../core/reports/counted.ts';
import { type EvaluationPlan, planEvaluation } from '../core/reports/evaluation-plan.ts';
import { earlierLooks, type KnownResult, listedLooks } from '../core/reports/earlier-looks.ts';
import { metricFix } from '../core/reports/known-metrics.ts';
import { targetProblem } from '../core/reports/metric-range.ts';
import { pairingOf, planQueries } from '../core/reports/plan-sql.ts';
import { MissingColumn } from '../core/reports/side-source.ts';
import {
  type EarlierLook,
  type EvaluationResult,
  type ResultInput,
  resultText,
} from '../core/reports/result.ts';
import { dataDigest, dataPaths } from './data-digests.ts';
import { dataFiles, noColumn } from './data-files.ts';
import { type DataTables, readTables } from './data-tables.ts';
import { checkPredicates, explainPredicate } from './check-predicates.ts';
import { CountersignError } from './errors.ts';
import { type EvaluationContext, readEvaluation } from './evaluation-context.ts';
import { governedNow } from './governed-now.ts';
import { committedResults, resultsHere } from './known-results.ts';
import { explainAbsent, refusePointers } from './absent-data.ts';
import { refuseConverted } from './line-ends.ts';
import type { AbortSignalLike, Engine, EngineTables, Files, OpenEngine } from './ports.ts';
import { refuseManyGroups } from './refuse-many-groups.ts';
import type { Repository } from './repository.ts';
import { stoppableEngine } from './stoppable-engine.ts';
import { weighRows } from './weigh-rows.ts';

export type EvaluateRequest = {
  readonly id: string;
  readonly seed?: number | undefined;
  readonly openEngine: OpenEngine;
  /** Told of all that is found in the records that decide what is measured, before anything is. */
  readonly onFindings?: ((findings: readonly Finding[]) => void) | undefined;
  readonly signal?: AbortSignalLike | undefined;
  readonly onProgress?: ((fraction: number) => void) | undefined;
  /** What a stored result says of itself, where it is computed again: how often these labels were looked at, and the digest of the governed files of then. */
  readonly stored?: Pick<EvaluationResult, 'looks' | 'governed' | 'earlier'> | undefined;
};

/** How an evaluation that was read is measured, and where its data lie. */
type Measuring = Omit<EvaluateRequest, 'id'> & { readonly files: Files };

/** A result with its bytes and the path where it belongs. */
export type Evaluated = {
  readonly result: EvaluationResult;
  readonly text: string;
  readonly path: string;
};

const usualSeed = 1;

/** Runs an evaluation on the working tree. Nothing is written. */
export async function evaluate(
  repository: Repository,
  request: EvaluateRequest,
): Promise<Evaluated> {
  const context = await readEvaluation(repository, request.id);
  request.onFindings?.(
    context.index.findings.filter(({ path }) =>
      context.plan.some((record) => record.path === path),
    ),
  );
  await refuseConverted(repository.git, dataPaths(context.evaluation));
  await refusePointers(repository, dataPaths(context.evaluation));
  try {
    return await measure(
      context,
      { ...request, files: repository.files },
      {
        governed: () => governedNow(repository),
        known: async () => [
          ...((await committedResults(repository.git, request.id)) ?? []),
          ...(await resultsHere(repository.files, request.id)),
        ],
      },
    );
  } catch (error) {
    throw await explainAbsent(repository.git, dataPaths(context.evaluation), error);
  }
}

/** A measurement that is judged by nothing would count as a look, and could be taken for evidence. */
function refuseEmptyTargets(targets: EvaluationContext['targets']): void {
  for (const target of targets) {
    const problem = targetProblem(target);
    if (problem !== null)
      throw new CountersignError(
        'evaluate/empty-target',
        `a target of ${target.stated} says nothing: ${problem.message}`,
        problem.fix,
      );
  }
}

/**
 * Runs an evaluation that was read. Nothing is written.
 *
 * @param now what is asked for where no stored result says it: digests of the governed files, and the results before
 */
export async function measure(
  context: EvaluationContext,
  request: Measuring,
  now: {
    readonly governed: () => Promise<EvaluationResult['governed']>;
    readonly known: () => Promise<readonly KnownResult[]>;
  },
): Promise<Evaluated> {
  const {
    evaluation: { id },
  } = context;
  refuseEmptyTargets(context.targets);
  const planned = planEvaluation(context.evaluation, {
    ...context,
    seed: request.seed ?? usualSeed,
  });
  if (!planned.ok) {
    const [fix = 'take it out of the evaluation, or measure it elsewhere'] =
      context.targets.flatMap(({ metric }) => metricFix(metric) ?? []);
    throw new CountersignError(
      'evaluate/unsupported',
      `this version cannot measure ${planned.unsupported.join('; ')}`,
      fix,
    );
  }
  const tables = dataFiles(planned.plan);
  const engine = stoppableEngine(await request.openEngine(tables, request.signal), request.signal);
  try {
    const { counted, sql, data, doubts } = await run(engine, planned.plan, tables, request);
    const inputs = await inputsOf(request, planned.plan, counted, data);
    const origin = {
      plan: context.plan,
      governed: request.stored?.governed ?? (await now.governed()),
      inputs,
      engine: { name: engine.name, version: await engine.version() },
      sql,
      read: data.read,
      doubts,
      ...(looksStored(request) ??
        looksOf(earlierLooks({ plan: context.plan, inputs }, await now.known()))),
    };
    const result = buildResult(planned.plan, counted, origin);
    const text = resultText(result);
    return { result: JSON.parse(text) as EvaluationResult, text, path: resultPath(id, text) };
  } finally {
    await engine.close();
  }
}

/** Where a result is stored: its name is the beginning of its own digest. */
export function resultPath(id: string, text: string): string {
  return `.countersign/results/${id}/${sha256Hex(new TextEncoder().encode(text)).slice(0, resultNameLength)}.json`;
}

async function run(
  engine: Engine,
  plan: EvaluationPlan,
  names: EngineTables,
  request: Measuring,
): Promise<{
  readonly counted: Counted;
  readonly sql: readonly string[];
  readonly data: DataTables;
  readonly doubts: readonly string[];
}> {
  await checkPredicates(engine, plan, names);
  try {
    const data = await readTables(engine, plan, Object.keys(names));
    await refuseManyGroups(engine, plan, data.tables);
    const weighed = await weighRows(engine, plan, data.tables);
    const queries = planQueries(weighed, data.tables);
    const answers = [];
    for (const query of queries)
      answers.push({
        query,
        rows: await engine.aggregate(query.sql, { onProgress: request.onProgress }),
      });
    const counted = countAnswers(weighed, answers);
    return {
      counted,
      sql: queries.map(({ sql }) => sql),
      data,
      doubts: await askDoubts(engine, spellingDoubts(weighed, counted, data.tables)),
    };
  } catch (error) {
    if (error instanceof MissingColumn) throw noColumn(error, engine, names);
    throw await explainPredicate(engine, plan, error);
  }
}

/** Questions that no number hangs on: they are no part of the SQL that a result rests on. */
async function askDoubts(
  engine: Engine,
  questions: readonly SpellingDoubt[],
): Promise<readonly string[]> {
  const said: string[] = [];
  for (const { sql, says, step } of questions) {
    const [row] = await engine.aggregate(sql);
    const words = row ? says(row) : null;
    if (words !== null && step !== undefined)
      throw new CountersignError('evaluate/no-threshold', words, step);
    if (words !== null) said.push(words);
  }
  return said;
}

async function inputsOf(
  { files }: Measuring,
  plan: EvaluationPlan,
  { coverage: covered }: Counted,
  tables: DataTables,
): Promise<readonly ResultInput[]> {
  const digest = async (path: string): Promise<string> => (await dataDigest(files, path)) ?? '';
  const inputs: ResultInput[] = [];
  for (const side of plan.sides) {
    const data = plan.evaluation.data[side];
    const coverage = covered[side];
    if (data?.path === undefined || !coverage) continue;
    const { invalid, missing, fates } = coverage;
    const labels = data.labels?.path;
    inputs.push({
      role: side,
      path: data.path,
      sha256: await digest(data.path),
      rows: coverage.rows,
      missing,
      invalid: {
        label: invalid.label,
        prediction: invalid.prediction,
        ...(plan.evaluation.columns.weight === undefined ? {} : { weight: invalid.weight }),
        ...(invalid.score === undefined ? {} : { score: invalid.score }),
      },
      unmatched: fates.not_in_labels || (pairingOf(plan) === 'key' ? coverage.alone : 0),
      duplicate_keys: 0,
    });
    if (labels !== undefined)
      inputs.push({
        role: `${side}_labels`,
        path: labels,
        sha256: await digest(labels),
        rows: tables.labels[side] ?? 0,
        missing: { label: missing.label, prediction: fates.without_prediction },
        invalid: { label: invalid.label, prediction: 0 },
        unmatched: fates.without_prediction,
        duplicate_keys: 0,
      });
  }
  return inputs;
}

/** This look and those before: who looks often finds something. */
function looksOf(earlier: readonly EarlierLook[]): Pick<EvaluationResult, 'looks' | 'earlier'> {
  const listed = listedLooks(earlier);
  return { looks: earlier.length + 1, ...(listed.length > 0 ? { earlier: listed } : {}) };
}

function looksStored({ stored }: Measuring): Pick<EvaluationResult, 'looks' | 'earlier'> | null {
  return stored
    ? { looks: stored.looks, ...(stored.earlier ? { earlier: stored.earlier } : {}) }
    : null;
}
