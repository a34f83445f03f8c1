import type { CheckedEvidence } from './check-result.ts';
import type { AuthenticSignoff } from './standing.ts';

/** Whether every approval that counts lists a file as it lands: nobody swaps a file after a signature. */
export function isCited(
  file: { readonly path: string; readonly sha256: string },
  citing: readonly AuthenticSignoff[] | null,
): boolean {
  if (citing === null) return true;
  return (
    citing.length > 0 &&
    citing.every(({ payload }) =>
      payload.evidence.some(({ path, sha256 }) => path === file.path && sha256 === file.sha256),
    )
  );
}

/** That a file is good and not listed as it is now, and who has to sign for it: again, where they signed before it changed. */
export function uncited(
  file: { readonly path: string; readonly sha256: string },
  citing: readonly AuthenticSignoff[] | null,
): string {
  const earlier = [
    ...new Set(
      (citing ?? [])
        .filter((signoff) => !isCited(file, [signoff]))
        .map(({ payload }) => payload.person),
    ),
  ].sort();
  return earlier.length === 0
    ? `no independent approval lists ${file.path} as it is now; one that is signed now will`
    : `the approval of ${earlier.join(' and ')} does not list ${file.path} as it is now: ${earlier.join(' and ')} must look at it and sign again`;
}

/** Evidence that is not good enough, or that only lacks to be listed by a signature. */
export function unmet(
  kind: string,
  ref: string | null,
  why: string,
  lacks: NonNullable<CheckedEvidence['lacks']> = 'substance',
): CheckedEvidence {
  return { kind, state: 'unmet', ref, why, lacks };
}

/** A few names, and how many more. */
export function listed(files: readonly (string | null)[]): string {
  const names = files.map((file) => file ?? '(a path that is not UTF-8)');
  return names.length > 3
    ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`
    : names.join(', ');
}
