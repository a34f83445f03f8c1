import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
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
import { startAgent } from './ssh-agent.ts';
import { keygenAccepts, makeKey, temporaryFolder } from './ssh-keygen.ts';

const folder = temporaryFolder();
const home = join(folder, 'home');
const bare = join(folder, 'public-only');
mkdirSync(home);
mkdirSync(bare);
const inFile = makeKey(folder, 'file-key', ['-t', 'ed25519']);
const inAgent = makeKey(folder, 'agent-key', ['-t', 'ecdsa']);
const elsewhere = makeKey(folder, 'other-key', ['-t', 'ed25519']);
copyFileSync(`${inAgent.file}.pub`, join(bare, 'key.pub'));
copyFileSync(inFile.file, join(home, 'mine'));
copyFileSync(`${inFile.file}.pub`, join(home, 'mine.pub'));
const agent = await startAgent(folder, [inAgent.file]);
const environment = { PATH: process.env['PATH'], HOME: home, GIT_CONFIG_NOSYSTEM: '1', ...agent };

let count = 0;

/** A repository with these settings. */
function repositoryWith(settings: Readonly<Record<string, string>>): string {
  const top = join(folder, `repository-${count++}`);
  execFileSync('git', ['init', '-q', top]);
  for (const [name, value] of Object.entries(settings))
    execFileSync('git', ['config', name, value], { cwd: top });
  return top;
}

const message = Buffer.from('model-signoff@1\n{}\n');

test('the key that git signs with signs, wherever its private half is', async () => {
  writeFileSync(join(folder, 'command.sh'), '#!/bin/sh\nssh-add -L\n', { mode: 0o755 });
  const rows: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
    ['the private half', { 'user.signingKey': inFile.file }, inFile.text],
    [
      'the public half beside it',
      { 'gpg.format': 'ssh', 'user.signingKey': `${inFile.file}.pub` },
      inFile.text,
    ],
    ['a path from the home folder', { 'user.signingKey': '~/mine' }, inFile.text],
    [
      'a path from the top of the repository',
      { 'gpg.format': 'ssh', 'user.signingKey': '../file-key.pub' },
      inFile.text,
    ],
    [
      'a key of the agent, written out',
      { 'user.signingKey': `key::${inAgent.text}` },
      inAgent.text,
    ],
    [
      'a key of the agent, with a comment',
      { 'user.signingKey': `key::${inAgent.text} ben's key` },
      inAgent.text,
    ],
    ['a key of the agent, without key::', { 'user.signingKey': inAgent.text }, inAgent.text],
    [
      'a public half whose private half only the agent has',
      { 'user.signingKey': join(bare, 'key.pub') },
      inAgent.text,
    ],
    [
      'a command that names it',
      { 'gpg.format': 'ssh', 'gpg.ssh.defaultKeyCommand': 'ssh-add -L' },
      inAgent.text,
    ],
    [
      'a command with quotes and a pipe',
      { 'gpg.ssh.defaultKeyCommand': "sh -c 'ssh-add -L | sed s/^/key::/'" },
      inAgent.text,
    ],
    [
      'a command in a file',
      { 'gpg.ssh.defaultKeyCommand': join(folder, 'command.sh') },
      inAgent.text,
    ],
    [
      'a key for sign-offs before git’s own',
      { 'countersign.signingKey': inFile.file, 'user.signingKey': elsewhere.file },
      inFile.text,
    ],
    [
      'git’s own before a command',
      { 'user.signingKey': inFile.file, 'gpg.ssh.defaultKeyCommand': 'ssh-add -L' },
      inFile.text,
    ],
  ];
  for (const [name, settings, text] of rows) {
    const repository = await openRepository(repositoryWith(settings), environment);
    const signer = await openSigner(repository, { environment });
    const armoured = await signer.sign(message, 'model-signoff');
    const vector = {
      message,
      armoured,
      namespace: 'model-signoff',
      principal: 'ada@example.org',
      allowed: `ada@example.org ${text}\n`,
    };
    assert.equal(keygenAccepts(folder, vector), true, name);
    assert.equal(keygenAccepts(folder, { ...vector, namespace: 'git' }), false, name);
    assert.equal(await configuredPublicKey(repository), text, name);
  }
});

test('the program that git signs with signs, asked as git asks it', async () => {
  const log = join(folder, 'asked.log');
  // Such programs know what git asks of them and no more: the message is a file, and nothing comes over standard input.
  const program = join(folder, 'my signer');
  writeFileSync(
    program,
    `#!/bin/sh\nprintf '%s\\n' "$*" >> '${log}'\neval "last=\\$$#"\n[ -f "$last" ] || { echo 'no file named' >&2; exit 9; }\nread -r line && { echo 'nothing belongs here' >&2; exit 9; }\nexec ssh-keygen "$@"\n`,
    { mode: 0o755 },
  );
  const mine = join(home, 'signer');
  copyFileSync(program, mine);
  chmodSync(mine, 0o755);
  const rows: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
    [
      'a key in a file',
      { 'gpg.ssh.program': program, 'user.signingKey': inFile.file },
      inFile.text,
    ],
    [
      'a program of the home folder',
      { 'gpg.ssh.program': '~/signer', 'user.signingKey': inFile.file },
      inFile.text,
    ],
    [
      'a key of the agent, written out',
      { 'gpg.ssh.program': program, 'user.signingKey': `key::${inAgent.text}` },
      inAgent.text,
    ],
    [
      'a public half',
      { 'gpg.ssh.program': program, 'gpg.format': 'ssh', 'user.signingKey': join(bare, 'key.pub') },
      inAgent.text,
    ],
    [
      'a program on the PATH',
      { 'gpg.ssh.program': 'ssh-keygen', 'user.signingKey': inFile.file },
      inFile.text,
    ],
  ];
  for (const [name, settings, text] of rows) {
    writeFileSync(log, '');
    const repository = await openRepository(repositoryWith(settings), environment);
    const armoured = await (await openSigner(repository, { environment })).sign(
      message,
      'model-signoff',
    );
    assert.equal(
      keygenAccepts(folder, {
        message,
        armoured,
        namespace: 'model-signoff',
        principal: 'ada@example.org',
        allowed: `ada@example.org ${text}\n`,
      }),
      true,
      name,
    );
    if (settings['gpg.ssh.program'] !== 'ssh-keygen')
      assert.match(
        readFileSync(log, 'utf8'),
        /^-Y sign -n model-signoff -f \S+(?: -U)? \S+\n$/,
        name,
      );
  }
});

test('a program that does not sign is told of, and nothing else signs in its place', async () => {
  const rows: readonly (readonly [string, string, RegExp])[] = [
    ['none.sh', '', /none\.sh, which gpg\.ssh\.program names, could not be started/],
    [
      'refuses.sh',
      '#!/bin/sh\necho the vault is locked >&2\nexit 1\n',
      /did not sign with [^:]*: the vault is locked/,
    ],
    ['idle.sh', '#!/bin/sh\nexit 0\n', /did not sign with [^:]*: it said nothing/],
    ['prints.sh', '#!/bin/sh\necho -----BEGIN SSH SIGNATURE-----\n', /did not sign/],
  ];
  for (const [file, text, says] of rows) {
    const program = join(folder, file);
    if (text !== '') writeFileSync(program, text, { mode: 0o755 });
    const repository = await openRepository(
      repositoryWith({ 'gpg.ssh.program': program, 'user.signingKey': inFile.file }),
      environment,
    );
    const signer = await openSigner(repository, { environment });
    await assert.rejects(
      signer.sign(message, 'model-signoff'),
      (error) =>
        error instanceof CountersignError &&
        error.code === 'sign/program' &&
        says.test(error.message) &&
        /gpg\.ssh\.program/.test(error.fix ?? ''),
      file,
    );
  }
});

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
