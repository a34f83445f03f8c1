import { dirname, join } from 'node:path';
import { type ExtensionContext, l10n } from 'vscode';
import type { Repository } from '../../app/repository.ts';
import { keepLauncher, launcherPath } from '../../node/hook-launcher.ts';
import { howToAdd } from '../../node/hook-managers.ts';
import { firingHooks } from '../../node/hook-probe.ts';
import { type HookState, installHooks } from '../../node/hooks.ts';
import { renewHooks } from '../../node/renew-hooks.ts';

/**
 * How a hook runs the command line that comes with the extension: by a launcher at a place that no update moves, which is
 * written anew whenever the editor starts the extension.
 */
export async function hookCommand(
  context: ExtensionContext,
  fresh: boolean,
): Promise<readonly string[] | null> {
  const { extensionPath, globalStorageUri, extension } = context;
  const launched = {
    node: process.execPath,
    program: join(extensionPath, 'dist', 'cli.js'),
    newer: join(dirname(extensionPath), `${extension.id}-*`, 'dist', 'cli.js'),
  };
  const there = await keepLauncher(globalStorageUri.fsPath, launched, fresh);
  return there ? ['sh', launcherPath(globalStorageUri.fsPath)] : null;
}

/** Writes the hooks anew that an earlier version wrote with its own place in them, which the next update moves. */
export async function renewHere(context: ExtensionContext, repository: Repository): Promise<void> {
  await renewHooks(
    repository,
    `${context.extension.id}-`,
    async () => (await hookCommand(context, true)) ?? [],
  );
}

/**
 * Writes the hooks that are missing, and says which ones git runs now.
 *
 * @param command how a hook runs the command line that comes with the extension
 */
export async function installHere(
  repository: Repository,
  command: readonly string[],
): Promise<{ readonly message: string; readonly good: boolean }> {
  const states = await installHooks(repository, command);
  const firing = await firingHooks(repository);
  const silent = states.filter(({ name }) => !firing.has(name));
  const [other] = silent.filter(({ state }) => state === 'other');
  if (other)
    return {
      good: false,
      message: l10n.t(
        'There are hooks already ({0}), and they were left alone. For each, {1}',
        namesOf(silent),
        howToAdd(repository.top, other, command),
      ),
    };
  if (silent.length > 0)
    return {
      good: false,
      message: l10n.t(
        'git does not run these hooks, though they are there: {0}. “Countersign: Doctor” says why.',
        namesOf(silent),
      ),
    };
  return { good: true, message: l10n.t('Git runs the gate now: {0}.', namesOf(states)) };
}

function namesOf(states: readonly HookState[]): string {
  return states.map(({ name }) => name).join(', ');
}
