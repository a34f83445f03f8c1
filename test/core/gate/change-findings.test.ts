import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import {
  conflictFindings,
  strayFindings,
  submoduleFindings,
  symlinkFindings,
} from '../../../src/core/gate/change-findings.ts';
import type { RawEntry } from '../../../src/core/gate/raw-diff.ts';
import { pathFromText } from '../../../src/core/gate/raw-path.ts';
import {
  entry,
  exception,
  notUtf8,
  scope,
  signoff,
  submodules,
  told,
  treeOf,
} from './change-values.ts';

const strays: readonly (readonly [name: string, entry: RawEntry, stray: boolean])[] = [
  ['a sign-off', entry(signoff), false],
  ['an exception', entry(exception), false],
  ['code among the sign-offs', entry('.countersign/signoffs/model-change/run.py'), true],
  ['code among the exceptions', entry('.countersign/exceptions/run.py'), true],
  ['code in the folder in other letters', entry('.Countersign/SIGNOFFS/run.py'), true],
  ['a submodule that bears the name of a sign-off', entry(signoff, '160000'), true],
  [
    'code that is taken away there',
    entry('.countersign/signoffs/run.py', '000000', '100644'),
    false,
  ],
  ['code elsewhere', entry('.countersign/signoffs.py'), false],
  ['a path that is not UTF-8', entry(notUtf8), false],
];

for (const [name, one, stray] of strays)
  test(`what lies among signed files: ${name}`, () =>
    assert.deepEqual(
      told(strayFindings([one])),
      stray ? [['signoff/stray', 'error', one.path.text]] : [],
    ));

test('a conflict leaves open what it touches', () => {
  assert.deepEqual(
    told(
      conflictFindings([pathFromText('model/a.py'), notUtf8], {
        severity: 'warning',
        onto: 'main',
      }),
    ),
    [
      ['change/conflict', 'warning', 'model/a.py'],
      ['change/conflict', 'warning', 'model/\\xff'],
    ],
  );
});

/** A link that leads over so many others. */
const chained = (many: number): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Array.from({ length: many + 1 }, (_, at) => [
      at === 0 ? 'model/l' : `model/l${at}`,
      at === many ? 'a.py' : `l${at + 1}`,
    ]),
  );
const chains: readonly {
  readonly name: string;
  readonly links: Readonly<Record<string, string>>;
  readonly change?: RawEntry;
  readonly submodule?: string;
  readonly want: readonly string[];
}[] = [
  {
    name: 'a folder’s newest version',
    links: { 'model/latest': 'v1', 'model/l': 'latest/a.py' },
    want: [],
  },
  {
    name: 'up from where a link led',
    links: { 'model/b': '.', 'model/l': 'b/../scratch/a.py' },
    want: ['model/l'],
  },
  {
    name: 'up from where a link led, inside',
    links: { 'model/b': 'v/w', 'model/l': 'b/../a.py' },
    want: [],
  },
  {
    name: 'through a link in other letters',
    links: { 'model/b': 'v1', 'model/l': 'B/a.py' },
    want: ['model/l'],
  },
  {
    name: 'through a link that nobody governs',
    links: { shared: 'model', 'model/l': '../shared/a.py' },
    want: ['model/l'],
  },
  {
    name: 'through a link to an absolute place',
    links: { 'model/b': '/tmp', 'model/l': 'b/../a.py' },
    want: ['model/b', 'model/l'],
  },
  {
    name: 'round and round',
    links: { 'model/a': 'l', 'model/l': 'a' },
    want: ['model/a', 'model/l'],
  },
  { name: 'into a submodule', links: { 'model/l': 'sub/a.py' }, submodule: 'model/sub', want: [] },
  {
    name: 'up out of a submodule’s own folder',
    links: { 'model/l': 'sub/x/../../a.py' },
    submodule: 'model/sub',
    want: ['model/l'],
  },
  {
    name: 'beside a submodule',
    links: { 'model/l': 'sub/../a.py' },
    submodule: 'model/sub',
    want: [],
  },
  {
    name: 'through a link, past two slashes',
    links: { 'model/b': '../scratch', 'model/l': './/b/x' },
    want: ['model/b', 'model/l'],
  },
  { name: 'over as many links as systems follow', links: chained(40), want: [] },
  { name: 'over one more', links: chained(41), want: ['model/l'] },
  {
    name: 'that landed before, at a file that is edited',
    links: { 'model/l': '../docs/a.py' },
    change: entry('docs/a.py'),
    want: [],
  },
  {
    name: 'that landed before, past a change of others',
    links: { 'model/l': '../docs/a.py' },
    change: entry('docs/x', '120000'),
    want: [],
  },
  {
    name: 'that landed before, over a folder that becomes a link',
    links: { 'model/l': '../docs/v/a.py' },
    change: entry('docs/v', '120000'),
    want: ['model/l'],
  },
  {
    name: 'that landed before, over a link that becomes a folder',
    links: { 'model/l': '../docs/v/a.py' },
    change: entry('docs/v', '000000', '120000'),
    want: ['model/l'],
  },
];

for (const { name, links: targets, change, submodule, want } of chains) {
  test(`where links lead: ${name}`, () => {
    const tree = treeOf(
      Object.entries(targets).map(([path, target]) => [pathFromText(path), target]),
      submodule,
    );
    const entries = change ? [change] : tree.links.map(({ path }) => entry(path, '120000'));
    assert.deepEqual(
      symlinkFindings(entries, scope, tree).map(({ path }) => path),
      want,
    );
  });
}

for (const [name, entries, hides] of submodules)
  test(`a submodule ${name}`, () =>
    assert.deepEqual(
      told(submoduleFindings(entries, scope)),
      hides === null ? [] : [['change/submodule', 'error', hides]],
    ));
