import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { judgeEvidence } from '../../../src/core/gate/evidence.ts';
import type { EvidenceContext, ResultFacts } from '../../../src/core/gate/evidence-context.ts';
import { decisionOf, hex } from './values.ts';
import {
  again,
  both,
  covering,
  elsewhere,
  measured,
  one,
  other,
  proposed,
  result,
  resultOf,
  with_,
} from './evidence-values.ts';

for (const [name, demand, stated, fix] of [
  [
    'that passes by its own word',
    result,
    'pass',
    /^ask the check to run EV-0001 again, with verify: recompute on this evidence in \.countersign\/policy\.yaml; or compare fewer and larger groups/,
  ],
  [
    'that fails by its own word',
    result,
    'fail',
    /^change what model-change governs, then measure again: countersign evaluate EV-0001$/,
  ],
  ['where failing is asked for', { kind: 'result', verdict: 'fail' }, 'fail', /verify: recompute/],
  ['that says nothing that its counts leave open', result, undefined, undefined],
] as const) {
  test(`the next step for a result of few people ${name}`, () => {
    const { fix: found } = judgeEvidence(
      demand,
      measured([resultOf({ verdict: null, ...(stated === undefined ? {} : { stated }) })]),
    );
    assert.equal(found === undefined, fix === undefined);
    if (fix) assert.match(found ?? '', fix);
  });
}

for (const [name, more, fix] of [
  [
    'failed',
    { verdict: 'fail' },
    /^change what model-change governs, then measure again: countersign evaluate EV-0001$/,
  ],
  [
    'is undecided',
    { verdict: 'undecided', wayOut: 'measure more rows' },
    /^measure more rows, then measure again: countersign evaluate EV-0001$/,
  ],
  [
    'fails by its own word, where its counts could leave it undecided',
    { verdict: null, stated: 'fail', wayOut: 'measure more rows' },
    /^change what model-change governs, then/,
  ],
  [
    'is undecided by its own word',
    { verdict: null, stated: 'undecided', wayOut: 'measure more rows' },
    /^measure more rows, then/,
  ],
] as const) {
  test(`the next step for a result that ${name}`, () =>
    assert.match(judgeEvidence(result, measured([resultOf(more)])).fix ?? '', fix));
}

const outside = (path: string, stands: string | null) => ({ path, sha256: hex('3'), stands });

test('what has to be believed of a result that counts is told', () => {
  const told = (results: readonly ResultFacts[], demand = result) => {
    const { unverified, recomputed } = judgeEvidence(
      demand,
      measured(results, { decisions: [both] }),
    );
    return [unverified, recomputed];
  };
  assert.deepEqual(told([resultOf(), other]), [undefined, undefined]);
  assert.deepEqual(
    told([
      resultOf({ inputs: [outside('b', null), outside('c', hex('3'))] }),
      { ...other, inputs: [outside('a', null), outside('b', null)] },
    ]),
    [['a', 'b'], undefined],
  );
  assert.deepEqual(
    told(
      [resultOf({ recomputed: { same: true } }), { ...other, recomputed: { same: true } }],
      again,
    ),
    [undefined, true],
  );
  assert.deepEqual(told([resultOf({ recomputed: { same: true } }), other], again), [
    undefined,
    false,
  ]);
  const mended = judgeEvidence(
    again,
    measured([resultOf({ recomputed: { same: false, why: 'w', fix: 'npm ci' } })]),
  );
  assert.equal(mended.fix, 'npm ci');
  assert.equal(
    'fix' in judgeEvidence(again, measured([resultOf({ recomputed: { same: false, why: 'w' } })])),
    false,
  );
});

const aside = (
  more: Partial<NonNullable<EvidenceContext['unstaged']>>,
): Partial<EvidenceContext> => ({
  unstaged: { decisions: [], results: [], governed: {}, stage: 'git add', ...more },
});

const elsewhereMeasured = resultOf({ governed: { 'model-change': hex('8') } });
const here = {
  path: '.countersign/results/EV-0001/aa bb.json',
  evaluation: 'EV-0001',
  governed: { 'model-change': hex('9') },
};

for (const [name, demand, context, why, fix] of [
  [
    'a decision that is proposed',
    covering,
    with_([proposed]),
    /^DR-0001 stands over model\/score\.py and is proposed, not accepted or shipped$/,
    `where its owner agrees, set status: accepted in ${one.path}, then git add ${one.path}`,
  ],
  [
    'a decision that is not staged',
    covering,
    with_([], aside({ decisions: [one] })),
    /^DR-0001 stands over model\/score\.py and is not staged$/,
    `git add ${one.path}`,
  ],
  [
    'a decision that was accepted and not staged again',
    covering,
    with_([proposed], aside({ decisions: [one] })),
    /^DR-0001 stands over model\/score\.py and is not staged$/,
    `git add ${one.path}`,
  ],
  [
    'a decision that is proposed and not staged',
    covering,
    with_([], aside({ decisions: [proposed] })),
    /is proposed, not accepted or shipped$/,
    `where its owner agrees, set status: accepted in ${one.path}, then git add ${one.path}`,
  ],
  [
    'a decision over other files that is not staged',
    covering,
    with_([], aside({ decisions: [elsewhere] })),
    /^no decision that is accepted or shipped stands over/,
    undefined,
  ],
  [
    'a result for this code that is not staged',
    result,
    measured([elsewhereMeasured], aside({ results: [here] })),
    /^a result of EV-0001 for this code is not staged$/,
    `git add '${here.path}'`,
  ],
  [
    'the first result, not staged',
    result,
    measured([], aside({ results: [here] })),
    /^a result of EV-0001 for this code is not staged$/,
    `git add '${here.path}'`,
  ],
  [
    'a result for other code that is not staged',
    result,
    measured([], aside({ results: [{ ...here, governed: { 'model-change': hex('8') } }] })),
    /^EV-0001 has no result; run/,
    undefined,
  ],
  [
    'a result of another evaluation that is not staged',
    result,
    measured([], aside({ results: [{ ...here, evaluation: 'EV-0002' }] })),
    /^EV-0001 has no result; run/,
    undefined,
  ],
  [
    'code that is not what is staged',
    result,
    measured([elsewhereMeasured], aside({ governed: { 'model-change': ['params.yaml'] } })),
    /^EV-0001 has no result for what is staged, and would be measured on other code: params\.yaml differs between index and working tree$/,
    'git add params.yaml',
  ],
  [
    'two files that are not what is staged',
    result,
    measured([elsewhereMeasured], aside({ governed: { 'model-change': ['params.yaml', 'a b'] } })),
    /other code: params\.yaml, a b differ between index and working tree$/,
    "git add params.yaml 'a b'",
  ],
  [
    'code that is not what is staged, and no evaluation',
    result,
    measured([], { decisions: [one], ...aside({ governed: { 'model-change': ['params.yaml'] } }) }),
    /^no decision over these files names an evaluation$/,
    undefined,
  ],
  [
    'a result of a decision that stood before, not staged',
    result,
    measured([elsewhereMeasured], {
      decisions: [both],
      decisionsAtTip: [both],
      ...aside({ results: [{ ...here, evaluation: 'EV-0002' }] }),
    }),
    /^a result of EV-0002 for this code is not staged$/,
    `git add '${here.path}'`,
  ],
  [
    'two decisions that are not staged, of which the second is accepted',
    covering,
    with_([], aside({ decisions: [proposed, decisionOf('DR-0002', {}, hex('b'))] })),
    /^DR-0002 stands over model\/score\.py and is not staged$/,
    'git add .countersign/decisions/DR-0002.yaml',
  ],
  [
    'code of another rule that is not what is staged',
    result,
    measured([elsewhereMeasured], aside({ governed: { docs: ['docs/x.md'] } })),
    /measured on other code; run: /,
    undefined,
  ],
  [
    'a result that fails, beside code that is not staged',
    result,
    measured(
      [resultOf({ verdict: 'fail' })],
      aside({ governed: { 'model-change': ['params.yaml'] } }),
    ),
    /^EV-0001: recall$/,
    'change what model-change governs, then measure again: countersign evaluate EV-0001',
  ],
] as const) {
  test(`what was forgotten: ${name}`, () => {
    const judged = judgeEvidence(demand, context);
    assert.deepEqual(
      [judged.kind, judged.state, judged.lacks, judged.fix],
      [demand.kind, 'unmet', 'substance', fix],
    );
    assert.match(judged.why ?? '', why);
  });
}

test('what is not staged never counts', () => {
  assert.equal(
    judgeEvidence(covering, with_([], { citing: null, ...aside({ decisions: [one] }) })).state,
    'unmet',
  );
  assert.equal(
    judgeEvidence(result, measured([], { citing: null, ...aside({ results: [here] }) })).state,
    'unmet',
  );
});
