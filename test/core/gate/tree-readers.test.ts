import { strict as assert } from 'node:assert';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { changeDigest, manifestOf } from '../../../src/core/gate/change-digest.ts';
import { governedDigest } from '../../../src/core/gate/governed-digest.ts';
import { parseMerge } from '../../../src/core/gate/merged-tree.ts';
import { parseRawDiff, parseTree } from '../../../src/core/gate/raw-diff.ts';
import {
  bytesToRaw,
  compareRaw,
  pathFromText,
  printPath,
  rawPath,
  rawPathOf,
  rawToBytes,
  showPath,
} from '../../../src/core/gate/raw-path.ts';
import { ruleScope } from '../../../src/core/gate/scope.ts';
import { entryOf, hex } from './values.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');
const oid = 'a'.repeat(40);

const merges: readonly (readonly [
  name: string,
  output: string,
  tree: string,
  conflicts: readonly string[],
])[] = [
  ['a clean merge', `${oid}\0`, oid, []],
  ['a clean merge whose tree ends in a line feed', `${oid}\n`, oid, []],
  ['a conflict after a tree that ends in a line feed', `${oid}\na\0`, oid, ['a']],
  ['a tree with a longer name', `${oid}${'b'.repeat(24)}\0a\0`, `${oid}${'b'.repeat(24)}`, ['a']],
  ['one path in conflict', `${oid}\0model/score.py\0`, oid, ['model/score.py']],
  [
    'two paths, one with a line feed and one that is not UTF-8',
    `${oid}\0a\nb\0\xff\0`,
    oid,
    ['a\nb', '\xff'],
  ],
];

for (const [name, output, tree, conflicts] of merges) {
  test(`what merge-tree says: ${name}`, () => {
    const read = parseMerge(bytes(output));
    assert.deepEqual([read.tree, read.conflicts.map(({ raw }) => raw)], [tree, conflicts]);
  });
}

const brokenMerges: readonly (readonly [name: string, output: string])[] = [
  ['nothing', ''],
  ['a tree that does not end', oid],
  ['a path that breaks off', `${oid}\0a\0b`],
  ['a path that breaks off after a line feed', `${oid}\nb`],
  ['messages after the paths', `${oid}\0a\0\0b\0`],
  ['a tree with a short name', `${oid.slice(1)}\0`],
  ['a tree that is no name', `${'z'.repeat(40)}\0`],
  ['something before the tree', `x${oid}\0a\0`],
];

for (const [name, output] of brokenMerges) {
  test(`what merge-tree does not say is refused: ${name}`, () =>
    assert.throws(() => parseMerge(bytes(output)), /git's merge could not be read/));
}

const paths: readonly (readonly [
  name: string,
  raw: string,
  text: string | null,
  printed: string,
])[] = [
  ['plain', 'model/score.py', 'model/score.py', 'model/score.py'],
  ['of other letters', 'mod\xc3\xa8le', 'modèle', 'modèle'],
  ['with a mark of byte order', '\xef\xbb\xbfa', '\ufeffa', '\ufeffa'],
  ['that is not UTF-8', 'a\xff\x01 ~', null, 'a\\xff\\x01 ~'],
  ['longer than one piece', `${'x'.repeat(20_000)}\xe9`, null, `${'x'.repeat(20_000)}\\xe9`],
  ['empty', '', '', ''],
];

for (const [name, raw, text, printed] of paths) {
  test(`a path ${name}`, () => {
    const path = { raw, text };
    assert.deepEqual(rawPath(bytes(raw)), path);
    assert.deepEqual(rawPathOf(raw), path);
    assert.equal(bytesToRaw(bytes(raw)), raw);
    assert.deepEqual(Buffer.from(rawToBytes(raw)), Buffer.from(raw, 'latin1'));
    assert.equal(printPath(path), printed);
    assert.deepEqual(
      showPath(path),
      text ?? { b64: Buffer.from(raw, 'latin1').toString('base64') },
    );
    if (text !== null) assert.deepEqual(pathFromText(text), path);
  });
}

test('paths are in the order of their bytes', () => {
  const order = ['B', 'a', 'a/b', 'a0', 'é', '\u{1f600}'].map((text) => ({
    path: pathFromText(text),
  }));
  assert.deepEqual([...order].reverse().sort(compareRaw), order);
  assert.deepEqual(
    [
      [0, 1],
      [1, 0],
    ].map(([a, b]) =>
      compareRaw(
        order[a as number] as (typeof order)[number],
        order[b as number] as (typeof order)[number],
      ),
    ),
    [-1, 1],
  );
  assert.equal(
    compareRaw(order[0] as (typeof order)[number], order[0] as (typeof order)[number]),
    0,
  );
});

/** The digest by its description alone. */
function described(rows: readonly (readonly string[])[]): string {
  return `v1:${createHash('sha256')
    .update('model-change-v1\n')
    .update(rows.map((row) => `${row.join('\0')}\0\n`).join(''))
    .digest('hex')}`;
}

test('a change is digested row by row, in the order of paths, however many there are', () => {
  const many = Array.from({ length: 2345 }, (_, index) =>
    entryOf(`model/${String(index).padStart(5, '0')}.py`),
  );
  const rows = many.map(({ path, oldMode, old, newMode, new: now }) => [
    path.raw,
    oldMode,
    old,
    newMode,
    now,
  ]);
  assert.equal(changeDigest([...many].reverse()), described(rows));
  assert.deepEqual(manifestOf([...many].reverse()), rows);
  assert.equal(changeDigest([]), described([]));
  const added = entryOf('a', { oldMode: '000000', old: '-', newMode: '100755' });
  assert.equal(changeDigest([added]), described([['a', '000000', '-', '100755', hex('1')]]));
  assert.notEqual(changeDigest([added]), changeDigest([{ ...added, newMode: '100644' }]));
});

test('the files of a rule are named by their lines of ls-tree, as a plain reading of that names them', () => {
  const lines = [
    `100644 blob ${oid}\tREADME.md`,
    `100755 blob ${oid}\tmodel/a.py`,
    `120000 blob ${oid}\tmodel/l`,
    `160000 commit ${oid}\tmodel/s`,
  ];
  const tree = parseTree(Buffer.from(lines.map((line) => `${line}\0`).join('')));
  const scope = ruleScope({ id: 'r', paths: ['model/**'] });
  assert.equal(
    governedDigest(tree, scope),
    createHash('sha256')
      .update(
        lines
          .slice(1)
          .map((line) => `${line}\0`)
          .join(''),
      )
      .digest('hex'),
  );
  assert.equal(governedDigest([], scope), createHash('sha256').digest('hex'));
  assert.deepEqual(
    tree.map(({ mode, type, oid: id, path }) => [mode, type, id, path.text]),
    lines.map((line) => [...(line.split('\t')[0] ?? '').split(' '), line.split('\t')[1]]),
  );
});

const brokenTrees: readonly string[] = [
  'x\0',
  `100644 blob ${oid}\ta`,
  `100644 blob ${oid}\t\0`,
  `10064 blob ${oid}\ta\0`,
  `100644 blob ${oid.slice(1)}\ta\0`,
  `100644 blob ${oid} a\0`,
  ` 100644 blob ${oid}\ta\0`,
  `100644 BLOB ${oid}\ta\0`,
];

for (const broken of brokenTrees) {
  test(`a list of a tree that is none is refused: ${JSON.stringify(broken)}`, () =>
    assert.throws(() => parseTree(bytes(broken)), /git's list of a tree/));
}

const meta = `:100644 000000 ${oid} ${'0'.repeat(40)}`;
const diffs: readonly (readonly [
  name: string,
  output: string,
  read: readonly (readonly [header: string, paths: readonly string[]])[],
])[] = [
  ['nothing', '', []],
  ['entries without a header', `${meta} D\0a\0${meta} M\0b\0`, [['', ['a', 'b']]]],
  [
    'headers with and without entries',
    `x\ny\n${meta} D\0a\0z\n`,
    [
      ['x', []],
      ['y', ['a']],
      ['z', []],
    ],
  ],
  ['an entry whose path begins as one', `${meta} D\0${meta} D\0`, [['', [`${meta} D`]]]],
  ['a status with a number', `${meta} M100\0a\0`, [['', ['a']]]],
];

for (const [name, output, read] of diffs) {
  test(`a raw diff: ${name}`, () =>
    assert.deepEqual(
      parseRawDiff(bytes(output)).map(({ header, entries }) => [
        header,
        entries.map(({ path }) => path.raw),
      ]),
      read,
    ));
}

test('all of an entry is read', () => {
  assert.deepEqual(parseRawDiff(bytes(`${meta} D\0a\0`)), [
    {
      header: '',
      entries: [
        {
          path: { raw: 'a', text: 'a' },
          oldMode: '100644',
          newMode: '000000',
          oldOid: oid,
          newOid: '0'.repeat(40),
        },
      ],
    },
  ]);
});

const brokenDiffs: readonly (readonly [name: string, output: string])[] = [
  ['an entry without a path', `${meta} D\0`],
  ['a path that breaks off', `${meta} D\0a`],
  ['an entry that breaks off', `${meta}`],
  ['an entry that breaks off before its path', `${meta} D`],
  ['a header that breaks off', 'x'],
  ['a renamed file', `${meta} R100\0a\0b\0`],
  ['a renamed file with one name', `${meta} R\0a\0`],
  ['a copied file with one name', `${meta} C75\0a\0`],
  ['an empty field', `${meta} D\0a\0\0`],
  ['an empty field in place of an entry', `\0a\0`],
  ['a status of letters', `${meta} Dx\0a\0`],
  ['a letter before an entry', `x${meta} D\0a\0`],
  ['a mode that is too short', `:10064 000000 ${oid} ${oid} D\0a\0`],
  ['a name that is too short', `:100644 000000 ${oid.slice(1)} ${oid} D\0a\0`],
];

for (const [name, output] of brokenDiffs)
  test(`a raw diff that is none is refused: ${name}`, () =>
    assert.throws(() => parseRawDiff(bytes(output)), /git's raw diff could not be read/));
