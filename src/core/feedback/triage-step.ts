import type { RecordEdit } from '../records/edit-record.ts';
import type { Suggestion } from './classify-feedback.ts';
import type { Feedback } from '../records/feedback.ts';

/** What a person decides about an item, one step at a time. */
export type TriageStep =
  /** With what the rules proposed, where the item says nothing of its own. */
  | { readonly kind: 'accept'; readonly suggestion?: Suggestion | undefined }
  | { readonly kind: 'component'; readonly component: string }
  | { readonly kind: 'category'; readonly category: string }
  | { readonly kind: 'phase'; readonly phase: 'explore' | 'exploit' }
  | { readonly kind: 'assignee'; readonly assignee: string }
  /** 1 (little) to 5 (much) each; what is left out stays as it is. */
  | {
      readonly kind: 'priority';
      readonly impact?: number | undefined;
      readonly effort?: number | undefined;
      readonly risk?: number | undefined;
    }
  | { readonly kind: 'duplicate'; readonly of: string }
  | { readonly kind: 'decline'; readonly reason: string };

/** Who took the step and when: RFC 3339 with an offset. */
export type TriageMoment = { readonly at: string; readonly by: string | undefined };

/** The edits of a record that a step is, its line in the history included. */
export function triageEdits(
  feedback: Feedback,
  step: TriageStep,
  moment: TriageMoment,
): readonly RecordEdit[] {
  const change = changeOf(feedback, step, moment.by);
  const entry = { at: moment.at, by: moment.by, change: change.said };
  return [...change.edits, { path: ['history', feedback.history?.length ?? 0], value: entry }];
}

type Change = { readonly edits: readonly RecordEdit[]; readonly said: string };

function changeOf(feedback: Feedback, step: TriageStep, by: string | undefined): Change {
  switch (step.kind) {
    case 'accept':
      return accepted(feedback, step.suggestion);
    case 'component':
      return classified(feedback, 'component', step.component, by);
    case 'category':
      return classified(feedback, 'category', step.category, by);
    case 'phase':
      return {
        edits: [{ path: ['phase'], value: step.phase }],
        said: `phase: ${feedback.phase ?? 'none'} → ${step.phase}`,
      };
    case 'assignee':
      return {
        edits: [{ path: ['assignee'], value: step.assignee }],
        said: `assignee: ${feedback.assignee ?? 'none'} → ${step.assignee}`,
      };
    case 'priority': {
      const scores = (['impact', 'effort', 'risk'] as const).flatMap((name) =>
        step[name] === undefined ? [] : [{ name, value: step[name] }],
      );
      return {
        edits: scores.map(({ name, value }) => ({ path: ['priority', name], value })),
        said: `priority: ${scores.map(({ name, value }) => `${name} ${value}`).join(', ')}`,
      };
    }
    case 'duplicate': {
      const { edits, said } = status(feedback, 'duplicate');
      return {
        edits: [...edits, { path: ['duplicate_of'], value: step.of }],
        said: `${said} of ${step.of}`,
      };
    }
    case 'decline': {
      const { edits, said } = status(feedback, 'declined');
      return { edits, said: step.reason === '' ? said : `${said}: ${step.reason}` };
    }
  }
}

/** What a rule had guessed no longer holds: the person's word is certain, and says whose it is. */
function classified(
  { classification }: Feedback,
  key: 'component' | 'category',
  value: string,
  by: string | undefined,
): Change {
  return {
    edits: [
      { path: ['classification', key], value },
      ...(classification?.confidence === undefined
        ? []
        : [{ path: ['classification', 'confidence'], value: 1 }]),
      ...(by === undefined ? [] : [{ path: ['classification', 'by'], value: by }]),
      ...(classification?.reason === undefined
        ? []
        : [{ path: ['classification', 'reason'], value: undefined }]),
    ],
    said: `${key}: ${classification?.[key] ?? 'none'} → ${value}`,
  };
}

/** What is no duplicate any more names no other item: the two together would say two things. */
function status(feedback: Feedback, to: Feedback['status']): Change {
  const freed = to !== 'duplicate' && feedback.duplicate_of !== undefined;
  return {
    edits: [
      { path: ['status'], value: to },
      ...(freed ? [{ path: ['duplicate_of'], value: undefined }] : []),
    ],
    said: `status: ${feedback.status} → ${to}`,
  };
}

/** What a person takes over from a rule still says that the rule said so, and why. What the item says of its own stays. */
function accepted(feedback: Feedback, suggestion: Suggestion | undefined): Change {
  const { edits, said } = status(feedback, 'triaged');
  if (!suggestion) return { edits, said };
  const { rule, component, category, assignee, phase, confidence, reason } = suggestion;
  const classification =
    feedback.classification === undefined && (component ?? category) !== undefined
      ? [{ path: ['classification'], value: { component, category, confidence, by: rule, reason } }]
      : [];
  const rest = [
    ['assignee', assignee],
    ['phase', phase],
  ] as const;
  const taken = rest.flatMap(([key, value]) =>
    value === undefined || feedback[key] !== undefined ? [] : [{ path: [key], value }],
  );
  return {
    edits: [...edits, ...classification, ...taken],
    said: classification.length + taken.length === 0 ? said : `${said}, as ${rule} proposed`,
  };
}
