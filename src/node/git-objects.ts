import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import type { GitObject } from '../app/ports.ts';
import { CountersignError } from '../app/errors.ts';
import { sha256Hex } from '../core/gate/change-digest.ts';
import { type GitPlace, streamGit } from './git-process.ts';

/** What is done with one object's content, piece by piece. */
export type Sink = { readonly take: (piece: Buffer) => void; readonly end: () => void };

/**
 * Reads objects as they are. The option came with git 2.38, the oldest that can merge without a working tree: an older one
 * refuses here at once, and not only where something is to be merged.
 */
export const catFile = ['cat-file', '--no-mailmap'] as const;

/** Why a `git cat-file` ended without its answers. */
export function unreadObjects(complaint: string): CountersignError {
  if (/unknown option/.test(complaint))
    return new CountersignError(
      'git/too-old',
      'this git is older than 2.38 and cannot merge without a working tree',
      'install git 2.38 or newer',
    );
  return new CountersignError(
    'git/failed',
    `git could not read its objects: ${complaint.trim()}`,
    'run "git fsck"',
  );
}

/** Reads objects through one `git cat-file --batch`, in the order asked for, in constant memory. */
async function readObjects(
  place: GitPlace,
  oids: readonly string[],
  open: OpenSink,
): Promise<void> {
  if (oids.length === 0) return;
  const reader = batchReader(open);
  const end = await streamGit(
    place,
    [...catFile, '--batch', '--buffer'],
    Buffer.from(`${oids.join('\n')}\n`),
    reader.take,
  );
  if (end.code !== 0) throw unreadObjects(end.stderr);
  if (reader.answered() !== oids.length)
    throw new CountersignError(
      'git/failed',
      'git answered for fewer objects than were asked for',
      'run "git fsck"',
    );
}

/** Called for each object that exists, before its content; null skips the content. */
export type OpenSink = (oid: string, type: GitObject['type'], size: number) => Sink | null;

/** Reads many objects, in the order asked for. */
export type ReadObjects = (oids: readonly string[], open: OpenSink) => Promise<void>;

/** Takes the stream apart: a header line, the content, a line feed, and so on. `answered` counts the objects that were read to their end. */
export function batchReader(open: OpenSink): {
  take: (piece: Buffer) => void;
  answered: () => number;
} {
  let header = '';
  let sink: Sink | null = null;
  // Bytes of content still to come, and the line feed after them; negative while a header is read.
  let left = -1;
  let answered = 0;
  const begin = (line: string): void => {
    const [oid = '', type = '', size = ''] = line.split(' ');
    if (type === 'missing' || type === 'ambiguous' || size === '') {
      answered++;
      return;
    }
    left = Number(size) + 1;
    sink = open(oid, type as GitObject['type'], Number(size));
  };
  const take = (piece: Buffer): void => {
    for (let at = 0; at < piece.length; ) {
      if (left < 0) {
        const feed = piece.indexOf(10, at);
        header += piece.toString('latin1', at, feed < 0 ? piece.length : feed);
        if (feed < 0) return;
        const line = header;
        header = '';
        at = feed + 1;
        begin(line);
        continue;
      }
      const count = Math.min(left, piece.length - at);
      const content = Math.min(left - 1, count);
      if (content > 0) sink?.take(piece.subarray(at, at + content));
      left -= count;
      at += count;
      if (left === 0) {
        sink?.end();
        left = -1;
        answered++;
      }
    }
  };
  return { take, answered: () => answered };
}

/** @see Git.objects */
export function wholeObjects(
  place: GitPlace,
  oids: readonly string[],
  limit: number,
): Promise<ReadonlyMap<string, GitObject | null>> {
  return collectObjects((wanted, open) => readObjects(place, wanted, open), oids, limit);
}

/** More than this many objects are worth a process for each processor: unpacking them takes longer than hashing them. */
export const manyObjects = 2000;

/** @see Git.sha256 */
export async function hashObjects(
  place: GitPlace,
  oids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const lanes = oids.length > manyObjects ? Math.min(availableParallelism(), 4) : 1;
  const each = Math.ceil(oids.length / lanes);
  const parts = Array.from({ length: lanes }, (_, lane) =>
    oids.slice(lane * each, (lane + 1) * each),
  );
  const digests = await Promise.all(
    parts.map((part) => collectDigests((wanted, open) => readObjects(place, wanted, open), part)),
  );
  return lanes === 1
    ? (digests[0] as ReadonlyMap<string, string>)
    : new Map(digests.flatMap((found) => [...found]));
}

/** Objects by id, whole; null where there is none, or where it is too large. */
export async function collectObjects(
  read: ReadObjects,
  oids: readonly string[],
  limit: number,
): Promise<ReadonlyMap<string, GitObject | null>> {
  const found = new Map<string, GitObject | null>(oids.map((oid) => [oid, null]));
  await read([...found.keys()], (oid, type, size) => {
    return size > limit ? null : wholeSink((bytes) => found.set(oid, { type, bytes }));
  });
  return found;
}

function wholeSink(use: (bytes: Buffer) => void): Sink {
  const pieces: Buffer[] = [];
  return {
    take: (piece) => pieces.push(piece),
    end: () => use(pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces)),
  };
}

/** So few objects of so few bytes are hashed by the program itself before OpenSSL is loaded. */
const [fewObjects, fewBytes] = [16, 4096];

/** The digest of each blob that is there. */
export async function collectDigests(
  read: ReadObjects,
  oids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const digests = new Map<string, string>();
  await read([...new Set(oids)], (oid, type, size) => {
    if (type !== 'blob') return null;
    if (oids.length <= fewObjects && size <= fewBytes)
      return wholeSink((bytes) => digests.set(oid, sha256Hex(bytes)));
    const hash = createHash('sha256');
    return { take: (piece) => hash.update(piece), end: () => digests.set(oid, hash.digest('hex')) };
  });
  return digests;
}
