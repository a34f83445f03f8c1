import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import {
  longLandingFindings,
  rebaseFindings,
  refusedNameFindings,
  shortNameFindings,
} from '../../../src/core/gate/change-findings.ts';
import type { RangeCommit } from '../../../src/core/gate/authors.ts';
import type { RawEntry } from '../../../src/core/gate/raw-diff.ts';
import { ruleScope } from '../../../src/core/gate/scope.ts';
import { commitOf, entry, exception, notUtf8, scope, told } from './change-values.ts';

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
