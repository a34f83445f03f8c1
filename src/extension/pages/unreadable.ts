import { l10n } from 'vscode';

/** What a page is told whose message cannot be read: a defect, or a page that another version of the extension left open. */
export function unreadable(): {
  readonly kind: 'failed';
  readonly message: string;
  readonly fix: string;
} {
  return {
    kind: 'failed',
    message: l10n.t('what this page asked for cannot be read, and nothing was done'),
    fix: l10n.t('close the page and open it again'),
  };
}
