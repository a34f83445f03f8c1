import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Asking, meantRepository } from '../../src/node/meant-repository.ts';

const outer = { gitDir: '/o/.git', top: '/o' };
/** A linked working tree of it. */
const linked = { gitDir: '/o/.git/worktrees/wt', top: '/wt' };
const submodule = { gitDir: '/o/.git/worktrees/wt/modules/m', top: '/wt/m' };
/** What git makes of the linked one's variables in the folder of the submodule. */
const linkedFromWithin = { gitDir: '/o/.git/worktrees/wt', top: '/wt/m' };
const elsewhere = { gitDir: '/x', top: '/o/y' };
const standing: Asking = { folder: '/wt', named: false, hook: true, placed: false };

const rows: readonly (readonly [
  name: string,
  ...Parameters<typeof meantRepository>,
  meant: ReturnType<typeof meantRepository>,
])[] = [
  ['a hook of a linked working tree', linked, linked, standing, 'variables'],
  ['nothing told', linked, null, standing, 'folder'],
  ['nothing anywhere', null, null, standing, 'folder'],
  [
    'the same repository, its top told wrongly',
    linked,
    linkedFromWithin,
    { ...standing, folder: '/wt/model' },
    'variables',
  ],
  [
    'a submodule that is named',
    submodule,
    linked,
    { ...standing, folder: '/wt/m', named: true },
    'folder',
  ],
  [
    'a submodule that somebody changed into',
    submodule,
    linkedFromWithin,
    { ...standing, folder: '/wt/m' },
    'either',
  ],
  [
    'a submodule below a working tree that git was told of',
    submodule,
    linked,
    { ...standing, folder: '/wt/m', placed: true },
    'either',
  ],
  [
    'a working tree without a repository around it',
    null,
    elsewhere,
    { ...standing, folder: '/o/y/z', placed: true },
    'variables',
  ],
  [
    'a folder outside of the one that is told',
    null,
    elsewhere,
    { ...standing, folder: '/p' },
    'folder',
  ],
  [
    'a folder that only begins like it',
    null,
    elsewhere,
    { ...standing, folder: '/o/yy' },
    'folder',
  ],
  [
    'a working tree inside of another repository',
    outer,
    elsewhere,
    { ...standing, folder: '/o/y', placed: true },
    'variables',
  ],
  [
    'a working tree that git only takes for one, inside of another repository',
    outer,
    elsewhere,
    { ...standing, folder: '/o/y' },
    'either',
  ],
  [
    'the top of another repository that git was told to work in',
    outer,
    { gitDir: '/x', top: '/o' },
    { ...standing, folder: '/o', placed: true },
    'either',
  ],
  [
    'variables of a stranger, outside of a hook',
    outer,
    elsewhere,
    { ...standing, folder: '/o/y', placed: true, hook: false },
    'folder',
  ],
  [
    'variables of this repository, outside of a hook',
    outer,
    outer,
    { ...standing, folder: '/o', hook: false },
    'variables',
  ],
  [
    'a repository by variables alone, outside of a hook',
    null,
    elsewhere,
    { ...standing, folder: '/o/y', placed: true, hook: false },
    'folder',
  ],
];

for (const [name, around, told, asking, meant] of rows)
  test(`which repository is meant: ${name}`, () => {
    assert.equal(meantRepository(around, told, asking), meant);
  });
