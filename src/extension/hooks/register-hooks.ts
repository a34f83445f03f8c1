import { commands, type ExtensionContext, l10n, type OutputChannel, window } from 'vscode';
import { CountersignError } from '../../app/errors.ts';
import { guarded } from '../guarded.ts';
import type { ModelWorkspace } from '../workspace/model-workspace.ts';
import { registerCommitWarning, warnsBeforeCommit, warnBeforeCommit } from './commit-warning.ts';

/** The git hooks, installed from the palette or the Change view, and the warning before a commit that they would refuse. */
export function registerHooks(
  context: ExtensionContext,
  model: ModelWorkspace,
  output: OutputChannel,
): void {
  const install = async (): Promise<void> => {
    const { state, current } = model;
    if (!current || state.kind !== 'ready' || !state.repository)
      throw new CountersignError(
        'hook/folder',
        l10n.t('hooks are installed in a trusted folder with records and git'),
      );
    const { hookCommand, installHere } = await import('./install-here.ts');
    const command = (await hookCommand(context, true)) ?? [];
    const { message, good } = await installHere(state.repository, command);
    await current.refreshNow();
    if (!good) return void window.showWarningMessage(message);
    if (warnsBeforeCommit()) return void window.showInformationMessage(message);
    const warn = l10n.t('Warn Before Commits');
    if (
      (await window.showInformationMessage(
        `${message} ${l10n.t('Shall the editor ask, too, before it makes a commit that would be refused?')}`,
        warn,
      )) === warn
    )
      await warnBeforeCommit();
  };
  const doctor = async (): Promise<void> => {
    const { state } = model;
    const repository =
      state.kind === 'ready' || state.kind === 'noRecords' || state.kind === 'recordsGone'
        ? state.repository
        : null;
    if (!repository)
      throw new CountersignError(
        'doctor/folder',
        l10n.t('the doctor looks at a trusted folder with git'),
      );
    await (await import('./doctor.ts')).showDoctor(repository, [
      process.execPath,
      context.asAbsolutePath('dist/cli.js'),
    ]);
  };
  context.subscriptions.push(
    commands.registerCommand('countersign.installHooks', guarded(install, output)),
    commands.registerCommand('countersign.doctor', guarded(doctor, output)),
    commands.registerCommand('countersign.warnBeforeCommit', guarded(warnBeforeCommit, output)),
  );
  registerCommitWarning(context, model);
  keepHooks(context, model, output);
}

/** The launcher of this editor's hooks follows each update; hooks that an earlier version wrote are led to it. */
function keepHooks(context: ExtensionContext, model: ModelWorkspace, output: OutputChannel): void {
  const seen = new Set<string>();
  const look = guarded(async () => {
    for (const { state } of model.sessions) {
      if (state.kind !== 'ready' || !state.repository || seen.has(state.repository.top)) continue;
      seen.add(state.repository.top);
      const { hookCommand, renewHere } = await import('./install-here.ts');
      await hookCommand(context, false);
      await renewHere(context, state.repository);
    }
  }, output);
  context.subscriptions.push(model.onDidChangeAny(() => void look()));
}
