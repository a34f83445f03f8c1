import type { Finding } from '../finding/finding.ts';

/** One stretch that git could not merge. Lines count from 1; a side without lines is empty. */
type Conflict = {
  readonly start: number;
  readonly ours: Side;
  readonly theirs: Side | null;
};

/** The lines of one side, and what git called it. */
type Side = { readonly name: string; readonly first: number; readonly lines: readonly string[] };

const marker = /^(<{7}|\|{7}|={7}|>{7})(?: (.*))?$/;

/**
 * What git left in a record where two branches changed the same lines: one finding at the first marker, with the lines of
 * both sides. Null where there is none. A marker stands at the start of its line, where no text of a record can.
 */
export function mergeConflict(path: string, text: string): Finding | null {
  if (!/^(?:<{7}|>{7}|={7}\r?$)/m.test(text)) return null;
  const lines = text.split(/\r?\n/);
  const marked = lines.flatMap((line, index) => (marker.test(line) ? [index] : []));
  const first = marked[0];
  if (first === undefined) return null;
  const conflicts = conflictsOf(lines, marked);
  const [conflict] = conflicts;
  return {
    code: 'record/merge-conflict',
    severity: 'error',
    message: conflict
      ? sidesText(conflict, conflicts.length)
      : 'a marker of a merge conflict was left here',
    fix: wayOut(conflicts),
    path,
    line: first + 1,
    column: 1,
    end_line: first + 1,
    end_column: (lines[first] ?? '').length + 1,
  };
}

function conflictsOf(lines: readonly string[], marked: readonly number[]): readonly Conflict[] {
  const conflicts: Conflict[] = [];
  for (const start of marked.filter((index) => lines[index]?.startsWith('<'))) {
    const next = (character: string): number | undefined =>
      marked.find((index) => index > start && lines[index]?.startsWith(character));
    const [base, middle, end] = [next('|'), next('='), next('>')];
    if (middle === undefined) continue;
    const side = (named: number, from: number, to: number): Side => ({
      name: marker.exec(lines[named] ?? '')?.[2] ?? '',
      first: from + 1,
      lines: lines.slice(from, to),
    });
    const oursEnd = base !== undefined && base < middle ? base : middle;
    conflicts.push({
      start,
      ours: side(start, start + 1, oursEnd),
      theirs: end === undefined || end < middle ? null : side(end, middle + 1, end),
    });
  }
  return conflicts;
}

function sidesText({ ours, theirs }: Conflict, count: number): string {
  const more = count > 1 ? `, the first of ${count}` : '';
  return `a merge conflict was left here${more}: ${sideText(ours)}${theirs === null ? '' : `, and ${sideText(theirs)}`}`;
}

function sideText({ name, first, lines }: Side): string {
  const whose = name === '' ? 'one side' : name;
  if (lines.length === 0) return `${whose} has nothing here`;
  const last = first + lines.length - 1;
  return `${whose} has ${first === last ? `line ${first}` : `lines ${first} to ${last}`}, ${shown(lines)}`;
}

const shownLength = 60;

function shown(lines: readonly string[]): string {
  const all = lines.map((line) => line.trim()).join(' ⏎ ');
  return all.length > shownLength ? `"${all.slice(0, shownLength - 1)}…"` : `"${all}"`;
}

function wayOut(conflicts: readonly Conflict[]): string {
  const keys = new Set(
    conflicts.flatMap(({ ours, theirs }) =>
      [...ours.lines, ...(theirs?.lines ?? [])].flatMap(
        (line) =>
          /^([\w-]+):(?:\s|$)/.exec(line)?.[1] ?? (/^\s*- .*\bat: /.test(line) ? 'history' : []),
      ),
    ),
  );
  const kept = [
    ...(keys.has('status') ? ['one status'] : []),
    ...(keys.has('history') ? ['the entries of both in history'] : []),
  ];
  const what =
    kept.length === 0 ? 'keep of both sides what is to stand' : `keep ${kept.join(' and ')}`;
  return `${what}, delete the lines that begin with <<<<<<<, ======= or >>>>>>> (or |||||||), then git add the file`;
}
