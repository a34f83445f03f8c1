import { type TriageMoment, type TriageStep, triageEdits } from '../core/feedback/triage-step.ts';
import { editRecord } from '../core/records/edit-record.ts';
import type { Feedback } from '../core/records/feedback.ts';
import { type ParsedRecord, parseRecord } from '../core/records/parse-record.ts';
import { nearestName } from '../core/records/schema/nearest-name.ts';
import { CountersignError } from './errors.ts';
import { indexRecords, type RecordIndex } from './index-records.ts';
import { noRecord } from './no-record.ts';
import type { Repository } from './repository.ts';
import {
  type FeedbackRecord,
  momentOf,
  suggestionOf,
  titleOf,
  type TriagedItem,
  type TriageResult,
  triageWeights,
  waiting,
} from './triage.ts';
import { priorityScore } from '../core/feedback/priority-score.ts';

/** What a person says of some items, in this order. */
export type HandTriage = {
  readonly ids: readonly string[];
  readonly steps: readonly TriageStep[];
  readonly dryRun: boolean;
  /** Told what is written all the same, and may be mistyped. */
  readonly onDoubt?: ((remark: string) => void) | undefined;
};

/**
 * Writes what a person says of items, as the palette writes each step: with its line in the history, and what is said already
 * left alone. Nothing is written unless all of it can be.
 */
export async function triageByHand(
  repository: Repository,
  { ids, steps, dryRun, onDoubt }: HandTriage,
): Promise<TriageResult> {
  const index = await indexRecords(repository);
  const { records } = index;
  const feedback = records.filter((record): record is FeedbackRecord => record.kind === 'feedback');
  const items = [...new Set(ids)].map(
    (id) =>
      feedback.find((record) => record.id === id) ??
      raise(noRecord(id, index, { records: feedback, look: waiting })),
  );
  for (const step of steps)
    if (step.kind === 'duplicate') assertOther(step.of, items, { feedback, index });
  for (const step of steps)
    if (step.kind === 'assignee')
      for (const remark of unknownOwner(step.assignee, records)) onDoubt?.(remark);
  const moment = await momentOf(repository, records);
  const said = await Promise.all(
    items.map((item) => sayOf(repository, item, steps, { moment, records })),
  );
  if (!dryRun)
    for (const { item, bytes, changes } of said)
      if (changes.length > 0) await repository.files.write(item.path, bytes);
  return {
    schema: 'countersign/triage-result@1',
    written: !dryRun,
    items: said.map(({ item }) => item),
  };
}

type Said = {
  readonly item: TriagedItem;
  readonly bytes: Uint8Array;
  readonly changes: readonly string[];
};

async function sayOf(
  { files }: Repository,
  record: FeedbackRecord,
  steps: readonly TriageStep[],
  { moment, records }: { readonly moment: TriageMoment; readonly records: readonly ParsedRecord[] },
): Promise<Said> {
  let bytes = (await files.read(record.path)) ?? new Uint8Array();
  let { value } = record;
  const suggestion = suggestionOf(value, records);
  const changes: string[] = [];
  for (const step of steps) {
    const edits = triageEdits(
      value,
      step.kind === 'accept' ? { ...step, suggestion: suggestion ?? undefined } : step,
      moment,
    );
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
    // The last is the line in the history.
    if (editRecord(text, edits.slice(0, -1)) === text) continue;
    bytes = new TextEncoder().encode(editRecord(text, edits));
    value = parsed(record.path, bytes);
    const change = value.history?.at(-1)?.change;
    if (typeof change === 'string') changes.push(change);
  }
  const outcome =
    value.status === 'new' ? 'open' : value.status === 'triaged' ? 'triaged' : 'settled';
  const why = changes.length === 0 ? 'it says so already' : changes.join('; ');
  return {
    bytes,
    changes,
    item: {
      id: record.value.id,
      path: record.path,
      title: titleOf(value),
      outcome,
      why,
      suggestion: steps.some(({ kind }) => kind === 'accept') ? suggestion : null,
      score: priorityScore(value.priority, triageWeights(records)),
    },
  };
}

function parsed(path: string, bytes: Uint8Array): Feedback {
  const { record, findings } = parseRecord(path, bytes);
  const error = findings.find(({ severity }) => severity === 'error');
  if (error || record?.kind !== 'feedback')
    throw new CountersignError(
      error?.code ?? 'record/not-written',
      `${path} would not keep its schema: ${error?.message ?? 'it would be no feedback'}`,
      error?.fix,
    );
  return record.value;
}

/** An item is never its own duplicate, and the other one is there. */
function assertOther(
  of: string,
  items: readonly FeedbackRecord[],
  {
    feedback,
    index,
  }: { readonly feedback: readonly FeedbackRecord[]; readonly index: RecordIndex },
): void {
  if (items.some(({ id }) => id === of))
    throw new CountersignError(
      'triage/own-duplicate',
      `${of} cannot be a duplicate of itself`,
      'name the other item that says the same',
    );
  if (!feedback.some(({ id }) => id === of))
    throw noRecord(of, index, { records: feedback, look: 'countersign list feedback' });
}

/** The palette offers the policy's persons and roles and takes any other name as well; so does this, and says so. */
function unknownOwner(assignee: string, records: readonly ParsedRecord[]): readonly string[] {
  const policy = records.find((record) => record.kind === 'policy');
  if (policy?.kind !== 'policy') return [];
  const known = [
    ...Object.keys(policy.value.people ?? {}),
    ...Object.keys(policy.value.roles ?? {}),
  ];
  if (known.includes(assignee)) return [];
  const near = nearestName(assignee, known);
  return [
    `the policy has no person or role ${JSON.stringify(assignee)}; ${near === null ? `it has ${known.join(', ')}` : `did you mean ${near}?`}`,
  ];
}

function raise(error: CountersignError): never {
  throw error;
}
