/**
 * Reads `num_rows` out of the footer of a Parquet file: FileMetaData in Thrift's compact protocol, third field.
 * https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift
 *
 * @param metadata the bytes of FileMetaData, without the length and the magic bytes after them
 * @returns null where the bytes are no such structure
 */
export function parquetRows(metadata: Uint8Array): number | null {
  const reader = new CompactReader(metadata);
  try {
    return reader.field(3);
  } catch {
    return null;
  }
}

/** What is in the last eight bytes of a Parquet file: the length of the metadata before them; null where it is none. */
export function footerLength(tail: Uint8Array): number | null {
  const [a, b, c, d, ...magic] = tail;
  if (tail.length !== 8 || String.fromCharCode(...magic) !== 'PAR1') return null;
  return ((a ?? 0) | ((b ?? 0) << 8) | ((c ?? 0) << 16)) + (d ?? 0) * 0x1000000;
}

/** Thrift's compact protocol, as far as finding one integer of a structure needs it. Throws at the end of the bytes. */
class CompactReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** An integer field of the structure that begins here; null where it has none of that number. */
  field(wanted: number): number | null {
    for (let id = 0; ; ) {
      const head = this.#byte();
      const type = head & 0x0f;
      if (type === 0) return null;
      id = head >> 4 === 0 ? this.#zigzag() : id + (head >> 4);
      if (id === wanted && type >= 4 && type <= 6) return this.#zigzag();
      this.#skip(type);
    }
  }

  #skip(type: number): void {
    if (type === 3) this.#pass(1);
    else if (type >= 4 && type <= 6) this.#varint();
    else if (type === 7) this.#pass(8);
    else if (type === 8) this.#pass(this.#varint());
    else if (type === 9 || type === 10) this.#skipList();
    else if (type === 12) this.field(-1);
    else if (type > 2) throw new RangeError(`no such type: ${type}`);
    if (this.#at > this.#bytes.length) throw new RangeError('the bytes end too early');
  }

  #pass(length: number): void {
    this.#at += length;
  }

  /** In a list a boolean has a byte of its own. */
  #skipList(): void {
    const head = this.#byte();
    const size = head >> 4 === 15 ? this.#varint() : head >> 4;
    const type = head & 0x0f;
    for (let index = 0; index < size; index++) this.#skip(type <= 2 ? 3 : type);
  }

  #byte(): number {
    const byte = this.#bytes[this.#at++];
    if (byte === undefined) throw new RangeError('the bytes end too early');
    return byte;
  }

  #varint(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.#byte();
      value += (byte & 0x7f) * factor;
      if (byte < 128) return value;
    }
  }

  #zigzag(): number {
    const value = this.#varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }
}
