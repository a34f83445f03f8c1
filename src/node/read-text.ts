import { createReadStream } from 'node:fs';
import { TextDecoder } from 'node:util';
import { createGunzip } from 'node:zlib';
import { CountersignError } from '../app/errors.ts';
import type { AbortSignalLike } from '../app/ports.ts';
import { evaluationCancelled } from './evaluation-cancelled.ts';
import { unreadable } from './unreadable.ts';

const decoders: Readonly<Record<string, string>> = {
  'utf-8': 'utf-8',
  'utf-16': 'utf-16le',
  'latin-1': 'windows-1252',
  'windows-1252': 'windows-1252',
};

/** A text on this machine; `path` is what the evaluation calls it, and `signal` ends its reading. */
export type TextPlace = {
  readonly absolute: string;
  readonly path: string;
  readonly signal: AbortSignalLike | undefined;
};

/**
 * Gives the text of a file piece by piece, until `take` wants no more.
 *
 * @throws CountersignError `evaluate/unreadable` where the bytes are no text of the encoding, with the line;
 *   `evaluate/cancelled` where the signal was given
 */
export async function readText(
  { absolute, path, signal }: TextPlace,
  { gzip, encoding }: { readonly gzip: boolean; readonly encoding: string },
  take: (text: string) => boolean,
): Promise<void> {
  const source = createReadStream(absolute, { highWaterMark: 1 << 18 });
  const stream = gzip ? source.pipe(createGunzip()) : source;
  source.on('error', (error) => stream.destroy(error));
  let decoder: TextDecoder | null = null;
  let line = 1;
  try {
    for await (const piece of stream as AsyncIterable<Uint8Array>) {
      if (signal?.aborted) throw evaluationCancelled();
      decoder ??= decoderOf(encoding, piece);
      const text = decodePiece(decoder, piece, { path, encoding, line });
      line += lineFeeds(text);
      if (!take(text)) return;
    }
    take(decodePiece(decoder ?? new TextDecoder(), null, { path, encoding, line }));
  } catch (cause) {
    if (cause instanceof CountersignError || !gzip) throw cause;
    throw unreadable(path, { kind: 'gzip cut' }, cause);
  } finally {
    source.destroy();
  }
}

/** UTF-16 says in its first two bytes in which order it is written. */
function decoderOf(encoding: string, piece: Uint8Array): TextDecoder {
  const bigEndian = encoding === 'utf-16' && piece[0] === 0xfe && piece[1] === 0xff;
  return new TextDecoder(bigEndian ? 'utf-16be' : decoders[encoding], { fatal: true });
}

/** The text of a piece, or of what is left at the end. What is no text of the encoding refuses with its line. */
function decodePiece(
  decoder: TextDecoder,
  piece: Uint8Array | null,
  at: { readonly path: string; readonly encoding: string; readonly line: number },
): string {
  try {
    return piece === null ? decoder.decode() : decoder.decode(piece, { stream: true });
  } catch (cause) {
    const lenient = new TextDecoder(decoder.encoding).decode(piece ?? new Uint8Array());
    // A character may begin in the piece before: what is broken at the very beginning here need not be.
    const broken = lenient.replace(/^\uFFFD{1,3}/, '').indexOf('\uFFFD');
    const line = at.line + lineFeeds(broken === -1 ? '' : lenient.slice(0, broken));
    throw unreadable(at.path, { kind: 'not text', line, encoding: at.encoding }, cause);
  }
}

function lineFeeds(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
