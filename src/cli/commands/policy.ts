import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CountersignError } from '../../app/errors.ts';
import { tryPolicy } from '../../app/policy-try.ts';
import { policyTrialText } from '../../core/render/policy-trial-text.ts';
import { openRepository } from '../../node/repository.ts';
import { textOption, timeOption } from '../change-options.ts';
import type { CliCommand } from '../command.ts';

export const command: CliCommand = {
  configure: (options) =>
    options
      .argument('<action>', 'try')
      .option(
        '--policy <file>',
        'the candidate (default: .countersign/policy.yaml of the working tree)',
      )
      .option('--target <branch>', 'whose history (default: the default target)')
      .option('--since <rev>', 'leave out what landed up to this commit')
      .option('--now <time>', 'judge what is owed as of this time, RFC 3339'),
  examples: [
    'countersign policy try',
    'countersign policy try --policy stricter.yaml --since 0123456789abcdef0123456789abcdef01234567',
    'countersign policy try --policy stricter.yaml --json',
  ],
  run: async (context, [action = ''], options) => {
    if (action !== 'try')
      throw new CountersignError(
        'usage/action',
        `there is no action ${JSON.stringify(action)}`,
        'say try: countersign policy try --policy FILE',
      );
    const repository = await openRepository(context.repo, context.env);
    const file = textOption(options, 'policy');
    const path =
      file === undefined
        ? resolve(repository.top, '.countersign/policy.yaml')
        : resolve(context.cwd, file);
    context.progress('replaying the gate over history, twice');
    const trial = await tryPolicy(repository, {
      file: file ?? '.countersign/policy.yaml',
      bytes: await bytesOf(path),
      target: textOption(options, 'target'),
      since: textOption(options, 'since'),
      now: timeOption(options, 'now'),
    });
    return {
      exit: 0,
      json: trial,
      text: () => policyTrialText(trial, process.stdout.columns ?? Number.POSITIVE_INFINITY),
    };
  },
};

async function bytesOf(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new CountersignError(
      'policy/no-file',
      `the policy ${path} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`,
      'name a file with --policy',
      { cause },
    );
  }
}
