import type { CodeMarker } from './build-graph.ts';

/** Finds `@DR-…` and `@FB-…` in a text. A marker counts wherever it stands: what a comment is, each language says otherwise. */
export function findMarkers(path: string, text: string): readonly CodeMarker[] {
  if (!text.includes('@DR-') && !text.includes('@FB-')) return [];
  return text.split('\n').flatMap((line, index) =>
    [...line.matchAll(/(?<![A-Za-z0-9_.])@((?:DR|FB)-[0-9A-Z]{4,16})(?![0-9A-Za-z-])/g)].map(
      (found): CodeMarker => {
        const column = found.index + 1;
        return {
          id: found[1] as string,
          at: {
            path,
            line: index + 1,
            column,
            end_line: index + 1,
            end_column: column + found[0].length,
          },
        };
      },
    ),
  );
}
