import { initialise, type InitResult } from '../../app/init.ts';
import { configuredPublicKey } from '../../node/signing-key.ts';
import { openRepository } from '../../node/repository.ts';
import type { CliCommand } from '../command.ts';

export const command: CliCommand = {
  configure: (options) => options,
  examples: ['countersign init'],
  run: async (context) => {
    const repository = await openRepository(context.repo, context.env);
    const result = await initialise(repository, await configuredPublicKey(repository));
    return { exit: 0, json: result, text: () => text(result) };
  },
};

function text({ written, kept }: InitResult): string {
  return [
    ...written.map((path) => `wrote ${path}`),
    ...kept.map((path) => `kept ${path} as it is`),
    'next: read .countersign/policy.yaml, commit it to the target branch, then run: countersign hook install',
  ].join('\n');
}
