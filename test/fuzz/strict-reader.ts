/** A JSON reader as slow and as plain as it can be, that knows nothing of JavaScript's own: keys once, no `__proto__`, at most 16 deep. */
export function readJson(text: string): unknown {
  return new Reader(text).whole();
}

const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): unknown {
    const read = this.#value(0);
    if (this.#at !== this.#text.length) this.#fail();
    return read;
  }

  #fail(): never {
    throw new Error(`not at ${this.#at}`);
  }

  #space(): void {
    while (' \t\n\r'.includes(this.#text[this.#at] ?? 'x')) this.#at++;
  }

  #take(word: string): void {
    if (!this.#text.startsWith(word, this.#at)) this.#fail();
    this.#at += word.length;
  }

  #string(): string {
    this.#take('"');
    let value = '';
    for (;;) {
      const letter = this.#text[this.#at++] ?? this.#fail();
      if (letter === '"') return value;
      if (letter < ' ') this.#fail();
      value += letter === '\\' ? this.#escaped() : letter;
    }
  }

  #escaped(): string {
    const letter = this.#text[this.#at++] ?? this.#fail();
    if (letter !== 'u') return escapes[letter] ?? this.#fail();
    const four = this.#text.slice(this.#at, this.#at + 4);
    if (!/^[0-9a-fA-F]{4}$/.test(four)) this.#fail();
    this.#at += 4;
    return String.fromCharCode(Number.parseInt(four, 16));
  }

  #members(depth: number): unknown {
    this.#take('{');
    this.#space();
    const found = new Map<string, unknown>();
    if (this.#text[this.#at] === '}') this.#at++;
    else
      for (;;) {
        this.#space();
        const key = this.#string();
        if (found.has(key) || key === '__proto__') this.#fail();
        this.#space();
        this.#take(':');
        found.set(key, this.#value(depth));
        this.#space();
        if (this.#text[this.#at] !== ',') break;
        this.#at++;
      }
    if (found.size > 0) this.#take('}');
    return Object.fromEntries(found);
  }

  #items(depth: number): unknown {
    this.#take('[');
    this.#space();
    if (this.#text[this.#at] === ']') {
      this.#at++;
      return [];
    }
    const found: unknown[] = [];
    for (;;) {
      found.push(this.#value(depth));
      this.#space();
      if (this.#text[this.#at] !== ',') break;
      this.#at++;
    }
    this.#take(']');
    return found;
  }

  #value(depth: number): unknown {
    this.#space();
    const first = this.#text[this.#at] ?? this.#fail();
    if ((first === '{' || first === '[') && depth === 16) this.#fail();
    const read = this.#inner(first, depth + 1);
    this.#space();
    return read;
  }

  #inner(first: string, depth: number): unknown {
    if (first === '{') return this.#members(depth);
    if (first === '[') return this.#items(depth);
    return first === '"' ? this.#string() : this.#scalar();
  }

  #scalar(): unknown {
    for (const [word, meaning] of [
      ['true', true],
      ['false', false],
      ['null', null],
    ] as const) {
      if (!this.#text.startsWith(word, this.#at)) continue;
      this.#at += word.length;
      return meaning;
    }
    const rest = this.#text.slice(this.#at);
    const [number] = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/.exec(rest) ?? [];
    if (number === undefined) return this.#fail();
    this.#at += number.length;
    return Number(number);
  }
}

/** Whether no half of a surrogate pair stands alone: UTF-8 has no form for one. */
export function isWellFormed(text: string): boolean {
  return Buffer.from(text, 'utf8').toString('utf8') === text;
}

/** Whether every text in a value is whole characters. */
export function isWhole(value: unknown): boolean {
  if (typeof value === 'string') return isWellFormed(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([key, inner]) => isWellFormed(key) && isWhole(inner));
}
