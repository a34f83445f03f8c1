import { compareText, type Finding } from '../../finding/finding.ts';
import { sha256Hex } from '../../gate/change-digest.ts';

/**
 * A name for each finding, in the order given, that stays the same while the finding does: made of code, path and message
 * and not of the line, so that an edit above it makes nothing new. Equal findings are numbered from the top of the file.
 */
export function findingFingerprints(findings: readonly Finding[]): readonly string[] {
  const contents = findings.map(({ code, path, message }) =>
    JSON.stringify([code, path ?? null, message]),
  );
  const fromTop = findings
    .map((_, index) => index)
    .sort(
      (a, b) =>
        (findings[a]?.line ?? 0) - (findings[b]?.line ?? 0) ||
        (findings[a]?.column ?? 0) - (findings[b]?.column ?? 0) ||
        compareText(contents[a] as string, contents[b] as string),
    );
  const seen = new Map<string, number>();
  const named = new Array<string>(findings.length);
  for (const index of fromTop) {
    const content = contents[index] as string;
    const nth = seen.get(content) ?? 0;
    seen.set(content, nth + 1);
    named[index] = sha256Hex(new TextEncoder().encode(`${content}${nth}`));
  }
  return named;
}
