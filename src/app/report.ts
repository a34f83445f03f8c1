import { sha256Hex } from '../core/gate/change-digest.ts';
import type { ParsedRecord } from '../core/records/parse-record.ts';
import { alteredResult, replaceResult, restoreResult } from '../core/reports/altered-result.ts';
import { buildReport } from '../core/reports/build-report.ts';
import type { NamedRecord, Report, ReportModel, ResultStanding } from '../core/reports/report.ts';
import { sides } from '../core/reports/evaluation-plan.ts';
import { rejudge } from '../core/reports/rejudge.ts';
import type { EvaluationResult } from '../core/reports/result.ts';
import { dataDigest } from './data-digests.ts';
import { CountersignError } from './errors.ts';
import { type EvaluationContext, readEvaluation } from './evaluation-context.ts';
import { governedNow } from './governed-now.ts';
import { indexRecords } from './index-records.ts';
import { planHistory } from './plan-history.ts';
import type { Repository } from './repository.ts';
import { readShownResult } from './shown-result.ts';

/** The reports of an evaluation, or of every evaluation of a decision. Nothing is measured: the stored results speak. */
export async function reports(repository: Repository, id: string): Promise<readonly Report[]> {
  if (id.startsWith('EV-')) return [await reportOf(repository, id)];
  const { records } = await indexRecords(repository);
  const decision = records.find((record) => record.id === id);
  if (decision?.kind !== 'decision')
    throw new CountersignError(
      'record/none',
      `there is no evaluation or decision ${id}`,
      'countersign list evaluations, or countersign list decisions',
    );
  const evaluations = decision.value.evaluations ?? [];
  if (evaluations.length === 0)
    throw new CountersignError(
      'report/no-evaluation',
      `${id} names no evaluation`,
      `add evaluations: [EV-…] to ${decision.path}`,
    );
  const made: Report[] = [];
  for (const evaluation of evaluations) made.push(await reportOf(repository, evaluation));
  return made;
}

async function reportOf(repository: Repository, id: string): Promise<Report> {
  const context = await readEvaluation(repository, id);
  const { index, evaluation } = context;
  const { found, altered } = await bestResult(repository, context);
  const decisions = index.records.filter(
    (record): record is Extract<ParsedRecord, { kind: 'decision' }> =>
      record.kind === 'decision' && record.value.evaluations?.includes(id) === true,
  );
  const named = (other: string): NamedRecord => {
    const node = index.graph.node(other);
    return {
      id: other,
      title: node?.title ?? '(missing)',
      status: node?.status ?? null,
      path: node?.path ?? '',
    };
  };
  const asked = new Set(decisions.flatMap(({ value }) => value.feedback ?? []));
  const feedback = index.records.filter(
    (record): record is Extract<ParsedRecord, { kind: 'feedback' }> =>
      record.kind === 'feedback' && asked.has(record.value.id),
  );
  return buildReport({
    evaluation: {
      ...named(id),
      question: evaluation.question ?? '',
      assumptions: listOf(evaluation.assumptions),
    },
    models: modelsOf(evaluation),
    decisions: decisions.map(({ value }) => ({
      ...named(value.id),
      risk: value.risk,
      why: value.context ?? '',
      done: value.decision ?? '',
      feedback: (value.feedback ?? []).map(named),
    })),
    found,
    altered,
    planned: await planHistory(repository, context),
    smallest: evaluation.plan?.mde ?? 0,
    feedback: feedback.map(({ value }) => ({
      id: value.id,
      title: named(value.id).title,
      expected: value.priority?.expected,
    })),
  });
}

function modelsOf({ data }: EvaluationContext['evaluation']): readonly ReportModel[] {
  return sides.flatMap((side) => {
    const model = data[side];
    return model
      ? [
          {
            side,
            name: model.name ?? null,
            version: model.version === undefined ? null : String(model.version),
            place: model.path ?? model.table ?? '',
          },
        ]
      : [];
  });
}

function listOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.map(String);
  return typeof value === 'string' ? [value] : [];
}

type Found = {
  readonly result: EvaluationResult;
  readonly path: string;
  readonly digest: string;
  readonly standing: ResultStanding;
};

const order: readonly ResultStanding[] = [
  'current',
  'other code',
  'other data',
  'other plan',
  'altered',
];

/** The stored result that says most of today: of today's code, data and plan if there is one, then the one looked at last. A file that is not what was measured is none, and is told of where there is no other. */
async function bestResult(
  repository: Repository,
  context: EvaluationContext,
): Promise<{ readonly found: Found | null; readonly altered: string | null }> {
  const files = await repository.files.list(`.countersign/results/${context.evaluation.id}`);
  if (files.length === 0) return { found: null, altered: null };
  const governed = await governedNow(repository);
  const found: Found[] = [];
  let altered: string | null = null;
  for (const { path } of files) {
    const bytes = await repository.files.read(path);
    const problem = bytes ? alteredResult(path, sha256Hex(bytes)) : null;
    if (problem !== null)
      altered = `${problem}. Bring it back: ${restoreResult(path)}; where no commit has it: ${replaceResult(path)}`;
    const result =
      bytes && problem === null ? readShownResult(new TextDecoder().decode(bytes)) : null;
    if (bytes && result)
      found.push({
        result,
        path,
        digest: sha256Hex(bytes),
        standing: await standingOf(repository, result, context, governed),
      });
  }
  const [best = null] = found.sort(
    (a, b) =>
      order.indexOf(a.standing) - order.indexOf(b.standing) ||
      b.result.looks - a.result.looks ||
      (a.path < b.path ? -1 : 1),
  );
  return { found: best, altered: best === null ? altered : null };
}

async function standingOf(
  { files }: Repository,
  result: EvaluationResult,
  { evaluation, plan, targets, slices }: EvaluationContext,
  governed: Readonly<Record<string, string>>,
): Promise<ResultStanding> {
  if (JSON.stringify(result.plan) !== JSON.stringify(plan)) return 'other plan';
  // The verdict is computed and never read: whoever wrote the file could have written pass.
  const { verdict, open } = rejudge(result, evaluation, targets, slices);
  if (verdict === null ? open?.includes(result.verdict) === false : verdict !== result.verdict)
    return 'altered';
  if (JSON.stringify(result.governed) !== JSON.stringify(governed)) return 'other code';
  for (const { path, sha256 } of result.inputs)
    if ((await dataDigest(files, path).catch(() => null)) !== sha256) return 'other data';
  return 'current';
}
