import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import type { Finding } from '../../../src/core/finding/finding.ts';
import {
  conflictFindings,
  isLinkChange,
  longLandingFindings,
  rebaseFindings,
  refusedNameFindings,
  shortNameFindings,
  strayFindings,
  submoduleFindings,
  symlinkFindings,
} from '../../../src/core/gate/change-findings.ts';
import { appendOnlyFindings } from '../../../src/core/gate/append-only-findings.ts';
import type { RangeCommit } from '../../../src/core/gate/authors.ts';
import type { LinkTree } from '../../../src/core/gate/link-tree.ts';
import type { RawEntry } from '../../../src/core/gate/raw-diff.ts';
import { pathFromText, type RawPath } from '../../../src/core/gate/raw-path.ts';
import { ruleScope } from '../../../src/core/gate/scope.ts';

const zeros = '0'.repeat(40);
const oid = (digit: string): string => digit.repeat(40);
const notUtf8: RawPath = { raw: 'model/\xff', text: null };
const entry = (
  path: string | RawPath,
  newMode = '100644',
  oldMode = '000000',
  digit = '1',
): RawEntry => ({
  path: typeof path === 'string' ? pathFromText(path) : path,
  oldMode,
  newMode,
  oldOid: oldMode === '000000' ? zeros : oid('9'),
  newOid: newMode === '000000' ? zeros : oid(digit),
});
const commitOf = (...touched: readonly RawEntry[]): RangeCommit => ({
  oid: oid('c'),
  author: '',
  committer: '',
  coAuthors: [],
  signature: null,
  touched,
  parents: [],
  merged: [],
});
const told = (findings: readonly Finding[]): readonly (readonly unknown[])[] =>
  findings.map(({ code, severity, path }) => [code, severity, path]);

const signoff = '.countersign/signoffs/model-change/ben.0123456789ab.00ff.yaml';
const exception = '.countersign/exceptions/EX-WAGE01.yaml';
const review = '.countersign/reviews/DR-0001/20260101T000000Z-ada-0001.yaml';

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

const added = entry(signoff);
const lands = (...paths: readonly string[]): ReadonlyMap<string, string> =>
  new Map(paths.map((path) => [path, oid('1')]));
const altered: readonly {
  readonly name: string;
  readonly entries?: readonly RawEntry[];
  readonly touched?: readonly RawEntry[];
  readonly lands?: ReadonlyMap<string, string>;
  readonly want: string | null;
}[] = [
  { name: 'added', entries: [added], touched: [added], lands: lands(signoff), want: null },
  {
    name: 'edited',
    entries: [entry(signoff, '100644', '100644')],
    lands: lands(signoff),
    want: 'signoff/edited',
  },
  { name: 'deleted', entries: [entry(signoff, '000000', '100644')], want: 'signoff/deleted' },
  {
    name: 'added and deleted in the range',
    touched: [added, entry(signoff, '000000', '100644')],
    want: 'signoff/deleted',
  },
  {
    name: 'added and edited in the range',
    entries: [entry(signoff, '100644', '000000', '2')],
    touched: [added],
    lands: new Map([[signoff, oid('2')]]),
    want: 'signoff/edited',
  },
  {
    name: 'added by one history and dropped by a merge',
    touched: [added],
    want: 'signoff/deleted',
  },
  {
    name: 'deleted and brought back as it was',
    touched: [entry(signoff, '000000', '100644'), added],
    lands: lands(signoff),
    want: 'signoff/deleted',
  },
  {
    name: 'an exception, edited',
    entries: [entry(exception, '100644', '100644')],
    lands: lands(exception),
    want: 'signoff/edited',
  },
  {
    name: 'a review event, edited',
    entries: [entry(review, '100644', '100644')],
    lands: lands(review),
    want: 'review/edited',
  },
  {
    name: 'a review event, deleted',
    entries: [entry(review, '000000', '100644')],
    want: 'review/deleted',
  },
  {
    name: 'any other file, edited',
    entries: [entry('model/a.py', '100644', '100644')],
    want: null,
  },
  { name: 'a path that is not UTF-8', entries: [entry(notUtf8, '100644', '100644')], want: null },
  { name: 'only in conflict', touched: [entry(review, '000000', '000000')], want: null },
];

for (const { name, entries = [], touched = [], lands: landing = new Map(), want } of altered) {
  test(`records are only ever added: ${name}`, () => {
    const path = [...entries, ...touched][0]?.path.text;
    assert.deepEqual(
      told(appendOnlyFindings({ entries, commits: [commitOf(...touched)] }, landing)),
      want === null ? [] : [[want, 'error', path]],
    );
  });
}

const back = entry(signoff, '100644', '100644');
const putBack: readonly (readonly [
  name: string,
  touched: RawEntry,
  lands: string,
  asSigned: string,
  want: string | null,
])[] = [
  ['as it was signed', back, '1', `100644 ${oid('1')}`, null],
  ['with other bytes', back, '1', `100644 ${oid('2')}`, 'signoff/edited'],
  ['as a program', entry(signoff, '100755', '100644'), '1', `100644 ${oid('1')}`, 'signoff/edited'],
  ['and altered again', back, '2', `100644 ${oid('1')}`, 'signoff/edited'],
];

for (const [name, touched, landed, signed, want] of putBack)
  test(`what was altered on the target is put back: ${name}`, () =>
    assert.deepEqual(
      told(
        appendOnlyFindings(
          {
            entries: [touched],
            commits: [commitOf(touched)],
            asSigned: new Map([[signoff, signed]]),
          },
          new Map([[signoff, oid(landed)]]),
        ),
      ),
      want === null ? [] : [[want, 'error', signoff]],
    ));

test('a file that was taken away or edited is brought back from where it was as it was signed', () => {
  const [adds, edits] = [
    { ...commitOf(added), oid: oid('a') },
    { ...commitOf(entry(signoff, '100644', '100644', '2')), oid: oid('b') },
  ];
  const drops = { ...commitOf(entry(signoff, '000000', '100644')), oid: oid('d') };
  const source = (change: Parameters<typeof appendOnlyFindings>[0]): string | undefined =>
    /--source=([0-9a-f]+) /.exec(appendOnlyFindings(change, new Map())[0]?.fix ?? '')?.[1];
  assert.equal(
    source({ entries: [entry(signoff, '100644', '100644')], commits: [edits], tip: oid('7') }),
    '7'.repeat(12),
  );
  assert.equal(source({ entries: [], commits: [adds, drops], tip: oid('7') }), 'a'.repeat(12));
  assert.equal(
    source({
      entries: [entry(signoff, '100644', '000000', '2')],
      commits: [adds, edits],
      tip: oid('7'),
    }),
    'a'.repeat(12),
  );
  assert.equal(source({ entries: [], commits: [drops] }), undefined);
});

test('where nobody knows what would land, the commits alone tell what was taken away', () => {
  const change = { entries: [entry(signoff, '000000', '100644')], commits: [] };
  assert.deepEqual(told(appendOnlyFindings(change, new Map())), [
    ['signoff/deleted', 'error', signoff],
  ]);
  assert.deepEqual(
    appendOnlyFindings({ ...change, conflicts: [pathFromText('model/a.py')] }, new Map()),
    [],
  );
});

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

const scope = ruleScope({
  id: 'model-change',
  paths: ['model/**', 'lib/*.py'],
  except: ['**/*.md'],
});
const treeOf = (
  links: readonly (readonly [path: RawPath, target: string | null])[],
  submodule?: string,
): LinkTree => ({
  links: links.map(([path, target]) => ({
    path,
    target: target === null ? null : pathFromText(target),
  })),
  submodules: new Set(submodule === undefined ? [] : [submodule]),
});
const links: readonly (readonly [
  name: string,
  path: string | RawPath,
  target: string | null,
  fine: boolean,
])[] = [
  ['beside itself', 'model/l', 'a.py', true],
  ['below itself', 'model/l', './sub//a.py', true],
  ['up and down again', 'model/sub/l', '../a.py', true],
  ['up out of the scope', 'model/l', '../docs/a.py', false],
  ['out of the repository', 'model/l', '../../model/a.py', false],
  ['out of the repository and back', 'model/l', '../../model/model/a.py', false],
  ['to an absolute place', 'model/l', '/model/a.py', false],
  ['with a backslash', 'model/l', 'sub\\a.py', false],
  ['into git’s own folder', 'model/l', '.git/config', false],
  ['into git’s own folder, in other letters', 'model/l', 'sub/.GIT/config', false],
  ['at a file of a similar name', 'model/l', '.gitx', true],
  ['at what the rule leaves out', 'model/l', 'a.md', false],
  ['of which the content is not known', 'model/l', null, false],
  ['under a name that is not UTF-8', notUtf8, 'a.py', false],
  ['from where nothing is governed, to there', 'docs/l', 'x', true],
  ['from where nothing is governed, at something governed', 'docs/l', '../model', true],
  ['in place of the governed folder, at that folder’s double', 'model', 'other', false],
  ['in place of a folder of which some files are governed', 'lib', 'other', false],
  [
    'in place of a folder of which some files are governed, at one with as many',
    'lib',
    'model',
    false,
  ],
];

for (const [name, path, target, fine] of links) {
  test(`a link ${name} is ${fine ? 'fine' : 'an error'}`, () => {
    const one = entry(path, '120000');
    const tree = treeOf([[one.path, target]]);
    assert.equal(symlinkFindings([one], scope, tree).length, fine ? 0 : 1);
    assert.deepEqual(symlinkFindings([entry('model/other.py')], scope, tree), []);
    if (!fine)
      assert.deepEqual(told(symlinkFindings([one], scope, tree)), [
        ['change/symlink', 'error', typeof path === 'string' ? path : 'model/\\xff'],
      ]);
  });
}

test('a link whose target is not UTF-8 is an error', () => {
  assert.equal(
    symlinkFindings([entry('model/l', '120000')], scope, {
      links: [{ path: pathFromText('model/l'), target: notUtf8 }],
      submodules: new Set(),
    }).length,
    1,
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

const gone = entry('lib/a.py', '000000', '100644');
const submodules: readonly (readonly [
  name: string,
  entries: readonly RawEntry[],
  hides: string | null,
])[] = [
  ['in place of a folder with governed files', [gone, entry('lib', '160000')], 'lib'],
  ['beside governed files that went', [gone, entry('li', '160000')], null],
  ['in place of a folder of which no file went', [entry('lib', '160000')], null],
  ['in place of a folder whose files are new', [entry('lib/a.py'), entry('lib', '160000')], null],
  [
    'in place of a folder with other files',
    [entry('docs/a.py', '000000', '100644'), entry('docs', '160000')],
    null,
  ],
  [
    'that the rule governs',
    [entry('model/sub/a.py', '000000', '100644'), entry('model/sub', '160000')],
    null,
  ],
  ['that is a file', [gone, entry('lib', '100644')], null],
];

for (const [name, entries, hides] of submodules)
  test(`a submodule ${name}`, () =>
    assert.deepEqual(
      told(submoduleFindings(entries, scope)),
      hides === null ? [] : [['change/submodule', 'error', hides]],
    ));

const passing: readonly (readonly [
  name: string,
  entries: readonly RawEntry[],
  touched: readonly RawEntry[],
  found: readonly string[],
])[] = [
  ['a governed file that lands', [entry('model/a.py')], [entry('model/a.py')], []],
  [
    'a governed file that came and went',
    [],
    [entry('model/a.py'), entry('model/a.py', '000000', '100644')],
    ['model/a.py'],
  ],
  ['a file that no rule governs, that came and went', [], [entry('docs/a.py')], []],
  [
    'one that came and went beside one that lands',
    [entry('model/a.py')],
    [entry('model/a.py'), entry('model/b.py')],
    ['model/b.py'],
  ],
];

for (const [name, entries, touched, found] of passing) {
  test(`where every commit lands by itself: ${name}`, () => {
    const nothing = ruleScope({ id: 'none', paths: ['nothing'] });
    assert.deepEqual(
      told(
        rebaseFindings(entries, [commitOf(...touched)], [nothing, scope], {
          severity: 'warning',
          onto: 'main',
        }),
      ),
      found.map((path) => ['change/squash-first', 'warning', path]),
    );
  });
}

test('a name that looks like a short name is told of where a rule governs it', () => {
  const scopes = [ruleScope({ id: 'weights', paths: ['model-weights/**'] })];
  const entries = [
    entry('MODEL-~1/a.py'),
    entry('MODEL-~1/gone.py', '000000', '100644'),
    entry('docs/a~1.txt'),
    entry('model-weights/a.py'),
    entry(notUtf8),
  ];
  assert.deepEqual(told(shortNameFindings(entries, [scope, ...scopes])), [
    ['change/short-name', 'warning', 'MODEL-~1/a.py'],
  ]);
});

const long: readonly (readonly [
  landing: 'merge' | 'squash' | 'rebase',
  count: number,
  governed: boolean,
  excusing: readonly string[],
  found: number,
])[] = [
  ['rebase', 100, true, [], 0],
  ['rebase', 101, true, [], 1],
  ['rebase', 101, false, [], 0],
  ['merge', 101, true, [], 0],
  ['merge', 100, true, [exception], 0],
  ['merge', 101, true, [exception], 1],
  ['squash', 101, true, [exception], 0],
];

for (const [landing, count, governed, excusing, found] of long) {
  test(`a landing of ${count} commits by ${landing}${governed ? '' : ' of what no rule governs'}${excusing.length > 0 ? ' under an exception' : ''}`, () => {
    const findings = longLandingFindings(
      new Array<RangeCommit>(count).fill(commitOf()),
      { landing, governed, excusing },
      { severity: 'error', onto: 'main' },
    );
    assert.deepEqual(
      told(findings),
      new Array(found).fill(['change/squash-first', 'error', excusing[0]]),
    );
  });
}

test('a signed file that is back is missed by nobody, and the commit that took it is named', () => {
  const deleted = entry(signoff, '000000', '100644');
  const back = entry(signoff, '100644', '000000');
  const [found] = appendOnlyFindings(
    { entries: [], commits: [{ ...commitOf(back), oid: oid('d') }, commitOf(deleted)], tip },
    new Map([[signoff, back.newOid]]),
  );
  assert.equal(
    found?.message,
    'a signed record was deleted in cccccccccccc; they are only ever added',
  );
  assert.equal(
    found?.fix,
    'no later commit mends that, so write the branch anew without it: git reset --soft $(git merge-base eeeeeeeeeeee HEAD) && git commit',
  );
});

const tip = 'e'.repeat(40);
const pending = (...touched: readonly RawEntry[]): RangeCommit => ({
  ...commitOf(...touched),
  oid: 'pending',
});
for (const [name, entries, commits, fix] of [
  [
    'the target has it',
    [entry(signoff, '000000', '100644')],
    [pending(entry(signoff, '000000', '100644'))],
    `bring the file back as it was: git restore --staged --worktree --source=eeeeeeeeeeee -- ${signoff}`,
  ],
  [
    'a commit of the branch has it',
    [],
    [commitOf(entry(signoff)), pending(entry(signoff, '000000', '100644'))],
    `bring the file back as it was: git restore --staged --worktree --source=cccccccccccc -- ${signoff}`,
  ],
  [
    'nobody knows who has it',
    [],
    [pending(entry(signoff, '000000', '100644'))],
    'bring the file back as it was',
  ],
  [
    'a commit took it from what the target has',
    [entry(signoff, '000000', '100644')],
    [commitOf(entry(signoff, '000000', '100644'))],
    `no later commit mends that, so write the branch anew without it: git reset --soft $(git merge-base eeeeeeeeeeee HEAD) && git restore --staged --worktree --source=eeeeeeeeeeee -- ${signoff} && git commit`,
  ],
  [
    'a commit took it from what another brought',
    [],
    [{ ...commitOf(entry(signoff, '000000', '100644')), oid: oid('d') }, commitOf(entry(signoff))],
    `no later commit mends that, so write the branch anew without it: git reset --soft $(git merge-base eeeeeeeeeeee HEAD) && git restore --staged --worktree --source=cccccccccccc -- ${signoff} && git commit`,
  ],
] as const)
  test(`a signed file that was deleted is brought back: ${name}`, () =>
    assert.equal(appendOnlyFindings({ entries, commits, tip }, new Map())[0]?.fix, fix));

test('a link is an error for where it points, or for the link on its way that nobody governs', () => {
  const messages = (
    links: readonly (readonly [path: RawPath, target: string])[],
  ): readonly string[] =>
    symlinkFindings(
      links.map(([path]) => entry(path, '120000')),
      scope,
      treeOf(links),
    ).map(({ message }) => message);
  assert.deepEqual(messages([[pathFromText('model/l'), '../docs/x']]), [
    `this link points at what ${scope.id} does not govern`,
  ]);
  assert.deepEqual(
    messages([
      [pathFromText('shared'), 'model'],
      [pathFromText('model/b'), '.'],
      [pathFromText('model/l'), 'b/../shared/a.py'],
    ]).filter((message) => /through/.test(message)),
    [`this link leads through the link shared, which ${scope.id} does not govern`],
  );
});

test('a link is what is one or was one', () => {
  assert.deepEqual(
    [entry('a', '120000'), entry('a', '100644', '120000'), entry('a')].map(isLinkChange),
    [true, true, false],
  );
});

for (const [name, path, refused] of [
  ['a dot', './model/score.py', true],
  ['two dots', 'a/../model/score.py', true],
  ['nothing', 'model//score.py', true],
  ['git’s own folder', 'a/.git/config', true],
  ['git’s own folder in capitals', '.GIT/hooks/x', true],
  ['its short name', 'a/GIT~1/config', true],
  ['git’s own folder with a letter without width', '.g\u200cit/config', true],
  ['a name that begins so', '.gitignore', false],
  ['three dots', 'a/.../b', false],
  ['a usual one', 'model/score.py', false],
] as const)
  test(`a path with ${name} is ${refused ? 'refused' : 'let be'}`, () => {
    const codes = (entries: Parameters<typeof refusedNameFindings>[0]): readonly string[] =>
      refusedNameFindings(entries).map(({ code, severity }) => `${severity} ${code}`);
    assert.deepEqual(codes([entry(path)]), refused ? ['error change/refused-name'] : []);
    assert.deepEqual(codes([entry(path, '000000', '100644')]), []);
  });
