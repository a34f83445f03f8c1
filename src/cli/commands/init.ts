import { readFile } from 'node:fs/promises';
import { initialise, type InitResult } from '../../app/init.ts';
import type { Repository } from '../../app/repository.ts';
import { openRepository } from '../../node/repository.ts';
import { configuredKey } from '../../node/ssh-keygen-signer.ts';
import type { CliCommand } from '../command.ts';

export const command: CliCommand = {
  configure: (options) => options,
  examples: ['countersign init'],
  run: async (context) => {
    const repository = await openRepository(context.repo, context.env);
    const result = await initialise(repository, await publicKeyOf(repository));
    return { exit: 0, json: result, text: () => text(result) };
  },
};

/** The public half of the key that git signs with, without its comment; null where there is none. */
async function publicKeyOf(repository: Repository): Promise<string | null> {
  const key = await configuredKey(repository).catch(() => null);
  if (key === null) return null;
  const line = /^(key::|ssh-|ecdsa-|sk-)/.test(key) ? key.replace(/^key::/, '') : await readFile(key.endsWith('.pub') ? key : `${key}.pub`, 'utf8').catch(() => '');
  return /^(\S+ \S+)/.exec(line.trim())?.[1] ?? null;
}

function text({ written, kept }: InitResult): string {
  return [
    ...written.map((path) => `wrote ${path}`),
    ...kept.map((path) => `kept ${path} as it is`),
    'next: read .countersign/policy.yaml, commit it to the target branch, then run: countersign hook install',
  ].join('\n');
}
