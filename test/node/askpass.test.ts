import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createConnection, createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { CountersignError } from '../../src/app/errors.ts';
import { type AskpassQuestion, openAskpass } from '../../src/node/askpass.ts';
import { openRepository } from '../../src/node/repository.ts';
import { openSigner } from '../../src/node/ssh-keygen-signer.ts';
import { keygenAccepts, makeKey, temporaryFolder } from './ssh-keygen.ts';

const inProject = (path: string): string =>
  fileURLToPath(new URL(`../../${path}`, import.meta.url));
const programs = {
  node: process.execPath,
  shell: inProject('media/askpass.sh'),
  main: inProject('dist/askpass.js'),
};

const folder = temporaryFolder();
const secret = 'pass phrase with "quotes" and ümlaut';
const key = makeKey(folder, 'key', ['-t', 'ed25519', '-a', '1'], secret);
execFileSync('git', ['init', '--quiet', folder]);
const repository = await openRepository(folder, { PATH: process.env['PATH'] });
const message = Buffer.from('model-signoff@1\n{}\n');

/** Signs while these answers are given; says what was asked. */
async function signWith(
  answer: (question: AskpassQuestion, gone: AbortSignal) => Promise<string | null>,
  signal?: AbortSignal,
): Promise<{ readonly armoured: string; readonly asked: readonly AskpassQuestion[] }> {
  const asked: AskpassQuestion[] = [];
  const asking = await openAskpass(programs, (question, gone) => {
    asked.push(question);
    return answer(question, gone);
  });
  try {
    const signer = await openSigner(repository, {
      key: key.file,
      environment: { PATH: process.env['PATH'] },
      askpass: asking.environment,
      signal,
    });
    return { armoured: await signer.sign(message, 'model-signoff'), asked };
  } finally {
    await asking.close();
    assert.equal(
      existsSync(dirname(asking.environment['COUNTERSIGN_ASKPASS_SOCKET'] ?? '')),
      false,
    );
  }
}

function fails(code: string): (error: unknown) => boolean {
  return (error) =>
    error instanceof CountersignError && error.code === code && !error.message.includes(secret);
}

test('the passphrase that a person gives unlocks the key', async () => {
  const { armoured, asked } = await signWith(async () => secret);
  assert.equal(
    keygenAccepts(folder, {
      message,
      armoured,
      namespace: 'model-signoff',
      principal: 'ada@example.org',
      allowed: `ada@example.org ${key.text}\n`,
    }),
    true,
  );
  assert.equal(asked.length, 1);
  assert.equal(asked[0]?.kind, 'secret');
  assert.match(asked[0]?.prompt ?? '', /passphrase/i);
});

test('a wrong passphrase, or none, signs nothing', async () => {
  await assert.rejects(
    signWith(async () => 'wrong'),
    fails('sign/passphrase'),
  );
  await assert.rejects(
    signWith(async () => ''),
    fails('sign/passphrase'),
  );
  await assert.rejects(
    signWith(async () => null),
    fails('sign/passphrase'),
  );
  await assert.rejects(
    signWith(() => Promise.reject(new Error('the window was closed'))),
    fails('sign/passphrase'),
  );
});

test('who is asked learns when nobody waits any more', async () => {
  const stop = new AbortController();
  let told = false;
  const signing = signWith((_, gone) => {
    stop.abort();
    return new Promise((done) => gone.addEventListener('abort', () => done(((told = true), null))));
  }, stop.signal);
  await assert.rejects(signing, fails('sign/cancelled'));
  assert.equal(told, true);
});

test('ssh-keygen’s other questions are told apart', async () => {
  const asked: AskpassQuestion[] = [];
  const asking = await openAskpass(programs, async (question) => {
    asked.push(question);
    return '';
  });
  for (const wanted of ['none', 'confirm', '']) {
    const child = spawn(programs.shell, ['Touch', 'it'], {
      env: { PATH: process.env['PATH'], ...asking.environment, SSH_ASKPASS_PROMPT: wanted },
      stdio: 'ignore',
    });
    assert.deepEqual(await once(child, 'exit'), [0, null]);
  }
  await asking.close();
  assert.deepEqual(asked, [
    { kind: 'notice', prompt: 'Touch it' },
    { kind: 'confirm', prompt: 'Touch it' },
    { kind: 'secret', prompt: 'Touch it' },
  ]);
});

test('who does not know the word is not answered', async () => {
  const asking = await openAskpass(programs, async () => assert.fail('it was asked'));
  const question = {
    token: asking.environment['COUNTERSIGN_ASKPASS_TOKEN'],
    kind: 'secret',
    prompt: 'x',
  };
  for (const said of [
    JSON.stringify({ ...question, token: 'x'.repeat(64) }),
    JSON.stringify({ ...question, token: undefined }),
    JSON.stringify({ ...question, kind: 'other' }),
    'x',
    '{',
    'null',
    'x'.repeat(20_000),
  ]) {
    const socket = createConnection(asking.environment['COUNTERSIGN_ASKPASS_SOCKET'] ?? '');
    let heard = '';
    socket.on('data', (piece) => (heard += piece));
    socket.on('error', () => {});
    socket.write(`${said}\n`);
    await once(socket, 'close');
    assert.equal(heard, '', said.slice(0, 80));
  }
  const child = spawn(programs.shell, ['x'], {
    env: { PATH: process.env['PATH'], ...asking.environment, COUNTERSIGN_ASKPASS_TOKEN: 'other' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  assert.deepEqual(await once(child, 'exit'), [1, null]);
  await asking.close();
});

test('the program ends at once where nobody listens', async () => {
  const child = spawn(programs.shell, ['x'], {
    env: {
      PATH: process.env['PATH'],
      COUNTERSIGN_ASKPASS_NODE: programs.node,
      COUNTERSIGN_ASKPASS_MAIN: programs.main,
      COUNTERSIGN_ASKPASS_SOCKET: '/nowhere',
    },
    stdio: 'ignore',
  });
  assert.deepEqual(await once(child, 'exit'), [1, null]);
});

test('what is no answer is never tried as a passphrase', async () => {
  let said = '';
  const server = createServer((socket) => socket.on('data', () => socket.end(`${said}\n`)));
  const path = join(folder, 'answers');
  server.listen(path);
  await once(server, 'listening');
  for (const [line, printed] of [
    ['{"answer":"yes"}', 'yes\n'],
    ['{"answer":null}', ''],
    ['{"answer":7}', ''],
    ['{}', ''],
    ['null', ''],
    ['yes', ''],
  ] as const) {
    said = line;
    const child = spawn(programs.node, [programs.main, 'x'], {
      env: { PATH: process.env['PATH'], COUNTERSIGN_ASKPASS_SOCKET: path },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const pieces: string[] = [];
    child.stdout.setEncoding('utf8').on('data', (piece: string) => pieces.push(piece));
    assert.deepEqual(await once(child, 'close'), [printed === '' ? 1 : 0, null], line);
    assert.equal(pieces.join(''), printed, line);
  }
  server.close();
});
