import type { Finding } from '../../../src/core/finding/finding.ts';
import type { CheckedRule, CheckResult } from '../../../src/core/gate/check-result.ts';
import type { FindingCode } from '../../../src/core/finding/finding-code.ts';

const oid = 'a1b2c3d4e5f60718293a4b5c6d7e8f9001122334';

const rule: CheckedRule = {
  id: 'model-change',
  digest: `v1:${'0f'.repeat(32)}`,
  files: ['model/score.py', 'params.yaml'],
  risk: 'high',
  authors: ['ada'],
  requirements: [
    {
      role: 'model-owner',
      need: 1,
      have: 1,
      independent: false,
      by: ['ada'],
      state: 'met',
      could: [],
    },
    {
      role: 'validator',
      need: 1,
      have: 1,
      independent: true,
      by: ['ben'],
      state: 'met',
      could: ['cy'],
    },
  ],
  checklist: { name: 'model-change', unanswered: [] },
  evidence: [
    { kind: 'decision', state: 'met', ref: 'DR-7K2M9QXA' },
    { kind: 'result', state: 'met', ref: '.countersign/results/EV-7K2M9QXA/0123456789ab.json' },
  ],
  state: 'met',
};

/** A change that everybody signed. */
export const passing: CheckResult = {
  schema: 'countersign/check@1',
  verdict: 'pass',
  exit: 0,
  stage: 'all',
  tip: oid,
  head: oid.replaceAll('a', 'b'),
  lands: oid.replaceAll('a', 'c'),
  target: 'refs/heads/main',
  policy: { branch: 'refs/heads/main', tip: oid, digest: `sha256:${'1e'.repeat(32)}` },
  authors: [{ person: 'ada', email: 'ada@example.org', agent: false }],
  rules: [rule],
  signoffs: [],
  exceptions: [],
  conditions: [],
  ungoverned: 1,
  examined: { entries: 3, commits: 2, records: 4, signoffs: 2, skipped: 0 },
  findings: [],
  next: null,
};

const unmet: CheckedRule = {
  ...rule,
  requirements: [
    rule.requirements[0] as CheckedRule['requirements'][number],
    {
      role: 'validator',
      need: 1,
      have: 0,
      independent: true,
      by: [],
      state: 'unmet',
      could: ['ben', 'cy'],
    },
  ],
  checklist: {
    name: 'model-change',
    unanswered: [{ id: 'harm-considered', by: 'author', answer: 'none' }],
  },
  evidence: [
    {
      kind: 'result',
      state: 'unmet',
      ref: null,
      why: 'EV-7K2M9QXA: recall of female is 0.61 (0.55 to 0.67), wanted >= 0.7: not met',
    },
  ],
  state: 'unmet',
};

const openFindings: readonly Finding[] = [
  {
    code: 'requirement/unmet',
    severity: 'error',
    message: 'model-change: 1 independent validator missing; ben or cy could',
    fix: 'ben or cy runs: countersign sign --rule model-change --role validator',
  },
  {
    code: 'link/dangling',
    severity: 'error',
    message: 'there is no feedback FB-2QW9ZK4M',
    path: '.countersign/decisions/DR-7K2M9QXA.yaml',
    line: 14,
    column: 5,
    end_line: 14,
    end_column: 16,
    fix: 'write the id of a record that exists',
  },
  {
    code: 'record/unknown-key',
    severity: 'warning',
    message: 'the key ownr is unknown; did you mean owner?',
    path: '.countersign/decisions/DR-7K2M9QXA.yaml',
    line: 6,
    column: 1,
    end_line: 6,
    end_column: 5,
    fix: 'write owner',
  },
  {
    code: 'condition/open',
    severity: 'info',
    message: 'model-change: dee promised by 2026-12-01: measure the small groups again',
  },
];

/** A change with something open in every section that a writer shows. */
export const failing: CheckResult = {
  ...passing,
  verdict: 'fail',
  exit: 1,
  rules: [unmet],
  exceptions: [
    {
      file: '.countersign/exceptions/EX-00AA.yaml',
      rule: 'model-change',
      person: 'eve',
      reason: 'the old model broke at night',
      expires: '2026-11-26T00:00:00Z',
      follow_up_by: '2026-12-04T00:00:00Z',
      state: 'follow-up-open',
    },
  ],
  conditions: [
    {
      text: 'measure the small groups again',
      owner: 'dee',
      due: '2026-12-01',
      rule: 'model-change',
      by: 'ben',
      role: 'validator',
      state: 'open',
      payload: `sha256:${'7'.repeat(64)}`,
      condition: 0,
    },
  ],
  findings: openFindings,
  next: 'ben or cy runs: countersign sign --rule model-change --role validator',
};

/** Texts that try to be more than text in one form of output or another. */
export const hostileTexts = [
  '::error file=x::forged',
  '  ::stop-commands::token',
  '##[error]forged',
  '##vso[task.setvariable variable=x]forged',
  '\u001b[31mred\u001b[0m\u0007',
  'first line\n::set-output name=x::second\r\nthird',
  '<img src=x onerror=alert(1)><script>alert(1)</script>',
  ']]><failure message="forged"/>',
  '[click](command:workbench.action.terminal.new) ![](https://tracker.example/p.png)',
  'see https://evil.example/a?b=c and www.evil.example or mailto:eve@evil.example',
  '@everyone look at #1, !2, GH-3, $4, %5, ~bug, &7 and eve@example.org',
  '# heading\n- [x] done\n| a | b |\n```js\n***bold***',
  '=cmd|"/c calc"!A1',
  'percent %0A::error::forged, colon : comma ,',
  'right \u202eotf\u202c left, \u2028 separator, \ufeff mark, lone \ud800 half',
  '{0} and \\[a\\](b)',
] as const;

/** Every field that can hold a text of a stranger holds hostile ones. */
export const hostile: CheckResult = {
  ...failing,
  rules: [
    {
      ...unmet,
      id: hostileTexts[0],
      authors: [hostileTexts[10]],
      evidence: [{ kind: 'result', state: 'unmet', ref: hostileTexts[8], why: hostileTexts[6] }],
      files: [hostileTexts[2], { b64: '/w==' }],
    },
  ],
  exceptions: failing.exceptions.map((exception) => ({
    ...exception,
    person: hostileTexts[10],
    reason: hostileTexts[5],
  })),
  conditions: failing.conditions.map((condition) => ({
    ...condition,
    text: hostileTexts[11],
    owner: hostileTexts[4],
  })),
  findings: hostileTexts
    .map(
      (text, index): Finding => ({
        code: 'link/dangling',
        severity: index % 3 === 2 ? 'warning' : 'error',
        message: text,
        path: `model/${text}`,
        line: index + 1,
        column: 1,
        end_line: index + 1,
        end_column: 9,
        fix: text,
      }),
    )
    .concat([
      {
        // A code of later: the writers look at none.
        code: 'record/title' as FindingCode,
        severity: 'error',
        message: 'a path that begins like a command',
        path: '::error file=x::.yaml',
        line: 1,
        column: 1,
      },
    ]),
  next: hostileTexts[5],
};

/** More findings than any forge shows. */
export function crowded(count: number): CheckResult {
  const findings = Array.from(
    { length: count },
    (_, index): Finding => ({
      code: index % 2 === 0 ? 'record/unknown-key' : 'link/dangling',
      severity: index % 2 === 0 ? 'warning' : 'error',
      message: `finding ${index}`,
      path: `.countersign/feedback/FB-${String(index).padStart(6, '0')}.yaml`,
      line: 1 + (index % 40),
      column: 1,
    }),
  );
  return { ...failing, findings };
}
