import { idPrefixes, type NamedKind } from './record-kind.ts';

/** Crockford's base 32: digits and capitals without I, L, O and U, so that an id survives being read aloud. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

const randomLength = 8;

const pattern = /^(FB|DR|SL|EV)-[0-9A-Z]{4,16}$/;

/**
 * A new id: the kind's prefix and eight Crockford base-32 characters, 40 bits of the given bytes.
 *
 * @param bytes at least five random bytes; the rest is not used
 * @throws RangeError with fewer bytes: an id that is not random would collide between branches
 */
export function newId(kind: NamedKind, bytes: Uint8Array): string {
  return `${idPrefixes[kind]}-${randomName(bytes)}`;
}

/**
 * Eight Crockford base-32 characters, 40 bits of the given bytes.
 *
 * @param bytes at least five random bytes; the rest is not used
 * @throws RangeError with fewer bytes
 */
export function randomName(bytes: Uint8Array): string {
  if (bytes.length < 5) throw new RangeError('a new id needs five random bytes');
  let bits = 0n;
  for (const byte of bytes.subarray(0, 5)) bits = (bits << 8n) | BigInt(byte);
  const characters = Array.from(
    { length: randomLength },
    (_, index) => alphabet[Number((bits >> BigInt(5 * (randomLength - 1 - index))) & 31n)],
  );
  return characters.join('');
}

/**
 * The id of an imported item: the first twelve hex digits of the SHA-256 of its source key, in capitals, so that two
 * branches that import the same item make the same file.
 *
 * @param sha256 hex SHA-256 of the source key, of either case
 * @throws RangeError where it is not one
 */
export function importedId(kind: NamedKind, sha256: string): string {
  if (!/^[0-9a-f]{64}$/i.test(sha256))
    throw new RangeError('an imported id needs the 64 hex digits of a SHA-256');
  return `${idPrefixes[kind]}-${sha256.slice(0, 12).toUpperCase()}`;
}

/** Whether a text is the id of a record that has one. */
export function isRecordId(text: string): boolean {
  return pattern.test(text);
}

/** The kind of record that an id names, or null where it is no id. */
export function kindOfId(id: string): NamedKind | null {
  const prefix = pattern.exec(id)?.[1];
  const found = Object.entries(idPrefixes).find(([, of]) => of === prefix);
  return found ? (found[0] as NamedKind) : null;
}
