/**
 * What was typed into a field that is also written to from afar, told by news of its whole value. Nothing of it is lost and
 * nothing is counted twice, however late the news comes.
 */
export class TypedKeys {
  /** The field as the last news told it. */
  #field = '';
  /** What we wrote to the field, until the news of it comes. */
  #written: string | null = null;
  #keys = '';

  /** Takes one piece of news: the value of the field after a key, or after what we wrote. */
  heard(value: string): void {
    if (value === this.#written || value === '') this.#written = null;
    else if (value.startsWith(this.#field)) this.#keys += value.slice(this.#field.length);
    else this.#replace(value);
    this.#field = value;
  }

  /** What we are about to write to the field. */
  write(value: string): string {
    this.#written = value;
    return value;
  }

  /** What the field holds when nothing more that was typed before is on its way. */
  settle(): string {
    // The field held it already, so that there was no news.
    if (this.#written !== null) this.#field = this.#written;
    this.#written = null;
    return this.#field;
  }

  /** What the field holds, as far as was told. */
  get field(): string {
    return this.#field;
  }

  /** All that was typed and not taken yet. */
  get keys(): string {
    return this.#keys;
  }

  /** The first letter that was typed and not taken yet. */
  next(): string | undefined {
    const [key] = this.#keys;
    if (key !== undefined) this.#keys = this.#keys.slice(key.length);
    return key;
  }

  drop(): void {
    this.#keys = '';
  }

  /** Letters were taken away, or others put in their place. */
  #replace(value: string): void {
    let same = 0;
    while (same < value.length && value[same] === this.#field[same]) same++;
    const gone = this.#field.length - same;
    this.#keys = this.#keys.slice(0, Math.max(0, this.#keys.length - gone)) + value.slice(same);
  }
}
