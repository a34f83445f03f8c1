import { comparableText, normalText } from '../comparable-text.ts';
import type { Feedback } from '../records/feedback.ts';
import type { Triage } from '../records/triage.ts';
import { valuesAt } from '../records/values-at.ts';

type Rule = NonNullable<Triage['rules']>[number];

/** What the rules make of an item: a proposal, which a person takes or changes. */
export type Suggestion = {
  /** Id of the rule, as `classification.by` names it. */
  readonly rule: string;
  readonly component: string | undefined;
  readonly category: string | undefined;
  /** Id of a person or role. */
  readonly assignee: string | undefined;
  readonly phase: 'explore' | 'exploit' | undefined;
  /** 0 to 1, as the rule states it. */
  readonly confidence: number | undefined;
  /** Why the rule matched, in one sentence. */
  readonly reason: string;
  /** Whether the confidence is under `ambiguous_below`, so that a person has to look. */
  readonly ambiguous: boolean;
};

/**
 * What the first rule whose tests all hold says of an item; null where none holds.
 *
 * Tests: `channel` is one of those named; one of the `text` patterns stands in title or body, whatever its case, its white
 * space and its Unicode form, `*` standing for any text; any other key is a dotted path into the record, through lists, whose
 * value is, or holds, one of those named.
 * A text that is kept elsewhere cannot be matched.
 */
export function classifyFeedback(
  feedback: Feedback,
  { rules = [], owners = {}, ambiguous_below }: Triage,
): Suggestion | null {
  for (const rule of rules) {
    const reasons = reasonsOf(rule, feedback);
    if (reasons) return suggestion(rule, reasons, owners, ambiguous_below);
  }
  return null;
}

function suggestion(
  { id, then }: Rule,
  reasons: readonly string[],
  owners: NonNullable<Triage['owners']>,
  ambiguousBelow: number | undefined,
): Suggestion {
  const owner =
    then.component !== undefined && Object.hasOwn(owners, then.component)
      ? owners[then.component]
      : undefined;
  return {
    rule: id,
    component: then.component,
    category: then.category,
    assignee: then.assignee ?? owner,
    phase: then.phase,
    confidence: then.confidence,
    reason: reasons.length === 0 ? 'the rule takes everything' : reasons.join(', '),
    ambiguous:
      then.confidence !== undefined &&
      ambiguousBelow !== undefined &&
      then.confidence < ambiguousBelow,
  };
}

/** Why each test of a rule holds, or null where one does not. */
function reasonsOf(
  { when: { channel, text, ...fields } }: Rule,
  feedback: Feedback,
): readonly string[] | null {
  const reasons = [
    ...(channel === undefined
      ? []
      : [
          [channel].flat().includes(feedback.channel) ? `the channel is ${feedback.channel}` : null,
        ]),
    ...(text === undefined ? [] : [textReason([text].flat(), feedback)]),
    ...Object.entries(fields).map(([path, wanted]) => fieldReason(path, wanted, feedback)),
  ];
  return reasons.every((reason) => reason !== null) ? reasons : null;
}

function textReason(patterns: readonly string[], { title, body }: Feedback): string | null {
  const places = [
    ['title', title],
    ['text', body],
  ] as const;
  for (const pattern of patterns) {
    const place = places.find(([, words]) => typeof words === 'string' && occurs(pattern, words));
    if (place) return `the ${place[0]} says "${pattern}"`;
  }
  return null;
}

/** Whether the parts between the stars stand in the text in this order; in linear time, since both may be hostile. */
function occurs(pattern: string, text: string): boolean {
  const words = comparableText(text);
  let from = 0;
  for (const part of comparableText(pattern).split('*')) {
    const at = words.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return true;
}

function fieldReason(path: string, wanted: unknown, feedback: Feedback): string | null {
  const found = valuesAt(feedback, path).map(comparable);
  const hit = [wanted].flat().find((value) => found.includes(comparable(value)));
  return hit === undefined ? null : `${path} is ${String(hit)}`;
}

function comparable(value: unknown): unknown {
  return typeof value === 'string' ? normalText(value) : value;
}
