import {
  type ExtensionContext,
  l10n,
  StatusBarAlignment,
  type StatusBarItem,
  ThemeColor,
  window,
} from 'vscode';
import type { CheckResult } from '../../core/gate/check-result.ts';
import type { Finding } from '../../core/finding/finding.ts';
import { verdictIcon, verdictText } from '../change/state-text.ts';
import { oneLineWithoutIcons } from '../tree/one-line.ts';
import type { ModelWorkspace } from '../workspace/model-workspace.ts';
import { brokenPolicy, type FolderState, type GateState } from '../workspace/snapshot.ts';

type Shown = {
  readonly icon: string;
  readonly text: string;
  readonly tooltip: string;
  readonly loud?: boolean;
};

/** One item with the verdict over what is staged; it opens the Change view. */
export function registerStatusBar(context: ExtensionContext, model: ModelWorkspace): void {
  const item = window.createStatusBarItem('countersign.verdict', StatusBarAlignment.Left, 40);
  item.name = l10n.t('Countersign verdict');
  item.command = { title: l10n.t('Show Change'), command: 'countersign.showChange' };
  const update = (): void => show(item, shown(model.state));
  update();
  context.subscriptions.push(item, model.onDidChange(update));
}

function show(item: StatusBarItem, what: Shown | null): void {
  if (!what) return item.hide();
  item.text = `$(${what.icon}) ${oneLineWithoutIcons(what.text, 60)}`;
  item.tooltip = what.tooltip;
  item.accessibilityInformation = { label: l10n.t('Countersign: {0}', what.text), role: 'button' };
  item.backgroundColor = what.loud ? new ThemeColor('statusBarItem.warningBackground') : undefined;
  item.show();
}

/** Nothing where there are no records: the bar belongs to those who use them. */
function shown(state: FolderState): Shown | null {
  if (state.kind === 'ready') {
    const broken = brokenPolicy(state);
    return broken ? brokenText(broken) : shownGate(state.gate);
  }
  if (state.kind === 'recordsGone')
    return {
      icon: 'warning',
      text: l10n.t('Records are missing'),
      tooltip: l10n.t(
        'The folder .countersign is gone from here, and the policy of {0} stands.',
        state.held.holders.join(', '),
      ),
      loud: true,
    };
  return state.kind === 'failed'
    ? {
        icon: 'error',
        text: l10n.t('Countersign failed'),
        tooltip: state.failure.message,
        loud: true,
      }
    : null;
}

function brokenText({ line, message, fix }: Finding): Shown {
  return {
    icon: 'error',
    text: l10n.t('The policy here cannot be read'),
    tooltip: [`.countersign/policy.yaml:${line ?? 1}: ${message}`, fix].filter(Boolean).join('\n'),
    loud: true,
  };
}

function shownGate(gate: GateState): Shown {
  if (gate.kind === 'untrusted')
    return {
      icon: 'workspace-untrusted',
      text: 'Countersign',
      tooltip: l10n.t('The gate waits until you trust this folder.'),
    };
  if (gate.kind === 'virtual')
    return {
      icon: 'law',
      text: 'Countersign',
      tooltip: l10n.t('The gate needs git and a folder on disk.'),
    };
  if (gate.kind === 'failed')
    return {
      icon: 'error',
      text: l10n.t('Could not be judged'),
      tooltip: [gate.failure.message, gate.failure.fix].filter(Boolean).join('\n'),
      loud: true,
    };
  if (gate.kind === 'checked') return shownResult(gate.result);
  return gate.last
    ? { ...shownResult(gate.last.result), icon: 'loading~spin' }
    : { icon: 'loading~spin', text: 'Countersign', tooltip: l10n.t('Looking at what is staged…') };
}

function shownResult(result: CheckResult): Shown {
  const icon = verdictIcon(result.verdict);
  if (result.verdict === 'pass' && result.examined.entries === 0)
    return {
      icon: 'pass',
      text: l10n.t('Nothing staged'),
      tooltip: l10n.t('Nothing is staged, so there is nothing to judge.'),
    };
  const open = result.findings.filter(({ severity }) => severity === 'error').length;
  const text =
    open > 0
      ? l10n.t('{0} ({1} open)', verdictText(result.verdict), open)
      : verdictText(result.verdict);
  return {
    icon,
    text,
    tooltip: [l10n.t('Countersign on what is staged: {0}', text), result.next]
      .filter(Boolean)
      .join('\n'),
    loud: result.verdict === 'fail' || result.verdict === 'undecidable',
  };
}
