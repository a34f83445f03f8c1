import { type Command, commands, env, type ExtensionContext, type OutputChannel } from 'vscode';
import { guarded } from './guarded.ts';
import type { ModelWorkspace } from './workspace/model-workspace.ts';

/** The commands that belong to no one view. What a command needs is imported when it is called. */
export function registerCommands(
  context: ExtensionContext,
  model: ModelWorkspace,
  output: OutputChannel,
): void {
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
  add('openFile', async (target: never) =>
    (await import('./records/open-record.ts')).openFile(target),
  );
  add(
    'openRowFile',
    async ({ resource }: never) =>
      resource && (await import('./records/open-record.ts')).openFile({ uri: String(resource) }),
  );
  // The row of a view keeps the focus for itself; who mends something wants to type.
  add(
    'mendRow',
    ({ command }: { readonly command?: Command }) =>
      command &&
      commands.executeCommand(
        command.command,
        ...(command.arguments ?? []).map((argument: unknown) => ({
          ...(argument as object),
          keepFocus: false,
        })),
      ),
  );
  add('copyNextStep', ({ nextStep }: never) => nextStep && env.clipboard.writeText(nextStep));
  add('openRecord', async () => (await import('./records/pick-record.ts')).pickRecord(model));
  add('openBehind', async (uri: never, ids: never) =>
    (await import('./records/pick-record.ts')).pickBehind(model, uri, ids),
  );
  add('confirmAnchor', async (uri: never, id: never, index: never) =>
    (await import('./lines/confirm-anchor.ts')).confirmAnchor(model, uri, { id, index }),
  );
}
