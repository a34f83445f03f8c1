import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ReadBranch } from '../../../src/core/gate/read-branch.ts';
import { approvedText } from '../../../src/core/render/approved-text.ts';
import { auditText } from '../../../src/core/render/audit-text.ts';
import { audited, evidence, landing, read, rule, signature } from './audited.ts';

const condition = {
  text: 'measure the\u001b[2J rural slice',
  owner: 'ada',
  due: '2026-01-10',
  rule: 'model-change',
  by: 'ben',
  role: 'validator',
  payload: signature.payload,
  condition: 0,
  file: 's.yaml',
  met_in: null,
} as const;

for (const [state, met_in, became, begins] of [
  ['open', null, 'open', 'approved on a condition that is open, as'],
  ['overdue', null, 'OVERDUE', 'approved on a condition that is OVERDUE, as'],
  ['met', landing.to, 'met in ffffffffffff', 'approved as'],
] as const) {
  test(`a condition that is ${state} is told with what became of it, and sends nothing to the terminal`, () => {
    const conditions = [{ ...condition, state, met_in }];
    const told = auditText(
      { ...audited({ ...landing, conditions }), exit: state === 'overdue' ? 1 : 0 },
      200,
    );
    assert.ok(
      told.includes(
        `\n    model-change: ben approved on a condition (${became}), ada by 2026-01-10: measure the`,
      ),
    );
    assert.ok(!told.includes('\u001b'));
    assert.equal(
      told.split('\n').at(-1),
      state === 'overdue'
        ? 'NOT good: main: 1 signed, 1 with an overdue condition'
        : 'good: main: 1 signed',
    );
    const approval = {
      landing: landing.to,
      time: landing.time,
      rule: rule.id,
      digest: rule.digest,
      path: 'model/score.js',
      by: rule.signatures,
      evidence,
      conditions,
      current: true,
    };
    const bytes = approvedText({
      schema: 'countersign/approved@1',
      exit: 0,
      target: 'refs/heads/main',
      read,
      tip: landing.to,
      files: [
        {
          file: 'score.js',
          sha256: 'e'.repeat(64),
          approved: true,
          approvals: [approval],
          unapproved: [],
        },
      ],
      weak: [],
    });
    assert.ok(bytes.startsWith(`score.js: ${begins} model/score.js by`), bytes);
    assert.ok(
      bytes.includes(`\n    model-change: ben approved on a condition (${became}), ada by`),
    );
  });
}

for (const [ahead, behind, told] of [
  [0, 0, []],
  [
    3,
    0,
    [
      'local main is 3 commits ahead of origin/main: what was not pushed was not looked at — see it: git log origin/main..main',
    ],
  ],
  [
    1,
    2,
    [
      'local main is 1 commit ahead of origin/main and 2 behind: what was not pushed was not looked at — see it: git log origin/main..main',
    ],
  ],
  [
    0,
    1,
    [
      'local main is 1 commit behind origin/main: this is about origin/main — git pull brings them here',
    ],
  ],
] as const) {
  test(`which branch was read is told, where the local one is ${ahead} ahead and ${behind} behind`, () => {
    const apart: ReadBranch = {
      ...read,
      local: { ref: 'refs/heads/main', tip: landing.to, ahead, behind },
    };
    assert.deepEqual(
      auditText({ ...audited(landing), read: apart }, 80)
        .split('\n')
        .slice(-2 - told.length, -1),
      ['read from origin/main, as it was last fetched', ...told],
    );
    const approved = approvedText({
      schema: 'countersign/approved@1',
      exit: 1,
      target: 'refs/heads/main',
      read: apart,
      tip: landing.to,
      files: [
        { file: 'x', sha256: 'e'.repeat(64), approved: false, approvals: [], unapproved: [] },
      ],
      weak: [],
    });
    assert.deepEqual(
      approved.split('\n').slice(1),
      told.length === 0 ? [] : ['read from origin/main, as it was last fetched', ...told],
    );
  });
}

test('a local branch that was read is named as one', () => {
  assert.match(
    auditText({ ...audited(landing), read: { ref: 'refs/heads/main', local: null } }, 80),
    /^read from the local branch main; no branch of that name was fetched from a remote$/m,
  );
});
