/** Which remote's branches are judged by. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CloneFacts, cloneRemote } from '../../../src/core/gate/clone-remote.ts';

type Row = {
  readonly name: string;
  /** Short names below refs/remotes, and remotes with a HEAD. */
  readonly tracked?: readonly string[];
  readonly heads?: readonly string[];
  readonly remotes?: readonly string[];
  readonly current?: string | null;
  readonly set?: Partial<Omit<CloneFacts['settings'], 'branches'>>;
  readonly work?: { readonly remote?: string; readonly pushRemote?: string };
  readonly first?: string;
  readonly want: string | readonly string[] | null;
};

const both = ['origin/main', 'upstream/main'];
const two = { tracked: both, remotes: ['origin', 'upstream'] } as const;

const rows: readonly Row[] = [
  { name: 'no remote at all', want: null },
  { name: 'origin', tracked: ['origin/main'], remotes: ['origin'], want: 'origin' },
  {
    name: 'origin that was fetched into and never set up',
    tracked: ['origin/main'],
    want: 'origin',
  },
  { name: 'a remote of the name of origin alone', tracked: ['original/main'], want: null },
  {
    name: 'an only remote of another name',
    tracked: ['company/main'],
    remotes: ['company'],
    want: 'company',
  },
  { name: 'an only remote without branches yet', remotes: ['company'], want: 'company' },
  { name: 'a fork and what it was made of', ...two, want: 'origin' },
  {
    name: 'a branch that is pushed to upstream',
    ...two,
    work: { pushRemote: 'upstream' },
    want: 'upstream',
  },
  {
    name: 'all branches are pushed to upstream',
    ...two,
    set: { pushDefault: 'upstream' },
    want: 'upstream',
  },
  {
    name: 'a branch that follows upstream',
    ...two,
    work: { remote: 'upstream' },
    want: 'upstream',
  },
  { name: 'a branch that follows a local one', ...two, work: { remote: '.' }, want: 'origin' },
  {
    name: 'the branch’s own remote to push to goes before that of all',
    ...two,
    set: { pushDefault: 'origin' },
    work: { pushRemote: 'upstream' },
    want: 'upstream',
  },
  {
    name: 'that of all goes before the one that is followed',
    ...two,
    set: { pushDefault: 'upstream' },
    work: { remote: 'origin' },
    want: 'upstream',
  },
  {
    name: 'nothing of a branch that is not checked out',
    ...two,
    current: null,
    work: { remote: 'upstream' },
    want: 'origin',
  },
  {
    name: 'the one that is set',
    ...two,
    set: { remote: 'upstream', pushDefault: 'origin' },
    want: 'upstream',
  },
  { name: 'one that is set and gone', ...two, set: { remote: 'gone' }, want: 'unknown gone' },
  {
    name: 'the one that a push goes to',
    ...two,
    set: { remote: 'origin' },
    first: 'upstream',
    want: 'upstream',
  },
  { name: 'a push to an unknown one', ...two, first: 'elsewhere', want: 'origin' },
  {
    name: 'a push beside one that is set and gone',
    ...two,
    set: { remote: 'gone' },
    first: 'upstream',
    want: 'upstream',
  },
  {
    name: 'a fork with branches of work alone is passed over',
    tracked: ['origin/main', 'me/topic'],
    remotes: ['origin', 'me'],
    set: { pushDefault: 'me' },
    want: 'origin',
  },
  {
    name: 'unless the target is there',
    tracked: ['origin/main', 'me/trunk'],
    remotes: ['origin', 'me'],
    set: { pushDefault: 'me', target: 'refs/heads/trunk' },
    want: 'me',
  },
  {
    name: 'or it says which branch is its default one',
    tracked: ['origin/main', 'me/trunk'],
    heads: ['me'],
    remotes: ['origin', 'me'],
    set: { pushDefault: 'me' },
    want: 'me',
  },
  {
    name: 'nobody has a target: the first that is wanted',
    tracked: ['origin/topic', 'me/topic'],
    remotes: ['origin', 'me'],
    set: { pushDefault: 'me' },
    want: 'me',
  },
  {
    name: 'two of other names',
    tracked: ['a/main', 'b/main'],
    remotes: ['a', 'b'],
    want: ['a', 'b'],
  },
  {
    name: 'two of other names, one of which was cloned',
    tracked: ['a/main', 'b/main'],
    heads: ['b'],
    remotes: ['a', 'b'],
    want: 'b',
  },
  {
    name: 'two of other names, both with a HEAD',
    tracked: ['a/main', 'b/main', 'c/main'],
    heads: ['a', 'b'],
    remotes: ['a', 'b', 'c'],
    want: ['a', 'b'],
  },
  {
    name: 'two of other names, one of which has a target',
    tracked: ['a/main', 'b/topic'],
    remotes: ['a', 'b'],
    want: 'a',
  },
  {
    name: 'a fork without a target, and what it was made of with the older of the usual names',
    tracked: ['origin/topic', 'upstream/master'],
    remotes: ['origin', 'upstream'],
    set: { pushDefault: 'upstream' },
    work: { pushRemote: 'origin' },
    want: 'upstream',
  },
  {
    name: 'a target in whose name a folder is called as refs are',
    tracked: ['a/topic', 'b/old/refs/heads/main'],
    remotes: ['a', 'b'],
    set: { target: 'refs/heads/old/refs/heads/main' },
    want: 'b',
  },
  {
    name: 'the same target by its short name',
    tracked: ['a/topic', 'b/old/refs/heads/main'],
    remotes: ['a', 'b'],
    set: { target: 'old/refs/heads/main' },
    want: 'b',
  },
  {
    name: 'two of other names without a target',
    tracked: ['a/topic', 'b/topic'],
    remotes: ['a', 'b'],
    want: null,
  },
];

for (const { name, want, ...row } of rows)
  test(`the remote: ${name}`, () => {
    const facts: CloneFacts = {
      branches: new Map((row.tracked ?? []).map((short) => [`refs/remotes/${short}`, '1'])),
      heads: new Set(row.heads ?? []),
      remotes: row.remotes ?? [],
      current: row.current === undefined ? 'work' : row.current,
      settings: {
        target: '',
        remote: '',
        pushDefault: '',
        ...row.set,
        branches: new Map(row.work ? [['work', row.work]] : []),
      },
    };
    const found = cloneRemote(facts, row.first);
    const shown = {
      remote: () => (found.kind === 'remote' ? found.name : ''),
      none: () => null,
      unknown: () => (found.kind === 'unknown' ? `unknown ${found.name}` : ''),
      several: () => (found.kind === 'several' ? found.names : ''),
    }[found.kind]();
    assert.deepEqual(shown, want);
  });
