import { l10n } from 'vscode';

/** The title of a record; a private one is not shown from here. */
export function titleText(title: unknown): string {
  return typeof title === 'string' ? title : l10n.t('(private title)');
}

/** A word of the record format as people read it: `in-progress` becomes "In progress". */
export function statusText(status: string): string {
  const words: Readonly<Record<string, string>> = {
    new: l10n.t('New'),
    triaged: l10n.t('Triaged'),
    accepted: l10n.t('Accepted'),
    'in-progress': l10n.t('In progress'),
    validated: l10n.t('Validated'),
    shipped: l10n.t('Shipped'),
    declined: l10n.t('Declined'),
    duplicate: l10n.t('Duplicate'),
    proposed: l10n.t('Proposed'),
    'in-review': l10n.t('In review'),
    rejected: l10n.t('Rejected'),
    'rolled-back': l10n.t('Rolled back'),
    superseded: l10n.t('Superseded'),
    open: l10n.t('Open'),
    resolved: l10n.t('Resolved'),
  };
  return words[status] ?? status;
}

/** Codicon of a status. */
export function statusIcon(status: string): string {
  const icons: Readonly<Record<string, string>> = {
    new: 'circle-large-outline',
    triaged: 'inbox',
    accepted: 'pass',
    'in-progress': 'sync',
    validated: 'beaker',
    shipped: 'rocket',
    declined: 'circle-slash',
    duplicate: 'files',
    proposed: 'lightbulb',
    'in-review': 'comment-discussion',
    rejected: 'circle-slash',
    'rolled-back': 'discard',
    superseded: 'arrow-swap',
  };
  return icons[status] ?? 'circle-outline';
}

/** Risk as people read it. */
export function riskText(risk: string): string {
  const words: Readonly<Record<string, string>> = {
    low: l10n.t('low risk'),
    medium: l10n.t('medium risk'),
    high: l10n.t('high risk'),
    critical: l10n.t('critical risk'),
  };
  return words[risk] ?? risk;
}
