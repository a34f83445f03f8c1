import type { Diagnosis } from '../../app/diagnosis.ts';
import { diagnose } from '../../app/doctor.ts';
import { escapeTerminal } from '../../core/render/terminal.ts';
import { machineChecks } from '../../node/machine-checks.ts';
import { openRepository } from '../../node/repository.ts';
import type { CliCommand } from '../command.ts';
import { oneLine } from '../one-line.ts';

export const command: CliCommand = {
  configure: (options) => options,
  examples: ['countersign doctor', 'countersign doctor --json'],
  run: async (context) => {
    const repository = await openRepository(context.repo, context.env);
    const checks = await diagnose(
      repository,
      machineChecks(repository, [process.execPath, process.argv[1] ?? '']),
    );
    return {
      exit: checks.some(({ state }) => state === 'bad') ? 1 : 0,
      json: { checks },
      text: () => checks.map(line).join('\n'),
    };
  },
};

function line({ check, state, says, fix }: Diagnosis): string {
  return escapeTerminal(
    `${{ good: '✓', warning: '!', bad: '✗' }[state]} ${check}: ${oneLine(says)}${fix ? ` — ${oneLine(fix)}` : ''}`,
  );
}
