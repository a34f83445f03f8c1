import { commands, type ExtensionContext, l10n, type OutputChannel, window } from 'vscode';
import { guarded } from '../guarded.ts';
import type { TreeNode } from '../tree/tree-node.ts';
import type { ModelWorkspace } from '../workspace/model-workspace.ts';

/** Commands that write new records, or links into records. */
export function registerCreate(
  context: ExtensionContext,
  model: ModelWorkspace,
  output: OutputChannel,
): void {
  const add = (id: string, run: (...args: never[]) => unknown): void => {
    context.subscriptions.push(commands.registerCommand(`countersign.${id}`, guarded(run, output)));
  };
  const decide = async (chosen: readonly string[] | null): Promise<void> => {
    const { newDecision, writable } = await import('./create-records.ts');
    const place = writable(model.current);
    if (place) await newDecision(place, chosen);
  };
  add('initialise', async () => (await import('./initialise.ts')).initialiseFolder(model));
  add('bringBack', async () => (await import('./initialise.ts')).initialiseFolder(model));
  add('newFeedback', async () => {
    const { newFeedback, writable } = await import('./create-records.ts');
    const place = writable(model.current);
    if (place) await newFeedback(place);
  });
  add('newDecision', () => decide([]));
  add('decide', (node?: TreeNode | string, selected?: readonly TreeNode[]) => {
    if (typeof node === 'string') return decide([node]);
    return decide(node ? (selected ?? [node]).flatMap(({ record }) => record?.id ?? []) : null);
  });
  add('linkSelection', async () => {
    const editor = window.activeTextEditor;
    const session = editor && model.sessionOf(editor.document.uri);
    if (!editor || session?.state.kind !== 'ready')
      return void window.showInformationMessage(
        l10n.t('Select lines of code in a folder with records first.'),
      );
    const { linkSelection } = await import('./link-selection.ts');
    await linkSelection(editor, session, session.state.index);
  });
}
