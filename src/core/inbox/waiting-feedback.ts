import { classifyFeedback } from '../feedback/classify-feedback.ts';
import type { Feedback } from '../records/feedback.ts';
import type { Triage } from '../records/triage.ts';
import type { InboxItem } from './inbox-item.ts';

/** A feedback item as it stands on some branches. */
export type FeedbackVersion = { readonly value: Feedback; readonly branches: readonly string[] };

/**
 * Feedback that nobody has triaged on any branch: assigned to this person or a role of theirs, proposed for them by a rule,
 * or for nobody, which is for everybody.
 *
 * @param versions of one item @param names the person's id and roles
 */
export function waitingFeedback(
  versions: readonly FeedbackVersion[],
  rules: Triage | null,
  names: ReadonlySet<string>,
): InboxItem | null {
  const [first] = versions;
  if (!first || versions.some(({ value }) => value.status !== 'new')) return null;
  const { id, title, assignee } = first.value;
  const proposed = assignee ?? (rules ? classifyFeedback(first.value, rules)?.assignee : undefined);
  if (proposed !== undefined && !names.has(proposed)) return null;
  const unassigned = proposed === undefined ? 'is nobody’s' : 'would be yours';
  const whose = assignee === undefined ? unassigned : 'is assigned to you';
  return {
    kind: 'triage',
    branches: [...new Set(versions.flatMap(({ branches }) => branches))].sort(),
    what: `${id} waits for triage and ${whose}: ${typeof title === 'string' ? title : '(kept out of the repository)'}`,
    about: id,
    due: null,
    overdue: false,
    command: `countersign triage ${id}`,
  };
}
