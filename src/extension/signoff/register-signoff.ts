import { commands, type ExtensionContext, type OutputChannel, window } from 'vscode';
import { guarded } from '../guarded.ts';
import type { ModelWorkspace } from '../workspace/model-workspace.ts';
import type { TreeNode } from '../tree/tree-node.ts';
import { attachSignoffForm, showSignoffForm, signoffView, staged } from './signoff-panel.ts';

/** The sign-off form: from the palette and from the Change view; it comes back after a reload with what was answered. */
export function registerSignoff(
  context: ExtensionContext,
  model: ModelWorkspace,
  output: OutputChannel,
): void {
  context.subscriptions.push(
    commands.registerCommand(
      'countersign.sign',
      guarded(() => showSignoffForm(context, model, output, staged), output),
    ),
    commands.registerCommand(
      'countersign.signLanded',
      guarded(
        ({ range }: TreeNode) =>
          range && showSignoffForm(context, model, output, { kind: 'range', ...range }),
        output,
      ),
    ),
    commands.registerCommand(
      'countersign.closePromise',
      guarded(
        async ({ promise }: TreeNode) =>
          promise &&
          (await import('./close-promise.ts')).closePromise(model, context.extensionUri, promise),
        output,
      ),
    ),
    window.registerWebviewPanelSerializer(signoffView, {
      deserializeWebviewPanel: async (panel) =>
        attachSignoffForm(panel, context, model, { output, source: staged }),
    }),
  );
}
