import type { Finding } from '../finding/finding.ts';
import type { ParsedRecord } from './parse-record.ts';
import { quotedYaml } from './yaml/write-yaml.ts';

const curly = /[“”„‟‘’‚‛]([^“”„‟‘’‚‛']*)[“”„‟‘’‚‛]/gu;

const compared = /(=|<>|!=|<|>|\blike\b|\bilike\b|\bin\s*\([^()]*?)(\s*)"([^"]*)"/gi;

/** Texts of a slice's expression that stand in double quotes, which name a column in SQL, where a value is compared. */
export function sliceDoubts(records: readonly ParsedRecord[]): readonly Finding[] {
  return records.flatMap((record): readonly Finding[] => {
    if (record.kind !== 'slice') return [];
    const { where, columns = [] } = record.value;
    const straight = where.replaceAll(/'(?:[^']|'')*'|[^']+/g, (part) =>
      part.startsWith("'") ? part : part.replaceAll(curly, "'$1'"),
    );
    if (straight !== where)
      return [
        {
          code: 'record/curly-quotes',
          severity: 'warning',
          message: 'curly quotes are letters to SQL, so no text begins or ends at them',
          fix: `write ${straight}`,
          ...record.locate(['where']),
        },
      ];
    const meant = singleQuoted(where, columns);
    if (meant === where) return [];
    return [
      {
        code: 'record/double-quotes',
        severity: 'warning',
        message: 'a text in double quotes is the name of a column in SQL, not a value',
        fix: `write ${/^[\p{L}"(]/u.test(meant) && !/: | #|^"/.test(meant) ? meant : quotedYaml(meant)}`,
        ...record.locate(['where']),
      },
    ];
  });
}

function singleQuoted(where: string, columns: readonly string[]): string {
  let before = where;
  for (;;) {
    // A list holds several, of which the pattern finds the first that is left.
    const after = before.replace(compared, (whole, sign: string, blank: string, text: string) =>
      columns.includes(text) ? whole : `${sign}${blank}'${text.replaceAll("'", "''")}'`,
    );
    if (after === before) return after;
    before = after;
  }
}
