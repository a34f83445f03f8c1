import assert from 'node:assert/strict';
import { chmodSync, copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { CountersignError } from '../../src/app/errors.ts';
import { openRepository } from '../../src/node/repository.ts';
import { configuredPublicKey } from '../../src/node/signing-key.ts';
import { openSigner } from '../../src/node/ssh-keygen-signer.ts';
import { keygenAccepts, makeKey } from './ssh-keygen.ts';
import { bare, environment, folder, home, inAgent, inFile, repositoryWith } from './git-keys.ts';

const elsewhere = makeKey(folder, 'other-key', ['-t', 'ed25519']);

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
