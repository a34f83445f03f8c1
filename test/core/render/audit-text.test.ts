import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AuditResult, countStates } from '../../../src/core/gate/audit-result.ts';
import type { LandedRule, LandedSignature, Landing } from '../../../src/core/gate/landing.ts';
import type { ReadBranch } from '../../../src/core/gate/read-branch.ts';
import { approvedText } from '../../../src/core/render/approved-text.ts';
import { auditText } from '../../../src/core/render/audit-text.ts';

const signature: LandedSignature = {
  person: 'ben',
  role: 'validator',
  file: 's.yaml',
  sha256: 'a'.repeat(64),
  payload: `sha256:${'b'.repeat(64)}`,
  key: null,
  via: null,
  signed_at: '2026-01-02T03:04:05Z',
  counted: true,
};
const evidence = [
  {
    path: '.countersign/results/EV-BLIND001/23f0da34c058.json',
    sha256: 'c'.repeat(64),
    by: ['ben'],
  },
];
const rule: LandedRule = {
  id: 'model-change',
  digest: `v1:${'d'.repeat(64)}`,
  files: [],
  risk: 'high',
  authors: ['ada'],
  state: 'met',
  signatures: [{ ...signature, person: 'ada', role: 'model-owner' }, signature],
  evidence,
};
const landing: Landing = {
  from: null,
  to: 'f'.repeat(40),
  steps: 1,
  how: 'merge',
  time: '2026-01-02T03:04:05Z',
  stamp: null,
  subject: 'Leave gender out of the model, and say in the README why that was done',
  verdict: 'pass',
  state: 'signed',
  policy: null,
  rules: [rule],
  exceptions: [],
  conditions: [],
  findings: [],
};

const read: ReadBranch = { ref: 'refs/remotes/origin/main', local: null };

function audited(...landings: readonly Landing[]): AuditResult {
  return {
    schema: 'countersign/audit@1',
    exit: 0,
    target: 'refs/heads/main',
    read,
    since: null,
    tip: landing.to,
    landings,
    owed: { exceptions: [], conditions: [] },
    stamps: { files: 0, read: false, findings: [] },
    counts: countStates(landings),
  };
}

for (const width of [20, 40, 80, Number.POSITIVE_INFINITY]) {
  test(`an audit at ${width} columns never cuts who signed, nor the evidence`, () => {
    const lines = auditText(audited(landing), width).split('\n');
    assert.equal(lines[2], '    model-change: ada as model-owner, ben as validator');
    assert.equal(
      lines[3],
      '      on .countersign/results/EV-BLIND001/23f0da34c058.json (sha256 cccccccccccc)',
    );
    assert.ok((lines[1] as string).length <= width);
  });
}

test('states that may pass for more than they are are explained, and no others', () => {
  const told = auditText(audited(landing, { ...landing, state: 'unprotected', rules: [] }), 80);
  assert.match(
    told,
    /^unprotected: landed before the branch had a policy, so no signature was asked for/m,
  );
  assert.doesNotMatch(told, /^trusted:/m);
  assert.doesNotMatch(auditText(audited(landing), 80), /^unprotected:/m);
});

test('a landing that nobody signed says so, and a subject sends nothing to the terminal', () => {
  const told = auditText(
    audited({
      ...landing,
      subject: 'x\n\u001b[2Jy',
      state: 'unsigned',
      rules: [{ ...rule, state: 'unmet', signatures: [], evidence: [] }],
    }),
    200,
  );
  assert.match(told, /^ {4}model-change unmet: nobody signed$/m);
  assert.ok(!told.includes('\u001b'));
});

test('approved bytes are told with the evidence that their signers signed on', () => {
  const approval = {
    landing: landing.to,
    time: landing.time,
    rule: rule.id,
    digest: rule.digest,
    path: 'model/score.js',
    by: rule.signatures,
    evidence,
    conditions: [],
    current: true,
  };
  const told = approvedText({
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
    weak: ['weak: one person alone'],
  });
  assert.match(told, /\nweak: one person alone$/);
  assert.match(
    told,
    /^score\.js: approved as model\/score\.js by ada as model-owner, ben as validator under model-change; landed /,
  );
  assert.match(
    told,
    /\n {4}on \.countersign\/results\/EV-BLIND001\/23f0da34c058\.json \(sha256 cccccccccccc\)$/m,
  );
});

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

test('bytes that landed unprotected are told with where', () => {
  const unapproved = [
    {
      landing: landing.to,
      time: landing.time,
      rule: null,
      path: 'model/score.js',
      state: 'unprotected',
    },
  ] as const;
  const told = approvedText({
    schema: 'countersign/approved@1',
    exit: 1,
    target: 'refs/heads/main',
    read,
    tip: landing.to,
    files: [
      { file: 'score.js', sha256: 'e'.repeat(64), approved: false, approvals: [], unapproved },
    ],
    weak: [],
  });
  assert.equal(
    told,
    'score.js: NOT approved: as model/score.js it landed 2026-01-02T03:04:05Z in ffffffffffff (unprotected), where there was no policy that asked for a signature',
  );
});

test('stamps are told where they are believed, and that nobody looked where nobody is', () => {
  const stamp = {
    commit: landing.to,
    file: '.countersign/stamps/f.tsr',
    time: '2026-01-02T03:05:00Z',
    authority: '/CN=Example\u001b[2J',
  };
  const told = auditText(audited({ ...landing, stamp }), 200);
  assert.match(
    told,
    /^ {4}was there by 2026-01-02T03:05:00Z: stamped by \/CN=Example\P{Cc}+\(\.countersign\/stamps\/f\.tsr\)$/mu,
  );
  assert.match(
    auditText({ ...audited(landing), stamps: { files: 2, read: false, findings: [] } }, 200),
    /^2 stamps under \.countersign\/stamps were not looked into: say whose word is taken with --stamp-ca authorities\.pem$/m,
  );
  const invalid = {
    code: 'audit/stamp',
    severity: 'warning',
    message: 'this stamp proves no time: it is over other bytes',
    path: '.countersign/stamps/f.tsr',
    line: 1,
    column: 1,
  } as const;
  assert.match(
    auditText({ ...audited(landing), stamps: { files: 1, read: true, findings: [invalid] } }, 200),
    /^.*this stamp proves no time: it is over other bytes/m,
  );
});

test('an exception that was there and not enough is told of what did not land rightly, and no other warning is', () => {
  const short = {
    code: 'exception/not-enough',
    severity: 'warning',
    message:
      'model-change: the exception of eve is there and not enough: no exception excuses a built-in rule',
  } as const;
  const told = auditText(
    audited({
      ...landing,
      state: 'unsigned',
      findings: [short, { ...short, code: 'signoff/stale', message: 'moved' }],
    }),
    200,
  );
  assert.match(told, /^f{12}: warning exception\/not-enough model-change: the exception of eve/m);
  assert.doesNotMatch(told, /signoff\/stale/);
});
