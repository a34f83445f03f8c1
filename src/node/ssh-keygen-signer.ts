import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CountersignError } from '../app/errors.ts';
import type { Signer } from '../app/ports.ts';
import type { Repository } from '../app/repository.ts';
import { configuredKey, keyName, parseSigningKey, type SigningKey } from './signing-key.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** How to sign. */
export type SignerOptions = {
  /** Path of a private key, path of a public key whose private half an agent holds, or a `key::…` literal. */
  readonly key?: string | undefined;
  readonly environment: Environment;
  /** The variables that name a program which asks for a passphrase, SSH_ASKPASS among them; it is asked even at a terminal. */
  readonly askpass?: Readonly<Record<string, string>> | undefined;
  /** Told what the person has to do while ssh-keygen waits, such as to touch a key. */
  readonly tell?: ((line: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
};

/** Signs with the key that was asked for, else with the one that git signs with. The private key never enters this process. */
export async function openSigner(repository: Repository, options: SignerOptions): Promise<Signer> {
  const key = options.key === undefined ? await configuredKey(repository) : parseSigningKey(options.key, process.cwd());
  return { sign: (payload, namespace) => signWith(key, payload, namespace, options) };
}

async function signWith(key: SigningKey, payload: Uint8Array, namespace: string, options: SignerOptions): Promise<string> {
  if (key.kind === 'file') return runKeygen(['-f', key.path], key, { payload, namespace }, options);
  // A literal names a key that an agent holds: ssh-keygen takes its public half from a file, with -U.
  const folder = await mkdtemp(join(tmpdir(), 'countersign-key-'));
  try {
    const file = join(folder, 'key.pub');
    await writeFile(file, `${key.line}\n`, { mode: 0o600 });
    return await runKeygen(['-U', '-f', file], key, { payload, namespace }, options);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Somebody may have to find a hardware key and touch it; nobody needs longer than this. */
const patience = 120_000;

/** Who could be asked for a passphrase. Without anybody ssh-keygen must fail at once and not wait for what nobody sees. */
type Asked = 'program' | 'terminal' | 'nobody';

function whoIsAsked({ askpass, environment }: SignerOptions): Asked {
  if (askpass !== undefined) return 'program';
  // ssh-keygen asks at the terminal itself, whatever standard input is.
  if (process.stdin.isTTY || process.stderr.isTTY) return 'terminal';
  return environment['SSH_ASKPASS'] ? 'program' : 'nobody';
}

function runKeygen(keyArguments: readonly string[], key: SigningKey, { payload, namespace }: { readonly payload: Uint8Array; readonly namespace: string }, options: SignerOptions): Promise<string> {
  const asked = whoIsAsked(options);
  // Off the terminal the child gets none either: it would read a passphrase from a terminal that is not ours.
  const detached = asked !== 'terminal' && process.platform !== 'win32';
  return new Promise((done, fail) => {
    const child = spawn('ssh-keygen', ['-Y', 'sign', '-n', namespace, ...keyArguments], { env: signingEnvironment(asked, options), stdio: ['pipe', 'pipe', 'pipe'], windowsHide: true, detached });
    const stop = stopper(child, detached, options.signal);
    const out: Buffer[] = [];
    const complaints: Buffer[] = [];
    child.stdout.on('data', (piece: Buffer) => out.push(piece));
    child.stderr.on('data', (piece: Buffer) => {
      complaints.push(piece);
      for (const line of piece.toString('utf8').split('\n')) if (/presence|touch/i.test(line)) options.tell?.(line.trim());
    });
    child.stdin.on('error', () => {});
    child.on('error', (cause: NodeJS.ErrnoException) => fail(startFailure(cause)));
    child.on('close', (code) => {
      const why = stop();
      const armoured = Buffer.concat(out).toString('utf8');
      if (code === 0 && armoured.includes('BEGIN SSH SIGNATURE')) done(armoured);
      else fail(stopFailure(why) ?? signFailure(Buffer.concat(complaints).toString('utf8'), key, asked));
    });
    child.stdin.end(payload);
  });
}

type Stopped = 'no' | 'cancelled' | 'late';

/** Ends the child, and the program that asks on its behalf, when patience or the person's wish ends. Called at the end, it says whether that was so. */
function stopper(child: ChildProcess, ownGroup: boolean, signal: AbortSignal | undefined): () => Stopped {
  let why: Stopped = 'no';
  const stop = (reason: Stopped): void => {
    why = reason;
    try {
      if (ownGroup && child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
      else child.kill();
    } catch {
      // It ended a moment ago.
    }
  };
  const late = setTimeout(() => stop('late'), patience);
  const cancel = (): void => stop('cancelled');
  if (signal?.aborted) cancel();
  signal?.addEventListener('abort', cancel, { once: true });
  return () => {
    clearTimeout(late);
    signal?.removeEventListener('abort', cancel);
    return why;
  };
}

function signingEnvironment(asked: Asked, { environment, askpass }: SignerOptions): Record<string, string> {
  const kept = Object.fromEntries(Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined));
  // What it says is matched below.
  const all = { ...kept, LC_ALL: 'C', ...askpass };
  if (asked === 'nobody') return { ...all, SSH_ASKPASS_REQUIRE: 'never' };
  // Before OpenSSH 8.4 the program was asked only where there is a display.
  return asked === 'program' ? { ...all, SSH_ASKPASS_REQUIRE: 'force', DISPLAY: all['DISPLAY' as keyof typeof all] ?? ':0' } : all;
}

function startFailure(cause: NodeJS.ErrnoException): CountersignError {
  if (cause.code === 'ENOENT') return new CountersignError('sign/no-ssh-keygen', 'ssh-keygen was not found', 'install OpenSSH 8.2 or newer', { cause });
  return new CountersignError('sign/failed', `ssh-keygen could not be started: ${cause.message}`, 'run ssh-keygen -Y sign by hand to see why', { cause });
}

function stopFailure(why: Stopped): CountersignError | null {
  if (why === 'cancelled') return new CountersignError('sign/cancelled', 'nothing was signed', 'sign again when you are ready');
  if (why === 'late') return new CountersignError('sign/timeout', `ssh-keygen waited ${patience / 1000} seconds for a passphrase or a touch, and was stopped`, 'sign again; touch the key when it blinks');
  return null;
}

function signFailure(complaint: string, key: SigningKey, asked: Asked): CountersignError {
  const said = complaint.split('\n').map((line) => line.trim()).filter((line) => line !== '' && !/^Signing data/.test(line)).join('; ');
  const name = keyName(key);
  if (/UNPROTECTED PRIVATE KEY/.test(said)) return new CountersignError('sign/key-readable', `others may read the key ${name}, and ssh-keygen refuses it for that`, `chmod 600 ${name}`);
  if (/passphrase|askpass|error in libcrypto/i.test(said)) return passphraseFailure(name, asked, said);
  if (/agent|No private key found/i.test(said)) return new CountersignError('sign/agent', `the agent did not sign with ${name}: ${said}`, 'ssh-add -l shows what the agent holds; ssh-add adds a key to it');
  if (/No such file|Couldn't load (public )?key/i.test(said)) return new CountersignError('sign/no-key', `there is no key at ${name}`, 'name one with --key, or git config user.signingKey');
  return new CountersignError('sign/failed', `ssh-keygen did not sign with ${name}: ${said || 'it said nothing'}`, 'run ssh-keygen -Y sign by hand to see why');
}

function passphraseFailure(name: string, asked: Asked, said: string): CountersignError {
  if (asked === 'nobody') return new CountersignError('sign/passphrase', `the key ${name} wants a passphrase, and there is neither a terminal nor SSH_ASKPASS to ask for it`, 'ssh-add the key first, or sign at a terminal');
  if (/ssh_askpass: exec/.test(said)) return new CountersignError('sign/passphrase', `the program that SSH_ASKPASS names could not be run: ${said}`, 'let SSH_ASKPASS name a program, or ssh-add the key first');
  return new CountersignError('sign/passphrase', `the key ${name} wants a passphrase, and none or a wrong one was given`, 'sign again with the right one; ssh-add remembers it until you log out');
}
