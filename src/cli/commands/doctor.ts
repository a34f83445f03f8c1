import type { Diagnosis } from '../../app/diagnosis.ts';
import { diagnose } from '../../app/doctor.ts';
import { escapeTerminal } from '../../core/render/terminal.ts';
import { howToAdd } from '../../node/hook-managers.ts';
import { firingHooks } from '../../node/hook-probe.ts';
import { type HookState, hookStates, judgesWholePush } from '../../node/hooks.ts';
import { openRepository } from '../../node/repository.ts';
import { configuredKey, keyName, publicHalf } from '../../node/signing-key.ts';
import type { CliCommand } from '../command.ts';
import { oneLine } from '../one-line.ts';

export const command: CliCommand = {
  configure: (options) => options,
  examples: ['countersign doctor', 'countersign doctor --json'],
  run: async (context) => {
    const repository = await openRepository(context.repo, context.env);
    const program = [process.execPath, process.argv[1] ?? ''];
    const checks = await diagnose(repository, {
      signingKey: async () => keyName(await configuredKey(repository)),
      publicKey: async () => publicHalf(await configuredKey(repository)),
      hooks: async () => {
        const [states, firing, whole] = [await hookStates(repository), await firingHooks(repository), await judgesWholePush(repository)];
        const partial = (hook: HookState): boolean => hook.name === 'pre-push' && hook.manager === 'pre-commit' && !whole;
        return states.map((hook) => ({ name: hook.name, fires: firing.has(hook.name) && !partial(hook), fix: hook.state === 'other' && !(partial(hook) && firing.has(hook.name)) ? howToAdd(repository.top, hook, program) : 'countersign hook install' }));
      },
      engine: async () => {
        const { duckdbVersion } = await import('../../node/duckdb-engine.ts');
        return `DuckDB ${await duckdbVersion()}`;
      },
    });
    return { exit: checks.some(({ state }) => state === 'bad') ? 1 : 0, json: { checks }, text: () => checks.map(line).join('\n') };
  },
};

function line({ check, state, says, fix }: Diagnosis): string {
  return escapeTerminal(`${{ good: '✓', warning: '!', bad: '✗' }[state]} ${check}: ${oneLine(says)}${fix ? ` — ${oneLine(fix)}` : ''}`);
}
