import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { oneLine, oneLineWithoutIcons } from '../../src/extension/tree/one-line.ts';

const rows: readonly (readonly [string, string, string])[] = [
  ['a plain text stays', 'Tips are not counted', 'Tips are not counted'],
  ['line ends cannot fake a second row', 'one\r\ntwo\u2028three', 'one two three'],
  ['marks that turn the writing are gone', 'safe\u202etxt.exe', 'safe txt.exe'],
  ['terminal escapes are gone', '\u001b[31mred', '[31mred'],
  ['other writings stay', 'שלום 世界 é', 'שלום 世界 é'],
];

for (const [name, text, expected] of rows) test(name, () => assert.equal(oneLine(text), expected));

test('a long text is cut with an ellipsis within the limit', () => {
  assert.equal(oneLine('x'.repeat(300), 10), `${'x'.repeat(9)}…`);
});

test('a text cannot draw an icon', () => {
  assert.equal(oneLineWithoutIcons('$(error) all is well'), '\\$(error) all is well');
});
