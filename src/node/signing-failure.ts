import { CountersignError } from '../app/errors.ts';
import { keyName, type SigningKey } from './signing-key.ts';

/** What signs: `ssh-keygen`, or the program that git is told to use in its place, run where git would. */
export type Keygen = {
  readonly program: string;
  readonly set: boolean;
  readonly directory: string;
};

/** Somebody may have to find a hardware key and touch it; nobody needs longer than this. */
export const patience = 120_000;

/** Who could be asked for a passphrase. Without anybody ssh-keygen must fail at once and not wait for what nobody sees. */
export type Asked = 'program' | 'terminal' | 'nobody';

/** Whether signing was ended, and by whom: the person, or patience. */
export type Stopped = 'no' | 'cancelled' | 'late';

/** The program that signs could not be started. */
export function startFailure(
  cause: NodeJS.ErrnoException,
  { program, set }: Keygen,
): CountersignError {
  if (set)
    return new CountersignError(
      'sign/program',
      `${program}, which gpg.ssh.program names, could not be started: ${cause.message}`,
      'mend the setting, or sign with ssh-keygen: git config --unset gpg.ssh.program',
      { cause },
    );
  if (cause.code === 'ENOENT')
    return new CountersignError(
      'sign/no-ssh-keygen',
      'ssh-keygen was not found',
      'install OpenSSH 8.2 or newer',
      { cause },
    );
  return new CountersignError(
    'sign/failed',
    `ssh-keygen could not be started: ${cause.message}`,
    'run ssh-keygen -Y sign by hand to see why',
    { cause },
  );
}

/** Signing was ended before it was done; null where it was not. */
export function stopFailure(why: Stopped): CountersignError | null {
  if (why === 'cancelled')
    return new CountersignError(
      'sign/cancelled',
      'nothing was signed',
      'sign again when you are ready',
    );
  if (why === 'late')
    return new CountersignError(
      'sign/timeout',
      `ssh-keygen waited ${patience / 1000} seconds for a passphrase or a touch, and was stopped`,
      'sign again; touch the key when it blinks',
    );
  return null;
}

/** The program ran and did not sign: what it said, with the step that mends it. */
export function signFailure(
  complaint: string,
  key: SigningKey,
  { asked, keygen: { program, set } }: { readonly asked: Asked; readonly keygen: Keygen },
): CountersignError {
  const said = complaint
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^Signing data/.test(line))
    .join('; ');
  const name = keyName(key);
  if (/UNPROTECTED PRIVATE KEY/.test(said))
    return new CountersignError(
      'sign/key-readable',
      `others may read the key ${name}, and ssh-keygen refuses it for that`,
      `chmod 600 ${name}`,
    );
  if (set && !/passphrase|askpass/i.test(said))
    return new CountersignError(
      'sign/program',
      `${program}, which gpg.ssh.program names, did not sign with ${name}: ${said || 'it said nothing'}`,
      'see whether git signs with it: git commit --gpg-sign --allow-empty; or sign with ssh-keygen: git config --unset gpg.ssh.program',
    );
  if (/passphrase|askpass|error in libcrypto/i.test(said))
    return passphraseFailure(name, asked, said);
  if (/agent|No private key found/i.test(said))
    return new CountersignError(
      'sign/agent',
      `the agent did not sign with ${name}: ${said}`,
      'ssh-add -l shows what the agent holds; ssh-add adds a key to it',
    );
  if (/No such file|Couldn't load (public )?key/i.test(said))
    return new CountersignError(
      'sign/no-key',
      `there is no key at ${name}`,
      'name one with --key, or git config user.signingKey',
    );
  return new CountersignError(
    'sign/failed',
    `ssh-keygen did not sign with ${name}: ${said || 'it said nothing'}`,
    'run ssh-keygen -Y sign by hand to see why',
  );
}

function passphraseFailure(name: string, asked: Asked, said: string): CountersignError {
  if (asked === 'nobody')
    return new CountersignError(
      'sign/passphrase',
      `the key ${name} wants a passphrase, and there is neither a terminal nor SSH_ASKPASS to ask for it`,
      'ssh-add the key first, or sign at a terminal',
    );
  if (/ssh_askpass: exec/.test(said))
    return new CountersignError(
      'sign/passphrase',
      `the program that SSH_ASKPASS names could not be run: ${said}`,
      'let SSH_ASKPASS name a program, or ssh-add the key first',
    );
  return new CountersignError(
    'sign/passphrase',
    `the key ${name} wants a passphrase, and none or a wrong one was given`,
    'sign again with the right one; ssh-add remembers it until you log out',
  );
}
