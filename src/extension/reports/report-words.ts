import { l10n } from 'vscode';
import type { ReportWords } from '../../core/render/report-page.ts';

/** The words of the page's controls in the editor's language. */
export function reportWords(): ReportWords {
  return {
    run: l10n.t('Run the evaluation'),
    runAgain: l10n.t('Run again'),
    cancel: l10n.t('Cancel'),
    running: l10n.t('Running…'),
    openRecord: l10n.t('Open record'),
    openResult: l10n.t('Open result'),
    groupBy: l10n.t('Groups by'),
    group: l10n.t('Group'),
    metric: l10n.t('Metric'),
    all: l10n.t('All'),
    controls: l10n.t('What the figures show'),
  };
}
