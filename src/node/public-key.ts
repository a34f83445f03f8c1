import { readFile } from 'node:fs/promises';
import type { Repository } from '../app/repository.ts';
import { configuredKey } from './ssh-keygen-signer.ts';

/** The public half of the key that git signs with, without its comment; null where there is none. */
export async function configuredPublicKey(repository: Repository): Promise<string | null> {
  const key = await configuredKey(repository).catch(() => null);
  if (key === null) return null;
  const line = /^(key::|ssh-|ecdsa-|sk-)/.test(key) ? key.replace(/^key::/, '') : await readFile(key.endsWith('.pub') ? key : `${key}.pub`, 'utf8').catch(() => '');
  return /^(\S+ \S+)/.exec(line.trim())?.[1] ?? null;
}
