import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CheckResult } from '../../../src/core/gate/check-result.ts';
import { type CheckFormat, checkWriters } from '../../../src/core/render/check/check-writers.ts';
import { matchesGolden } from '../../golden.ts';
import { failing, hostile, passing } from './checks.ts';
import { met, open, results, write } from './written-checks.ts';

const endings: Readonly<Record<CheckFormat, string>> = {
  text: 'txt',
  json: 'json',
  sarif: 'sarif',
  github: 'github.txt',
  gitlab: 'gitlab.json',
  markdown: 'md',
  junit: 'junit.xml',
};
const formats = Object.keys(checkWriters) as CheckFormat[];

for (const [name, result] of Object.entries(results)) {
  for (const format of formats)
    test(`golden: ${name} as ${format}`, () =>
      matchesGolden(`check/${name}.${endings[format]}`, write(format, result)));
}

const unsigned = open?.requirements.slice(1) ?? [];

for (const [name, rules, says] of [
  ['everybody signed', [met], 'pass: model-change signed by ada, ben'],
  [
    'before others could sign',
    [open],
    'pass: model-change signed by ada, and not yet by 1 independent validator',
  ],
  [
    'before anybody signed',
    [{ ...open, requirements: unsigned }],
    'pass: model-change not signed yet by 1 independent validator',
  ],
  [
    'by an exception',
    [{ ...open, state: 'excepted' }],
    'pass: model-change signed by ada, and an exception stands in for 1 independent validator',
  ],
  [
    'by an exception alone',
    [{ ...open, requirements: unsigned, state: 'excepted' }],
    'pass: model-change: an exception stands in for 1 independent validator',
  ],
  [
    'by an exception, for evidence too',
    [
      {
        ...open,
        state: 'excepted',
        evidence: [
          {
            kind: 'result',
            state: 'excepted',
            ref: null,
            why: 'EV-1 was measured on other code',
            lacks: 'substance',
          },
          {
            kind: 'decision',
            state: 'excepted',
            ref: 'DR-1',
            why: 'no approval lists it',
            lacks: 'citation',
          },
          { kind: 'review', state: 'met', ref: null },
        ],
      },
    ],
    'pass: model-change signed by ada, and an exception stands in for 1 independent validator and a result that counts (EV-1 was measured on other code) and a decision that no signature lists',
  ],
  [
    'by all, and an exception for evidence',
    [
      {
        ...open,
        requirements: (open?.requirements ?? []).slice(0, 1),
        state: 'excepted',
        evidence: [{ kind: 'rollback', state: 'excepted', ref: null }],
      },
    ],
    'pass: model-change signed by ada, and an exception stands in for a rollback that counts',
  ],
  [
    'by one person, and an exception for a second',
    [
      {
        ...open,
        requirements: (open?.requirements ?? []).slice(0, 1),
        state: 'excepted',
        evidence: [],
      },
    ],
    'pass: model-change signed by ada, and an exception stands in for a second person',
  ],
  [
    'of a rule that asks for nobody',
    [{ ...met, id: 'docs', requirements: [] }, met],
    'pass: docs asks for nobody’s signature; model-change signed by ada, ben',
  ],
  ['of nothing governed', [], 'pass: no rule governs what changed'],
] as const) {
  test(`text: the last line of a pass, ${name}`, () =>
    assert.equal(
      write('text', { ...passing, rules: rules as CheckResult['rules'] })
        .trimEnd()
        .split('\n')
        .at(-1),
      says,
    ));
}

for (const format of formats) {
  test(`${format}: no control character, escape sequence or turn of direction is sent`, () => {
    const sent =
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for
      /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/.exec(
        write(format, hostile),
      );
    assert.equal(sent, null);
  });
}

for (const format of formats) {
  test(`${format}: what stands open is listed, whatever the check is about, and so is what no rule governs`, () => {
    const { exceptions, conditions } = failing;
    const overdue = conditions.map((condition) => ({
      ...condition,
      rule: 'other-rule',
      text: 'ask the night shift',
      state: 'overdue' as const,
    }));
    const text = write(format, {
      ...passing,
      ungoverned: 37,
      exceptions,
      conditions: [...conditions, ...overdue],
    });
    for (const words of [
      'the old model broke at night',
      'measure the small groups again',
      'ask the night shift',
    ])
      assert.ok(text.includes(words), words);
    if (format !== 'gitlab') assert.match(text, /37/);
    const met = write(format, {
      ...passing,
      conditions: conditions.map((condition) => ({ ...condition, state: 'met' as const })),
    });
    if (format === 'sarif' || format === 'gitlab')
      assert.doesNotMatch(met, /measure the small groups again/);
  });
}
