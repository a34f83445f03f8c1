import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { TreeEntry } from './raw-diff.ts';
import type { Scope } from './scope.ts';

/**
 * Names the files that a rule governs in one tree: the hex SHA-256 of the tree's `ls-tree -r -z` lines in the rule's
 * scope, each with its NUL, in git's order. A result carries it, so that it counts only for the code it was measured on.
 */
export function governedDigest(tree: readonly TreeEntry[], scope: Scope): string {
  const hash = sha256.create();
  const end = Uint8Array.of(0);
  for (const entry of tree) {
    if (scope.governs(entry.path)) hash.update(entry.line).update(end);
  }
  return bytesToHex(hash.digest());
}
