import { spawn } from 'node:child_process';
import { access, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { CountersignError } from '../app/errors.ts';
import type { Signer } from '../app/ports.ts';
import type { Repository } from '../app/repository.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** How to sign. */
export type SignerOptions = {
  /** Path of a private key, path of a public key whose private half an agent holds, or a `key::…` literal. */
  readonly key?: string | undefined;
  readonly environment: Environment;
  /** Program that asks for a passphrase, as SSH_ASKPASS takes it. */
  readonly askpass?: string | undefined;
  readonly signal?: AbortSignal | undefined;
};

/** Signs with the key that was asked for, else with the one that git signs with. The private key never enters this process. */
export async function openSigner(repository: Repository, options: SignerOptions): Promise<Signer> {
  const key = options.key === undefined ? await configuredKey(repository) : keyPath(options.key, process.cwd());
  return { sign: (payload, namespace) => signWith(key, payload, namespace, options) };
}

/** `countersign.signingKey`, then git's `user.signingKey`, then the usual files of ssh-keygen. */
export async function configuredKey({ git, top }: Repository): Promise<string> {
  for (const name of ['countersign.signingKey', 'user.signingKey']) {
    const asked = await git.run(['config', '--get', name]);
    const value = asked.code === 0 ? new TextDecoder().decode(asked.stdout).replace(/\n$/, '') : '';
    // An OpenPGP key id is nothing that ssh-keygen could sign with.
    if (value !== '' && !/^(0x)?[0-9A-Fa-f]{8,40}$/.test(value)) return keyPath(value, top);
  }
  for (const usual of ['id_ed25519', 'id_ed25519_sk', 'id_ecdsa', 'id_ecdsa_sk', 'id_rsa']) {
    const path = join(homedir(), '.ssh', usual);
    if (await access(path).then(() => true, () => false)) return path;
  }
  throw new CountersignError('sign/no-key', 'no key to sign with is set', 'git config gpg.format ssh and git config user.signingKey ~/.ssh/id_ed25519.pub; make one with: ssh-keygen -t ed25519');
}

function keyPath(value: string, base: string): string {
  if (value.startsWith('key::') || value.startsWith('ssh-') || value.startsWith('ecdsa-') || value.startsWith('sk-')) return value;
  return value.startsWith('~/') ? join(homedir(), value.slice(2)) : resolve(base, value);
}

async function signWith(key: string, payload: Uint8Array, namespace: string, options: SignerOptions): Promise<string> {
  const literal = /^(?:key::)?((?:ssh|ecdsa|sk)-\S+ \S+.*)$/s.exec(key)?.[1];
  if (literal === undefined && !key.startsWith('key::')) return runKeygen(['-f', key], payload, namespace, options);
  // A literal names a key that an agent holds: ssh-keygen takes its public half from a file, with -U.
  const folder = await mkdtemp(join(tmpdir(), 'countersign-key-'));
  try {
    const file = join(folder, 'key.pub');
    await writeFile(file, `${literal ?? key.slice('key::'.length)}\n`, { mode: 0o600 });
    return await runKeygen(['-U', '-f', file], payload, namespace, options);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Somebody may have to find a hardware key and touch it; nobody needs longer than this. */
const patience = 120_000;

function runKeygen(keyArguments: readonly string[], payload: Uint8Array, namespace: string, options: SignerOptions): Promise<string> {
  return new Promise((done, fail) => {
    const child = spawn('ssh-keygen', ['-Y', 'sign', '-n', namespace, ...keyArguments], { env: signingEnvironment(options), stdio: ['pipe', 'pipe', 'pipe'], windowsHide: true, timeout: patience, ...(options.signal ? { signal: options.signal } : {}), ...detached(options) });
    const out: Buffer[] = [];
    const complaints: Buffer[] = [];
    child.stdout.on('data', (piece: Buffer) => out.push(piece));
    child.stderr.on('data', (piece: Buffer) => complaints.push(piece));
    child.stdin.on('error', () => {});
    child.on('error', (cause: NodeJS.ErrnoException) => fail(startFailure(cause)));
    child.on('close', (code, signal) => {
      const armoured = Buffer.concat(out).toString('utf8');
      if (code === 0 && armoured.includes('BEGIN SSH SIGNATURE')) done(armoured);
      else fail(signFailure(Buffer.concat(complaints).toString('utf8'), keyArguments.at(-1) ?? '', signal));
    });
    child.stdin.end(payload);
  });
}

/** With a program to ask by, or a terminal of its own, ssh-keygen may ask for a passphrase; else it must fail at once and not wait for what nobody sees. */
function signingEnvironment({ environment, askpass }: SignerOptions): Record<string, string> {
  const kept = Object.fromEntries(Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined));
  if (askpass !== undefined) return { ...kept, SSH_ASKPASS: askpass, SSH_ASKPASS_REQUIRE: 'force', DISPLAY: kept['DISPLAY'] ?? ':0' };
  if (process.stdin.isTTY) return kept;
  return kept['SSH_ASKPASS'] ? { ...kept, SSH_ASKPASS_REQUIRE: 'force', DISPLAY: kept['DISPLAY'] ?? ':0' } : { ...kept, SSH_ASKPASS_REQUIRE: 'never' };
}

/** Without a terminal in front of a person the child gets none either: it would read a passphrase from a terminal that is not ours. */
function detached({ askpass }: SignerOptions): { readonly detached?: true } {
  return process.stdin.isTTY && askpass === undefined ? {} : { detached: true };
}

function startFailure(cause: NodeJS.ErrnoException): CountersignError {
  if (cause.code === 'ENOENT') return new CountersignError('sign/no-ssh-keygen', 'ssh-keygen was not found', 'install OpenSSH 8.2 or newer', { cause });
  if (cause.name === 'AbortError') return new CountersignError('sign/cancelled', 'nothing was signed', 'sign again when you are ready', { cause });
  return new CountersignError('sign/failed', `ssh-keygen could not be started: ${cause.message}`, 'run ssh-keygen -Y sign by hand to see why', { cause });
}

function signFailure(complaint: string, key: string, signal: NodeJS.Signals | null): CountersignError {
  const said = complaint.trim().split('\n').filter((line) => !/^Signing data/.test(line)).join('; ');
  if (signal !== null) return new CountersignError('sign/timeout', `ssh-keygen waited ${patience / 1000} seconds for a passphrase or a touch, and was stopped`, 'sign again; touch the key when it blinks');
  if (/passphrase|incorrect|askpass|read_passphrase/i.test(said)) return new CountersignError('sign/passphrase', `the key ${key} wants a passphrase, and none or a wrong one was given`, 'ssh-add the key first, or sign at a terminal');
  if (/No such file|Couldn't load public key|no such/i.test(said)) return new CountersignError('sign/no-key', `there is no key at ${key}`, 'name one with --key, or git config user.signingKey');
  if (/agent/i.test(said)) return new CountersignError('sign/agent', `the agent did not sign with ${key}: ${said}`, 'ssh-add -l shows what the agent holds');
  return new CountersignError('sign/failed', `ssh-keygen did not sign with ${key}: ${said || 'it said nothing'}`, 'run ssh-keygen -Y sign by hand to see why');
}
