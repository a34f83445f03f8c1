/** A JSON reader as slow and as plain as it can be, that knows nothing of JavaScript's own: keys once, no `__proto__`, at most 16 deep. */
export function readJson(text: string): unknown {
  let at = 0;
  const fail = (): never => {
    throw new Error(`not at ${at}`);
  };
  const space = (): void => {
    while (' \t\n\r'.includes(text[at] ?? 'x')) at++;
  };
  const take = (word: string): void => {
    if (!text.startsWith(word, at)) fail();
    at += word.length;
  };
  const string = (): string => {
    take('"');
    let value = '';
    for (;;) {
      const letter = text[at++] ?? fail();
      if (letter === '"') return value;
      if (letter < ' ') fail();
      if (letter !== '\\') value += letter;
      else {
        const escaped = text[at++] ?? fail();
        const plain: Readonly<Record<string, string>> = {
          '"': '"',
          '\\': '\\',
          '/': '/',
          b: '\b',
          f: '\f',
          n: '\n',
          r: '\r',
          t: '\t',
        };
        if (escaped !== 'u') value += plain[escaped] ?? fail();
        else {
          const four = text.slice(at, at + 4);
          if (!/^[0-9a-fA-F]{4}$/.test(four)) fail();
          at += 4;
          value += String.fromCharCode(Number.parseInt(four, 16));
        }
      }
    }
  };
  const members = (depth: number): unknown => {
    take('{');
    space();
    const found = new Map<string, unknown>();
    if (text[at] === '}') at++;
    else
      for (;;) {
        space();
        const key = string();
        if (found.has(key) || key === '__proto__') fail();
        space();
        take(':');
        found.set(key, value(depth));
        space();
        if (text[at] !== ',') break;
        at++;
      }
    if (found.size > 0) take('}');
    return Object.fromEntries(found);
  };
  const items = (depth: number): unknown => {
    take('[');
    space();
    if (text[at] === ']') {
      at++;
      return [];
    }
    const found: unknown[] = [];
    for (;;) {
      found.push(value(depth));
      space();
      if (text[at] !== ',') break;
      at++;
    }
    take(']');
    return found;
  };
  const value = (depth: number): unknown => {
    space();
    const first = text[at] ?? fail();
    if ((first === '{' || first === '[') && depth === 16) fail();
    const read = inner(first, depth + 1);
    space();
    return read;
  };
  const inner = (first: string, depth: number): unknown => {
    if (first === '{') return members(depth);
    if (first === '[') return items(depth);
    return first === '"' ? string() : scalar();
  };
  const scalar = (): unknown => {
    for (const [word, meaning] of [
      ['true', true],
      ['false', false],
      ['null', null],
    ] as const) {
      if (!text.startsWith(word, at)) continue;
      at += word.length;
      return meaning;
    }
    const [number] = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/.exec(text.slice(at)) ?? [];
    if (number === undefined) return fail();
    at += number.length;
    return Number(number);
  };
  const read = value(0);
  if (at !== text.length) fail();
  return read;
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
