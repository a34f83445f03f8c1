import { sha256Hex } from '../core/gate/change-digest.ts';
import type { Evaluation } from '../core/records/evaluation.ts';
import type { ParsedRecord } from '../core/records/parse-record.ts';
import type { PlannedSlice, PlannedTarget } from '../core/reports/evaluation-plan.ts';
import { CountersignError } from './errors.ts';
import { indexRecords, type RecordIndex } from './index-records.ts';
import type { Repository } from './repository.ts';

/** An evaluation with the records that decide what it measures. */
export type EvaluationContext = {
  readonly evaluation: Evaluation;
  readonly slices: readonly PlannedSlice[];
  readonly targets: readonly PlannedTarget[];
  /** Every file that decides, with its digest, by path. */
  readonly plan: readonly { readonly path: string; readonly sha256: string }[];
  readonly minCell: number;
};

/** Reads an evaluation of the working tree, its slices, and the targets that it and the decisions which cite it state. */
export async function readEvaluation(
  repository: Repository,
  id: string,
): Promise<EvaluationContext & { readonly index: RecordIndex }> {
  const index = await indexRecords(repository);
  const record = index.records.find(
    (candidate) => candidate.id === id && candidate.kind === 'evaluation',
  );
  if (record?.kind !== 'evaluation') throw missingEvaluation(index, id);
  const { slices, targets, used } = planParts(record, index.records);
  const policy = index.records.find(({ kind }) => kind === 'policy');
  const plan = await Promise.all(
    used.map(async ({ path }) => ({
      path,
      sha256: sha256Hex((await repository.files.read(path)) ?? new Uint8Array()),
    })),
  );
  return {
    evaluation: record.value,
    slices,
    targets,
    plan,
    minCell: policy?.kind === 'policy' ? (policy.value.privacy?.min_cell ?? 0) : 0,
    index,
  };
}

function missingEvaluation(index: RecordIndex, id: string): CountersignError {
  const broken = index.findings.find(
    ({ path, severity }) => severity === 'error' && path === `.countersign/evaluations/${id}.yaml`,
  );
  if (broken)
    return new CountersignError(
      'evaluate/broken',
      `${broken.path}:${broken.line}:${broken.column}: ${broken.message}`,
      broken.fix ?? 'mend the record',
    );
  return new CountersignError(
    'record/none',
    `there is no evaluation ${id}`,
    'countersign list evaluations',
  );
}

/** The records that make a plan: the evaluation, its slices, and the decisions that cite it and state targets. */
export function planParts(
  evaluation: Extract<ParsedRecord, { kind: 'evaluation' }>,
  records: readonly ParsedRecord[],
): {
  readonly slices: readonly PlannedSlice[];
  readonly targets: readonly PlannedTarget[];
  readonly used: readonly ParsedRecord[];
} {
  const decisions = records
    .filter(
      (record): record is Extract<ParsedRecord, { kind: 'decision' }> =>
        record.kind === 'decision' &&
        record.value.evaluations?.includes(evaluation.value.id) === true &&
        (record.value.targets ?? []).length > 0,
    )
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const targets: readonly PlannedTarget[] = [
    ...(evaluation.value.targets ?? []).map((target) => ({
      ...target,
      stated: evaluation.value.id,
    })),
    ...decisions.flatMap(({ value }) =>
      (value.targets ?? []).map((target) => ({ ...target, stated: value.id })),
    ),
  ];
  const ids = [
    ...new Set([
      ...(evaluation.value.slices ?? []),
      ...targets.flatMap(({ slice }) => (slice === undefined ? [] : [slice])),
    ]),
  ].sort();
  const slices = ids.map((id) => {
    const slice = records.find((record) => record.id === id && record.kind === 'slice');
    if (slice?.kind !== 'slice')
      throw new CountersignError(
        'evaluate/no-slice',
        `the slice ${id} is not there, or cannot be read`,
        'countersign list slices',
      );
    return slice;
  });
  return {
    slices: slices.map(({ value }) => ({ id: value.id, where: value.where })),
    targets,
    used: [evaluation, ...slices, ...decisions],
  };
}
