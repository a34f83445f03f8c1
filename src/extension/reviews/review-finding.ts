import { type CommentReply, l10n } from 'vscode';
import { isDate } from '../../core/records/field-schemas.ts';
import { KeyFlow } from '../flow/key-flow.ts';
import { begin, keepWords, newWords, type ReviewDesk } from './review-commands.ts';

/** Begins a thread with a finding: how bad it is, and by when it has to be answered. Left half-way, the words stay as a draft. */
export function beginFinding(desk: ReviewDesk, reply: CommentReply): Promise<void> {
  return KeyFlow.run(async (flow) => {
    const severity = await askSeverity(flow);
    const due = severity === undefined ? undefined : await askDue(flow);
    if (severity === undefined || due === undefined)
      return keepWords(desk, newWords(reply), reply.thread);
    await flow.busy(
      begin(desk, reply, { type: 'finding', severity, ...(due === '' ? {} : { due }) }),
    );
  });
}

async function askSeverity(
  flow: KeyFlow,
): Promise<'low' | 'medium' | 'high' | 'critical' | undefined> {
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
  const chosen = await flow.keys(choices, {
    title: l10n.t('How bad is it?'),
    placeholder: l10n.t('One key, or arrows and Enter'),
  });
  return chosen === 'back' ? undefined : chosen;
}

function askDue(flow: KeyFlow): Promise<string | undefined> {
  return flow.text({
    title: l10n.t('By when has it to be answered?'),
    placeholder: l10n.t('2026-12-01, or nothing'),
    wrong: (text) =>
      text === '' || isDate(text) ? undefined : l10n.t('Write a day like 2026-12-01, or nothing'),
  });
}
