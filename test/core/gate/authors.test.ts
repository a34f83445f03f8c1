import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { authorsOf, type RangeCommit } from '../../../src/core/gate/authors.ts';
import { identities } from '../../../src/core/gate/people.ts';
import { hasPrincipal, hasRole } from '../../../src/core/gate/people.ts';
import type { RawEntry } from '../../../src/core/gate/raw-diff.ts';
import { pathFromText, type RawPath } from '../../../src/core/gate/raw-path.ts';
import { ruleScope } from '../../../src/core/gate/scope.ts';
import { signedAuthors } from '../../../src/core/gate/signed-commits.ts';
import { writingCommits } from '../../../src/core/gate/writing-commits.ts';
import { gatePolicy } from './values.ts';

const zeros = '0'.repeat(40);
const oid = (digit: string): string => digit.repeat(40);

/** A path that got a blob; without a digit it was deleted. */
function touch(path: string, digit: string | null, old: string | null = null): RawEntry {
  return {
    path: pathFromText(path),
    oldMode: old === null ? '000000' : '100644',
    newMode: digit === null ? '000000' : '100644',
    oldOid: old === null ? zeros : oid(old),
    newOid: digit === null ? zeros : oid(digit),
  };
}

function commit(
  name: string,
  touched: readonly RawEntry[],
  more: Partial<RangeCommit> = {},
): RangeCommit {
  return {
    oid: name,
    author: `${name}@example.org`,
    committer: `${name}@example.org`,
    coAuthors: [],
    signature: null,
    touched,
    parents: [],
    merged: [],
    ...more,
  };
}

const { governs } = ruleScope({ id: 'model-change', paths: ['model/**'] });
const signoff = '.countersign/signoffs/model-change/ben.0123456789ab.00ff.yaml';
const review = '.countersign/reviews/DR-0001/20260101T000000Z-ada-0001.yaml';
const notUtf8: RawPath = { raw: 'x\xff', text: null };

const commitsOf = (
  entries: readonly RawEntry[],
  governed: typeof governs,
  commits: readonly RangeCommit[],
): readonly RangeCommit[] =>
  writingCommits({ entries, governs: governed, commits, landing: [] }, () => null);

const rows: readonly {
  readonly name: string;
  readonly entries: readonly RawEntry[];
  readonly commits: readonly RangeCommit[];
  readonly wrote: readonly string[];
}[] = [
  {
    name: 'nothing governed landed',
    entries: [],
    commits: [commit('ada', [touch('model/a', '1')])],
    wrote: [],
  },
  {
    name: 'who touched the file',
    entries: [touch('model/a', '1')],
    commits: [commit('ada', [touch('model/a', '1')]), commit('ben', [touch('docs/x', '2')])],
    wrote: ['ada'],
  },
  {
    name: 'who touched another governed file',
    entries: [touch('model/a', '1')],
    commits: [commit('ada', [touch('model/a', '1')]), commit('ben', [touch('model/b', '2')])],
    wrote: ['ada', 'ben'],
  },
  {
    name: 'who wrote it elsewhere, before it was moved in',
    entries: [touch('model/a', '1')],
    commits: [
      commit('ben', [touch('scratch/a', '1')]),
      commit('ada', [touch('model/a', '1'), touch('scratch/a', null, '1')]),
    ],
    wrote: ['ben', 'ada'],
  },
  {
    name: 'who changed only the mode elsewhere',
    entries: [touch('model/a', '1')],
    commits: [
      commit('ada', [touch('model/a', '1')]),
      commit('ben', [touch('scratch/a', '1', '1')]),
    ],
    wrote: ['ada'],
  },
  {
    name: 'who deleted elsewhere what is deleted here',
    entries: [touch('model/a', null, '1')],
    commits: [
      commit('ada', [touch('model/a', null, '1')]),
      commit('ben', [touch('docs/x', null, '2')]),
    ],
    wrote: ['ada'],
  },
  {
    name: 'who only signed',
    entries: [touch('model/a', '1')],
    commits: [commit('ada', [touch('model/a', '1')]), commit('ben', [touch(signoff, '2')])],
    wrote: ['ada'],
  },
  {
    name: 'who signed what lands as code',
    entries: [touch('model/a', '2')],
    commits: [commit('ada', [touch('model/a', '2')]), commit('ben', [touch(signoff, '2')])],
    wrote: ['ada', 'ben'],
  },
  {
    name: 'who signed and touched',
    entries: [touch('model/a', '1')],
    commits: [
      commit('ada', [touch('model/a', '1')]),
      commit('ben', [touch(signoff, '2'), touch('model/b', '3')]),
    ],
    wrote: ['ada', 'ben'],
  },
  {
    name: 'nobody in the range touched it: everybody',
    entries: [touch('model/a', '1')],
    commits: [commit('ada', [touch('docs/x', '2')]), commit('ben', [touch('docs/y', '3')])],
    wrote: ['ada', 'ben'],
  },
  {
    name: 'one of two files is explained by no commit: everybody',
    entries: [touch('model/a', '1'), touch('model/b', '2')],
    commits: [commit('ada', [touch('model/a', '1')]), commit('ben', [touch('docs/x', '3')])],
    wrote: ['ada', 'ben'],
  },
  {
    name: 'an empty commit',
    entries: [touch('model/a', '1')],
    commits: [commit('ada', [touch('model/a', '1')]), commit('ben', [])],
    wrote: ['ada'],
  },
  {
    name: 'a path that is not UTF-8',
    entries: [{ ...touch('', '1'), path: notUtf8 }],
    commits: [commit('ada', [{ ...touch('', '1'), path: notUtf8 }])],
    wrote: ['ada'],
  },
];

for (const { name, entries, commits, wrote } of rows) {
  test(`who wrote a change: ${name}`, () =>
    assert.deepEqual(
      commitsOf(entries, governs, commits).map(({ oid: id }) => id),
      wrote,
    ));
}

test('a review event makes nobody an author of a rule over everything, and its bytes elsewhere do', () => {
  const all = ruleScope({ id: 'all', paths: ['**'] }).governs;
  const ada = commit('ada', [touch('model/a', '1')]);
  assert.deepEqual(
    commitsOf([touch('model/a', '1'), touch(review, '2')], all, [
      ada,
      commit('ben', [touch(review, '2')]),
    ]).map(({ oid: id }) => id),
    ['ada'],
  );
  assert.deepEqual(
    commitsOf([touch('model/a', '2'), touch(review, '2')], all, [
      ada,
      commit('ben', [touch(review, '2')]),
    ]).map(({ oid: id }) => id),
    ['ada', 'ben'],
  );
});

const policy = gatePolicy({ agents: ['*[bot]@*', 'ben@*'] });
const identify = identities(policy);

for (const [email, kind, person] of [
  ['ada@example.org', 'person', 'ada'],
  ['ADA@example.ORG', 'person', 'ada'],
  ['ben@example.org', 'person', 'ben'],
  ['ben@home.example', 'agent'],
  ['helper[bot]@users.example', 'agent'],
  ['noreply@github.com', 'platform'],
  ['mallory@example.org', 'unknown'],
  ['', 'unknown'],
] as const) {
  test(`the e-mail ${JSON.stringify(email)} is of ${person ?? kind}`, () =>
    assert.deepEqual(identify(email), person === undefined ? { kind } : { kind, person }));
}

test('without agents and platforms everybody else is unknown', () => {
  const { agents: _, platforms: __, ...plain } = policy;
  assert.deepEqual(identities(plain)('noreply@github.com'), { kind: 'unknown' });
});

const claims: readonly (readonly [
  name: string,
  commits: readonly RangeCommit[],
  persons: readonly string[],
  agents: readonly string[],
  unknown: readonly string[],
])[] = [
  [
    'author, committer and co-authors',
    [
      commit('ada', [], {
        committer: 'ben@example.org',
        coAuthors: ['cy@example.org', 'mallory@example.org'],
      }),
    ],
    ['ada', 'ben', 'cy'],
    [],
    ['mallory@example.org'],
  ],
  [
    'a platform that carried it out',
    [commit('ada', [], { committer: 'noreply@github.com' })],
    ['ada'],
    [],
    [],
  ],
  [
    'a platform for nobody',
    [commit('x', [], { author: 'noreply@github.com', committer: 'noreply@github.com' })],
    [],
    [],
    ['noreply@github.com'],
  ],
  [
    'a platform for a co-author',
    [
      commit('x', [], {
        author: 'noreply@github.com',
        committer: 'noreply@github.com',
        coAuthors: ['ada@example.org'],
      }),
    ],
    ['ada'],
    [],
    [],
  ],
  ['an agent', [commit('helper[bot]', [])], [], ['helper[bot]@example.org'], []],
  ['nobody', [], [], [], []],
];

for (const [name, commits, persons, agents, unknown] of claims) {
  test(`the authors by what commits claim: ${name}`, () => {
    const found = authorsOf(commits, identify);
    assert.deepEqual(
      [[...found.persons].sort(), [...found.agents], [...found.unknown]],
      [persons, agents, unknown],
    );
  });
}

test('where commits have to be signed, who signed is an author, and the one that is being made has no signature yet', () => {
  const authors = authorsOf([commit('ada', [])], identify);
  const signerOf = ({ oid: id }: RangeCommit): string | null => (id === 'one' ? 'ben' : null);
  const found = signedAuthors(
    authors,
    [commit('one', []), commit('two', []), commit('pending', [])],
    signerOf,
  );
  assert.deepEqual([[...found.authors.persons], found.unsigned], [['ada', 'ben'], ['two']]);
  assert.deepEqual(found.authors.unknown, authors.unknown);
});

test('roles and principals are those that the policy writes, and not what every object has', () => {
  const bare = gatePolicy({ people: { ...policy.people, gus: { emails: ['gus@example.org'] } } });
  assert.deepEqual(
    [
      hasRole(policy, 'ben', 'validator'),
      hasRole(policy, 'ada', 'validator'),
      hasRole(policy, 'ben', 'toString'),
      hasRole(policy, 'ben', 'none'),
    ],
    [true, false, false, false],
  );
  assert.deepEqual(
    [
      hasPrincipal(bare, 'ben', 'ben@example.org'),
      hasPrincipal(bare, 'ben', 'ada@example.org'),
      hasPrincipal(bare, 'toString', 'x'),
      hasPrincipal(bare, 'gus', 'gus@example.org'),
    ],
    [true, false, false, false],
  );
});
