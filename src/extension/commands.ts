import { commands, type ExtensionContext, type OutputChannel, window } from 'vscode';
import { failureOf } from './workspace/snapshot.ts';
import type { ModelWorkspace } from './workspace/model-workspace.ts';

/** The commands that belong to no one view. What a command needs is imported when it is called. */
export function registerCommands(context: ExtensionContext, model: ModelWorkspace, output: OutputChannel): void {
  const add = (id: string, run: (...args: never[]) => unknown): void => {
    context.subscriptions.push(commands.registerCommand(`countersign.${id}`, guarded(run, output)));
  };
  add('refresh', () => model.refresh());
  add('showOutput', () => output.show());
  add('showChange', () => commands.executeCommand('countersign.change.focus'));
  add('showFeedback', () => commands.executeCommand('countersign.feedback.focus'));
  add('showDecisions', () => commands.executeCommand('countersign.decisions.focus'));
  add('showTrail', () => commands.executeCommand('countersign.trail.focus'));
  add('showProblems', () => commands.executeCommand('workbench.actions.view.problems'));
  add('openFile', async (target: never) => (await import('./records/open-record.ts')).openFile(target));
  add('openRecord', async () => (await import('./records/pick-record.ts')).pickRecord(model));
  add('openBehind', async (uri: never, ids: never) => (await import('./records/pick-record.ts')).pickBehind(model, uri, ids));
}

/** One place where what a command could not do becomes a message with its next step. */
export function guarded(run: (...args: never[]) => unknown, output: OutputChannel): (...args: never[]) => Promise<unknown> {
  return async (...args) => {
    try {
      return await run(...args);
    } catch (error) {
      const { code, message, fix } = failureOf(error);
      output.appendLine(`countersign: ${message} (${code})${fix ? `\n  ${fix}` : ''}`);
      if (code === 'internal/bug' && error instanceof Error && error.stack) output.appendLine(error.stack);
      void window.showErrorMessage([message, fix].filter(Boolean).join(' → '));
      return undefined;
    }
  };
}
