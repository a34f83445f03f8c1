import assert from 'node:assert/strict';
import { test } from 'node:test';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { commentMarkdown } from '../../../src/core/render/comment-markdown.ts';
import { fc } from '../../drawn-inputs.ts';

/** What a careless viewer makes of it: HTML and every scheme are let through. */
function careless(markdown: string): string {
  return micromark(markdown, {
    allowDangerousHtml: true,
    allowDangerousProtocol: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });
}

/** Tags that a viewer would fetch from, run, or follow to something other than the web. */
function dangers(html: string): readonly string[] {
  const tags = [
    ...html.matchAll(
      /<(?!\/?(?:p|em|strong|code|pre|ul|ol|li|blockquote|h[1-6]|hr|br|del|table|thead|tbody|tr|td|th|a|input|section|sup)\b)[^>]*>/gi,
    ),
  ].map(([tag]) => tag);
  const links = [...html.matchAll(/href="([^"]*)"/g)]
    .map(([, href = '']) => href)
    .filter((href) => !/^(?:https?:\/\/|mailto:)/i.test(href));
  return [...tags, ...links];
}

const hostile = [
  '[run](command:workbench.action.terminal.new)',
  '[run](  <command:x> "title")',
  '[run](&#99;ommand:x)',
  '[run]: command:x\n\n[run]',
  '[run]:\n  command:x\n\n[run]',
  '<command:workbench.action.quit>',
  '<https://example.org/a>',
  '![pixel](https://example.org/p.png)',
  '![pixel][p]\n\n[p]: https://example.org/p.png',
  '[![pixel](https://example.org/p.png)](https://example.org)',
  '<img src=x onerror=alert(1)>',
  '<p onclick=alert(1)><b>x</b></p>',
  '<!-- x --><b onclick=x>b</b>',
  '[file](file:///etc/passwd) [up](../../x) [data](data:text/html,x) [js](JavaScript:alert(1))',
  '[x](https://example.org/"onmouseover="x)',
  '[a](https://example.org/a b)(command:x)',
  '[a]\n(command:x)',
];

for (const text of hostile) {
  test(`a comment cannot carry ${JSON.stringify(text)}`, () =>
    assert.deepEqual(dangers(careless(commentMarkdown(text))), []));
}

test('what it guards against is there without it', () => {
  const harmless = hostile.filter((text) => dangers(careless(text)).length === 0);
  assert.deepEqual(harmless, [
    '<https://example.org/a>',
    '[x](https://example.org/"onmouseover="x)',
    '[a](https://example.org/a b)(command:x)',
    '[a]\n(command:x)',
  ]);
});

test('plain words, emphasis, code and links to the web stay as they are', () => {
  const text =
    'See **this** and `a < b`:\n\n- one [page](https://example.org/x)\n- mail [us](mailto:ada@example.org)\n\n```sql\nWHERE a <> b\n```\n';
  assert.equal(commentMarkdown(text), text);
});

const piece = fc.constantFrom(
  '[',
  ']',
  '(',
  ')',
  '!',
  '<',
  '>',
  ':',
  '`',
  '\n',
  ' ',
  '\\',
  '"',
  '&#99;',
  'command:x',
  'img src=x',
  'a',
  '/',
  'https://example.org',
  '\t',
  '*',
  '#',
  '|',
  '~~~\n',
  '- ',
  '[^1]',
);

test('no mixture of marks becomes a command, an image or HTML', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 24 }), (pieces) => {
      assert.deepEqual(
        dangers(careless(commentMarkdown(pieces.join(''))).replace(/ href="#[^"]*"/g, '')),
        [],
      );
    }),
    { numRuns: 3000 },
  );
});
