import { classifyFeedback } from '../core/feedback/classify-feedback.ts';
import { type PriorityWeights, priorityScore } from '../core/feedback/priority-score.ts';
import {
  feedbackOf,
  takeTriageSteps,
  type TriagedText,
  type TriageTerms,
} from '../core/feedback/take-triage-steps.ts';
import type { TriageStep } from '../core/feedback/triage-step.ts';
import type { ParsedRecord } from '../core/records/parse-record.ts';
import { nearestName } from '../core/records/schema/nearest-name.ts';
import { changeText, textsOf } from './change-text.ts';
import { CountersignError } from './errors.ts';
import { indexRecords, type RecordIndex } from './index-records.ts';
import { noRecord } from './no-record.ts';
import type { Repository } from './repository.ts';
import {
  type FeedbackRecord,
  momentOf,
  notWritten,
  rulesOf,
  titleOf,
  type TriagedItem,
  type TriageResult,
  triageWeights,
  waiting,
} from './triage.ts';

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
  const terms: TriageTerms = {
    moment: await momentOf(repository, records),
    rules: rulesOf(records),
    together: items.length > 1,
  };
  const weights = triageWeights(records);
  const said: TriagedItem[] = [];
  // All of it is tried first. Each is then said of what stands there when it is written, which may be another's.
  for (const write of dryRun ? [false] : [false, true]) {
    said.length = 0;
    for (const { path } of items)
      said.push(await say(repository, { path, steps, write }, { ...terms, weights }));
  }
  return { schema: 'countersign/triage-result@1', written: !dryRun, items: said };
}

type Saying = {
  readonly path: string;
  readonly steps: readonly TriageStep[];
  readonly write: boolean;
};

async function say(
  { files }: Repository,
  { path, steps, write }: Saying,
  terms: TriageTerms & { readonly weights: PriorityWeights | undefined },
): Promise<TriagedItem> {
  let item: TriagedItem | undefined;
  await changeText(textsOf(files), path, (text) => {
    const before = feedbackOf(path, text);
    const taken = takeTriageSteps({ path, text }, steps, terms);
    if (taken.kind === 'broken') throw notWritten(path, taken.finding);
    const accepts = steps.some(({ kind }) => kind === 'accept') && before.kind === 'feedback';
    item = {
      id: taken.value.id,
      path,
      title: titleOf(taken.value),
      outcome: outcomeOf(taken),
      why: whyOf(taken),
      suggestion:
        accepts && terms.rules !== null ? classifyFeedback(before.value, terms.rules) : null,
      score: priorityScore(taken.value.priority, terms.weights),
    };
    return write && taken.kind === 'triaged' ? taken.text : text;
  });
  return item ?? raise(new CountersignError('record/not-written', `${path} was not read`));
}

type Said = Exclude<TriagedText, { kind: 'broken' }>;

function outcomeOf({ kind, value }: Said): TriagedItem['outcome'] {
  if (kind === 'left') return 'settled';
  if (value.status === 'new') return 'open';
  return value.status === 'triaged' ? 'triaged' : 'settled';
}

function whyOf(said: Said): string {
  if (said.kind === 'left')
    return `it is ${said.value.status} already; name it alone to take it up again`;
  return said.changes.length === 0 ? 'it says so already' : said.changes.join('; ');
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
