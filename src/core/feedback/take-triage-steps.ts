import { editRecord } from '../records/edit-record.ts';
import type { Finding } from '../finding/finding.ts';
import type { Feedback } from '../records/feedback.ts';
import { parseRecord } from '../records/parse-record.ts';
import type { Triage } from '../records/triage.ts';
import { classifyFeedback } from './classify-feedback.ts';
import { type TriageMoment, type TriageStep, triageEdits } from './triage-step.ts';

/** What became of a record's text. */
export type TriagedText =
  | {
      readonly kind: 'triaged';
      /** As given, byte for byte, where `changes` is empty: it says so already. */
      readonly text: string;
      readonly value: Feedback;
      /** The lines that the history got. */
      readonly changes: readonly string[];
    }
  /** A step over several together never takes up again what somebody settled. */
  | { readonly kind: 'left'; readonly value: Feedback }
  /** The text is no feedback, or would be none after the steps. */
  | { readonly kind: 'broken'; readonly finding: Finding };

/** What the steps stand on besides the text. */
export type TriageTerms = {
  readonly moment: TriageMoment;
  /** By which an item is accepted; null where there are none. */
  readonly rules: Triage | null;
  /** Whether the person spoke of several items at once, and so of none by itself. */
  readonly together: boolean;
};

/**
 * Takes steps over a record as its text stands: every edit is one of this very text, so that what another wrote before,
 * its lines in the history among them, stays.
 */
export function takeTriageSteps(
  place: { readonly path: string; readonly text: string },
  steps: readonly TriageStep[],
  { moment, rules, together }: TriageTerms,
): TriagedText {
  const start = feedbackOf(place.path, place.text);
  if (start.kind === 'broken') return start;
  let { value } = start;
  if (together && isSettled(value) && steps.some(settles)) return { kind: 'left', value };
  const suggestion = rules === null ? undefined : (classifyFeedback(value, rules) ?? undefined);
  const changes: string[] = [];
  let { text } = place;
  for (const step of steps) {
    const edits = triageEdits(
      value,
      step.kind === 'accept' ? { ...step, suggestion } : step,
      moment,
    );
    // The last is the line in the history.
    if (editRecord(text, edits.slice(0, -1)) === text) continue;
    const after = editRecord(text, edits);
    const next = feedbackOf(place.path, after);
    if (next.kind === 'broken') return next;
    text = after;
    value = next.value;
    const change = value.history?.at(-1)?.change;
    if (typeof change === 'string') changes.push(change);
  }
  return { kind: 'triaged', text, value, changes };
}

/** Reads a text as feedback, with the first error where it is none. */
export function feedbackOf(
  path: string,
  text: string,
):
  | { readonly kind: 'feedback'; readonly value: Feedback }
  | Extract<TriagedText, { kind: 'broken' }> {
  const { record, findings } = parseRecord(path, new TextEncoder().encode(text));
  const error = findings.find(({ severity }) => severity === 'error');
  if (!error && record?.kind === 'feedback') return { kind: 'feedback', value: record.value };
  return {
    kind: 'broken',
    finding: error ?? {
      code: 'record/not-written',
      severity: 'error',
      message: 'it would be no feedback',
    },
  };
}

/** Whether somebody decided about it already: it is neither new nor merely triaged. */
export function isSettled({ status }: Feedback): boolean {
  return status !== 'new' && status !== 'triaged';
}

function settles({ kind }: TriageStep): boolean {
  return kind === 'accept' || kind === 'duplicate' || kind === 'decline';
}
