import { triageFeedback } from '../../app/triage.ts';
import { adviceLine } from '../../core/render/check-text.ts';
import { triageText } from '../../core/render/triage-text.ts';
import { openRepository } from '../../node/repository.ts';
import type { CliCommand } from '../command.ts';

export const command: CliCommand = {
  configure: (options) => options.argument('[ids...]', 'feedback items (default: all that are new)').option('--dry-run', 'say what would be written, and write nothing'),
  examples: ['countersign triage --dry-run', 'countersign triage', 'countersign triage FB-7K2M9QXA FB-9QXA7K2M --json'],
  run: async (context, ids, options) => {
    const result = await triageFeedback(await openRepository(context.repo, context.env), { ids, dryRun: options['dryRun'] === true, onFindings: (findings) => context.say(findings.map(adviceLine)) });
    return { exit: 0, json: result, text: () => triageText(result.items, result.written) };
  },
};
