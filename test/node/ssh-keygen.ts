import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';

/** A key of ssh-keygen: the file of its private half, and its public half as `type base64`. */
export type MadeKey = { readonly file: string; readonly text: string };

/** A folder that is gone when the tests of the file are over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-test-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Makes a key, without a passphrase unless one is given. */
export function makeKey(
  folder: string,
  name: string,
  options: readonly string[],
  passphrase = '',
): MadeKey {
  const file = join(folder, name);
  execFileSync('ssh-keygen', ['-q', ...options, '-N', passphrase, '-C', '', '-f', file]);
  return { file, text: readFileSync(`${file}.pub`, 'utf8').trim() };
}

/** What `ssh-keygen -Y sign` makes of a message. */
export function signBy(
  key: MadeKey,
  namespace: string,
  message: Uint8Array,
  options: readonly string[] = [],
): string {
  return execFileSync('ssh-keygen', ['-Y', 'sign', '-f', key.file, '-n', namespace, ...options], {
    input: message,
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}

/** A signature and what it is held against. */
export type Vector = {
  readonly message: Uint8Array;
  readonly armoured: string;
  readonly namespace: string;
  readonly principal: string;
  readonly allowed: string | Uint8Array;
  readonly revoked?: string | Uint8Array | undefined;
  readonly at?: Date;
};

/** Whether `ssh-keygen -Y verify` accepts. */
export function keygenAccepts(
  folder: string,
  { message, armoured, namespace, principal, allowed, revoked, at }: Vector,
): boolean {
  const [allowedFile, signatureFile, revokedFile] = [
    'allowed_signers',
    'message.sig',
    'revoked_keys',
  ].map((name) => join(folder, name)) as [string, string, string];
  writeFileSync(allowedFile, allowed);
  writeFileSync(signatureFile, armoured);
  if (revoked !== undefined) writeFileSync(revokedFile, revoked);
  // From a file: ssh-keygen may end before it has read its input.
  const messageFile = join(folder, 'message');
  writeFileSync(messageFile, message);
  const input = openSync(messageFile, 'r');
  const time = at
    ? [
        `-Overify-time=${at
          .toISOString()
          .replace(/\.\d+Z$/, '')
          .replace(/[-:T]/g, '')}Z`,
      ]
    : [];
  const out = spawnSync(
    'ssh-keygen',
    [
      '-Y',
      'verify',
      '-f',
      allowedFile,
      '-I',
      principal,
      '-n',
      namespace,
      '-s',
      signatureFile,
      ...(revoked === undefined ? [] : ['-r', revokedFile]),
      ...time,
    ],
    { stdio: [input, 'pipe', 'pipe'] },
  );
  closeSync(input);
  if (out.error) throw out.error;
  return out.status === 0;
}
