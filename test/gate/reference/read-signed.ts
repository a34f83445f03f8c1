import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../kit/processes.ts';
import type { Terms } from './read-policy.ts';

/** What somebody signed, as JSON says it. */
// biome-ignore lint/suspicious/noExplicitAny: the plain reading looks at payloads as they come
export type Payload = any;

/** A signed file. `worth` is what its signature is worth at a time; `flags` is what hardware says of who was there, null where a file signed; the payload is null where nothing was signed. */
export type SignedFile = {
  readonly path: string;
  readonly landed: boolean;
  readonly id: string | null;
  readonly payload: Payload | null;
  readonly worth: 'good' | 'expired' | 'revoked' | 'forged' | 'stranger';
  readonly principal: string | null;
  readonly flags: number | null;
};

const verified = new Map<string, Promise<boolean>>();

/** Whether ssh-keygen takes an armoured signature for one over some bytes. */
export function isSignature(
  bytes: string,
  signature: string,
  namespace = 'model-signoff',
): Promise<boolean> {
  const key = createHash('sha256').update(`${bytes}\0${signature}\0${namespace}`).digest('hex');
  const known = verified.get(key) ?? ask(bytes, signature, namespace);
  verified.set(key, known);
  return known;
}

async function ask(bytes: string, signature: string, namespace: string): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-reference-'));
  try {
    await writeFile(join(folder, 'signature'), signature);
    return (
      (
        await run(
          'ssh-keygen',
          ['-Y', 'check-novalidate', '-n', namespace, '-s', join(folder, 'signature')],
          { input: bytes },
        )
      ).code === 0
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The base-64 blob of the key that an armoured signature names. */
export function keyOf(signature: string): string {
  const bytes = Buffer.from(
    signature
      .split('\n')
      .filter((line) => !line.startsWith('-----'))
      .join(''),
    'base64',
  );
  return bytes.subarray(14, 14 + bytes.readUInt32BE(10)).toString('base64');
}

/** What hardware says of who was there: 1 somebody touched it, 4 it knew whom. It follows the kind of signature and its bytes, at the very end. */
function flagsOf(signature: string): number | null {
  const bytes = Buffer.from(
    signature
      .split('\n')
      .filter((line) => !line.startsWith('-----'))
      .join(''),
    'base64',
  );
  return bytes.toString('latin1', 18, 21) === 'sk-' ? bytes.readUInt8(bytes.length - 5) : null;
}

/** Takes a signed file apart by its lines: a payload of two lines, a signature, and nothing else. */
export async function readSigned(
  {
    path,
    text,
    mode,
    landed,
  }: {
    readonly path: string;
    readonly text: string;
    readonly mode: string;
    readonly landed: boolean;
  },
  { keys, revoked }: Terms,
  more: ReadonlySet<string>,
  now: Date,
): Promise<SignedFile> {
  const kind = path.startsWith('.countersign/signoffs/') ? 'signoff' : 'exception';
  const found = new RegExp(
    `^schema: countersign/${kind}@1\\npayload: \\|\\n  (model-${kind}@1)\\n  (\\{.*\\})\\nsignature: \\|\\n((?:  .+\\n)+)$`,
  ).exec(text.replaceAll('\r\n', '\n'));
  const broken = {
    path,
    landed,
    id: null,
    payload: null,
    worth: 'forged',
    principal: null,
    flags: null,
  } as const;
  if (!found || mode !== '100644') return broken;
  const [, head = '', json = '', indented = ''] = found;
  const bytes = `${head}\n${json}\n`;
  const signature = indented.replace(/^ {2}/gm, '');
  const id = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  if (!(await isSignature(bytes, signature))) return { ...broken, id };
  const blob = keyOf(signature);
  const key = keys.get(blob);
  if (key === undefined || !key.namespaces.includes('model-signoff'))
    return { ...broken, id, worth: 'stranger' };
  const payload = JSON.parse(json) as Payload;
  const inTime = now.getTime() > key.before || now.getTime() < key.after ? 'expired' : 'good';
  const worth = revoked.has(blob) || more.has(blob) ? 'revoked' : inTime;
  return { path, landed, id, payload, worth, principal: key.principal, flags: flagsOf(signature) };
}
