import { l10n } from 'vscode';
import type { ChangeSource } from '../../app/change.ts';
import type { SignoffWords } from '../../core/render/signoff-page.ts';

/** The words of the sign-off form in the editor's language. */
export function signoffWords(source: ChangeSource['kind']): SignoffWords {
  return {
    heading:
      source === 'staged'
        ? l10n.t('Sign what is staged')
        : l10n.t('Sign what landed under an exception'),
    as: l10n.t('as'),
    why: l10n.t('Why'),
    noDecision: l10n.t('No decision stands over these files.'),
    askedFor: l10n.t('Asked for by people'),
    privateText: l10n.t('(its text is not in this repository)'),
    measured: l10n.t('What was measured on this very code'),
    notMeasured: l10n.t('Nothing was measured on this very code.'),
    unverified: l10n.t(
      'unverified data, since git has neither the file nor a pointer that says what is in it:',
    ),
    sameAs: l10n.t(
      'measured on the very bytes of before the code changed; these may be predictions of the model as it was. The result of then:',
    ),
    planChanged: l10n.t(
      'This change itself says what is measured, or what is good enough. Look at it before you sign:',
    ),
    report: l10n.t('Report'),
    files: l10n.t('Files that are signed'),
    file: l10n.t('File'),
    difference: l10n.t('What changed'),
    whole: l10n.t('whole change'),
    since: l10n.t('since you signed'),
    movedSince: l10n.t('Moved since you last signed:'),
    nothingMoved: l10n.t('Nothing moved since you last signed.'),
    alreadySigned: l10n.t(
      'You have signed these very bytes. Sign again only to say something else.',
    ),
    evidence: l10n.t('Evidence that your signature lists'),
    evidenceFile: l10n.t('File'),
    digest: l10n.t('SHA-256'),
    ...questionWords(),
    ...buttonWords(),
  };
}

function questionWords() {
  return {
    checklist: l10n.t('Checklist'),
    yes: l10n.t('Yes'),
    no: l10n.t('No'),
    notApplicable: l10n.t('Does not apply'),
    note: l10n.t('Note'),
    noteNeeded: l10n.t('Why it does not apply'),
    required: l10n.t('must be answered'),
    unanswered: l10n.t('Still open:'),
    answeredBefore: l10n.t('Answered when you last signed'),
    keepsShut: l10n.t('It keeps this rule shut until it is settled, since you answered no:'),
    strangers: l10n.t('Written in part by somebody whom the policy does not know'),
    vouch: l10n.t('I know who this is, and that it is a person:'),
    promises: l10n.t('Promised when an earlier change was approved'),
    by: l10n.t('by'),
    overdue: l10n.t('overdue'),
    done: l10n.t('It is done:'),
  };
}

function buttonWords() {
  return {
    meaning: l10n.t('What your signature means'),
    sign: l10n.t('Sign with my key'),
    reject: l10n.t('Reject…'),
    confirmReject: l10n.t(
      'A reject stops this change for everybody, whatever its bytes become, until you approve what is there then, or take it back (countersign sign --withdraw).',
    ),
    reason: l10n.t('Why you reject. Everybody reads it, and it is signed'),
    reasonNeeded: l10n.t('Say why, so that somebody can settle it with you.'),
    rejectAnyway: l10n.t('Sign a reject'),
    back: l10n.t('Back'),
    none: l10n.t('No sign-off waits for you.'),
  };
}
