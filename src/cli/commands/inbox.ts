import { inbox } from '../../app/inbox.ts';
import { inboxText } from '../../core/render/inbox-text.ts';
import { openRepository } from '../../node/repository.ts';
import { countOption, textOption, timeOption } from '../change-options.ts';
import type { CliCommand } from '../command.ts';

export const command: CliCommand = {
  configure: (options) =>
    options
      .option('--me <person>', 'id of a person of the policy (default: whose e-mail git uses here)')
      .option('--limit <n>', 'at most so many, the most urgent first')
      .option('--now <time>', 'judge as of this time, RFC 3339'),
  examples: [
    'countersign inbox',
    'countersign inbox --me ben --limit 20',
    'git fetch --all && countersign inbox --json',
  ],
  run: async (context, _, options) => {
    const found = await inbox(await openRepository(context.repo, context.env), {
      me: textOption(options, 'me'),
      now: timeOption(options, 'now'),
      limit: countOption(options, 'limit'),
      onBranch: (name) => context.progress(`looking at ${name}`),
    });
    return { exit: 0, json: found, text: () => inboxText(found) };
  },
};
