import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

export const execute = promisify(execFile);

export const people = ['ada', 'ben', 'cy', 'dee', 'eve', 'fay'] as const;
export type Person = (typeof people)[number];

let keyFolder: Promise<string> | undefined;

/** Keys are made once a run: nothing in a test depends on which they are. */
export function keys(): Promise<string> {
  keyFolder ??= makeKeys();
  return keyFolder;
}

async function makeKeys(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-keys-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  await Promise.all(
    [...people, 'new'].map((name) =>
      execute('ssh-keygen', [
        '-q',
        '-t',
        'ed25519',
        '-N',
        '',
        '-C',
        name,
        '-f',
        join(folder, name),
      ]),
    ),
  );
  return folder;
}

/** A key's public half, without its comment. */
export async function publicKey(name: string): Promise<string> {
  return (await readFile(join(await keys(), `${name}.pub`), 'utf8'))
    .split(' ')
    .slice(0, 2)
    .join(' ')
    .trim();
}

/** allowed_signers with a key for each person, by default their own. */
export async function signers(
  key: Partial<Record<Person, string>> = {},
  options: Partial<Record<Person, string>> = {},
  without: readonly Person[] = [],
): Promise<string> {
  const lines = await Promise.all(
    people
      .filter((person) => !without.includes(person))
      .map(
        async (person) =>
          `${person}@example.org namespaces="model-signoff"${options[person] ?? ''} ${await publicKey(key[person] ?? person)}\n`,
      ),
  );
  return lines.join('');
}
