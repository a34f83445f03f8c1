import { mkdtemp, readFile } from 'node:fs/promises';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { must } from './processes.ts';

/** Everybody who plays a part. `mallory` has a key that nobody knows; `agent` is a program, `forge` a CI job, `ben2` is Ben's second key. */
const everybody = [
  'ada',
  'ben',
  'ben2',
  'cy',
  'dee',
  'eve',
  'fay',
  'agent',
  'forge',
  'mallory',
] as const;

let folder: Promise<string> | undefined;

/** A folder with a real key of everybody, made once a process and removed at its end. */
function keyFolder(): Promise<string> {
  folder ??= (async () => {
    const made = await mkdtemp(join(tmpdir(), 'countersign-keys-'));
    process.on('exit', () => rmSync(made, { recursive: true, force: true }));
    await Promise.all(
      everybody.map((who) =>
        must('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', who, '-f', join(made, who)]),
      ),
    );
    return made;
  })();
  return folder;
}

/** Path of a private key. */
export async function keyFile(who: string): Promise<string> {
  return join(await keyFolder(), who);
}

/** `type base64` of somebody's public key. */
export async function publicKey(who: string): Promise<string> {
  return (await readFile(`${await keyFile(who)}.pub`, 'utf8'))
    .split(' ')
    .slice(0, 2)
    .join(' ')
    .trim();
}

/** Lines of allowed_signers, `who@example.org` for each. */
export async function signerLines(
  people: readonly string[],
  options = 'namespaces="model-signoff"',
): Promise<string> {
  const lines = await Promise.all(
    people.map(async (who) => `${who}@example.org ${options} ${await publicKey(who)}\n`),
  );
  return lines.join('');
}

/** An armoured signature by `ssh-keygen` itself. */
export async function signWith(
  who: string,
  bytes: string | Uint8Array,
  namespace: string,
): Promise<string> {
  return (
    await must('ssh-keygen', ['-Y', 'sign', '-q', '-n', namespace, '-f', await keyFile(who)], {
      input: bytes,
    })
  ).toString('utf8');
}
