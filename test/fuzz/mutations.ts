import { fc } from '../drawn-inputs.ts';

/** One change to a text: what people, editors and attackers do to files. */
type Change = (text: string) => string;

/** Pieces that mean something to one of the readers. */
const pieces = [
  '\n',
  '\r\n',
  '\r',
  '\t',
  '  ',
  ' ',
  '#',
  '"',
  "'",
  '\\',
  '|',
  '>',
  '&a ',
  '*a',
  '!!str ',
  '<<: ',
  '- ',
  ': ',
  '{',
  '}',
  '[',
  ']',
  ',',
  '\0',
  '\ufeff',
  '\u2028',
  '\u00a0',
  '\ud800',
  '__proto__',
  'null',
  '~',
  '0x1F',
  '1e999',
  '.nan',
  '2026-01-01',
  '---\n',
  '...\n',
  '%YAML 1.2\n',
  '=',
  '*',
  '?',
  '!',
  '\u202e',
  '-----BEGIN SSH SIGNATURE-----\n',
  'cert-authority ',
  'namespaces="git" ',
  '"payload":1,',
] as const;

const place = fc.nat({ max: 100_000 });

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(place, fc.constantFrom(...pieces)).map(
    ([at, piece]): Change =>
      (text) =>
        spliced(text, at, 0, piece),
  ),
  fc.tuple(place, fc.integer({ min: 1, max: 20 })).map(
    ([at, length]): Change =>
      (text) =>
        spliced(text, at, length, ''),
  ),
  fc.tuple(place, fc.string({ unit: 'binary', maxLength: 4 })).map(
    ([at, other]): Change =>
      (text) =>
        spliced(text, at, other.length, other),
  ),
  // A line twice, gone, or in another place.
  fc.tuple(place, place).map(
    ([from, to]): Change =>
      (text) =>
        movedLine(text, from, to, false),
  ),
  fc.tuple(place, place).map(
    ([from, to]): Change =>
      (text) =>
        movedLine(text, from, to, true),
  ),
  place.map(
    (at): Change =>
      (text) =>
        text.slice(0, text.length === 0 ? 0 : at % text.length),
  ),
  fc.tuple(place, place, fc.integer({ min: 1, max: 40 })).map(
    ([from, to, length]): Change =>
      (text) =>
        spliced(
          text,
          to,
          0,
          text.slice(from % (text.length + 1), (from % (text.length + 1)) + length),
        ),
  ),
);

function spliced(text: string, at: number, length: number, piece: string): string {
  const start = at % (text.length + 1);
  return text.slice(0, start) + piece + text.slice(start + length);
}

function movedLine(text: string, from: number, to: number, keep: boolean): string {
  const lines = text.split('\n');
  const line = lines[from % lines.length] as string;
  if (!keep) lines.splice(from % lines.length, 1);
  lines.splice(to % (lines.length + 1), 0, line);
  return lines.join('\n');
}

/** A text with a few changes; now and then without any. */
export function changed(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(text, fc.array(change, { maxLength: 4 }))
    .map(([start, changes]) => changes.reduce((sum, apply) => apply(sum), start));
}

/** Bytes with a few of them changed, taken out or put in. */
export function changedBytes(bytes: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Uint8Array> {
  const edit = fc.tuple(place, fc.nat({ max: 3 }), fc.uint8Array({ maxLength: 3 }));
  return fc.tuple(bytes, fc.array(edit, { maxLength: 3 })).map(([start, edits]) =>
    edits.reduce((sum, [at, length, put]) => {
      const index = at % (sum.length + 1);
      return Uint8Array.from([...sum.subarray(0, index), ...put, ...sum.subarray(index + length)]);
    }, start),
  );
}

/** Texts that make careless readers slow or exhaust their stack. */
export const exhausting: readonly (readonly [string, string])[] = [
  ['open brackets', '['.repeat(100_000)],
  ['open braces', '{a: '.repeat(50_000)],
  ['nested lists', Array.from({ length: 2000 }, (_, depth) => `${' '.repeat(depth)}-\n`).join('')],
  ['one long word', 'a'.repeat(1_000_000)],
  ['spaces', ' '.repeat(1_000_000)],
  ['quotes', '"'.repeat(500_000)],
  ['commas', 'a,'.repeat(300_000)],
  ['equals', 'a="'.repeat(200_000)],
  ['empty lines', '\n'.repeat(200_000)],
  ['short lines', 'a: b\n'.repeat(100_000)],
  ['backslashes', `"${'\\'.repeat(500_000)}`],
  ['base 64', `ssh-ed25519 ${'A'.repeat(800_000)}`],
  ['armour', `-----BEGIN SSH SIGNATURE-----\n${`${'A'.repeat(70)}\n`.repeat(10_000)}`],
  ['NULs', '\0'.repeat(500_000)],
  [
    'anchors',
    Array.from(
      { length: 20 },
      (_, index) => `a${index}: &a${index} [${'*a'}${index - 1}, *a${index - 1}]\n`,
    ).join(''),
  ],
];
