import type { DataProblem } from './data-problem.ts';

/** How a CSV file is written; nothing of it is guessed. */
export type CsvForm = {
  /** One character. */
  readonly delimiter: string;
  /** The line that names the columns, from 1; null where the first line is a row already. */
  readonly header: number | null;
};

/** What a CSV file holds: its columns by the names that it gives them, its records without the header, and the lines above. */
export type CsvShape = {
  readonly columns: readonly string[];
  readonly rows: number;
  /** Lines to leave out before the header, or before the first row. */
  readonly skip: number;
};

type State = 'start' | 'plain' | 'quoted' | 'closed';

const [lineFeed, carriageReturn, quote, space] = [10, 13, 34, 32];

/**
 * Counts the records of a CSV text by RFC 4180, piece by piece: the number against which an engine's rows are held. Spaces
 * may stand before an opening quote and after a closing one, a quote inside a bare cell is a character, lines without any
 * character are no records. The first thing that is no such text ends the reading.
 */
export class CsvRecords {
  readonly #form: CsvForm;
  readonly #delimiter: number;
  #state: State = 'start';
  #line = 1;
  #above: number;
  /** Line on which the record, and the open quote, began. */
  #began = 1;
  #opened = 1;
  #cells = 0;
  #empty = true;
  #cell = '';
  #columns: string[] | null = null;
  #named: string[] = [];
  #width = 0;
  #rows = 0;
  #blank = 0;
  #skip = 0;
  #afterReturn = false;
  #ends: 'lf' | 'crlf' | 'cr' | null = null;
  #last = 0;
  #problem: DataProblem | null = null;

  constructor(form: CsvForm) {
    this.#form = form;
    this.#delimiter = form.delimiter.charCodeAt(0);
    this.#above = (form.header ?? 1) - 1;
  }

  /** Takes the next piece; false where nothing more needs to be read. */
  push(text: string): boolean {
    for (let at = 0; at < text.length && this.#problem === null; at++) {
      if (this.#state === 'quoted') {
        const end = text.indexOf('"', at);
        this.#take(text.slice(at, end === -1 ? text.length : end));
        if (end === -1) break;
        this.#state = 'closed';
        at = end;
        continue;
      }
      this.#character(text.charCodeAt(at));
    }
    return this.#problem === null;
  }

  /** What the text was, after its last piece. */
  end(): CsvShape | DataProblem {
    if (this.#problem === null && this.#state === 'quoted')
      this.#problem = { kind: 'unclosed quote', line: this.#opened };
    if (this.#problem === null && this.#afterReturn) this.#noteEnd('cr');
    if (this.#problem === null && !(this.#empty && this.#cells === 0)) this.#endRecord();
    if (this.#problem !== null) return this.#problem;
    if (this.#columns === null) return { kind: 'empty' };
    // In a file of one column an empty line is a row without a value.
    const rows = this.#rows + (this.#width === 1 ? this.#blank : 0);
    return { columns: this.#columns, rows, skip: this.#skip };
  }

  #character(code: number): void {
    if (this.#afterReturn) {
      this.#afterReturn = false;
      this.#noteEnd(code === lineFeed ? 'crlf' : 'cr');
      if (code === lineFeed || this.#problem !== null) return;
    }
    if (code === lineFeed || code === carriageReturn) {
      if (code === carriageReturn) this.#afterReturn = true;
      else this.#noteEnd('lf');
      this.#endLine();
    } else if (this.#above > 0) return;
    else if (code === this.#delimiter) this.#endCell();
    else if (code === quote && this.#state !== 'plain') this.#quote();
    else if (this.#state === 'closed') {
      if (code === space) return;
      this.#problem = {
        kind: 'after quote',
        line: this.#line,
        backslash: this.#last === 92,
      };
    } else {
      if (!(code === space && this.#state === 'start')) this.#state = 'plain';
      this.#empty = false;
      if (this.#columns === null) this.#cell += String.fromCharCode(code);
    }
    this.#last = code;
  }

  #quote(): void {
    if (this.#state === 'closed' && this.#columns === null) this.#cell += '"';
    if (this.#state === 'start') {
      this.#opened = this.#line;
      this.#cell = '';
    }
    this.#empty = false;
    this.#state = 'quoted';
  }

  /** The inside of quotes. */
  #take(text: string): void {
    if (this.#columns === null) this.#cell += text;
    if (text.length > 0) this.#last = text.charCodeAt(text.length - 1);
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) this.#line++;
  }

  #endCell(): void {
    this.#cells++;
    if (this.#columns === null) this.#named.push(this.#cell.trim());
    this.#cell = '';
    this.#state = 'start';
    this.#empty = true;
  }

  #endLine(): void {
    if (this.#above > 0) {
      this.#above--;
      this.#skip++;
    } else if (this.#empty && this.#cells === 0) {
      if (this.#columns === null) this.#skip++;
      else this.#blank++;
    } else this.#endRecord();
    this.#line++;
    this.#began = this.#line;
  }

  #endRecord(): void {
    this.#endCell();
    const cells = this.#cells;
    this.#cells = 0;
    if (this.#columns === null) {
      this.#width = cells;
      this.#columns =
        this.#form.header === null ? this.#named.map((_, index) => `column${index}`) : this.#named;
      if (this.#form.header === null) this.#rows++;
      const other = cells === 1 ? /[;\t|,]/.exec(this.#named[0] ?? '')?.[0] : undefined;
      if (other !== undefined && other !== this.#form.delimiter)
        this.#problem = { kind: 'delimiter', found: other };
    } else if (cells === this.#width) this.#rows++;
    else
      this.#problem = {
        kind: 'ragged',
        line: this.#began,
        cells,
        columns: this.#width,
        first: this.#rows === 0,
      };
  }

  #noteEnd(kind: 'lf' | 'crlf' | 'cr'): void {
    // The lines above the header are not read.
    this.#ends ??= kind;
    if (this.#ends !== kind)
      this.#problem = { kind: 'line ends', line: kind === 'lf' ? this.#line : this.#line - 1 };
  }
}
