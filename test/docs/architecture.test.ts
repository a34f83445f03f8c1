/** The map of the code is still true: its links lead somewhere, and no folder is missing from it. */
import assert from 'node:assert/strict';
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

const root = new URL('../..', import.meta.url).pathname;
const pages = globSync(['*.md', 'docs/**/*.md'], { cwd: root });

function linksOf(page: string): readonly string[] {
  const prose = readFileSync(join(root, page), 'utf8')
    .replace(/^```[^]*?^```/gm, '')
    .replace(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, to = '']) => to)
    .filter((to) => !/^[a-z]+:/.test(to));
}

/** The anchor that a forge makes of a heading. */
function slugOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}

function anchorsOf(path: string): readonly string[] {
  return [...readFileSync(path, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    slugOf(heading),
  );
}

for (const page of pages) {
  test(`every link of ${page} leads somewhere`, () => {
    for (const link of linksOf(page)) {
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? join(root, page) : join(root, dirname(page), path);
      assert.ok(existsSync(target), `${page} links to ${link}`);
      if (anchor !== undefined)
        assert.ok(
          anchorsOf(target).includes(anchor),
          `${page} links to ${link}, and there is no such heading`,
        );
    }
  });
}

test('the map names every ring and every room of core', () => {
  const map = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8');
  const folders = (path: string): readonly string[] =>
    readdirSync(join(root, path), { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? [`${path}/${entry.name}`] : [],
    );
  for (const folder of [...folders('src'), ...folders('src/core'), 'webview', 'test'])
    assert.ok(map.includes(`](${folder})`), `ARCHITECTURE.md says nothing of ${folder}`);
});

test('the map fits two pages', () => {
  assert.ok(readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8').split(/\s+/).length <= 1000);
});
