import type { FindingCode } from './finding-code.ts';

/** How bad a finding is: an `error` keeps the gate shut, a `warning` is shown, an `info` is there for who looks. */
export type Severity = 'error' | 'warning' | 'info';

/** A place in a file of the repository. Lines and columns count from 1, columns in UTF-16 code units; the end is exclusive. */
export type Position = {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly end_line: number;
  readonly end_column: number;
};

/**
 * One thing that a person should know about a file, a change or a record.
 *
 * `code` is a stable slug, `area/what`, explained in `docs/findings.md`. `message` says what is wrong in one sentence
 * and may hold hostile text from records: every writer escapes it. `fix` is the next step, a command where there is one.
 */
export type Finding = Partial<Position> & {
  readonly code: FindingCode;
  readonly severity: Severity;
  readonly message: string;
  readonly fix?: string;
};

const rank = { error: 0, warning: 1, info: 2 } as const;

/** Order for people: by path, then place, then the worst first. A total order, so that output never depends on input order. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    compareText(a.path ?? '', b.path ?? '') ||
    (a.line ?? 0) - (b.line ?? 0) ||
    (a.column ?? 0) - (b.column ?? 0) ||
    rank[a.severity] - rank[b.severity] ||
    compareText(a.code, b.code) ||
    compareText(a.message, b.message)
  );
}

/** The findings with errors first, then warnings; among equals the order given stays. For writers that can show only so many. */
export function worstFirst(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted((a, b) => rank[a.severity] - rank[b.severity]);
}

/** Compares two texts by UTF-16 code units: the same on every machine, unlike a locale's order. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
