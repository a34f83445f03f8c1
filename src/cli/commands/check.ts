import { check } from '../../app/check.ts';
import { CountersignError } from '../../app/errors.ts';
import type { Stage } from '../../core/gate/check-result.ts';
import { undecidableResult } from '../../core/gate/undecidable.ts';
import { checkText } from '../../core/render/check-text.ts';
import { openRepository } from '../../node/repository.ts';
import { readSignoffFolder } from '../../node/signoff-folder.ts';
import { changeOptions, changeSource, textOption, timeOption } from '../change-options.ts';
import type { CliCommand, CliContext, Outcome } from '../command.ts';

const stages: readonly string[] = ['off', 'records', 'author', 'all'];

export const command: CliCommand = {
  configure: (options) =>
    changeOptions(options)
      .option('--stage <stage>', 'records, author or all (default: all)')
      .option('--require-policy', 'exit 1 where no policy protects the target')
      .option('--trust-root <digest>', 'accept the first policy of this digest')
      .option('--signoffs <dir>', 'count the sign-offs in this folder too')
      .option('--format <format>', 'text or json (default: text)')
      .option('--now <time>', 'judge as of this time, RFC 3339'),
  examples: ['countersign check', 'countersign check --range main...HEAD', 'countersign check --range origin/main...HEAD --json'],
  run: async (context, _, options) => {
    const json = context.json || textOption(options, 'format') === 'json';
    try {
      const result = await check(await openRepository(context.repo, context.env), await requestOf(context, options));
      return { exit: result.exit, json: result, text: () => (json ? JSON.stringify(result) : checkText(result)) };
    } catch (error) {
      if (json && error instanceof CountersignError) return undecided(error);
      throw error;
    }
  },
};

async function requestOf(context: CliContext, options: Readonly<Record<string, unknown>>): Promise<Parameters<typeof check>[1]> {
  const format = textOption(options, 'format');
  if (format !== undefined && format !== 'text' && format !== 'json') throw new CountersignError('usage/format', `there is no format ${JSON.stringify(format)}`, 'text and json are there');
  const stage = textOption(options, 'stage');
  if (stage !== undefined && !stages.includes(stage)) throw new CountersignError('usage/stage', `there is no stage ${JSON.stringify(stage)}`, `say one of ${stages.join(', ')}`);
  const folder = textOption(options, 'signoffs');
  return {
    source: changeSource(options),
    target: textOption(options, 'target'),
    stage: stage as Stage | undefined,
    now: timeOption(options, 'now'),
    requirePolicy: options['requirePolicy'] === true,
    trustRoot: textOption(options, 'trustRoot'),
    signoffs: folder === undefined ? [] : await readSignoffFolder(context.cwd, folder),
  };
}

/** A check that could not judge still gives its document, so that no reader takes silence for a pass. */
function undecided(error: CountersignError): Outcome {
  const result = undecidableResult({ code: error.code, severity: 'error', message: error.message, ...(error.fix ? { fix: error.fix } : {}) });
  return { exit: 2, json: result, text: () => JSON.stringify(result) };
}
