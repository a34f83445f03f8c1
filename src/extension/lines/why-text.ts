import { l10n } from 'vscode';

/** Why lines are here, in one sentence: "Here because of 7 feedback items and decision DR-…". */
export function whyText(ids: readonly string[], tried: readonly string[]): string {
  const before = tried.length === 0 ? '' : l10n.t('tried before: {0}', tried.join(', '));
  return [ids.length === 0 ? '' : becauseText(ids), before].filter(Boolean).join(' · ');
}

function becauseText(ids: readonly string[]): string {
  const feedback = ids.filter((id) => id.startsWith('FB-'));
  const decisions = ids.filter((id) => id.startsWith('DR-'));
  const items =
    feedback.length === 1
      ? l10n.t('feedback {0}', feedback[0] ?? '')
      : l10n.t('{0} feedback items', feedback.length);
  const decided =
    decisions.length === 1
      ? l10n.t('decision {0}', decisions[0] ?? '')
      : l10n.t('{0} decisions', decisions.length);
  if (decisions.length === 0) return l10n.t('Here because of {0}', items);
  return feedback.length === 0
    ? l10n.t('Here because of {0}', decided)
    : l10n.t('Here because of {0} and {1}', items, decided);
}
