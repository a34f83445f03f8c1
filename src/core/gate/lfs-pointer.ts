/** Bytes; what git LFS takes for a pointer is smaller. */
export const largestPointer = 1024;

const pointer =
  /^version https:\/\/git-lfs\.github\.com\/spec\/v1\n(?:[a-z0-9.-]+ [^\n]*\n)*?oid sha256:([0-9a-f]{64})\nsize \d+\n$/;

/** Hex SHA-256 of the content that a pointer of Git LFS stands for; null where the bytes are no pointer. */
export function pointedDigest(bytes: Uint8Array): string | null {
  if (bytes.length > largestPointer) return null;
  return pointer.exec(new TextDecoder().decode(bytes))?.[1] ?? null;
}
