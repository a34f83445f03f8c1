import { shellWord } from '../render/shell-word.ts';
import type { Content } from './data-format.ts';

/** Why a data file cannot be read as rows. Lines are counted from 1. */
export type DataProblem =
  | { readonly kind: 'empty' }
  | { readonly kind: 'name' }
  | { readonly kind: 'content'; readonly is: Content; readonly as: string }
  | { readonly kind: 'dvc'; readonly pointer: string }
  | { readonly kind: 'folder'; readonly holds: string | null }
  | { readonly kind: 'not text'; readonly line: number; readonly encoding: string }
  | { readonly kind: 'delimiter'; readonly found: string }
  | {
      readonly kind: 'ragged';
      readonly line: number;
      readonly cells: number;
      readonly columns: number;
      /** Whether it is the first line after the header. */
      readonly first: boolean;
    }
  | { readonly kind: 'unclosed quote'; readonly line: number }
  | { readonly kind: 'after quote'; readonly line: number; readonly backslash: boolean }
  | { readonly kind: 'line ends'; readonly line: number }
  | { readonly kind: 'json by columns'; readonly names: readonly string[] }
  | { readonly kind: 'json rows'; readonly line: number }
  | { readonly kind: 'json comma'; readonly line: number }
  | { readonly kind: 'json cut'; readonly line: number }
  | { readonly kind: 'json name twice'; readonly line: number; readonly name: string }
  | { readonly kind: 'parquet cut' }
  | { readonly kind: 'parts differ'; readonly parts: readonly [string, string] }
  | { readonly kind: 'gzip cut' }
  | { readonly kind: 'engine'; readonly said: string }
  | { readonly kind: 'count'; readonly counted: number; readonly read: number };

/** What is said of a file that cannot be read, and the step that mends it. */
export type ProblemWords = { readonly message: string; readonly fix: string };

/** The words for a problem of a file. @param path as the evaluation names it */
export function dataProblemWords(path: string, problem: DataProblem): ProblemWords {
  const { what, fix } = wordsOf(path, problem);
  return { message: `${path} cannot be read: ${what}`, fix };
}

const separators: Readonly<Record<string, readonly [name: string, written: string]>> = {
  ';': ['semicolons', '";"'],
  '\t': ['tabs', '"\\t"'],
  '|': ['bars', '"|"'],
  ',': ['commas', '","'],
};

function wordsOf(
  path: string,
  problem: DataProblem,
): { readonly what: string; readonly fix: string } {
  switch (problem.kind) {
    case 'empty':
      return { what: 'there is nothing in it', fix: `write the predictions to ${path} again` };
    case 'name':
      return {
        what: 'its name says neither CSV, Parquet nor JSON',
        fix: 'write it as .parquet, .csv, .tsv or .jsonl (.csv.gz and .jsonl.gz are read too), such as df.to_parquet("scores.parquet") in pandas, and name that file in data: of the evaluation',
      };
    case 'content':
      return contentWords(path, problem);
    case 'dvc':
      return {
        what: `it is not here; ${problem.pointer} is a pointer of DVC in its place`,
        fix: `dvc pull ${shellWord(problem.pointer)}`,
      };
    case 'folder':
      return {
        what:
          problem.holds === null
            ? 'it is a folder, and no .parquet file lies in it'
            : `it is a folder with ${problem.holds} in it: only .parquet files that lie in it side by side are read as one`,
        fix: 'name one file in data: of the evaluation, or write the parts without partition columns into one folder',
      };
    case 'gzip cut':
      return {
        what: 'its gzip stream is broken or ends too early',
        fix: 'bring the file here again, whole',
      };
    case 'engine':
      return { what: problem.said, fix: 'write the file again, or as .parquet' };
    case 'count':
      return {
        what: `it holds ${problem.counted} rows, and the engine reads ${problem.read} of them`,
        fix: 'write the file again, best as .parquet: a count on other rows would be wrong',
      };
    case 'json by columns':
    case 'json rows':
    case 'json comma':
    case 'json cut':
    case 'json name twice':
      return jsonWords(problem);
    case 'parquet cut':
    case 'parts differ':
      return parquetWords(problem);
    default:
      return csvWords(problem);
  }
}

function contentWords(
  path: string,
  { is, as }: Extract<DataProblem, { kind: 'content' }>,
): { readonly what: string; readonly fix: string } {
  switch (is) {
    case 'a pointer of git LFS':
      return {
        what: 'it is a pointer of git LFS, and the content was not pulled',
        fix: `git lfs pull --include=${shellWord(path)}`,
      };
    case 'UTF-16':
      return {
        what: `it is written in UTF-16, not in UTF-8`,
        fix: 'save it as UTF-8, or state it in the evaluation: csv: {encoding: utf-16}',
      };
    case 'gzip':
      return {
        what: `it is compressed with gzip, and its name says ${as}`,
        fix: `name it by what it is, such as ${shellWord(`${path.replace(/\.(gz|gzip)$/i, '')}.gz`)} for CSV or JSON, or decompress it: gunzip`,
      };
    case 'encrypted Parquet':
      return { what: 'it is encrypted', fix: 'write it without encryption' };
    case 'Parquet':
      return {
        what: `it is Parquet, and its name says ${as}`,
        fix: `name it by what it is: git mv ${shellWord(path)} ${shellWord(path.replace(/\.[a-z]+(\.gz|\.gzip)?$/i, '.parquet'))}`,
      };
    default:
      return {
        what: `it is compressed with ${is}, or a workbook`,
        fix: 'decompress it, or save it as UTF-8 CSV or as Parquet',
      };
  }
}

function csvWords(
  problem: Extract<
    DataProblem,
    { kind: 'not text' | 'delimiter' | 'ragged' | 'unclosed quote' | 'after quote' | 'line ends' }
  >,
): { readonly what: string; readonly fix: string } {
  switch (problem.kind) {
    case 'not text':
      return {
        what: `line ${problem.line} is not ${problem.encoding.toUpperCase()}`,
        fix: 'save the file as UTF-8, or state its encoding in the evaluation, such as csv: {encoding: latin-1}',
      };
    case 'delimiter': {
      const [name, written] = separators[problem.found] ?? [problem.found, problem.found];
      return {
        what: `its cells are separated by ${name}, and not by the delimiter of the evaluation`,
        fix: `save it with commas, or state the delimiter in the evaluation: csv: {delimiter: ${written}}`,
      };
    }
    case 'ragged':
      return {
        what: `line ${problem.line} has ${counted(problem.cells, 'cell')}, and the header names ${counted(problem.columns, 'column')}`,
        fix:
          problem.first && problem.cells > problem.columns
            ? `${problem.cells === problem.columns + 1 ? 'where R wrote the names of its rows, leave them out: row.names = FALSE; ' : ''}where a title stands above the header, name the line of the header in the evaluation: csv: {header: 2}; else write one file with one header, every row with a cell for each column`
            : 'write one file with one header, every row with a cell for each column: what was appended with other columns needs a file of its own, and a last line that was cut off has to be written again',
      };
    case 'unclosed quote':
      return {
        what: `the quote that opens on line ${problem.line} is never closed`,
        fix: 'close it, or write the file again: it may have been cut off',
      };
    case 'after quote':
      return {
        what: problem.backslash
          ? `on line ${problem.line} a quote inside a cell is written \\"`
          : `on line ${problem.line} there is text after a closing quote`,
        fix: 'write a quote inside a cell twice (""): pandas does so unless escapechar is set',
      };
    case 'line ends':
      return {
        what: `line ${problem.line} ends otherwise than the lines above it: LF, CRLF and CR are mixed`,
        fix: 'write all lines with one ending, such as dos2unix makes them',
      };
  }
}

function jsonWords(
  problem: Extract<
    DataProblem,
    { kind: 'json by columns' | 'json rows' | 'json comma' | 'json cut' | 'json name twice' }
  >,
): { readonly what: string; readonly fix: string } {
  const fix = 'write one object a row: df.to_json(path, orient="records", lines=True) in pandas';
  switch (problem.kind) {
    case 'json by columns':
      return {
        what: `it is one object (${problem.names.join(', ')}, …) that holds the table column by column, and not one object a row`,
        fix,
      };
    case 'json rows':
      return { what: `on line ${problem.line} there is something that is no object`, fix };
    case 'json comma':
      return {
        what: `on line ${problem.line} a comma stands where no value follows it, or between objects that stand one a line`,
        fix: `take the comma away on line ${problem.line}`,
      };
    case 'json name twice':
      return {
        what: `an object on line ${problem.line} has two values called ${problem.name}`,
        fix: 'give each value of a row its own name',
      };
    case 'json cut':
      return {
        what: `the object that begins on line ${problem.line} is not closed: the file may be cut off`,
        fix: 'bring the file here again, whole',
      };
  }
}

function parquetWords(problem: Extract<DataProblem, { kind: 'parquet cut' | 'parts differ' }>): {
  readonly what: string;
  readonly fix: string;
} {
  return problem.kind === 'parquet cut'
    ? {
        what: 'it does not begin and end as Parquet does: it may be cut off, or be something else',
        fix: 'bring the file here again, whole',
      }
    : {
        what: `its parts have other columns, or other types: ${problem.parts.join(' and ')}`,
        fix: 'write all parts with the same columns of the same types',
      };
}

function counted(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
