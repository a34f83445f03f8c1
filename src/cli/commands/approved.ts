import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { approvedBytes, type AskedBytes } from '../../app/approved.ts';
import { CountersignError } from '../../app/errors.ts';
import { approvedText } from '../../core/render/approved-text.ts';
import { openRepository } from '../../node/repository.ts';
import type { CliCommand } from '../command.ts';
import { historyOptions, historyRequest } from '../history-options.ts';

export const command: CliCommand = {
  configure: (options) =>
    historyOptions(options.argument('<what...>', 'files, or digests as sha256:…')),
  examples: [
    'countersign approved model/score.py',
    'countersign approved /srv/model/weights.bin --json',
    'countersign approved sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  ],
  run: async (context, what, options) => {
    const asked = await Promise.all(what.map((name) => askedBytes(context.cwd, name)));
    const repository = await openRepository(context.repo, context.env);
    context.progress('replaying the gate over history');
    const result = await approvedBytes(repository, asked, historyRequest(options));
    return { exit: result.exit, json: result, text: () => approvedText(result) };
  },
};

async function askedBytes(cwd: string, name: string): Promise<AskedBytes> {
  const digest = /^sha256:(.*)$/s.exec(name)?.[1];
  if (digest === undefined) {
    const path = resolve(cwd, name);
    return {
      file: name,
      sha256: await hashFile(cwd, name),
      place: { name: path.replaceAll('\\', '/').replace(/^\//, ''), read: () => smallFile(path) },
    };
  }
  if (!/^[0-9a-f]{64}$/.test(digest))
    throw new CountersignError(
      'usage/digest',
      `${JSON.stringify(name)} is not a digest`,
      'write sha256: and 64 lower-case hex digits, as sha256sum prints them',
    );
  return { file: null, sha256: digest };
}

/** A file that may be text; null for a larger one. */
async function smallFile(path: string): Promise<Uint8Array | null> {
  return (await stat(path)).size > largestText ? null : readFile(path);
}

const largestText = 64 * 1024 * 1024;

async function hashFile(cwd: string, name: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const piece of createReadStream(resolve(cwd, name))) hash.update(piece as Buffer);
  } catch (cause) {
    throw new CountersignError(
      'approved/no-file',
      `the file ${name} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`,
      'name a file, or a digest as sha256:…',
      { cause },
    );
  }
  return hash.digest('hex');
}
