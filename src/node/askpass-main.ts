/**
 * The program that ssh-keygen runs to ask for a passphrase (SSH_ASKPASS): passes the question to the editor that signs, and
 * prints the answer. It keeps nothing and writes nothing else.
 */
import { createConnection } from 'node:net';

const {
  COUNTERSIGN_ASKPASS_SOCKET: path = '',
  COUNTERSIGN_ASKPASS_TOKEN: token,
  SSH_ASKPASS_PROMPT: wanted,
} = process.env;
const kinds = new Map([
  ['none', 'notice'],
  ['confirm', 'confirm'],
]);
const kind = kinds.get(wanted ?? '') ?? 'secret';

let text = '';
const socket = createConnection(path, () =>
  socket.write(`${JSON.stringify({ token, kind, prompt: process.argv.slice(2).join(' ') })}\n`),
);
socket.setEncoding('utf8');
socket.on('data', (piece) => {
  text += piece;
});
socket.on('error', () => {
  process.exitCode = 1;
});
socket.on('close', () => {
  const answer = readAnswer();
  if (answer === null) process.exitCode = 1;
  else process.stdout.write(`${answer}\n`);
});

/** What was typed; null where nothing was, or where what came is no answer: that must never be tried as a passphrase. */
function readAnswer(): string | null {
  if (!text.endsWith('\n')) return null;
  try {
    const { answer } = Object(JSON.parse(text)) as Readonly<Record<string, unknown>>;
    return typeof answer === 'string' ? answer : null;
  } catch {
    return null;
  }
}
