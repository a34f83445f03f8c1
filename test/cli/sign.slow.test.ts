import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { git } from '../extension/model-repository.ts';
import { startAgent } from '../node/ssh-agent.ts';
import { makeKey, temporaryFolder } from '../node/ssh-keygen.ts';
import { countersign, ended, program } from './program.ts';
import { writeSigningRepository } from './signing-repository.ts';

const folder = temporaryFolder();
const home = join(folder, 'home');
mkdirSync(home);
const secret = 'correct horse';
const key = makeKey(folder, 'ben', ['-t', 'ed25519', '-a', '1'], secret);
const environment = { PATH: process.env['PATH'], HOME: home, GIT_CONFIG_NOSYSTEM: '1' };
const asBen = ['sign', '--as', 'ben', '--role', 'validator'];
let count = 0;

function newRepository(): string {
  const top = writeSigningRepository(folder, `repository-${count++}`, key.text);
  git(top, 'config', 'user.signingKey', key.file);
  return top;
}

/** A program for SSH_ASKPASS. */
function askpass(name: string, script: string): string {
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return file;
}

const answers = askpass('answers', `echo "$1" > '${folder}/asked'; echo '${secret}'`);

/** Ben's sign-off is staged, and the gate counts it. */
async function assertSigned(top: string): Promise<void> {
  assert.match(
    git(top, 'diff', '--cached', '--name-only'),
    /signoffs\/model-change\/ben\.[0-9a-f]{12}\.[0-9a-f]{4}\.yaml/,
  );
  const verified = await countersign(top, ['verify', '--json'], environment);
  assert.match(verified.stdout, /"state":"valid"/, verified.stdout + verified.stderr);
}

test('an encrypted key is unlocked by SSH_ASKPASS, which learns what it is asked for', async () => {
  const top = newRepository();
  const ran = await countersign(top, asBen, { ...environment, SSH_ASKPASS: answers });
  assert.equal(ran.code, 0, ran.stderr);
  assert.match(ran.stdout, /ben signed model-change as validator/);
  assert.match(readFileSync(join(folder, 'asked'), 'utf8'), /passphrase/i);
  assert.ok(!(ran.stdout + ran.stderr).includes(secret));
  await assertSigned(top);
});

test('an encrypted key that the agent holds signs without a question', async () => {
  const agentFolder = join(folder, 'agent-folder');
  mkdirSync(agentFolder);
  const agent = await startAgent(agentFolder, []);
  const added = spawnSync('ssh-add', ['-q', key.file], {
    env: {
      ...environment,
      ...agent,
      SSH_ASKPASS: answers,
      SSH_ASKPASS_REQUIRE: 'force',
      DISPLAY: ':0',
    },
    stdio: 'ignore',
  });
  assert.equal(added.status, 0);
  const top = newRepository();
  const ran = await countersign(top, asBen, { ...environment, ...agent });
  assert.equal(ran.code, 0, ran.stderr);
  await assertSigned(top);
});

type Refusal = readonly [
  name: string,
  more: readonly string[],
  variables: Readonly<Record<string, string>>,
  says: RegExp,
];

test('where nobody can be asked, it says so at once and exits 2', async () => {
  const top = newRepository();
  const readable = join(folder, 'readable');
  copyFileSync(key.file, readable);
  chmodSync(readable, 0o644);
  const literal = `key::${key.text}`;
  const rows: readonly Refusal[] = [
    [
      'no terminal and no askpass',
      [],
      {},
      /wants a passphrase, and there is neither a terminal nor SSH_ASKPASS[^\n]*\(sign\/passphrase\)\n {2}ssh-add/,
    ],
    ['askpass demanded, and none named', [], { SSH_ASKPASS_REQUIRE: 'force' }, /sign\/passphrase/],
    ['a display, and no askpass', [], { DISPLAY: ':0' }, /sign\/passphrase/],
    [
      'an askpass that gives up',
      [],
      { SSH_ASKPASS: askpass('gives-up', 'exit 1') },
      /none or a wrong one was given \(sign\/passphrase\)/,
    ],
    [
      'a wrong passphrase',
      [],
      { SSH_ASKPASS: askpass('wrong', 'echo wrong') },
      /none or a wrong one was given \(sign\/passphrase\)/,
    ],
    [
      'an askpass that is not there',
      [],
      { SSH_ASKPASS: '/nowhere' },
      /SSH_ASKPASS names could not be run[^\n]*\(sign\/passphrase\)/,
    ],
    [
      'no such key',
      ['--key', '/nowhere/key'],
      {},
      /there is no key at \/nowhere\/key \(sign\/no-key\)/,
    ],
    [
      'a key that others may read',
      ['--key', readable],
      {},
      /others may read the key[^\n]*\(sign\/key-readable\)\n {2}chmod 600/,
    ],
    [
      'an agent that is not there',
      ['--key', literal],
      {},
      /the private half of ssh-ed25519 [^\n]* lies not here, and no agent answers that could hold it: SSH_AUTH_SOCK is not set \(sign\/agent\)\n {2}eval "\$\(ssh-agent\)"/,
    ],
    [
      'an agent that has gone',
      ['--key', literal],
      { SSH_AUTH_SOCK: '/nowhere' },
      /no agent answers that could hold it: SSH_AUTH_SOCK is \/nowhere, where nothing answers \(sign\/agent\)/,
    ],
  ];
  for (const [name, more, variables, says] of rows) {
    const ran = await countersign(top, [...asBen, ...more], { ...environment, ...variables });
    assert.equal(ran.code, 2, `${name}: ${ran.stdout}${ran.stderr}`);
    assert.match(ran.stderr, says, name);
    assert.equal(ran.stdout, '', name);
    assert.ok(ran.seconds < 15, `${name}: ${ran.seconds} s`);
  }
  assert.doesNotMatch(git(top, 'status', '--porcelain'), /signoffs/);
});

test('an agent that lacks the key is told from a key that is not there', async () => {
  const emptyFolder = join(folder, 'empty-agent');
  mkdirSync(emptyFolder);
  const ran = await countersign(newRepository(), [...asBen, '--key', `key::${key.text}`], {
    ...environment,
    ...(await startAgent(emptyFolder, [])),
  });
  assert.equal(ran.code, 2);
  assert.match(
    ran.stderr,
    /the private half of ssh-ed25519 [^\n]* lies not here, and the agent does not hold it \(sign\/agent\)\n {2}ssh-add <private-key>; or sign with one that it holds, which ssh-add -L shows: --key <file>$/m,
  );
});

/** util-linux's script gives a program a terminal of its own. */
const hasScript = /util-linux/.test(
  spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout ?? '',
);

/** Runs the command line at a terminal where a person types each answer when its question has come. */
async function atTerminal(
  top: string,
  dialogue: readonly (readonly [RegExp, string])[],
): Promise<{ readonly code: number | null; readonly screen: string }> {
  const command = [process.execPath, program, ...asBen].map((word) => `'${word}'`).join(' ');
  const child = spawn('script', ['-qefc', command, '/dev/null'], {
    cwd: top,
    env: { ...environment, TERM: 'xterm', SHELL: '/bin/sh' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let screen = '';
  let seen = 0;
  const left = [...dialogue];
  child.stdout.on('data', (piece: Buffer) => {
    screen += piece.toString('utf8');
    const [next] = left;
    const found = next?.[0].exec(screen.slice(seen));
    if (!next || !found) return;
    seen += found.index + found[0].length;
    left.shift();
    child.stdin.write(`${next[1]}\n`);
  });
  const { code } = await ended(child);
  return { code, screen };
}

test('at a terminal, the passphrase is asked there and never shown', {
  skip: !hasScript && 'util-linux script is not here',
}, async () => {
  const top = newRepository();
  const { code, screen } = await atTerminal(top, [
    [/Sign\? \[[^\]]*\] /, 'y'],
    [/passphrase[^:]*: /, secret],
  ]);
  assert.equal(code, 0, screen);
  assert.ok(!screen.includes(secret), screen);
  await assertSigned(top);
});

test('at a terminal, a wrong passphrase signs nothing', {
  skip: !hasScript && 'util-linux script is not here',
}, async () => {
  const { code, screen } = await atTerminal(newRepository(), [
    [/Sign\? \[[^\]]*\] /, 'y'],
    [/passphrase[^:]*: /, 'wrong'],
  ]);
  assert.equal(code, 2, screen);
  assert.match(screen, /none or a wrong one was given \(sign\/passphrase\)/);
});

test('at a terminal, who does not say yes signs nothing', {
  skip: !hasScript && 'util-linux script is not here',
}, async () => {
  const { code, screen } = await atTerminal(newRepository(), [[/Sign\? \[[^\]]*\] /, '']]);
  assert.equal(code, 2, screen);
  assert.match(screen, /nothing was signed \(sign\/cancelled\)/);
});
