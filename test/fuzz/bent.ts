import { fc } from '../drawn-inputs.ts';

/** What people and attackers write in place of a value. */
const odd: readonly unknown[] = [
  null,
  '',
  0,
  -1,
  1,
  21,
  1.5,
  1e21,
  true,
  false,
  'x',
  ' x',
  '2026-02-30',
  '2026-11-23T06:00:00Z',
  '2026-11-23T24:00:00Z',
  '2026-11-23T06:00:00+01:00',
  [],
  {},
  ['x'],
  { x: 1 },
  'a'.repeat(300),
  'sha256:',
  `sha256:${'0'.repeat(64)}`,
  'A1'.repeat(32),
  'approve',
  'author',
  'BEN@example.org',
  '*',
  '/x',
  'x/',
  '__proto__',
  'constructor',
  '\u212a',
  '\0',
];
const names = [
  'x',
  'id',
  'name',
  'count',
  'independent',
  'x-own',
  'via',
  'meets',
  '',
  'Role',
  'constructor',
] as const;

type Place = { readonly holder: Record<string, unknown> | unknown[]; readonly key: string };

/** A value with a few of its parts taken out, put in, written twice, or replaced by something odd or by another of its parts. */
export function bent<Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<unknown> {
  const change = fc.record({
    at: fc.nat(),
    from: fc.nat(),
    how: fc.constantFrom('out', 'odd', 'odd', 'other', 'twice', 'more'),
    what: fc.constantFrom(...odd),
    name: fc.constantFrom(...names),
  });
  return fc.tuple(value, fc.array(change, { maxLength: 2 })).map(([start, changes]) => {
    const whole = { value: JSON.parse(JSON.stringify(start)) as unknown };
    for (const { at, from, how, what, name } of changes) {
      const places = placesIn(whole);
      const [place, other] = [
        places[at % places.length] as Place,
        places[from % places.length] as Place,
      ];
      if (how === 'out') remove(place);
      else if (how === 'odd') put(place, what);
      else if (how === 'other') put(place, structuredClone(valueAt(other)));
      else if (how === 'twice') again(place);
      else add(place, name, what);
    }
    return whole.value;
  });
}

function placesIn(value: unknown): readonly Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(value).flatMap((key) => [{ holder, key }, ...placesIn(holder[key])]);
}

const valueAt = ({ holder, key }: Place): unknown => (holder as Record<string, unknown>)[key];

function put({ holder, key }: Place, value: unknown): void {
  (holder as Record<string, unknown>)[key] = structuredClone(value);
}

function remove({ holder, key }: Place): void {
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else if (key !== 'value') delete holder[key];
}

/** An item of a list once more, with capitals where it is a text. */
function again({ holder, key }: Place): void {
  if (!Array.isArray(holder)) return;
  const item: unknown = holder[Number(key)];
  holder.push(typeof item === 'string' ? item.toUpperCase() : structuredClone(item));
}

function add(place: Place, name: string, value: unknown): void {
  const inside = valueAt(place);
  if (Array.isArray(inside)) inside.push(structuredClone(value));
  else if (typeof inside === 'object' && inside !== null)
    (inside as Record<string, unknown>)[name] = structuredClone(value);
}
