import assert from 'node:assert/strict';
import { test } from 'node:test';
import picomatch from 'picomatch';
import { plainGlob } from '../../../src/core/gate/plain-glob.ts';
import { matchesAny } from '../../../src/core/gate/scope.ts';
import { fuzzRuns } from '../../fuzz-runs.ts';
import { fc } from '../../drawn-inputs.ts';

/** As the gate asks it: dot-all, and a path that is the glob to the letter. */
function byLibrary(glob: string, path: string): boolean {
  const { source, flags } = picomatch.makeRe(glob, {
    posix: true,
    dot: true,
    nobrace: false,
    strictSlashes: false,
  });
  return path === glob || new RegExp(source, `${flags}s`).test(path);
}

const letters = fc.constantFrom(...'abA.-_ ~#,=é\n&:%', '\u{1f600}');
const name = fc.string({ unit: letters, minLength: 1, maxLength: 5 });
const shape = fc.string({ unit: fc.constantFrom(...'aab.*?-'), minLength: 1, maxLength: 5 });
const odd = fc.string({
  unit: fc.constantFrom(...'ab*?.[]{}()!+@|\\"$^,/-'),
  minLength: 1,
  maxLength: 8,
});
const segment = fc.oneof(
  { weight: 3, arbitrary: fc.constant('**') },
  { weight: 4, arbitrary: shape },
  { weight: 3, arbitrary: name },
  { weight: 2, arbitrary: fc.constantFrom('*', '?', 'a', 'b', '*.b', 'a*') },
  { weight: 1, arbitrary: odd },
);
const glob = fc
  .array(segment, { minLength: 1, maxLength: 5 })
  .map((segments) => segments.join('/'));
const part = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.string({ unit: fc.constantFrom(...'ab.'), minLength: 1, maxLength: 4 }),
  },
  { weight: 1, arbitrary: name },
);
/** A path of its own, or one that the glob could mean. */
const pathFor = (text: string): fc.Arbitrary<string> =>
  fc.oneof(
    fc.array(part, { minLength: 1, maxLength: 6 }).map((parts) => parts.join('/')),
    fc.array(part, { minLength: 6, maxLength: 6 }).map((parts) =>
      text
        .split('/')
        .flatMap((one, index) =>
          one === '**'
            ? parts.slice(0, (parts[index] ?? '').length - 1)
            : [one.replace(/\*/g, parts[index] ?? '').replace(/\?/g, 'a')],
        )
        .join('/'),
    ),
  );

test('it says what the library says, of globs and paths that are drawn', () => {
  const seen = { plain: 0, matched: 0, left: 0 };
  fc.assert(
    fc.property(
      glob.chain((text) => fc.tuple(fc.constant(text), pathFor(text))),
      ([text, path]) => {
        const said = plainGlob(text)?.(path) ?? null;
        if (said === null) {
          seen.left++;
          return;
        }
        seen.plain++;
        if (said) seen.matched++;
        assert.equal(said, byLibrary(text, path), JSON.stringify([text, path]));
      },
    ),
    { numRuns: fuzzRuns(5000) },
  );
  // A test of nothing would hold too.
  assert.ok(seen.plain > seen.left && seen.matched * 5 > seen.plain, JSON.stringify(seen));
});

for (const [text, path, said] of [
  ['model/**', 'model/a/b.py', true],
  ['model/**', 'model', true],
  ['**/*.md', 'a.md', true],
  ['**', 'a/b', true],
  ['*', 'a/b', false],
  ['a/**/b', 'a/b', true],
  ['*a*b', 'xaxbxab', true],
  ['*a*b', 'xaxbxa', false],
  ['?', 'ab', false],
  ['a*', 'a\nb', true],
  ['.*/**', '.git/x', true],
  ['a*', 'a', true],
  ['*?ab', 'ab', false],
  ['*?ab', 'xab', true],
  ['**', 'a/../b', null],
] as const)
  test(`${text} and ${JSON.stringify(path)}`, () => assert.equal(plainGlob(text)?.(path), said));

test('what is more than names, stars and folders is left to the library', () => {
  for (const text of [
    '{a,b}',
    '[a]',
    '!(a)',
    '+(a)',
    'a**',
    'a**/b',
    '***',
    'a//b',
    '/a',
    'a/',
    '',
    './a',
    '../a',
    'a\\*',
    '"a"',
  ])
    assert.equal(plainGlob(text), null, text);
});

test('no path makes it wait', () => {
  const before = process.cpuUsage().user;
  for (const text of ['**/a/**/a/**/a/**/b', '**/*a*a*b', '*a*a*b', '**/*a*a/**/*a*a/**/*a*b']) {
    for (const path of [
      `${'a/'.repeat(2000)}c`,
      `${`${'a'.repeat(40)}/`.repeat(100)}c`,
      'a'.repeat(4000),
    ])
      assert.equal(matchesAny([text])(path), false);
  }
  assert.ok(process.cpuUsage().user - before < 3_000_000);
});
