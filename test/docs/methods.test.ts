import { strict as assert } from 'node:assert';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { metricNames } from '../../src/core/reports/metric-names.ts';

const folder = new URL('../../docs/methods/', import.meta.url);
const pages = readdirSync(folder).map((file) => ({
  file,
  text: readFileSync(new URL(file, folder), 'utf8'),
}));

test('every metric that a target may name is defined on a page', () => {
  const named = new Set(
    pages.flatMap(({ text }) => [...text.matchAll(/`([a-z0-9_]+)`/gi)].map(([, name]) => name)),
  );
  // Those between groups are named by the rate that they are made of.
  const known = (name: string): boolean =>
    named.has(name) || named.has(name.replace(/^.*?(_reference)?_(difference|ratio)$/, 'X$1_$2'));
  assert.deepEqual(
    metricNames()
      .map(({ name }) => name)
      .filter((name) => !known(name)),
    [],
  );
});

for (const { file, text } of pages) {
  test(`docs/methods/${file} says what it assumes, what it does at the edges and where it comes from`, () => {
    if (file !== 'many-comparisons.md')
      for (const part of ['**Assumes**', '**At the edges.**']) assert.ok(text.includes(part), part);
    assert.match(text, /\*\*Reference\.\*\*/);
    for (const [, target] of text.matchAll(/\]\(([\w-]+\.md)\)/g))
      assert.ok(existsSync(new URL(target as string, folder)), target);
  });
}
