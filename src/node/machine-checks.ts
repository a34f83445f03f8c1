import type { MachineChecks } from '../app/diagnosis.ts';
import type { Repository } from '../app/repository.ts';
import { howToAdd } from './hook-managers.ts';
import { firingHooks } from './hook-probe.ts';
import { type HookState, hookStates, judgesWholePush } from './hooks.ts';
import { configuredKey, configuredProgram, keyName, publicHalf } from './signing-key.ts';
import { assertUsable } from './usable-key.ts';

/**
 * What only this machine can tell of a repository.
 *
 * @param program the command line, as a hook would call it
 */
export function machineChecks(repository: Repository, program: readonly string[]): MachineChecks {
  return {
    signingKey: async () => {
      const key = await configuredKey(repository);
      if ((await configuredProgram(repository)) === null) await assertUsable(key, process.env);
      return keyName(key);
    },
    publicKey: async () => publicHalf(await configuredKey(repository)),
    hooks: async () => {
      const [states, firing, whole] = [
        await hookStates(repository),
        await firingHooks(repository),
        await judgesWholePush(repository),
      ];
      const partial = (hook: HookState): boolean =>
        hook.name === 'pre-push' && hook.manager === 'pre-commit' && !whole;
      return states.map((hook) => ({
        name: hook.name,
        fires: firing.has(hook.name) && !partial(hook),
        fix:
          hook.state === 'other' && !(partial(hook) && firing.has(hook.name))
            ? howToAdd(repository.top, hook, program)
            : 'countersign hook install',
      }));
    },
    engine: async () => {
      const { duckdbVersion } = await import('./duckdb-engine.ts');
      return `DuckDB ${await duckdbVersion()}`;
    },
  };
}
