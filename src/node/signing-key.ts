import { access, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { CountersignError } from '../app/errors.ts';
import type { Repository } from '../app/repository.ts';
import { shellWord } from '../core/render/shell-word.ts';

/**
 * A key to sign with, as git names it: a file (the private half, or the public one whose private half lies beside it or in
 * an agent), or the public half itself, whose private half an agent holds.
 */
export type SigningKey =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'literal'; readonly line: string };

/** How a key is named in messages. */
export function keyName(key: SigningKey): string {
  return key.kind === 'file' ? key.path : key.line.replace(/^(\S+ \S{12})\S*(\S{8}).*$/s, '$1…$2');
}

/** `key::ssh-ed25519 AAAA…`, `ssh-ed25519 AAAA…` or a path, from which `~/` is the home folder. */
export function parseSigningKey(value: string, base: string): SigningKey {
  const literal =
    /^key::(.*)$/s.exec(value)?.[1] ??
    (/^(?:ssh|ecdsa|sk)-\S+ AAAA/.test(value) ? value : undefined);
  if (literal !== undefined) return { kind: 'literal', line: literal.trim() };
  return {
    kind: 'file',
    path: value.startsWith('~/') ? join(homedir(), value.slice(2)) : resolve(base, value),
  };
}

/** Where a person's own settings are asked for: git, and the variables that say where these are. */
type OwnSettings = Pick<Repository, 'git' | 'top' | 'person'>;

/**
 * The key that git signs with: `countersign.signingKey`, then `user.signingKey`, then what `gpg.ssh.defaultKeyCommand`
 * prints, then the usual files of ssh-keygen.
 *
 * @throws CountersignError `sign/no-key` where there is none
 */
export async function configuredKey(own: OwnSettings): Promise<SigningKey> {
  const found = (await setKey(own)) ?? (await commandedKey(own)) ?? (await usualKey());
  if (found) return found;
  const passedOver = await setting(own, 'user.signingKey');
  throw new CountersignError(
    'sign/no-key',
    passedOver === ''
      ? 'no key to sign with is set'
      : `no key to sign with is set: user.signingKey says ${passedOver}, which is no file here, and gpg.format is not ssh`,
    'git config gpg.format ssh and git config user.signingKey ~/.ssh/id_ed25519.pub; make one with: ssh-keygen -t ed25519',
  );
}

/** The program that git signs with by SSH keys, `gpg.ssh.program`; null where it is ssh-keygen. It is the user's own setting. */
export async function configuredProgram(own: OwnSettings): Promise<string | null> {
  return (await setting(own, 'gpg.ssh.program')) || null;
}

async function setKey(own: OwnSettings): Promise<SigningKey | null> {
  const ours = await setting(own, 'countersign.signingKey');
  if (ours !== '') return keyThere(own, 'countersign.signingKey', parseSigningKey(ours, own.top));
  const value = await setting(own, 'user.signingKey');
  if (value === '') return null;
  const key = parseSigningKey(value, own.top);
  // With another format it is the name of an OpenPGP key or of a certificate, unless it happens to be an SSH key.
  const meant =
    (await setting(own, 'gpg.format')) === 'ssh' ||
    key.kind === 'literal' ||
    (await isPath(key.path));
  return meant ? keyThere(own, 'user.signingKey', key) : null;
}

/** Told before anybody answers a checklist in vain. A program of the user's own may know keys by other names than files. */
async function keyThere(own: OwnSettings, name: string, key: SigningKey): Promise<SigningKey> {
  if (
    key.kind === 'literal' ||
    (await isThere(key)) ||
    (await setting(own, 'gpg.ssh.program')) !== ''
  )
    return key;
  const usual = await usualKey();
  throw new CountersignError(
    'sign/no-key',
    `${name} names ${key.path}, and there is no such file`,
    `${usual?.kind === 'file' ? `name the key that is here: git config ${name} ${shellWord(usual.path)}` : `name your key: git config ${name} <file>; make one with: ssh-keygen -t ed25519`}`,
  );
}

async function setting({ git, person }: OwnSettings, name: string): Promise<string> {
  const asked = await git.run(['config', '--type=path', '--get', name], { env: person });
  return asked.code === 0 ? new TextDecoder().decode(asked.stdout).replace(/\n$/, '') : '';
}

/** The first line of what the command prints, as git reads it. It is the user's own setting; git runs it, as an alias of this one call. */
async function commandedKey(own: OwnSettings): Promise<SigningKey | null> {
  const command = await setting(own, 'gpg.ssh.defaultKeyCommand');
  if (command === '') return null;
  const said = await own.git.run(['-c', `alias.countersign-key=!${command}`, 'countersign-key']);
  const [line = ''] = new TextDecoder().decode(said.stdout).split('\n');
  const key = parseSigningKey(line.trim(), '/');
  if (said.code === 0 && key.kind === 'literal') return key;
  throw new CountersignError(
    'sign/key-command',
    `gpg.ssh.defaultKeyCommand (${command}) named no key: ${said.stderr.trim().split('\n').at(-1) || (line === '' ? 'it printed nothing' : 'its first line must be key::… or a public key')}`,
    'run it by hand; with an agent: ssh-add -l shows what it holds',
  );
}

async function usualKey(): Promise<SigningKey | null> {
  for (const usual of ['id_ed25519', 'id_ed25519_sk', 'id_ecdsa', 'id_ecdsa_sk', 'id_rsa']) {
    const path = join(homedir(), '.ssh', usual);
    if (await isPath(path)) return { kind: 'file', path };
  }
  return null;
}

/** Whether a key's file is there, one half of it at least; of what an agent holds only the agent knows. */
export async function isThere(key: SigningKey): Promise<boolean> {
  return key.kind === 'literal' || (await isPath(key.path)) || isPath(`${key.path}.pub`);
}

/** Whether a file is there. */
export function isPath(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** The public half of a key without its comment, `type base64`; null where it lies nowhere to be read without a passphrase. */
export async function publicHalf(key: SigningKey): Promise<string | null> {
  const line =
    key.kind === 'literal'
      ? key.line
      : await readFile(key.path.endsWith('.pub') ? key.path : `${key.path}.pub`, 'utf8').catch(
          () => '',
        );
  return /^(\S+ \S+)/.exec(line.trim())?.[1] ?? null;
}

/** The public half of the key that git signs with; null where there is none. */
export async function configuredPublicKey(repository: Repository): Promise<string | null> {
  const key = await configuredKey(repository).catch(() => null);
  return key && publicHalf(key);
}
