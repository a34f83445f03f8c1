import { commands, type ExtensionContext, type OutputChannel, window } from 'vscode';
import { guarded } from '../guarded.ts';
import type { ModelWorkspace } from '../workspace/model-workspace.ts';
import { attachSignoffForm, showSignoffForm, signoffView } from './signoff-panel.ts';

/** The sign-off form: from the palette and from the Change view; it comes back after a reload with what was answered. */
export function registerSignoff(context: ExtensionContext, model: ModelWorkspace, output: OutputChannel): void {
  context.subscriptions.push(
    commands.registerCommand(
      'countersign.sign',
      guarded(() => showSignoffForm(context, model, output), output),
    ),
    window.registerWebviewPanelSerializer(signoffView, { deserializeWebviewPanel: async (panel) => attachSignoffForm(panel, context, model, output) }),
  );
}
