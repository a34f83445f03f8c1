import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JudgedException } from '../../../src/core/gate/exceptions.ts';
import { shortExceptions } from '../../../src/core/gate/short-exception.ts';

const by = (person: string | null): JudgedException =>
  ({
    file: `EX-${person}`,
    payload: person === null ? null : { person },
  }) as unknown as JudgedException;
const rest = {
  builtIn: false,
  rejected: false,
  unanswered: false,
  strangers: false,
  unsigned: false,
};
const few = /asks for/;
const held = /it excuses missing approvals/;
const author = /wrote part/;

const rows: readonly (readonly [
  name: string,
  persons: readonly (string | null)[],
  need: number,
  want: readonly (readonly [person: string, why: RegExp])[],
])[] = [
  [
    'as many persons as are asked for',
    ['ben', 'cy'],
    2,
    [
      ['ben', held],
      ['cy', held],
    ],
  ],
  ['one of two', ['ben'], 2, [['ben', few]]],
  [
    'one of two who signed twice',
    ['ben', 'ben'],
    2,
    [
      ['ben', few],
      ['ben', few],
    ],
  ],
  [
    'an author is none of them',
    ['ben', 'ada'],
    2,
    [
      ['ben', few],
      ['ada', author],
    ],
  ],
  ['what names nobody is none of them', ['ben', null], 2, [['ben', few]]],
];

for (const [name, persons, need, want] of rows)
  test(`why exceptions do not open a rule: ${name}`, () => {
    const found = shortExceptions(persons.map(by), new Set(['ada']), need, {
      ...rest,
      rejected: true,
    });
    assert.deepEqual(
      found.map(({ file, person }) => [file, person]),
      want.map(([person]) => [`EX-${person}`, person]),
    );
    for (const [index, [, why]] of want.entries()) assert.match(found[index]?.why ?? '', why);
  });

test('why exceptions do not open a rule: how many of them there are', () => {
  const [two] = shortExceptions([by('ben'), by('cy')], new Set(), 3, rest);
  assert.match(two?.why ?? '', /3 .*\b2$/);
  const [one] = shortExceptions([by('ben')], new Set(), 3, rest);
  assert.match(one?.why ?? '', /one$/);
});
