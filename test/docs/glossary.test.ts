/** Each word of the glossary stands once in its part, in order, in one line; the kinds of records and the stages are among them. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const root = new URL('../..', import.meta.url).pathname;
const parts = readFileSync(join(root, 'docs/glossary.md'), 'utf8').split(/^## /m).slice(1);
const rows = parts.map((part) => part.split('\n').filter((line) => line.startsWith('- ')));
const wordsOf = (line: string): readonly string[] =>
  [...line.matchAll(/\*\*([^*]+)\*\*/g)].map(([, word = '']) => word);
const words = rows.flat().flatMap(wordsOf);

test('every word has a line of its own, in the order of the alphabet', () => {
  for (const part of rows) {
    const firsts = part.map((line) => wordsOf(line)[0] ?? assert.fail(line));
    assert.deepEqual(
      firsts,
      [...firsts].sort((a, b) => a.localeCompare(b, 'en')),
    );
  }
});

test('no word has two meanings, but a target', () => {
  const twice = words.filter((word, index) => words.indexOf(word) !== index);
  assert.deepEqual(twice, ['target']);
});

test('every kind of record that a person writes is among them', () => {
  const kinds = readdirSync(join(root, 'media/schemas'))
    .filter((name) => name.endsWith('.schema.json'))
    .map((name) => name.split('.')[0] ?? '');
  const known = words.map((word) => word.split(' ')[0]);
  assert.deepEqual(
    kinds.filter((kind) => !known.includes(kind)),
    ['import'],
    'an import is a word of the dictionary',
  );
});
