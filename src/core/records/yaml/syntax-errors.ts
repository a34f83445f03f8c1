import type { Document } from 'yaml';
import type { Refusal } from './yaml-refusals.ts';

/** Errors that are told in words of our own elsewhere. */
const toldElsewhere = new Set([
  'DUPLICATE_KEY',
  'BAD_ALIAS',
  'TAG_RESOLVE_FAILED',
  'MULTIPLE_ANCHORS',
  'MULTIPLE_TAGS',
  'ALIAS_PROPS',
  'BAD_PROP_ORDER',
  'BAD_DIRECTIVE',
]);

/** Errors of lines that do not stand below each other as their map or list wants it. */
const misindented = new Set(['BAD_INDENT', 'MULTILINE_IMPLICIT_KEY', 'BLOCK_AS_IMPLICIT_KEY']);

export function indent(start: number, end: number): Refusal {
  return {
    code: 'record/syntax',
    message: 'the lines here are not indented as those that belong together',
    fix: 'begin the keys of one map in one column, and each entry of a list with "- "',
    start,
    end,
  };
}

/** So many errors of one kind are told: the rest follows from them. */
export const listedErrors = 20;

/** What the library found wrong with the first document, in words of our own. */
export function syntaxErrors(documents: readonly Document.Parsed[]): readonly Refusal[] {
  const errors = documents
    .slice(0, 1)
    .flatMap(({ errors: found, warnings }) => [
      ...found,
      ...warnings.filter(({ code }) => code !== 'TAG_RESOLVE_FAILED' && code !== 'BAD_DIRECTIVE'),
    ]);
  return (
    errors
      .filter(({ code }) => !toldElsewhere.has(code))
      // One line that is indented otherwise is told again at each that follows.
      .filter(({ code }, index, all) =>
        misindented.has(code)
          ? all.findIndex((other) => misindented.has(other.code)) === index
          : true,
      )
      .slice(0, listedErrors)
      .map(({ code, message, pos: [start, end] }) => {
        if (code === 'TAB_AS_INDENT') return tab(start);
        if (code === 'NON_STRING_KEY')
          return {
            code: 'record/key',
            message: 'a key has to be a text',
            fix: 'write a plain key, not a list or map',
            start,
            end,
          };
        if (misindented.has(code)) return indent(start, end);
        return {
          code: 'record/syntax',
          message: `is not YAML: ${message}`,
          fix: 'mend the line; the place is where reading failed',
          start,
          end,
        };
      })
  );
}

/** A tab where spaces have to stand. */
export function tab(offset: number): Refusal {
  return {
    code: 'record/tab',
    message: 'a tab stands where the line is indented',
    fix: 'indent with spaces',
    start: offset,
    end: offset + 1,
  };
}
