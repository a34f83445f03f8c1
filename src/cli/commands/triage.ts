import { CountersignError } from '../../app/errors.ts';
import { triageFeedback } from '../../app/triage.ts';
import { triageByHand } from '../../app/triage-by-hand.ts';
import { adviceLine } from '../../core/render/check-text.ts';
import { triageText } from '../../core/render/triage-text.ts';
import { escapeTerminal } from '../../core/render/terminal.ts';
import { openRepository } from '../../node/repository.ts';
import type { CliCommand } from '../command.ts';
import { triageOptions, triageSteps } from '../triage-options.ts';

export const command: CliCommand = {
  configure: (options) =>
    triageOptions(
      options
        .argument('[ids...]', 'feedback items (default: all that are new)')
        .option('--dry-run', 'say what would be written, and write nothing'),
    ),
  examples: [
    'countersign triage --dry-run',
    'countersign triage',
    'countersign triage FB-7K2M9QXA FB-9QXA7K2M --json',
    'countersign triage FB-7K2M9QXA --component threshold --owner ada --impact 4 --effort 2 --accept',
    'countersign triage FB-7K2M9QXA --decline "it was a test"',
  ],
  run: async (context, ids, options) => {
    const steps = triageSteps(options);
    if (steps.length > 0 && ids.length === 0)
      throw new CountersignError(
        'usage/ids',
        'nothing says which items this is about',
        'name them: countersign triage FB-… --accept; what waits: countersign list feedback --where status=new',
      );
    const dryRun = options['dryRun'] === true;
    const repository = await openRepository(context.repo, context.env);
    const result =
      steps.length > 0
        ? await triageByHand(repository, {
            ids,
            steps,
            dryRun,
            onDoubt: (remark) => context.say([escapeTerminal(remark)]),
          })
        : await triageFeedback(repository, {
            ids,
            dryRun,
            onFindings: (findings) => context.say(findings.map(adviceLine)),
          });
    return { exit: 0, json: result, text: () => triageText(result.items, result.written) };
  },
};
