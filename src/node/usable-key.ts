import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { CountersignError } from '../app/errors.ts';
import { shellWord } from '../core/render/shell-word.ts';
import { isPath, keyName, publicHalf, type SigningKey } from './signing-key.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Finds out whether a key can sign before anybody answers a checklist for it: that its private half lies here and
 * ssh-keygen takes it, or that an agent holds it. A passphrase is not asked for: it can still be given.
 *
 * @throws CountersignError `sign/agent`, `sign/key-readable` or `sign/no-key` where it surely cannot
 */
export async function assertUsable(key: SigningKey, environment: Environment): Promise<void> {
  const own = key.kind === 'file' ? privatePath(key.path) : null;
  if (own === null || !(await isPath(own))) return assertHeld(key, environment);
  const { code, said } = await ask(['ssh-keygen', '-y', '-P', '', '-f', own], environment);
  if (code === 0) return assertPair(own, said);
  if (/UNPROTECTED PRIVATE KEY/.test(said))
    throw new CountersignError(
      'sign/key-readable',
      `others may read the key ${own}, and ssh-keygen refuses it for that`,
      `chmod 600 ${shellWord(own)}`,
    );
  if (/Permission denied/.test(said))
    throw new CountersignError(
      'sign/no-key',
      `the key ${own} may not be read by you`,
      'git config user.signingKey with a key of your own',
    );
}

/** The file of the private half, whichever half git names. */
function privatePath(path: string): string {
  return path.endsWith('.pub') ? path.slice(0, -'.pub'.length) : path;
}

/** An agent signs with what its public half names: it has to answer, and to hold it. */
async function assertHeld(key: SigningKey, environment: Environment): Promise<void> {
  const name = keyName(key);
  const socket = environment['SSH_AUTH_SOCK'];
  const { code, said } = await ask(['ssh-add', '-L'], environment);
  // 1 is an agent without keys, 2 is no agent; where there is no ssh-add at all, signing itself will tell.
  if (code === null) return;
  if (code > 1)
    throw new CountersignError(
      'sign/agent',
      `the private half of ${name} lies not here, and no agent answers that could hold it${socket ? `: SSH_AUTH_SOCK is ${socket}, where nothing answers` : ': SSH_AUTH_SOCK is not set'}`,
      'eval "$(ssh-agent)" && ssh-add <private-key>; or sign with a key whose private half lies here: --key <file>',
    );
  const half = await publicHalf(key);
  const held = said.split('\n').map((line) => line.split(' ').slice(0, 2).join(' '));
  if (half !== null && !held.includes(half))
    throw new CountersignError(
      'sign/agent',
      `the private half of ${name} lies not here, and the agent does not hold it`,
      'ssh-add <private-key>; or sign with one that it holds, which ssh-add -L shows: --key <file>',
    );
}

/** Two files that do not belong together: what is signed would be taken for another's, or for nobody's. */
async function assertPair(own: string, line: string): Promise<void> {
  const halves = await readFile(`${own}.pub`, 'utf8').catch(() => null);
  const [mine, beside] = [line, halves ?? line].map((text) =>
    text.trim().split(/\s+/).slice(0, 2).join(' '),
  );
  if (mine === beside) return;
  throw new CountersignError(
    'sign/no-key',
    `${own} and ${own}.pub are not two halves of one key`,
    `write the public half anew: ssh-keygen -y -f ${shellWord(own)} > ${shellWord(`${own}.pub`)}`,
  );
}

/** What a program says, on both outputs; `code` is null where it could not be started. */
function ask(
  [program = '', ...args]: readonly string[],
  environment: Environment,
): Promise<{ readonly code: number | null; readonly said: string }> {
  return new Promise((done) => {
    const child = spawn(program, args, {
      env: { ...environment, LC_ALL: 'C', SSH_ASKPASS_REQUIRE: 'never' },
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
      timeout: 5000,
    });
    const pieces: Buffer[] = [];
    child.stdout.on('data', (piece: Buffer) => pieces.push(piece));
    child.stderr.on('data', (piece: Buffer) => pieces.push(piece));
    const end = (code: number | null): void =>
      done({ code, said: Buffer.concat(pieces).toString('utf8') });
    child.on('error', () => end(null));
    child.on('close', end);
  });
}
