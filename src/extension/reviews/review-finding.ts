import { type CommentReply, l10n, window } from 'vscode';
import { isDate } from '../../core/records/field-schemas.ts';
import { oneKeyPick } from '../triage/one-key-pick.ts';
import { begin, keepWords, newWords, type ReviewDesk } from './review-commands.ts';

/** Begins a thread with a finding: how bad it is, and by when it has to be answered. Left half-way, the words stay as a draft. */
export async function beginFinding(desk: ReviewDesk, reply: CommentReply): Promise<void> {
  const severity = await askSeverity();
  const due = severity === undefined ? undefined : await askDue();
  if (severity === undefined || due === undefined)
    return keepWords(desk, newWords(reply), reply.thread);
  await begin(desk, reply, { type: 'finding', severity, ...(due === '' ? {} : { due }) });
}

async function askSeverity(): Promise<'low' | 'medium' | 'high' | 'critical' | undefined> {
  const words = {
    low: l10n.t('Low'),
    medium: l10n.t('Medium'),
    high: l10n.t('High'),
    critical: l10n.t('Critical'),
  } as const;
  const keys = { low: 'l', medium: 'm', high: 'h', critical: 'c' } as const;
  const choices = (['low', 'medium', 'high', 'critical'] as const).map((value) => ({
    key: keys[value],
    label: words[value],
    value,
  }));
  const chosen = await oneKeyPick(choices, {
    title: l10n.t('How bad is it?'),
    placeholder: l10n.t('One key, or arrows and Enter'),
  });
  return chosen === 'back' ? undefined : chosen;
}

function askDue(): Thenable<string | undefined> {
  const validateInput = (text: string): string | undefined =>
    text === '' || isDate(text) ? undefined : l10n.t('Write a day like 2026-12-01, or nothing');
  return window.showInputBox({
    title: l10n.t('By when has it to be answered?'),
    placeHolder: l10n.t('2026-12-01, or nothing'),
    ignoreFocusOut: true,
    validateInput,
  });
}
