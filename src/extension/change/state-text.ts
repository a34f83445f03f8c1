import { l10n } from 'vscode';
import type { Verdict } from '../../core/gate/check-result.ts';
import type { RequirementState } from '../../core/gate/requirements.ts';

export function stateText(state: RequirementState): string {
  return {
    met: l10n.t('met'),
    unmet: l10n.t('open'),
    excepted: l10n.t('excepted'),
    rejected: l10n.t('rejected'),
  }[state];
}

export function stateIcon(state: RequirementState): string {
  return { met: 'pass', unmet: 'circle-large-outline', excepted: 'warning', rejected: 'error' }[
    state
  ];
}

export function stateColor(state: RequirementState): string {
  return {
    met: 'testing.iconPassed',
    unmet: 'problemsWarningIcon.foreground',
    excepted: 'problemsWarningIcon.foreground',
    rejected: 'testing.iconFailed',
  }[state];
}

/** The verdict as people read it. Nothing but a pass sounds like one. */
export function verdictText(verdict: Verdict): string {
  return {
    pass: l10n.t('May land'),
    'pass-with-exception': l10n.t('May land by an exception'),
    fail: l10n.t('May not land yet'),
    unprotected: l10n.t('Unprotected: no policy on the target'),
    undecidable: l10n.t('Could not be judged'),
  }[verdict];
}

export function verdictIcon(verdict: Verdict): string {
  return {
    pass: 'pass-filled',
    'pass-with-exception': 'warning',
    fail: 'error',
    unprotected: 'unlock',
    undecidable: 'question',
  }[verdict];
}

export function verdictColor(verdict: Verdict): string {
  if (verdict === 'pass') return 'testing.iconPassed';
  return verdict === 'fail' || verdict === 'undecidable'
    ? 'testing.iconFailed'
    : 'problemsWarningIcon.foreground';
}
