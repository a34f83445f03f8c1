import { l10n } from 'vscode';
import type { PlacedThread } from '../../app/reviews.ts';
import { oneLine } from '../tree/one-line.ts';

/** What a thread is about and where it stands, in one line above it. */
export function threadLabel({ thread, placed }: Pick<PlacedThread, 'thread' | 'placed'>): string {
  return [findingText(thread), oneLine(placeText(thread, placed), 160)]
    .filter((part) => part !== '')
    .join(' · ');
}

function findingText({ type, severity, due }: PlacedThread['thread']): string {
  if (type === 'suggest') return l10n.t('Suggestion');
  if (type !== 'finding') return '';
  const words: Readonly<Record<string, string>> = {
    low: l10n.t('Low finding'),
    medium: l10n.t('Medium finding'),
    high: l10n.t('High finding'),
    critical: l10n.t('Critical finding'),
  };
  const finding = words[severity ?? ''] ?? l10n.t('Finding');
  return due === null ? finding : l10n.t('{0}, due {1}', finding, due);
}

function placeText({ anchor }: PlacedThread['thread'], placed: PlacedThread['placed']): string {
  const there = anchor.path || l10n.t('the whole record');
  const about = anchor.quote === undefined ? '' : l10n.t(': “{0}”', anchor.quote);
  if (placed?.state === 'moved') return l10n.t('{0}, moved from {1}', placed.path ?? '', there);
  if (placed?.state === 'changed') return l10n.t('{0}, whose words changed{1}', there, about);
  if (placed?.state === 'lost') return l10n.t('{0}, which is gone{1}', there, about);
  return there;
}
