import { commands, type ExtensionContext, l10n, type OutputChannel, window } from 'vscode';
import { waitingInOrder } from '../feedback/feedback-tree.ts';
import { arrangementOf } from '../feedback/feedback-view.ts';
import { guarded } from '../guarded.ts';
import type { TreeNode } from '../tree/tree-node.ts';
import type { ModelWorkspace } from '../workspace/model-workspace.ts';

/** Triage from the palette, over all that waits, and from the Feedback view, over what is selected. */
export function registerTriage(
  context: ExtensionContext,
  model: ModelWorkspace,
  output: OutputChannel,
): void {
  const start = async (node?: TreeNode | string, selected?: readonly TreeNode[]): Promise<void> => {
    const { state, current } = model;
    if (state.kind !== 'ready' || !current || !state.repository)
      return void window.showInformationMessage(
        l10n.t('Triage writes records, so it needs a trusted folder with records in it.'),
      );
    const chosen =
      typeof node === 'string'
        ? [node]
        : (selected ?? (node ? [node] : [])).flatMap(({ record }) => record?.id ?? []);
    const { triage } = await import('./triage.ts');
    const asked = await triage(
      current,
      ({ feedback }) =>
        chosen.length > 0 ? chosen : waitingInOrder(feedback, arrangementOf(context).sort),
      chosen.length > 1,
    );
    if (!asked) void window.showInformationMessage(l10n.t('No feedback waits for triage.'));
  };
  context.subscriptions.push(
    commands.registerCommand(
      'countersign.triage',
      guarded(start as (...args: never[]) => unknown, output),
    ),
  );
}
