import { compareText, type Finding } from '../core/finding/finding.ts';
import { classifyFeedback, type Suggestion } from '../core/feedback/classify-feedback.ts';
import { type PriorityWeights, priorityScore, weighable } from '../core/feedback/priority-score.ts';
import {
  feedbackOf,
  takeTriageSteps,
  type TriageTerms,
} from '../core/feedback/take-triage-steps.ts';
import type { TriageMoment } from '../core/feedback/triage-step.ts';
import type { ParsedRecord } from '../core/records/parse-record.ts';
import { kindOfPath } from '../core/records/kind-of-path.ts';
import { nearestName } from '../core/records/schema/nearest-name.ts';
import type { Triage } from '../core/records/triage.ts';
import { authorIdentity, recordedName } from './author-identity.ts';
import { changeText, textsOf } from './change-text.ts';
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
  const moment =
    !request.dryRun && items.some(({ outcome }) => outcome === 'triaged')
      ? await momentOf(repository, records)
      : null;
  const done: TriagedItem[] = [];
  for (const item of items)
    done.push(
      moment && item.outcome === 'triaged'
        ? await accept(repository, item, weights, { moment, rules, together: true })
        : item,
    );
  return {
    schema: 'countersign/triage-result@1',
    written: !request.dryRun,
    items: done.sort(byWorth),
  };
}

async function noRules({ files }: Repository): Promise<CountersignError> {
  if ((await files.read(rulesPath)) === null)
    return new CountersignError(
      'triage/no-rules',
      `there is no ${rulesPath} to triage by`,
      'countersign init, which writes a starting one',
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
  { value, path }: Pick<FeedbackRecord, 'value' | 'path'>,
  rules: Triage,
  weights: PriorityWeights | undefined,
): TriagedItem {
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

export function rulesOf(records: readonly ParsedRecord[]): Triage | null {
  const rules = records.find(({ path }) => path === rulesPath);
  return rules?.kind === 'triage' ? rules.value : null;
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

/** Takes what the rules propose, where they still do: what another wrote since is judged anew, and stays. */
async function accept(
  { files }: Repository,
  item: TriagedItem,
  weights: PriorityWeights | undefined,
  terms: TriageTerms & { readonly rules: Triage },
): Promise<TriagedItem> {
  const { path } = item;
  let now = item;
  await changeText(textsOf(files), path, (text) => {
    const read = feedbackOf(path, text);
    if (read.kind === 'broken') throw notWritten(path, read.finding);
    now = judged({ path, value: read.value }, terms.rules, weights);
    if (now.outcome !== 'triaged') return text;
    const taken = takeTriageSteps({ path, text }, [{ kind: 'accept' }], terms);
    if (taken.kind === 'broken') throw notWritten(path, taken.finding);
    return taken.kind === 'triaged' ? taken.text : text;
  });
  return now;
}

/** What keeps a record from being written: it is none any more, or would be none. */
export function notWritten(path: string, { code, message, fix }: Finding): CountersignError {
  return new CountersignError(code, `${path} would not keep its schema: ${message}`, fix);
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
