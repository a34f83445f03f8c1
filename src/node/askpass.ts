import { randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * What ssh-keygen wants of the person: a passphrase or PIN (`secret`), a yes (`confirm`), or only their attention, such as a
 * touch of the key, until it goes on by itself (`notice`).
 */
export type AskpassQuestion = {
  readonly kind: 'secret' | 'confirm' | 'notice';
  readonly prompt: string;
};

/** What {@link openAskpass} needs of where the project is installed; all absolute. */
export type AskpassPrograms = {
  /** Node, or an editor that runs as Node where ELECTRON_RUN_AS_NODE is set. */
  readonly node: string;
  /** `media/askpass.sh`, which ssh-keygen runs. */
  readonly shell: string;
  /** `dist/askpass.js`, which that runs. */
  readonly main: string;
};

/** A place to ask while something is signed. */
export type Askpass = {
  /** Variables for ssh-keygen; they name this place and the word that opens it, never a secret of the person. */
  readonly environment: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
};

/**
 * Opens a place where ssh-keygen's questions arrive, for as long as one signature takes. A secret goes from `answer` through
 * a socket of this user's into the pipe that ssh-keygen reads, and is kept nowhere.
 *
 * @param answer gives the answer, or null where the person gives none; told by `gone` when nobody waits for it any more
 */
export async function openAskpass(
  programs: AskpassPrograms,
  answer: (question: AskpassQuestion, gone: AbortSignal) => Promise<string | null>,
): Promise<Askpass> {
  const token = randomBytes(32).toString('hex');
  const folder = await mkdtemp(join(tmpdir(), 'countersign-ask-'));
  const path =
    process.platform === 'win32'
      ? `\\\\.\\pipe\\countersign-${randomBytes(16).toString('hex')}`
      : join(folder, 'socket');
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    serve(socket, token, answer);
  });
  await listen(server, path);
  return {
    environment: {
      SSH_ASKPASS: programs.shell,
      COUNTERSIGN_ASKPASS_NODE: programs.node,
      COUNTERSIGN_ASKPASS_MAIN: programs.main,
      COUNTERSIGN_ASKPASS_SOCKET: path,
      COUNTERSIGN_ASKPASS_TOKEN: token,
    },
    close: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((done) => server.close(done));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((done, fail) => {
    server.once('error', fail);
    server.listen(path, done);
  });
}

/** Bytes of the longest question; ssh-keygen's are a line. */
const longest = 16_384;

/** One question a connection: a line of JSON each way. Who does not know the word is not answered. */
function serve(
  socket: Socket,
  token: string,
  answer: (question: AskpassQuestion, gone: AbortSignal) => Promise<string | null>,
): void {
  const gone = new AbortController();
  let text = '';
  socket.setEncoding('utf8');
  socket.on('error', () => {});
  socket.on('close', () => gone.abort());
  socket.on('data', (piece: string) => {
    text += piece;
    const whole = text.endsWith('\n');
    const question = whole ? readQuestion(text, token) : null;
    if (question) {
      answer(question, gone.signal).then(
        (said) => socket.end(`${JSON.stringify({ answer: said })}\n`),
        () => socket.destroy(),
      );
    } else if (whole || text.length > longest) socket.destroy();
  });
}

function readQuestion(text: string, token: string): AskpassQuestion | null {
  try {
    const { token: said, kind, prompt } = JSON.parse(text) as Readonly<Record<string, unknown>>;
    if (
      typeof said !== 'string' ||
      typeof prompt !== 'string' ||
      (kind !== 'secret' && kind !== 'confirm' && kind !== 'notice')
    )
      return null;
    const [a, b] = [Buffer.from(said), Buffer.from(token)];
    return a.length === b.length && timingSafeEqual(a, b) ? { kind, prompt } : null;
  } catch {
    return null;
  }
}
