import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RangeCommit } from '../../../src/core/gate/authors.ts';
import { refusedNameFindings, symlinkFindings } from '../../../src/core/gate/change-findings.ts';
import { appendOnlyFindings } from '../../../src/core/gate/append-only-findings.ts';
import type { RawEntry } from '../../../src/core/gate/raw-diff.ts';
import { pathFromText } from '../../../src/core/gate/raw-path.ts';
import { repositorySettingsScope, ruleScope } from '../../../src/core/gate/scope.ts';

const signoff = '.countersign/signoffs/model-change/ben.0123456789ab.00ff.yaml';
const oid = (digit: string): string => digit.repeat(40);

/** What was done to the signed file: the digit of its content before and after, 0 where there was none. */
const did = (before: string, after: string): RawEntry => ({
  path: pathFromText(signoff),
  oldMode: before === '0' ? '000000' : '100644',
  newMode: after === '0' ? '000000' : '100644',
  oldOid: oid(before),
  newOid: oid(after),
});
const commit = (id: string, ...touched: readonly RawEntry[]): RangeCommit => ({
  oid: id,
  author: '',
  committer: '',
  coAuthors: [],
  signature: null,
  touched,
  parents: [],
  merged: [],
});

const sources: readonly {
  readonly name: string;
  readonly change: Parameters<typeof appendOnlyFindings>[0];
  /** The digit of what lands. */
  readonly lands: string;
  readonly source: string;
}[] = [
  {
    name: 'edited before it is committed: from the commit that added it',
    change: {
      entries: [did('0', '2')],
      commits: [commit('pending', did('1', '2')), commit(oid('a'), did('0', '1'))],
      tip: oid('e'),
    },
    lands: '2',
    source: 'a',
  },
  {
    name: 'added otherwise than the target has it: from the target',
    change: { entries: [], commits: [commit(oid('a'), did('0', '1'))], tip: oid('e') },
    lands: '2',
    source: 'e',
  },
  {
    name: 'the same where the merge has a conflict: from the commit that added it',
    change: {
      entries: [],
      commits: [commit(oid('a'), did('0', '1'))],
      conflicts: [pathFromText('model/a.py')],
      tip: oid('e'),
    },
    lands: '2',
    source: 'a',
  },
];
for (const { name, change, lands, source } of sources)
  test(`a signed file is brought back as it was signed: ${name}`, () => {
    const found = appendOnlyFindings(change, new Map([[signoff, oid(lands)]]));
    assert.deepEqual(
      found.map(({ fix }) => /--source=([0-9a-f]+) /.exec(fix ?? '')?.[1]),
      [source.repeat(12)],
    );
  });

test('where nobody knows what a signed file was, the branch is written anew without a step for it', () => {
  const [found] = appendOnlyFindings(
    {
      entries: [],
      commits: [commit(oid('b'), did('1', '0'))],
      conflicts: [pathFromText('model/a.py')],
      tip: oid('e'),
    },
    new Map(),
  );
  assert.equal(
    found?.fix?.split(': ').at(-1),
    'git reset --soft $(git merge-base eeeeeeeeeeee HEAD) && git commit',
  );
});

test('a link under a name that is not UTF-8 is an error where settings leave it to other rules', () => {
  const path = { raw: 'x\xff', text: null };
  const scope = repositorySettingsScope([ruleScope({ id: 'model-change', paths: ['model/**'] })]);
  const link = { ...did('0', '1'), path, newMode: '120000' };
  assert.deepEqual(
    symlinkFindings([link], scope, {
      links: [{ path, target: pathFromText('a') }],
      submodules: new Set(),
    }).map(({ code, severity }) => [code, severity]),
    [['change/symlink', 'error']],
  );
});

test('git’s own folder by a short name of more digits is refused', () =>
  assert.deepEqual(
    ['a/GIT~10/config', 'git~123', 'a/git~1x', 'git~'].map(
      (name) => refusedNameFindings([{ ...did('0', '1'), path: pathFromText(name) }]).length,
    ),
    [1, 1, 0, 0],
  ));
