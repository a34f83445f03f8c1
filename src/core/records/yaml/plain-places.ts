import type { Position } from '../../finding/finding.ts';
import { linePositions } from './line-positions.ts';
import type { Place, Places, Span } from './plain-scalars.ts';
import { readPlain } from './plain-yaml.ts';
import type { YamlPath, YamlSource } from './yaml-source.ts';

/** Where the entries of a text stand that `plainYaml` reads: the same places that the full reader gives. */
export function locatePlain(
  path: string,
  text: string,
): Pick<YamlSource, 'locate' | 'locateKey'> | undefined {
  const places: Places = new Map();
  const read = readPlain(text, places);
  if (read === undefined) return undefined;
  const lines = linePositions(path, read.cursor.text);
  const position = ([start, end]: Span): Position => lines.between(start, end);
  const find = (steps: YamlPath): FoundPlace =>
    followPlaces(places, read.value, steps, { key: null, value: [read.start, read.cursor.end] });
  return {
    locate: (steps) => {
      const { place } = find(steps);
      return position(place.value[0] === place.value[1] ? (place.key ?? place.value) : place.value);
    },
    locateKey: (steps) => {
      const { place, holder } = find(steps);
      return position(place.key ?? firstKey(places, holder) ?? place.value);
    },
  };
}

type FoundPlace = { readonly place: Place; readonly holder: unknown };

function followPlaces(places: Places, root: object, steps: YamlPath, whole: Place): FoundPlace {
  let found: FoundPlace = { place: whole, holder: root };
  for (const step of steps) {
    const entries = places.get(found.holder as object);
    const known = Array.isArray(found.holder) ? step : String(step);
    const place = entries?.get(known);
    if (place === undefined) return found;
    found = { place, holder: (found.holder as Record<string | number, unknown>)[known] };
  }
  return found;
}

function firstKey(places: Places, holder: unknown): Span | null {
  const [first] = places.get(holder as object)?.values() ?? [];
  return first?.key ?? null;
}
