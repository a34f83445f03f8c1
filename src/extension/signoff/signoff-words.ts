import { l10n } from 'vscode';
import type { SignoffWords } from '../../core/render/signoff-page.ts';

/** The words of the sign-off form in the editor's language. */
export function signoffWords(): SignoffWords {
  return {
    heading: l10n.t('Sign what is staged'),
    as: l10n.t('as'),
    sign: l10n.t('Sign with my key'),
    reject: l10n.t('Reject'),
    confirmReject: l10n.t('A reject stops this change until you replace it.'),
    yes: l10n.t('Yes'),
    no: l10n.t('No'),
    notApplicable: l10n.t('Does not apply'),
    note: l10n.t('Note'),
    noteNeeded: l10n.t('Why it does not apply'),
    required: l10n.t('must be answered'),
    unanswered: l10n.t('Still open:'),
    files: l10n.t('Files that are signed'),
    evidence: l10n.t('Evidence that is cited'),
    moved: l10n.t('Moved since you last signed:'),
    nothingMoved: l10n.t('Nothing moved since you last signed.'),
    earlier: l10n.t('As you answered before'),
    none: l10n.t('No sign-off waits for you.'),
    loading: l10n.t('Loading…'),
    signing: l10n.t('Signing…'),
    again: l10n.t('Look again'),
    signed: l10n.t('Signed'),
  };
}
