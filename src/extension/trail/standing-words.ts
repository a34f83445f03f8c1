import { l10n } from 'vscode';
import type { SignoffStanding } from '../../app/signoff-standing.ts';
import type { ShownPath } from '../../core/gate/raw-path.ts';
import { pathText } from '../change/file-node.ts';
import { signoffColor, signoffIcon, signoffStateText } from '../change/signoff-state-text.ts';

/** How a sign-off is shown: what it is worth in a few words, the whole of it for the hover, and its sign. */
export type StandingWords = {
  readonly worth: string;
  readonly details: string;
  readonly icon: string;
  readonly color: string | undefined;
};

export function standingWords(standing: SignoffStanding): StandingWords {
  const { reason, conditions, via, why, replaced_by: replacedBy } = standing;
  const worth = worthOf(standing);
  const details = [
    worth,
    standing.state !== 'valid' && standing.state !== 'stale' ? why : null,
    via === null ? null : l10n.t('approved on {0}, which is weaker than a key', via),
    reason === null ? null : l10n.t('because: {0}', reason),
    ...conditions.map(({ text, owner, due, state }) =>
      l10n.t(
        'on the condition that {0} does this by {1}: {2} ({3})',
        owner,
        due,
        text,
        conditionText(state),
      ),
    ),
  ];
  // What another took the place of, or what landed for other bytes, looks like neither an approval nor a fault.
  const past = standing.landed && standing.state === 'stale' && standing.decision !== 'reject';
  const sign =
    replacedBy !== null || past
      ? { icon: 'history', color: undefined }
      : { icon: signoffIcon(standing), color: signoffColor(standing) };
  return { worth, details: details.filter((line) => line !== null).join('\n'), ...sign };
}

function worthOf(standing: SignoffStanding): string {
  const { state, decision, landed, replaced_by: replacedBy, moved, covers } = standing;
  if (replacedBy !== null) return signoffStateText(standing, []);
  if (state === 'valid' && decision === 'withdraw')
    return l10n.t('withdrawn: takes an earlier one back');
  if (decision === 'reject' && (state === 'valid' || state === 'stale'))
    return withMoved(
      landed
        ? l10n.t('stops these bytes from landing again')
        : l10n.t('stops this change until it is replaced'),
      moved,
    );
  if (state === 'stale' && landed)
    return withMoved(l10n.t('landed, for other bytes than are here'), moved);
  if (state === 'valid' && covers === 'whole-change')
    return landed
      ? l10n.t('landed; covers the change as a whole, and lists no file of it')
      : l10n.t('counts for what is staged; covers the change as a whole, and lists no file of it');
  if (state === 'valid')
    return landed
      ? l10n.t('landed, and the bytes are still those')
      : l10n.t('counts for the bytes that are here');
  if (state === 'stale' || state === 'unverified')
    return signoffStateText(standing, moved.map(pathText));
  return l10n.t('counts for nothing: {0}', signoffStateText(standing, []));
}

function withMoved(words: string, [first, ...more]: readonly ShownPath[]): string {
  if (first === undefined) return words;
  return more.length === 0
    ? l10n.t('{0}; {1} moved since', words, pathText(first))
    : l10n.t('{0}; {1} and {2} more moved since', words, pathText(first), more.length);
}

function conditionText(state: string): string {
  return { open: l10n.t('open'), overdue: l10n.t('overdue'), met: l10n.t('met') }[state] ?? state;
}
