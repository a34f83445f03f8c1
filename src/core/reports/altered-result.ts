import type { Finding } from '../finding/finding.ts';
import { shellWord } from '../render/shell-word.ts';

/** Digits of its own SHA-256 that name a stored result. */
export const resultNameLength = 12;

/**
 * That a stored result is not what was measured: its name is the beginning of its SHA-256, and it has another. Null where
 * the name is true.
 *
 * @param sha256 of the bytes at the path, lower-case hex
 */
export function alteredResult(path: string, sha256: string): string | null {
  const named = path.slice(path.lastIndexOf('/') + 1).replace(/\.json$/, '');
  const is = sha256.slice(0, resultNameLength);
  return named === is
    ? null
    : `${path} is not what was measured: its name says ${named}, its bytes are ${is}`;
}

/** As a finding; null where the name is true. */
export function alteredResultFinding(path: string, sha256: string, fix: string): Finding | null {
  const message = alteredResult(path, sha256);
  return message === null
    ? null
    : { code: 'result/altered', severity: 'error', message, path, line: 1, column: 1, fix };
}

/** What brings a stored result back from a commit. */
export function restoreResult(path: string, from?: string): string {
  return `git restore ${from === undefined ? '' : `--source=${from} `}--staged --worktree -- ${shellWord(path)}`;
}

/** What to do with a result that no commit has: it is made again. */
export function replaceResult(path: string): string {
  return `rm -- ${shellWord(path)}, then measure again: countersign evaluate ${path.split('/')[2] ?? ''}`;
}
