import type { Position } from '../finding/finding.ts';
import type { ReviewEvent } from '../records/review-event.ts';
import { readYaml, type YamlPath } from '../records/yaml/yaml-source.ts';
import { findQuote, isDistinctive, plainWords, wordsOf } from './quote.ts';
import { followPointer, readPointer, writePointer } from './yaml-pointer.ts';

/** `exact`: where it was. `moved`: its words stand elsewhere. `changed`: the place is there, its words are not. `lost`: neither. */
export type PlaceState = 'exact' | 'moved' | 'changed' | 'lost';

/** Where a review's anchor stands in a record today. */
export type PlacedAnchor = {
  readonly state: PlaceState;
  /** Pointer of the place today; null where it is lost. */
  readonly path: string | null;
  /** Its words, or the nearest thing that is still there. Where all is lost: the beginning of the record. */
  readonly at: Position;
  /** In one sentence, why it stands there. */
  readonly why: string;
};

type Anchor = NonNullable<ReviewEvent['anchor']>;

/** Places anchors in one text of a record; null where the text cannot be read as YAML at all. */
export function anchorPlacer(
  path: string,
  text: string,
): ((anchor: Anchor) => PlacedAnchor) | null {
  const source = readYaml(path, text);
  const { value } = source;
  if (typeof value !== 'object' || value === null) return null;
  const lines = text.split('\n');
  const place = (at: YamlPath, quote: string): Position => {
    const around = whole(source.locateKey(at), source.locate(at));
    const found = narrowed(around, lines, quote);
    // A record as a whole is shown at its beginning, not below its last line.
    return found === around && at.length === 0 ? source.locateKey(at) : found;
  };
  return (anchor) => {
    const steps = readPointer(anchor.path ?? '') ?? [];
    const quote = plainWords(anchor.quote ?? '');
    const { path: found, value: there, rest } = followPointer(value, steps);
    const say = (state: PlaceState, at: YamlPath, why: string): PlacedAnchor => ({
      state,
      path: state === 'lost' ? null : writePointer(at),
      at: place(at, quote),
      why,
    });
    if (rest.length === 0 && (quote === '' || wordsOf(there).includes(quote)))
      return say('exact', found, 'it stands where it was');
    const moved = quote === '' ? null : nearest(elsewhere(value, quote), steps);
    if (moved) return say('moved', moved, 'its words stand here now');
    if (rest.length === 0)
      return say('changed', found, 'the place is here, and the words that it was about are gone');
    return say(
      'lost',
      found,
      quote === ''
        ? `there is no ${anchor.path} any more`
        : `neither ${anchor.path} nor the words that it was about are there any more`,
    );
  };
}

/** From the key of a value to the value's end. */
function whole(key: Position, value: Position): Position {
  const keyFirst = key.line < value.line || (key.line === value.line && key.column <= value.column);
  return keyFirst ? { ...value, line: key.line, column: key.column } : value;
}

/** The words themselves, where they are written as they read. */
function narrowed(at: Position, lines: readonly string[], quote: string): Position {
  const inside = lines
    .slice(at.line - 1, at.end_line)
    .map((line, index) =>
      index === 0 ? `${' '.repeat(at.column - 1)}${line.slice(at.column - 1)}` : line,
    );
  const found = quote === '' ? null : findQuote(inside, quote);
  if (!found) return at;
  return {
    path: at.path,
    line: at.line + found.first.line,
    column: found.first.column + 1,
    end_line: at.line + found.last.line,
    end_column: found.last.column + 2,
  };
}

/** The smallest values, below the top, that hold the words. Few words hold for the very value only: they prove nothing elsewhere. */
function elsewhere(value: unknown, quote: string): readonly YamlPath[] {
  const distinctive = isDistinctive(quote);
  const search = (inner: unknown, at: YamlPath): readonly YamlPath[] => {
    const below =
      typeof inner === 'object' && inner !== null
        ? Object.entries(inner).flatMap(([key, item]) =>
            search(item, [...at, Array.isArray(inner) ? Number(key) : key]),
          )
        : [];
    if (below.length > 0 || at.length === 0) return below;
    const words = wordsOf(inner);
    return (distinctive ? words.includes(quote) : words === quote) ? [at] : [];
  };
  return search(value, []);
}

/** The place most like the one that was: of the same key, then with the longest common beginning, then the first. */
function nearest(places: readonly YamlPath[], steps: readonly string[]): YamlPath | null {
  const closeness = (place: YamlPath): number => {
    const common = steps.findIndex((step, index) => String(place[index]) !== step);
    return (
      (String(place.at(-1)) === steps.at(-1) ? 1000 : 0) + (common === -1 ? steps.length : common)
    );
  };
  return places.reduce<YamlPath | null>(
    (best, place) => (best === null || closeness(place) > closeness(best) ? place : best),
    null,
  );
}
