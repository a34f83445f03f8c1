import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { CodeAnchor } from '../records/code-anchor.ts';
import { symbolLines } from './symbol-lines.ts';

export type AnchorState = 'exact' | 'moved' | 'changed' | 'lost';

/** Where the lines of an anchor are today. `now` is null where nobody can say. */
export type FollowedAnchor = {
  readonly path: string;
  readonly lines: readonly [number, number];
  readonly symbol: string | null;
  readonly state: AnchorState;
  readonly now: { readonly path: string; readonly lines: readonly [number, number] } | null;
  readonly why: string;
};

/**
 * Follows an anchor by what its lines said.
 *
 * @param now the file's bytes today, null where it is gone
 * @param then the file's bytes at the anchor's commit, where the anchor has no digest and the commit is still there
 */
export function followAnchor(
  anchor: CodeAnchor,
  now: Uint8Array | null,
  then: Uint8Array | null,
): FollowedAnchor {
  const [first, last] = anchor.lines as unknown as readonly [number, number];
  const say = (
    state: AnchorState,
    at: readonly [number, number] | null,
    why: string,
  ): FollowedAnchor => ({
    path: anchor.path,
    lines: [first, last],
    symbol: anchor.symbol ?? null,
    state,
    now: at ? { path: anchor.path, lines: at } : null,
    why,
  });
  if (now === null) return say('lost', null, 'the file is gone');
  const digest = anchor.digest ?? (then ? linesDigest(splitLines(then), first, last) : null);
  const lines = splitLines(now);
  if (digest === null)
    return last <= lines.length
      ? say(
          'exact',
          [first, last],
          'nothing but line numbers holds this anchor: add its digest with countersign anchors --write',
        )
      : say('lost', null, `the file has ${lines.length} lines today`);
  // A checkout may have turned the line ends; the digest was taken of the blob.
  for (const form of [lines, lines.map(unixLine)]) {
    if (linesDigest(form, first, last) === digest)
      return say('exact', [first, last], 'the lines are as they were');
    const found = findBlock(form, last - first + 1, digest, first);
    if (found.length > 0)
      return say(
        'moved',
        [found[0] as number, (found[0] as number) + last - first],
        found.length > 1
          ? `the same lines stand at ${found.length} places; this is the nearest`
          : 'the same lines stand here now',
      );
  }
  const body = anchor.symbol === undefined ? null : symbolLines(anchor.path, now, anchor.symbol);
  return body
    ? say('changed', body, `the lines were rewritten; ${anchor.symbol} is here now`)
    : say('changed', null, 'the lines were rewritten');
}

/** `sha256:` and the digest of the bytes of some lines, last line ending included; null where the file ends before them. */
export function linesDigest(
  lines: readonly Uint8Array[],
  first: number,
  last: number,
): string | null {
  if (first < 1 || last > lines.length) return null;
  const hash = sha256.create();
  for (const line of lines.slice(first - 1, last)) hash.update(line);
  return `sha256:${bytesToHex(hash.digest())}`;
}

/** A text's lines as bytes, each with its line feed. */
export function splitLines(bytes: Uint8Array): readonly Uint8Array[] {
  const lines: Uint8Array[] = [];
  let start = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, start)) {
    lines.push(bytes.subarray(start, at + 1));
    start = at + 1;
  }
  if (start < bytes.length) lines.push(bytes.subarray(start));
  return lines;
}

function unixLine(line: Uint8Array): Uint8Array {
  if (line.at(-1) !== 10 || line.at(-2) !== 13) return line;
  const shorter = line.slice(0, -1);
  shorter[shorter.length - 1] = 10;
  return shorter;
}

/** First lines of every block of this length and digest, nearest to where it was first. */
function findBlock(
  lines: readonly Uint8Array[],
  length: number,
  digest: string,
  near: number,
): readonly number[] {
  const found: number[] = [];
  for (let first = 1; first + length - 1 <= lines.length; first++) {
    if (linesDigest(lines, first, first + length - 1) === digest) found.push(first);
  }
  return found.sort((a, b) => Math.abs(a - near) - Math.abs(b - near) || a - b);
}
