import { compareText, type Finding } from '../core/finding.ts';
import { classifyFeedback, type Suggestion } from '../core/feedback/classify-feedback.ts';
import { type PriorityWeights, priorityScore, weighable } from '../core/feedback/priority-score.ts';
import { type TriageMoment, triageEdits } from '../core/feedback/triage-step.ts';
import { kindOfPath } from '../core/records/kind-of-path.ts';
import { editRecord } from '../core/records/edit-record.ts';
import { type ParsedRecord, parseRecord } from '../core/records/parse-record.ts';
import { nearestName } from '../core/records/schema/nearest-name.ts';
import type { Triage } from '../core/records/triage.ts';
import { authorIdentity, recordedName } from './author-identity.ts';
import { CountersignError } from './errors.ts';
import { indexRecords, type RecordIndex } from './index-records.ts';
import { noRecord } from './no-record.ts';
import type { Repository } from './repository.ts';

/** What became of an item: taken, left for a person since the rule is unsure or none matches, settled before or now, or still open after what a person said of it. */
export type TriageOutcome = 'triaged' | 'ambiguous' | 'unmatched' | 'settled' | 'open';

export type TriagedItem = {
  readonly id: string;
  readonly path: string;
  readonly title: string;
  readonly outcome: TriageOutcome;
  /** In one sentence. */
  readonly why: string;
  readonly suggestion: Suggestion | null;
  /** What it is worth before others; null where nobody has judged its impact. */
  readonly score: number | null;
};

/** The JSON of `triage`. `written` is false after a dry run. */
export type TriageResult = {
  readonly schema: 'countersign/triage-result@1';
  readonly written: boolean;
  readonly items: readonly TriagedItem[];
};

export type FeedbackRecord = Extract<ParsedRecord, { readonly kind: 'feedback' }>;

const rulesPath = '.countersign/triage.yaml';

/** What lists the items that wait. */
export const waiting = 'countersign list feedback --where status=new';

/**
 * Classifies and routes what waits, as the palette's triage proposes it: the first rule that matches, taken where it is
 * sure. An item keeps what it says of its own, and one that a person has settled is left alone.
 *
 * @param request `ids` of the items; all that are new where it is empty
 */
export async function triageFeedback(
  repository: Repository,
  request: {
    readonly ids: readonly string[];
    readonly dryRun: boolean;
    /** Told of all that is found in the rules, and in items that cannot be read, before anything is written. */
    readonly onFindings?: ((findings: readonly Finding[]) => void) | undefined;
  },
): Promise<TriageResult> {
  const index = await indexRecords(repository);
  const { records, findings } = index;
  request.onFindings?.(
    findings.filter(
      ({ path = '' }) =>
        path === rulesPath || (index.unreadable.includes(path) && kindOfPath(path) === 'feedback'),
    ),
  );
  const rules = rulesOf(records);
  if (rules === null) throw await noRules(repository);
  const weights = weightsOf(rules);
  const wanted = chosen(index, request.ids);
  const items = wanted.map((record) => judged(record, rules, weights));
  const taken = wanted.filter((_, index) => items[index]?.outcome === 'triaged');
  const moment = taken.length > 0 && !request.dryRun ? await momentOf(repository, records) : null;
  if (moment)
    for (const record of taken)
      await write(
        repository,
        record,
        items.find(({ id }) => id === record.id)?.suggestion ?? null,
        moment,
      );
  return {
    schema: 'countersign/triage-result@1',
    written: !request.dryRun,
    items: items.sort(byWorth),
  };
}

async function noRules({ files }: Repository): Promise<CountersignError> {
  if ((await files.read(rulesPath)) === null)
    return new CountersignError(
      'triage/no-rules',
      `there is no ${rulesPath} to triage by`,
      'countersign init writes a starting one',
    );
  return new CountersignError(
    'triage/no-rules',
    `${rulesPath} cannot be read`,
    'countersign index says why',
  );
}

/** A weight of something unknown would leave the order as if it were not there. */
function weightsOf({ priority }: Triage): PriorityWeights | undefined {
  const unknown = Object.keys(priority ?? {}).find(
    (name) => !(weighable as readonly string[]).includes(name),
  );
  if (unknown === undefined) return priority;
  const near = nearestName(unknown, weighable);
  throw new CountersignError(
    'triage/unknown-weight',
    `${rulesPath} weighs ${unknown}, which no item has`,
    near ? `did you mean ${near}?` : `weigh ${weighable.join(', ')}`,
  );
}

function chosen(index: RecordIndex, ids: readonly string[]): readonly FeedbackRecord[] {
  const feedback = index.records.filter(
    (record): record is FeedbackRecord => record.kind === 'feedback',
  );
  if (ids.length === 0) return feedback.filter(({ value }) => value.status === 'new');
  return [...new Set(ids)].map((id) => {
    const found = feedback.find((record) => record.id === id);
    if (!found) throw noRecord(id, index, { records: feedback, look: waiting });
    return found;
  });
}

function judged(
  record: FeedbackRecord,
  rules: Triage,
  weights: PriorityWeights | undefined,
): TriagedItem {
  const { value, path } = record;
  const suggestion = classifyFeedback(value, rules);
  const about = {
    id: value.id,
    path,
    title: titleOf(value),
    suggestion,
    score: priorityScore(value.priority, weights),
  };
  if (value.status !== 'new')
    return { ...about, outcome: 'settled', why: `it is ${value.status} already` };
  if (suggestion === null) return { ...about, outcome: 'unmatched', why: 'no rule matches it' };
  if (suggestion.ambiguous)
    return {
      ...about,
      outcome: 'ambiguous',
      why: `${suggestion.rule} is ${percent(suggestion.confidence)} sure, less than ${percent(rules.ambiguous_below)}: ${suggestion.reason}`,
    };
  return { ...about, outcome: 'triaged', why: `${suggestion.rule}: ${suggestion.reason}` };
}

export function titleOf({ title }: FeedbackRecord['value']): string {
  return typeof title === 'string' ? title : '(kept out of the repository)';
}

function rulesOf(records: readonly ParsedRecord[]): Triage | null {
  const rules = records.find(({ path }) => path === rulesPath);
  return rules?.kind === 'triage' ? rules.value : null;
}

/** What the rules propose for an item; null where there are none, or none says anything. */
export function suggestionOf(
  feedback: FeedbackRecord['value'],
  records: readonly ParsedRecord[],
): Suggestion | null {
  const rules = rulesOf(records);
  return rules === null ? null : classifyFeedback(feedback, rules);
}

/** The weights of the rules; undefined where there are none. */
export function triageWeights(records: readonly ParsedRecord[]): PriorityWeights | undefined {
  const rules = rulesOf(records);
  return rules === null ? undefined : weightsOf(rules);
}

function percent(share: number | undefined): string {
  return `${Math.round((share ?? 0) * 100)} %`;
}

/** Who triages, by the policy's name where it has one, and when. */
export async function momentOf(
  repository: Repository,
  records: readonly ParsedRecord[],
): Promise<TriageMoment> {
  const identity = await authorIdentity(repository);
  const policy = records.find((record) => record.kind === 'policy');
  return {
    at: identity.at,
    by: recordedName(policy?.kind === 'policy' ? policy.value : null, identity),
  };
}

async function write(
  { files }: Repository,
  { path, value }: FeedbackRecord,
  suggestion: Suggestion | null,
  moment: TriageMoment,
): Promise<void> {
  const before = new TextDecoder('utf-8', { ignoreBOM: true }).decode(
    (await files.read(path)) ?? new Uint8Array(),
  );
  const after = new TextEncoder().encode(
    editRecord(
      before,
      triageEdits(value, { kind: 'accept', suggestion: suggestion ?? undefined }, moment),
    ),
  );
  const error = parseRecord(path, after).findings.find(({ severity }) => severity === 'error');
  if (error)
    throw new CountersignError(
      error.code,
      `${path} would not keep its schema: ${error.message}`,
      error.fix,
    );
  await files.write(path, after);
}

const order: readonly TriageOutcome[] = ['ambiguous', 'unmatched', 'open', 'triaged', 'settled'];

/** What waits for a person comes first; among equals what is worth most. */
function byWorth(a: TriagedItem, b: TriagedItem): number {
  return (
    order.indexOf(a.outcome) - order.indexOf(b.outcome) ||
    (b.score ?? -1) - (a.score ?? -1) ||
    compareText(a.id, b.id)
  );
}
