import type { Finding } from '../../../src/core/finding/finding.ts';
import type { CheckedCondition, CheckResult } from '../../../src/core/gate/check-result.ts';
import { judge, type VerdictInput } from '../../../src/core/gate/verdict.ts';
import { digest, hex } from './values.ts';
import type { FindingCode } from '../../../src/core/finding/finding-code.ts';

export const examined = { entries: 1, commits: 2, records: 3, signoffs: 4, skipped: 0 };
export const usual: VerdictInput = {
  stage: 'all',
  tip: hex('a'),
  head: hex('b'),
  lands: hex('c'),
  target: 'refs/heads/main',
  policy: { branch: 'refs/heads/main', tip: hex('d'), digest },
  authors: [{ person: 'ada', email: 'ada@example.org', agent: false }],
  ungoverned: 5,
  examined,
  rules: [],
  byHeadPolicy: [],
  signoffs: [],
  exceptions: [],
  conditions: [],
  blocking: new Set(),
  findings: [],
  named: '',
  onto: 'origin/main',
  now: new Date('2026-11-24T06:00:00Z'),
};
export const judged = (more: Partial<VerdictInput> = {}): CheckResult =>
  judge({ ...usual, ...more });

export const finding = (
  code: FindingCode,
  severity: Finding['severity'],
  more: Partial<Finding> = {},
): Finding => ({ code, severity, message: code, fix: `mend ${code}`, ...more });
export const error = finding('record/value', 'error');
export const warning = finding('record/metric', 'warning');

export const payload = {
  repository: 'wage-model',
  target: 'refs/heads/main',
  rule: 'model-change',
  digest,
  person: 'eve',
  role: 'policy-admin',
  reason: 'wrong wages',
  expires: '2026-11-26T06:00:00Z',
  follow_up_by: '2026-11-23',
  signed_at: '2026-11-20T06:00:00Z',
  nonce: '00ff',
};

export const condition = (
  state: CheckedCondition['state'],
  rule = 'model-change',
): CheckedCondition => ({
  text: 'watch recall',
  owner: 'ada',
  due: '2026-12-01',
  rule,
  by: 'ben',
  role: 'validator',
  state,
  payload: `sha256:${hex('2')}`,
  condition: 0,
});
export const blocking = new Set(['model-change']);
export const conditions: readonly (readonly [
  name: string,
  condition: CheckedCondition,
  blocking: ReadonlySet<string>,
  found: readonly (readonly [string, string])[],
  shown: number,
])[] = [
  ['that is open', condition('open'), blocking, [['condition/open', 'info']], 1],
  ['that is overdue', condition('overdue'), blocking, [['condition/overdue', 'error']], 1],
  ['that is overdue, in a change of words alone', condition('overdue'), new Set(), [], 1],
  ['that is overdue, of another rule', condition('overdue', 'docs'), blocking, [], 1],
  ['that is met', condition('met'), blocking, [], 1],
  ['that is met, of another rule', condition('met', 'docs'), blocking, [], 0],
];
