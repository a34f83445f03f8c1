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
    const { installHere } = await import('./install-here.ts');
    const { message, good } = await installHere(
      state.repository,
      context.asAbsolutePath('dist/cli.js'),
    );
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
      state.kind === 'ready' || state.kind === 'noRecords' ? state.repository : null;
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
}
