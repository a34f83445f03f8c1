import assert from 'node:assert/strict';
import { test } from 'node:test';
import { approvedText } from '../../../src/core/render/approved-text.ts';
import { auditText } from '../../../src/core/render/audit-text.ts';
import { audited, evidence, landing, read, rule } from './audited.ts';

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
