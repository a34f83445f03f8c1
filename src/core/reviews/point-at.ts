import type { Position } from '../finding/finding.ts';
import { readYaml, type YamlPath, type YamlSource } from '../records/yaml/yaml-source.ts';
import { plainWords, wordsOf } from './quote.ts';
import { writePointer } from './yaml-pointer.ts';

/** Lines of a record that somebody points at, from 1, both included, and the very words where some are selected. */
export type Pointing = { readonly first: number; readonly last: number; readonly words: string };

/** What they point at: the smallest value that holds those lines, and words of it that are worth a quote. */
export type PointedValue = { readonly pointer: string; readonly quote: string | undefined };

/** Turns lines of a record's text into a place in the record; null where the text is no record. A record with errors still has places. */
export function pointAt(path: string, text: string, pointing: Pointing): PointedValue | null {
  const source = readYaml(path, text);
  if (typeof source.value !== 'object' || source.value === null) return null;
  const { at, value } = smallest(source, pointing);
  const lines = text.split('\n');
  const line =
    pointing.first === pointing.last && pointing.words === ''
      ? (lines[pointing.first - 1] ?? '')
      : '';
  const candidates = [pointing.words, line, line.replace(/^\s*(?:- )*(?:[\w-]+:)?/, '')].map(
    (words) => plainWords(words).replace(/^["']|["'],?$/g, ''),
  );
  const said = wordsOf(value);
  return {
    pointer: writePointer(at),
    quote:
      at.length === 0
        ? undefined
        : candidates.find((words) => words !== '' && said.includes(words)),
  };
}

type Found = { readonly at: YamlPath; readonly value: unknown };

function smallest(source: YamlSource, pointing: Pointing): Found {
  const descend = (found: Found): Found => {
    const { at, value } = found;
    if (typeof value !== 'object' || value === null) return found;
    const below = Object.entries(value).map(
      ([key, inner]): Found => ({
        at: [...at, Array.isArray(value) ? Number(key) : key],
        value: inner,
      }),
    );
    const holding = below.filter((inner) =>
      holds(source.locateKey(inner.at), source.locate(inner.at), pointing),
    );
    // Of several on one line, as in a map in braces, the words decide.
    const chosen =
      holding.length === 1
        ? holding[0]
        : holding.find(
            (inner) =>
              pointing.words !== '' && wordsOf(inner.value).includes(plainWords(pointing.words)),
          );
    return chosen ? descend(chosen) : found;
  };
  return descend({ at: [], value: source.value });
}

function holds(key: Position, value: Position, { first, last }: Pointing): boolean {
  return Math.min(key.line, value.line) <= first && last <= Math.max(key.end_line, value.end_line);
}
