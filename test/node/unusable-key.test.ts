import assert from 'node:assert/strict';
import { chmodSync, copyFileSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { CountersignError } from '../../src/app/errors.ts';
import { openRepository } from '../../src/node/repository.ts';
import {
  configuredKey,
  configuredPublicKey,
  keyName,
  parseSigningKey,
} from '../../src/node/signing-key.ts';
import { openSigner } from '../../src/node/ssh-keygen-signer.ts';
import { makeKey } from './ssh-keygen.ts';
import { bare, environment, folder, home, inFile, repositoryWith } from './git-keys.ts';

test('without a setting, the usual file is the key; an OpenPGP key is none', async () => {
  mkdirSync(join(home, '.ssh'), { recursive: true });
  const before = process.env['HOME'];
  process.env['HOME'] = home;
  try {
    assert.equal(homedir(), home);
    for (const settings of [
      {},
      { 'user.signingKey': '0123456789ABCDEF' },
      { 'gpg.format': 'openpgp', 'user.signingKey': 'Ada <ada@example.org>' },
    ] as Readonly<Record<string, string>>[]) {
      const repository = await openRepository(repositoryWith(settings), environment);
      await assert.rejects(
        configuredKey(repository),
        (error) => error instanceof CountersignError && error.code === 'sign/no-key',
      );
      assert.equal(await configuredPublicKey(repository), null);
    }
    copyFileSync(inFile.file, join(home, '.ssh', 'id_ed25519'));
    const repository = await openRepository(
      repositoryWith({ 'user.signingKey': '0123456789ABCDEF' }),
      environment,
    );
    assert.deepEqual(await configuredKey(repository), {
      kind: 'file',
      path: join(home, '.ssh', 'id_ed25519'),
    });
  } finally {
    process.env['HOME'] = before;
  }
});

test('a setting that names a file which is not there says which, and what to do, before anything is signed', async () => {
  const bareHome = join(folder, 'bare-home');
  mkdirSync(join(bareHome, '.ssh'), { recursive: true });
  const before = process.env['HOME'];
  process.env['HOME'] = bareHome;
  const refusal = async (
    settings: Readonly<Record<string, string>>,
  ): Promise<readonly [string, string | undefined]> => {
    const repository = await openRepository(repositoryWith(settings), environment);
    const error = await openSigner(repository, { environment }).then(
      () => null,
      (cause: unknown) => cause,
    );
    assert.ok(error instanceof CountersignError && error.code === 'sign/no-key', String(error));
    return [error.message, error.fix];
  };
  try {
    const ssh = { 'gpg.format': 'ssh' };
    assert.deepEqual(await refusal({ ...ssh, 'user.signingKey': '/nowhere/key.pub' }), [
      'user.signingKey names /nowhere/key.pub, and there is no such file',
      'name your key: git config user.signingKey <file>; make one with: ssh-keygen -t ed25519',
    ]);
    assert.deepEqual(
      (await refusal({ 'countersign.signingKey': '/nowhere/key' }))[0],
      'countersign.signingKey names /nowhere/key, and there is no such file',
    );
    assert.deepEqual(
      (await refusal({ 'user.signingKey': '/nowhere/key.pub' }))[0],
      'no key to sign with is set: user.signingKey says /nowhere/key.pub, which is no file here, and gpg.format is not ssh',
    );
    copyFileSync(inFile.file, join(bareHome, '.ssh', 'id_ed25519'));
    assert.deepEqual(
      (await refusal({ ...ssh, 'user.signingKey': '/nowhere/key.pub' }))[1],
      `name the key that is here: git config user.signingKey ${join(bareHome, '.ssh', 'id_ed25519')}`,
    );
    // Another program may know a key by a name that is no file.
    assert.deepEqual(
      await configuredKey(
        await openRepository(
          repositoryWith({
            ...ssh,
            'gpg.ssh.program': '/usr/bin/true',
            'user.signingKey': '/nowhere/key',
          }),
          environment,
        ),
      ),
      { kind: 'file', path: '/nowhere/key' },
    );
  } finally {
    process.env['HOME'] = before;
  }
});

test('a command that names no key is told of, with what it said', async () => {
  const rows: readonly (readonly [string, RegExp])[] = [
    ['false', /named no key/],
    ['true', /it printed nothing/],
    ['echo hello', /its first line must be/],
    ["sh -c 'echo no agent here >&2; exit 3'", /no agent here/],
    ['/nowhere/at-all', /at-all/],
  ];
  for (const [command, says] of rows) {
    const repository = await openRepository(
      repositoryWith({ 'gpg.ssh.defaultKeyCommand': command }),
      environment,
    );
    await assert.rejects(
      configuredKey(repository),
      (error) =>
        error instanceof CountersignError &&
        error.code === 'sign/key-command' &&
        says.test(error.message),
      command,
    );
  }
});

test('a key is named without the whole of it', () => {
  assert.equal(
    keyName(
      parseSigningKey(
        'key::ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl ada',
        '/',
      ),
    ),
    'ssh-ed25519 AAAAC3NzaC1l…h2l9GKJl',
  );
  assert.equal(keyName(parseSigningKey('keys/mine', '/home/ada')), '/home/ada/keys/mine');
});

test('a key that surely cannot sign is told before anything is asked', async () => {
  const dead = { ...environment, SSH_AUTH_SOCK: '/nowhere/agent' };
  const alone = makeKey(folder, 'alone-key', ['-t', 'ed25519']);
  const unheld = join(folder, 'unheld.pub');
  copyFileSync(`${alone.file}.pub`, unheld);
  const mixed = join(folder, 'mixed');
  copyFileSync(inFile.file, mixed);
  copyFileSync(`${alone.file}.pub`, `${mixed}.pub`);
  const readable = join(folder, 'readable');
  copyFileSync(inFile.file, readable);
  copyFileSync(`${inFile.file}.pub`, `${readable}.pub`);
  chmodSync(readable, 0o644);
  const locked = makeKey(folder, 'locked-key', ['-t', 'ed25519', '-N', 'secret']);
  const rows: readonly (readonly [string, string, typeof environment, string | null])[] = [
    ['no agent answers', unheld, dead, 'sign/agent'],
    ['no agent is named', unheld, { ...environment, SSH_AUTH_SOCK: '' }, 'sign/agent'],
    ['the agent holds another', unheld, environment, 'sign/agent'],
    ['a literal that no agent holds', `key::${alone.text}`, environment, 'sign/agent'],
    ['two halves that do not belong together', mixed, environment, 'sign/no-key'],
    ['one that others may read', readable, environment, 'sign/key-readable'],
    ['one that the agent holds', join(bare, 'key.pub'), environment, null],
    ['one in a file', inFile.file, dead, null],
    ['one with a passphrase, which can still be asked for', locked.file, dead, null],
  ];
  const repository = await openRepository(repositoryWith({}), environment);
  for (const [name, key, variables, code] of rows) {
    const opened = openSigner(repository, { key, environment: variables });
    if (code === null) await assert.doesNotReject(opened, name);
    else
      await assert.rejects(
        opened,
        (error: unknown) => error instanceof CountersignError && error.code === code,
        name,
      );
  }
});
