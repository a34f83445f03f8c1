import { l10n } from 'vscode';
import type { Suggestion } from '../../core/feedback/classify-feedback.ts';
import type { Feedback } from '../../core/records/feedback.ts';
import type { KeyedChoice } from '../flow/question.ts';
import { statusText, titleText } from '../records/record-text.ts';
import { oneLineWithoutIcons } from '../tree/one-line.ts';
import type { Asked } from './triage-questions.ts';
import { wordLines } from './word-lines.ts';

/** What can be done about the item that is shown. */
export type Action = 'read' | 'skip' | 'undo' | 'end' | Asked;

/** What is offered for one item. @param suggestion what the rules make of it; null where they are silent */
export function itemChoices(
  value: Feedback,
  suggestion: Suggestion | null,
  undoable: boolean,
): readonly KeyedChoice<Action>[] {
  return [...readChoices(value), ...steps(value, suggestion), ...undoChoice(undoable)];
}

/** What is offered for several items together, of which each has its own suggestion. */
export function batchChoices(undoable: boolean): readonly KeyedChoice<Action>[] {
  return [...steps(null, null), ...undoChoice(undoable)];
}

/** What is offered once nothing is left: keys that were pressed too often do nothing here. */
export function endChoices(undoable: boolean): readonly KeyedChoice<Action>[] {
  return [
    { label: l10n.t('$(check) Close'), description: l10n.t('Enter'), value: 'end' },
    ...undoChoice(undoable),
  ];
}

/** Lines of what was said that are shown below the title. */
const mostLines = 8;

/** The title and the words themselves, in as many rows as they need: a list cuts every row at its end. */
function readChoices(value: Feedback): readonly KeyedChoice<Action>[] {
  const [title = '', ...more] = wordLines(titleText(value.title));
  const body = typeof value.body === 'string' ? wordLines(value.body) : [];
  const cut = body.length > mostLines;
  const rows = [...more, ...(cut ? body.slice(0, mostLines - 1) : body)];
  return [
    {
      key: 'r',
      label: title,
      description: cut ? l10n.t('open the record to read all of it') : l10n.t('open the record'),
      value: 'read',
    },
    ...rows.map((label) => ({ label: `      ${label}`, value: 'read' as const })),
    ...(cut ? [{ label: '      …', value: 'read' as const }] : []),
  ];
}

function undoChoice(undoable: boolean): readonly KeyedChoice<Action>[] {
  return undoable ? [{ key: 'u', label: l10n.t('Undo the last step'), value: 'undo' }] : [];
}

/** One key a step. @param value the item as it stands; null for several together */
function steps(
  value: Feedback | null,
  suggestion: Suggestion | null,
): readonly KeyedChoice<Action>[] {
  const priority =
    value?.priority?.impact === undefined
      ? ''
      : l10n.t('impact {0}, effort {1}', value.priority.impact, value.priority.effort ?? '–');
  return [
    { key: 'a', label: l10n.t('Accept'), ...acceptText(value, suggestion), value: 'accept' },
    {
      key: 'c',
      label: l10n.t('Change component'),
      description: now(value?.classification?.component),
      value: 'component',
    },
    { key: 'o', label: l10n.t('Owner'), description: now(value?.assignee), value: 'assignee' },
    { key: 'p', label: l10n.t('Priority'), description: priority, value: 'priority' },
    { key: 'd', label: l10n.t('Duplicate of…'), value: 'duplicate' },
    { key: 'x', label: l10n.t('Decline'), value: 'decline' },
    {
      key: 's',
      label: l10n.t('Skip'),
      description: value ? l10n.t('stays {0}', statusText(value.status).toLowerCase()) : '',
      value: 'skip',
    },
  ];
}

function now(text: string | undefined): string {
  return text ? oneLineWithoutIcons(text) : '';
}

/** What would be accepted: what the item says already, else what a rule proposes, with its reason. */
function acceptText(
  value: Feedback | null,
  suggestion: Suggestion | null,
): { readonly description?: string; readonly detail?: string } {
  if (!value) return { description: l10n.t('each as its rule proposes; what was settled stays') };
  const own = value.classification;
  const { component, category, confidence, reason } = own ?? suggestion ?? {};
  const owner = value.assignee ?? suggestion?.assignee;
  const sure = confidence === undefined ? '' : l10n.t('{0} % sure', Math.round(confidence * 100));
  const by = own
    ? own.by && l10n.t('by {0}', own.by)
    : suggestion && l10n.t('by rule {0}', suggestion.rule);
  const again =
    value.status === 'new' || value.status === 'triaged'
      ? ''
      : l10n.t('takes it up again: it is {0}', statusText(value.status).toLowerCase());
  const description = [again, component, category, owner && `@${owner}`, sure, by]
    .filter(Boolean)
    .join(' · ');
  const doubt =
    !own && suggestion?.ambiguous
      ? l10n.t('unsure, so look yourself: {0}', suggestion.reason)
      : reason;
  return {
    description: description === '' ? l10n.t('no rule says anything of it') : now(description),
    ...(doubt ? { detail: now(doubt) } : {}),
  };
}
