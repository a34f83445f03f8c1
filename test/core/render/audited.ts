import { type AuditResult, countStates } from '../../../src/core/gate/audit-result.ts';
import type { LandedRule, LandedSignature, Landing } from '../../../src/core/gate/landing.ts';
import type { ReadBranch } from '../../../src/core/gate/read-branch.ts';

export const signature: LandedSignature = {
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
export const evidence = [
  {
    path: '.countersign/results/EV-BLIND001/23f0da34c058.json',
    sha256: 'c'.repeat(64),
    by: ['ben'],
  },
];
export const rule: LandedRule = {
  id: 'model-change',
  digest: `v1:${'d'.repeat(64)}`,
  files: [],
  risk: 'high',
  authors: ['ada'],
  state: 'met',
  signatures: [{ ...signature, person: 'ada', role: 'model-owner' }, signature],
  evidence,
};
export const landing: Landing = {
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

export const read: ReadBranch = { ref: 'refs/remotes/origin/main', local: null };

export function audited(...landings: readonly Landing[]): AuditResult {
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
