import type { DataProblem } from './data-problem.ts';

/** What a JSON file holds: the names of its rows' values, in the order in which they first stand, and how many rows there are. */
export type JsonShape = {
  readonly columns: readonly string[];
  readonly rows: number;
  /** One array of objects, an object a line, or objects one after the other. */
  readonly form: 'array' | 'newline_delimited' | 'unstructured';
};

/**
 * Counts the objects of a JSON text, piece by piece, and collects their names: the number against which an engine's rows are
 * held. It looks at brackets, texts and commas, and leaves it to the engine whether the rest is JSON. One object of objects
 * or lists is a table written by columns, which is no rows.
 */
export class JsonRecords {
  #depth = 0;
  /** Depth inside a row: 1, or 2 in an array. */
  #row = 1;
  #form: JsonShape['form'] | null = null;
  #text: string | null = null;
  #escaped = false;
  #inText = false;
  #wantsName = false;
  #line = 1;
  #began = 1;
  #rows = 0;
  #ended = false;
  /** Whether something already stands on the line, outside of an array. */
  #busy = false;
  #nested = false;
  /** The line of a comma behind which nothing has stood yet. */
  #comma: number | null = null;
  readonly #names = new Set<string>();
  readonly #inRow = new Set<string>();
  #problem: DataProblem | null = null;

  /** Takes the next piece; false where nothing more needs to be read. */
  push(text: string): boolean {
    for (let at = 0; at < text.length && this.#problem === null; at++)
      if (this.#inText) at = this.#skipText(text, at);
      else this.#character(text[at] as string);
    return this.#problem === null;
  }

  /** What the text was, after its last piece. */
  end(): JsonShape | DataProblem {
    if (this.#problem !== null) return this.#problem;
    if (this.#depth > 0 || this.#inText) return { kind: 'json cut', line: this.#began };
    if (this.#form === null) return { kind: 'empty' };
    if (this.#form !== 'array' && this.#rows === 1 && this.#nested)
      return { kind: 'json by columns', names: [...this.#names].slice(0, 3).map(nameOf) };
    return { columns: [...this.#names].map(nameOf), rows: this.#rows, form: this.#form };
  }

  /** The end of a text inside a piece, or of the piece. */
  #skipText(text: string, from: number): number {
    let at = from;
    for (; at < text.length; at++) {
      const character = text[at];
      if (this.#escaped) this.#escaped = false;
      else if (character === '\\') this.#escaped = true;
      else if (character === '"') break;
    }
    if (this.#text !== null) this.#text += text.slice(from, at);
    if (at === text.length) return at;
    this.#inText = false;
    if (this.#text !== null) this.#name(this.#text);
    this.#text = null;
    return at;
  }

  /** Of two values of one name in a row every reader takes another one. */
  #name(name: string): void {
    if (this.#inRow.has(name))
      this.#problem = { kind: 'json name twice', line: this.#line, name: nameOf(name) };
    this.#inRow.add(name);
    this.#names.add(name);
  }

  #character(character: string): void {
    if (character === ',' && this.#depth === 0)
      // Objects one after the other have no commas between them.
      this.#problem = { kind: 'json comma', line: this.#line };
    else if (this.#comma !== null && '}]'.includes(character))
      this.#problem = { kind: 'json comma', line: this.#comma };
    if (character === ',') this.#comma = this.#line;
    else if (!' \t\r\n'.includes(character)) this.#comma = null;
    if (this.#problem !== null) return;
    if (character === '"') {
      this.#inText = true;
      if (this.#wantsName) this.#text = '';
      this.#wantsName = false;
      if (this.#depth < this.#row) this.#problem = { kind: 'json rows', line: this.#line };
    } else if (character === '{' || character === '[') this.#open(character);
    else if (character === '}' || character === ']') this.#close();
    else if (character === ',') this.#wantsName = this.#depth === this.#row;
    else if (character === '\n') {
      this.#line++;
      if (this.#depth > 0 && this.#form === 'newline_delimited') this.#form = 'unstructured';
      this.#busy = false;
    } else if (this.#depth < this.#row && !' \t\r'.includes(character))
      this.#problem = { kind: 'json rows', line: this.#line };
  }

  #open(bracket: '{' | '['): void {
    if (this.#ended) this.#problem = { kind: 'json rows', line: this.#line };
    if (this.#form === null && bracket === '[') {
      this.#form = 'array';
      this.#row = 2;
    } else {
      this.#form ??= 'newline_delimited';
      if (this.#depth < this.#row - 1 || (this.#depth === this.#row - 1 && bracket === '['))
        this.#problem = { kind: 'json rows', line: this.#line };
      else if (this.#depth === this.#row - 1) this.#openRow();
      else if (this.#depth === this.#row) this.#nested = true;
    }
    this.#depth++;
    this.#wantsName = this.#depth === this.#row && bracket === '{';
  }

  #openRow(): void {
    this.#began = this.#line;
    this.#rows++;
    this.#inRow.clear();
    if (this.#form === 'newline_delimited' && this.#busy) this.#form = 'unstructured';
    this.#busy = true;
  }

  #close(): void {
    this.#depth--;
    this.#wantsName = false;
    if (this.#depth < 0) this.#problem = { kind: 'json rows', line: this.#line };
    if (this.#depth === 0 && this.#form === 'array') this.#ended = true;
  }
}

/** A name as it stands between quotes, in its own characters. */
function nameOf(written: string): string {
  try {
    return JSON.parse(`"${written}"`) as string;
  } catch {
    return written;
  }
}
