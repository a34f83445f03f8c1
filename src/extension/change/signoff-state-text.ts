import { l10n } from 'vscode';
import { stateColor } from './state-text.ts';

/** What a sign-off says and whether it is good; `decision` is null where nothing of it is known to be true. */
type Worth = {
  readonly state: string;
  readonly decision: string | null;
  readonly replaced_by?: string | null;
  readonly follows_up?: true;
};

/** What a sign-off is worth, in words; of a stale one, what moved. A reject stands whatever moves, until its signer replaces it. */
export function signoffStateText(
  { state, decision, replaced_by: replacedBy, follows_up: followsUp }: Worth,
  moved: readonly string[],
): string {
  if (replacedBy) return l10n.t('replaced by a later one of the same person');
  if (followsUp) return l10n.t('follows up what landed under an exception');
  if (state === 'stale' && moved.length > 0)
    return decision === 'reject' ? standsText(moved) : staleText(moved);
  const words: Readonly<Record<string, string>> = {
    valid: l10n.t('valid'),
    stale: l10n.t('stale'),
    expired: l10n.t('expired'),
    revoked: l10n.t('key revoked'),
    forged: l10n.t('forged'),
    unverified: l10n.t('could not be verified here'),
    'unknown-signer': l10n.t('unknown key'),
    'not-allowed': l10n.t('not allowed to sign this'),
  };
  return words[state] ?? state;
}

function staleText([first = '', ...more]: readonly string[]): string {
  return more.length === 0
    ? l10n.t('stale: {0} moved since', first)
    : l10n.t('stale: {0} and {1} more moved since', first, more.length);
}

function standsText([first = '', ...more]: readonly string[]): string {
  return more.length === 0
    ? l10n.t('stands, though {0} moved since', first)
    : l10n.t('stands, though {0} and {1} more moved since', first, more.length);
}

/** A valid reject is no approval: only what lets something land looks like it. */
export function signoffIcon({
  state,
  decision,
  replaced_by: replacedBy,
  follows_up: followsUp,
}: Worth): string {
  if (replacedBy) return 'history';
  if (followsUp) return 'verified-filled';
  if (isReject(state, decision)) return 'error';
  if (state !== 'valid') return 'warning';
  return decision === 'withdraw' ? 'discard' : 'verified-filled';
}

export function signoffColor({
  state,
  decision,
  replaced_by: replacedBy,
  follows_up: followsUp,
}: Worth): string | undefined {
  if (replacedBy) return undefined;
  if (followsUp) return stateColor('met');
  if (isReject(state, decision)) return stateColor('rejected');
  if (state !== 'valid') return stateColor('unmet');
  return decision === 'withdraw' ? undefined : stateColor('met');
}

function isReject(state: string, decision: string | null): boolean {
  return decision === 'reject' && (state === 'valid' || state === 'stale');
}
