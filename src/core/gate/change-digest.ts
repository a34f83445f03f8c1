import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { compareRaw, type RawPath, rawToBytes, type ShownPath, showPath } from './raw-path.ts';

/**
 * One changed path with the digests of its content. `old` and `new` are the lower-case hex SHA-256 of the blob's bytes,
 * `-` when absent (mode `000000`), `gitlink:<oid>` for a submodule.
 */
export type ChangeEntry = {
  readonly path: RawPath;
  readonly oldMode: string;
  readonly old: string;
  readonly newMode: string;
  readonly new: string;
};

/** `path, old mode, old, new mode, new`, as it stands in a sign-off. */
export type ManifestRow = readonly [ShownPath, string, string, string, string];

const encoder = new TextEncoder();

/**
 * The digest that a person signs: `v1:` and the hex SHA-256 of `model-change-v1` LF and one record an entry, sorted by
 * the raw bytes of the path: path NUL old-mode NUL old NUL new-mode NUL new NUL LF.
 *
 * @example changeDigest([]) // the digest of no change at all
 */
export function changeDigest(entries: readonly ChangeEntry[]): string {
  const hash = sha256.create().update(encoder.encode('model-change-v1\n'));
  const records = [...entries]
    .sort(compareRaw)
    .map(
      (entry) =>
        `${entry.path.raw}\0${entry.oldMode}\0${entry.old}\0${entry.newMode}\0${entry.new}\0\n`,
    );
  // Hashed by the thousand: ten thousand small pieces take longer than their bytes.
  for (let at = 0; at < records.length; at += 1000)
    hash.update(rawToBytes(records.slice(at, at + 1000).join('')));
  return `v1:${bytesToHex(hash.digest())}`;
}

/** The entries as a sign-off lists them, sorted as they are digested. */
export function manifestOf(entries: readonly ChangeEntry[]): readonly ManifestRow[] {
  return [...entries]
    .sort(compareRaw)
    .map((entry) => [showPath(entry.path), entry.oldMode, entry.old, entry.newMode, entry.new]);
}

/** Lower-case hex SHA-256. */
export function sha256Hex(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes));
}
