import type { CheckedEvidence } from './check-result.ts';
import type { AuthenticSignoff } from './standing.ts';

/** Whether every approval that counts lists a file as it lands: nobody swaps a file after a signature. */
export function isCited(file: { readonly path: string; readonly sha256: string }, citing: readonly AuthenticSignoff[] | null): boolean {
  if (citing === null) return true;
  return citing.length > 0 && citing.every(({ payload }) => payload.evidence.some(({ path, sha256 }) => path === file.path && sha256 === file.sha256));
}

/** Evidence that is not good enough, or that only lacks to be listed by a signature. */
export function unmet(kind: string, ref: string | null, why: string, lacks: NonNullable<CheckedEvidence['lacks']> = 'substance'): CheckedEvidence {
  return { kind, state: 'unmet', ref, why, lacks };
}

/** A few names, and how many more. */
export function listed(files: readonly (string | null)[]): string {
  const names = files.map((file) => file ?? '(a path that is not UTF-8)');
  return names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
}
