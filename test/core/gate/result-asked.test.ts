import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { judgeEvidence } from '../../../src/core/gate/evidence.ts';
import type { EvidenceContext } from '../../../src/core/gate/evidence-context.ts';
import type { EvidenceDemand } from '../../../src/core/gate/gate-policy.ts';
import { hex, signoffOf } from './values.ts';
import {
  again,
  both,
  hold,
  measured,
  measuring,
  one,
  other,
  result,
  resultOf,
} from './evidence-values.ts';

const recent: EvidenceDemand = { kind: 'result', max_age_days: 14 };

const signedAt = (...times: readonly string[]): Partial<EvidenceContext> => ({
  citing: times.map((signed_at) =>
    signoffOf('ben', {
      signed_at,
      evidence: [{ path: resultOf().path, sha256: hex('5') }, measuring],
    }),
  ),
});

const unseen = resultOf({
  inputs: [
    { path: 'z.csv', sha256: hex('7'), stands: null },
    { path: 'a.csv', sha256: hex('7'), stands: null },
    { path: 'data.csv', sha256: hex('7'), stands: hex('7') },
  ],
});

for (const [name, context, unverified] of [
  ['all of them in git', measured([resultOf()]), undefined],
  ['two that are not', measured([unseen]), ['a.csv', 'z.csv']],
  ['two that are not, before it is listed', measured([unseen], {}, []), ['a.csv', 'z.csv']],
  [
    'of a result that does not count',
    measured([{ ...unseen, governed: {} }, resultOf()]),
    undefined,
  ],
  [
    'of the second evaluation',
    measured([resultOf(), { ...other, inputs: unseen.inputs }], { decisions: [both] }),
    ['a.csv', 'z.csv'],
  ],
] as const)
  test(`data that have to be believed: ${name}`, () =>
    assert.deepEqual(judgeEvidence(result, context).unverified, unverified));

hold('a result', [
  {
    name: 'passing, on this code, listed',
    demand: result,
    context: measured([resultOf()]),
    want: 'met',
    ref: resultOf().path,
  },
  {
    name: 'none',
    demand: result,
    context: measured([]),
    want: 'substance',
    ref: 'EV-0001',
    why: /^EV-0001 has no result; run: countersign evaluate EV-0001$/,
  },
  {
    name: 'of another evaluation',
    demand: result,
    context: measured([other]),
    want: 'substance',
    ref: 'EV-0001',
  },
  {
    name: 'where no decision names an evaluation',
    demand: result,
    context: measured([resultOf()], { decisions: [one] }),
    want: 'substance',
    ref: null,
    why: /^no decision over these files names an evaluation$/,
  },
  {
    name: 'that does not land so',
    demand: result,
    context: measured([resultOf()], { landing: () => hex('6') }),
    want: 'substance',
    why: /is not what lands$/,
  },
  {
    name: 'on other code',
    demand: result,
    context: measured([resultOf({ governed: { 'model-change': hex('8') } })]),
    want: 'substance',
    why: /measured on other code/,
  },
  {
    name: 'on the code of another rule',
    demand: result,
    context: measured([resultOf({ governed: { docs: hex('9') } })]),
    want: 'substance',
    why: /measured on other code/,
  },
  {
    name: 'by a plan that moved',
    demand: result,
    context: measured([
      resultOf({
        plan: [
          { path: 'plan.yaml', sha256: hex('6') },
          { path: 'r2', sha256: hex('6') },
        ],
      }),
    ]),
    want: 'substance',
    why: /^r2 moved since EV-0001 was measured/,
  },
  {
    name: 'on data that land otherwise',
    demand: result,
    context: measured([
      resultOf({
        inputs: [
          { path: 'l.csv', sha256: hex('7'), stands: hex('7') },
          { path: 'data.csv', sha256: hex('7'), stands: hex('8') },
        ],
      }),
    ]),
    want: 'substance',
    why: /^EV-0001 was measured on other data than land in data\.csv; run: countersign evaluate EV-0001$/,
  },
  {
    name: 'on data that git does not have',
    demand: result,
    context: measured([unseen]),
    want: 'met',
  },
  {
    name: 'that cannot be judged again',
    demand: result,
    context: measured([resultOf({ verdict: null, why: 'it is broken' })]),
    want: 'substance',
    why: /^it is broken$/,
  },
  {
    name: 'failing',
    demand: result,
    context: measured([resultOf({ verdict: 'fail' })]),
    want: 'substance',
    why: /^EV-0001: recall$/,
  },
  {
    name: 'undecided',
    demand: result,
    context: measured([resultOf({ verdict: 'undecided' })]),
    want: 'substance',
  },
  {
    name: 'failing where that is asked for',
    demand: { kind: 'result', verdict: 'fail' },
    context: measured([resultOf({ verdict: 'fail' })]),
    want: 'met',
  },
  {
    name: 'not listed',
    demand: result,
    context: measured([resultOf()], {}, []),
    want: 'citation',
    why: /^the approval of ben does not list/,
  },
  {
    name: 'before anybody could sign',
    demand: recent,
    context: measured([resultOf()], { citing: null }),
    want: 'met',
  },
  {
    name: 'signed for to the second 14 days ago',
    demand: recent,
    context: measured([resultOf()], signedAt('2026-11-10T06:00:00Z')),
    want: 'met',
  },
  {
    name: 'signed for a second before',
    demand: recent,
    context: measured([resultOf()], signedAt('2026-11-10T05:59:59Z')),
    want: 'substance',
    why: /was signed for more than 14 days ago/,
  },
  {
    name: 'the oldest signature counts',
    demand: recent,
    context: measured([resultOf()], signedAt('2026-11-23T06:00:00Z', '2026-11-10T05:59:59Z')),
    want: 'substance',
  },
  {
    name: 'old, where no age is asked for',
    demand: result,
    context: measured([resultOf()], signedAt('2020-01-01T00:00:00Z')),
    want: 'met',
  },
  {
    name: 'computed again, and the same',
    demand: again,
    context: measured([resultOf({ recomputed: { same: true } })]),
    want: 'met',
  },
  {
    name: 'computed again, and another',
    demand: again,
    context: measured([resultOf({ recomputed: { same: false, why: 'n differs' } })]),
    want: 'substance',
    why: /n differs$/,
  },
  {
    name: 'computed again, and another, before anybody could sign',
    demand: again,
    context: measured([resultOf({ recomputed: { same: false, why: 'n differs' } })], {
      citing: null,
    }),
    want: 'substance',
  },
  {
    name: 'not computed again by the check that does',
    demand: again,
    context: measured([resultOf()], { recomputes: true }),
    want: 'substance',
    why: /has to be computed again, and was not; run: countersign check$/,
  },
  {
    name: 'not computed again, which is left to the check that counts',
    demand: again,
    context: measured([resultOf()]),
    want: 'met',
  },
  {
    name: 'of few people, computed again and the same',
    demand: again,
    context: measured([resultOf({ verdict: null, stated: 'pass', recomputed: { same: true } })], {
      recomputes: true,
    }),
    want: 'met',
  },
  {
    name: 'of few people, computed again and another',
    demand: again,
    context: measured(
      [resultOf({ verdict: null, stated: 'pass', recomputed: { same: false, why: 'n differs' } })],
      { recomputes: true },
    ),
    want: 'substance',
    why: /n differs$/,
  },
  {
    name: 'of few people, and failing by its own word',
    demand: again,
    context: measured([resultOf({ verdict: null, stated: 'fail', recomputed: { same: true } })], {
      recomputes: true,
    }),
    want: 'substance',
    why: /^EV-0001: it came to fail$/,
  },
  {
    name: 'of few people, where nobody asks to compute it again',
    demand: result,
    context: measured([resultOf({ verdict: null, stated: 'pass', why: 'counts are left out' })]),
    want: 'substance',
    why: /^counts are left out$/,
  },
  {
    name: 'computed again by chance, which is not asked for',
    demand: result,
    context: measured([resultOf({ recomputed: { same: false, why: 'n differs' } })]),
    want: 'met',
  },
]);
