import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import {
  isTakenOver,
  likeness,
  linesOf,
  mergedPaths,
} from '../../../src/core/gate/carried-lines.ts';
import type { RawEntry } from '../../../src/core/gate/raw-diff.ts';
import { pathFromText } from '../../../src/core/gate/raw-path.ts';

const absent = '0'.repeat(40);
const entry = (path: string, before: string | null, after: string | null): RawEntry => ({
  path: pathFromText(path),
  oldMode: before === null ? '000000' : '100644',
  newMode: after === null ? '000000' : '100644',
  oldOid: before ?? absent,
  newOid: after ?? absent,
});

const merges: readonly (readonly [
  name: string,
  sides: readonly (readonly RawEntry[])[],
  found: readonly (readonly [path: string, oid: string, from: readonly string[]])[],
])[] = [
  ['no merge', [[entry('a', null, 'x')]], []],
  ['nothing', [], []],
  ['new on one side, and as the other has it', [[entry('a', null, 'x')], []], []],
  [
    'lines of one path came to another',
    [[entry('new', 'n1', 'n2')], [entry('new', null, 'n2'), entry('old', 'o2', null)]],
    [['new', 'n2', ['old']]],
  ],
  [
    'the same the other way round',
    [[entry('new', null, 'n2'), entry('old', 'o2', null)], [entry('new', 'n1', 'n2')]],
    [['new', 'n2', ['old']]],
  ],
  ['one path on both sides', [[entry('a', 'a1', 'a3')], [entry('a', 'a2', 'a3')]], []],
  ['taken from one side', [[], [entry('a', null, 'a1'), entry('old', 'o2', null)]], []],
  ['gone', [[entry('a', 'a1', null)], [entry('a', null, null)]], []],
  ['new on no side', [[entry('a', null, 'x')], [entry('a', null, 'x')]], [['a', 'x', []]]],
  [
    'of three, one lacked it',
    [
      [entry('new', 'n1', 'n2')],
      [entry('new', null, 'n2'), entry('old', 'o2', null)],
      [entry('new', 'n3', 'n2'), entry('other', 'o3', null)],
    ],
    [['new', 'n2', ['old']]],
  ],
];

for (const [name, sides, found] of merges)
  test(`what a merge carried over from other paths: ${name}`, () =>
    assert.deepEqual(
      mergedPaths(sides).map(({ path, oid, from }) => [
        path.raw,
        oid,
        from.map((one) => one.path.raw),
      ]),
      found,
    ));

const lines = (text: string) => linesOf(new TextEncoder().encode(text));

for (const [name, one, other, alike] of [
  ['the same', 'one\ntwo\n', 'one\ntwo\n', 1],
  ['line ends and indentation aside', 'one\n  two\n', 'one\r\ntwo\r\n', 1],
  ['half', 'abcd\nefgh\n', 'abcd\nzzzz\n', 0.5],
  ['nothing', 'abcd\n', 'zzzz\n', 0],
  [
    'a licence above two files of their own',
    '# a licence\n# in two lines\n\nx = 1\n',
    '# a licence\n# in two lines\n\ny = 2\n',
    0,
  ],
  [
    'a licence in a block above two files of their own',
    '/*\n * a licence\n * in two lines\n */\nx = 1\n',
    '/*\n * a licence\n * in two lines\n */\ny = 2\n',
    0,
  ],
  ['a line that stands there again and again', 'abcd\nabcd\nabcd\n', 'abcd\n', 1],
  ['nothing but comments', '# one\n# two\n', '# one\n# two\n', 1],
  ['a comment further down', 'x = 1\n# one\n', 'x = 1\n# one\n', 1],
  ['an empty one', '', 'abcd\n', 0],
  ['two empty ones', '\n', '', 0],
  [
    'of the larger, not of the smaller',
    'abcd\n',
    `abcd\n${'x'.repeat(4)}\n${'y'.repeat(2)}\n`,
    0.4,
  ],
  ['a long line without a break', `${'a'.repeat(64)}${'b'.repeat(64)}`, 'a'.repeat(64), 0.5],
] as const)
  test(`how alike two contents are: ${name}`, () => {
    const found = likeness(lines(one), lines(other));
    // Where sizes alone say that they are less than half alike, no more than that is told.
    if (alike < 0.5) assert.ok(found < 0.5);
    else assert.equal(found, alike);
  });

test('blank lines are none', () =>
  assert.deepEqual([...lines('one\n\n  \ntwo\n').all], ['one', 'two']));

/** Contents by their lines, a letter each. */
const letters = (text: string) => lines([...text].map((letter) => letter.repeat(8)).join('\n'));

const takenOver: readonly (readonly [
  name: string,
  elsewhere: readonly [before: string | null, after: string],
  governed: readonly [before: string | null, after: string],
  taken: boolean,
])[] = [
  ['half of it, with the line that was added', ['abx', 'abcd'], [null, 'cdef'], true],
  ['less than half of it', ['abx', 'abcd'], [null, 'cdefg'], false],
  ['one of two lines that were added', ['ab', 'abcd'], [null, 'abcx'], true],
  ['none of two lines that were added', ['ab', 'abcd'], [null, 'abxy'], false],
  ['a file that was made elsewhere', [null, 'abcd'], [null, 'abcx'], true],
  ['a file of which lines were taken away', ['abcdx', 'abcd'], [null, 'abcd'], true],
  ['what is as much like what stood there before', ['bcy', 'bcdy'], ['abcx', 'abcd'], false],
  ['what is more like what stood there before', ['dyz', 'cdyb'], ['abcd', 'abce'], false],
  ['what is less like what stood there before', ['bcy', 'bcdy'], ['xabz', 'abcd'], true],
  ['a line that stood there before', ['bcy', 'bcdy'], ['dxyz', 'abcd'], false],
];
for (const [name, elsewhere, governed, taken] of takenOver)
  test(`${taken ? 'taken' : 'not taken'} over from elsewhere: ${name}`, () => {
    const sides = ([before, after]: readonly [string | null, string]) => ({
      before: before === null ? null : letters(before),
      after: letters(after),
    });
    assert.equal(isTakenOver(sides(elsewhere), sides(governed)), taken);
  });
