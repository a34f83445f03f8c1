import { l10n } from 'vscode';
import type { Repository } from '../../app/repository.ts';
import { howToAdd } from '../../node/hook-managers.ts';
import { firingHooks } from '../../node/hook-probe.ts';
import { type HookState, installHooks } from '../../node/hooks.ts';

/**
 * Writes the hooks that are missing, and says which ones git runs now.
 *
 * @param program the built command line that comes with the extension
 */
export async function installHere(
  repository: Repository,
  program: string,
): Promise<{ readonly message: string; readonly good: boolean }> {
  // Desktop editors run extensions by a program that is no Node until it is told to be one.
  const node =
    process.versions['electron'] === undefined
      ? [process.execPath]
      : ['env', 'ELECTRON_RUN_AS_NODE=1', process.execPath];
  const command = [...node, program];
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
