import { audit } from '../../app/audit.ts';
import { auditText } from '../../core/render/audit-text.ts';
import { openRepository } from '../../node/repository.ts';
import { auditedBefore, rememberAudit } from '../audit-state.ts';
import { textOption } from '../change-options.ts';
import { historyOptions, historyRequest } from '../history-options.ts';
import type { CliCommand } from '../command.ts';

export const command: CliCommand = {
  configure: (options) =>
    historyOptions(options).option(
      '--state <file>',
      'where the tip of the last good audit is kept: this one begins there, and must still find it',
    ),
  examples: [
    'countersign audit',
    'countersign audit --since 0123456789abcdef0123456789abcdef01234567 --json',
    'countersign audit --state /var/lib/audits/wage-model.json',
  ],
  run: async (context, _, options) => {
    const repository = await openRepository(context.repo, context.env);
    const asked = historyRequest(options);
    const file = textOption(options, 'state');
    const before = file === undefined ? null : await auditedBefore(context.cwd, file, asked.target);
    context.progress('replaying the gate over history');
    const { result } = await audit(
      repository,
      before === null
        ? asked
        : {
            ...asked,
            target: asked.target ?? before.target,
            since: asked.since ?? before.tip,
            chained: [before.tip],
          },
    );
    if (file !== undefined && result.exit === 0) await rememberAudit(context.cwd, file, result);
    return {
      exit: result.exit,
      json: result,
      text: () => auditText(result, process.stdout.columns ?? Number.POSITIVE_INFINITY),
    };
  },
};
