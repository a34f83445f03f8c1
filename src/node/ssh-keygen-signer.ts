import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CountersignError } from '../app/errors.ts';
import type { Signer } from '../app/ports.ts';
import type { Repository } from '../app/repository.ts';
import {
  configuredKey,
  configuredProgram,
  isThere,
  keyName,
  parseSigningKey,
  type SigningKey,
} from './signing-key.ts';
import { assertUsable } from './usable-key.ts';
import {
  type Asked,
  type Keygen,
  patience,
  signFailure,
  startFailure,
  stopFailure,
  type Stopped,
} from './signing-failure.ts';

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

/**
 * Signs with the key that was asked for, else with the one that git signs with, by the program that git signs with. The
 * private key never enters this process.
 */
export async function openSigner(
  repository: Repository,
  options: SignerOptions,
): Promise<Signer & { /** As it is named to people. */ readonly keyName: string }> {
  const program = await configuredProgram(repository);
  const key =
    options.key === undefined
      ? await configuredKey(repository)
      : await namedKey(options.key, program === null);
  // Another program than ssh-keygen may know keys that nobody else can look at.
  if (program === null) await assertUsable(key, options.environment);
  const keygen = {
    program: program ?? 'ssh-keygen',
    set: program !== null,
    directory: repository.top,
  };
  return {
    keyName: keyName(key),
    sign: (payload, namespace) => signWith(key, { payload, namespace }, keygen, options),
  };
}

/** A key that `--key` names. @param asFile whether a name that is no file is nothing: another program than ssh-keygen may know it */
async function namedKey(text: string, asFile: boolean): Promise<SigningKey> {
  const key = parseSigningKey(text, process.cwd());
  if (!asFile || (await isThere(key))) return key;
  throw new CountersignError(
    'sign/no-key',
    `there is no key at ${keyName(key)}`,
    'name another with --key, or leave it out to sign with the key that git signs with',
  );
}

type Message = { readonly payload: Uint8Array; readonly namespace: string };

async function signWith(
  key: SigningKey,
  message: Message,
  keygen: Keygen,
  options: SignerOptions,
): Promise<string> {
  if (key.kind === 'file' && !keygen.set)
    return runKeygen(['-f', key.path], key, { ...message, keygen, file: null }, options);
  const folder = await mkdtemp(join(tmpdir(), 'countersign-key-'));
  try {
    // A literal names a key that an agent holds: ssh-keygen takes its public half from a file, with -U.
    const literal = join(folder, 'key.pub');
    if (key.kind === 'literal') await writeFile(literal, `${key.line}\n`, { mode: 0o600 });
    // Another program need not do more than git asks of it: it is given a file, and leaves the signature beside it.
    const file = keygen.set ? join(folder, 'payload') : null;
    if (file !== null) await writeFile(file, message.payload, { mode: 0o600 });
    const literalArguments = file === null ? ['-U', '-f', literal] : ['-f', literal, '-U'];
    const keyArguments = key.kind === 'file' ? ['-f', key.path] : literalArguments;
    return await runKeygen(keyArguments, key, { ...message, keygen, file }, options);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function whoIsAsked({ askpass, environment }: SignerOptions): Asked {
  if (askpass !== undefined) return 'program';
  // ssh-keygen asks at the terminal itself, whatever standard input is.
  if (process.stdin.isTTY || process.stderr.isTTY) return 'terminal';
  return environment['SSH_ASKPASS'] ? 'program' : 'nobody';
}

function runKeygen(
  keyArguments: readonly string[],
  key: SigningKey,
  {
    payload,
    namespace,
    keygen,
    file,
  }: Message & { readonly keygen: Keygen; readonly file: string | null },
  options: SignerOptions,
): Promise<string> {
  const asked = whoIsAsked(options);
  // Off the terminal the child gets none either: it would read a passphrase from a terminal that is not ours.
  const detached = asked !== 'terminal' && process.platform !== 'win32';
  return new Promise((done, fail) => {
    const child = spawn(
      keygen.program,
      ['-Y', 'sign', '-n', namespace, ...keyArguments, ...(file === null ? [] : [file])],
      {
        cwd: keygen.directory,
        env: signingEnvironment(asked, options),
        stdio: ['pipe', 'pipe', 'pipe'],
        windowsHide: true,
        detached,
      },
    );
    const stop = stopper(child, detached, options.signal);
    const out: Buffer[] = [];
    const complaints: Buffer[] = [];
    child.stdout.on('data', (piece: Buffer) => out.push(piece));
    child.stderr.on('data', (piece: Buffer) => {
      complaints.push(piece);
      for (const line of piece.toString('utf8').split('\n'))
        if (/presence|touch/i.test(line)) options.tell?.(line.trim());
    });
    child.stdin.on('error', () => {});
    child.on('error', (cause: NodeJS.ErrnoException) => fail(startFailure(cause, keygen)));
    child.on('close', (code) => {
      const why = stop();
      const armoured = file === null ? Buffer.concat(out).toString('utf8') : leftBeside(file);
      if (code === 0 && armoured.includes('BEGIN SSH SIGNATURE')) done(armoured);
      else
        fail(
          stopFailure(why) ??
            signFailure(Buffer.concat(complaints).toString('utf8'), key, { asked, keygen }),
        );
    });
    child.stdin.end(file === null ? payload : undefined);
  });
}

function leftBeside(file: string): string {
  try {
    return readFileSync(`${file}.sig`, 'utf8');
  } catch {
    return '';
  }
}

/** Ends the child, and the program that asks on its behalf, when patience or the person's wish ends. Called at the end, it says whether that was so. */
function stopper(
  child: ChildProcess,
  ownGroup: boolean,
  signal: AbortSignal | undefined,
): () => Stopped {
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

function signingEnvironment(
  asked: Asked,
  { environment, askpass }: SignerOptions,
): Record<string, string> {
  const kept = Object.fromEntries(
    Object.entries(environment).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  );
  // What it says is matched below.
  const all = { ...kept, LC_ALL: 'C', ...askpass };
  if (asked === 'nobody') return { ...all, SSH_ASKPASS_REQUIRE: 'never' };
  // Before OpenSSH 8.4 the program was asked only where there is a display.
  return asked === 'program'
    ? { ...all, SSH_ASKPASS_REQUIRE: 'force', DISPLAY: all['DISPLAY' as keyof typeof all] ?? ':0' }
    : all;
}
