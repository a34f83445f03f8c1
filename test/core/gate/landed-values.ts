import type { Landing } from '../../../src/core/gate/landing.ts';
import { checkedRule, digest, hex } from './values.ts';

export const digestOf = (file: string): string => `of ${file}`;
const requirement = (role: string, by: readonly string[]) => ({
  role,
  need: 1,
  have: 1,
  independent: false,
  by,
  state: 'met' as const,
  could: [],
});
export const rule = checkedRule({
  requirements: [requirement('model-owner', ['ada']), requirement('validator', ['ben'])],
});

export const file = '.countersign/exceptions/EX-WAGE01.yaml';
export const payload = {
  repository: 'wage-model',
  target: 'refs/heads/main',
  rule: 'model-change',
  digest,
  person: 'eve',
  role: 'policy-admin',
  reason: 'wrong wages',
  expires: '2026-11-25T00:00:00Z',
  follow_up_by: '2026-12-01',
  signed_at: '2026-11-23T06:00:00Z',
  nonce: '00ff',
};

export const [met, unmet, rejected] = [
  checkedRule(),
  checkedRule({ state: 'unmet' }),
  checkedRule({ state: 'rejected' }),
];

export const landing: Landing = {
  from: null,
  to: hex('f'),
  steps: 1,
  how: 'merge',
  time: '2026-01-07T00:00:00Z',
  stamp: null,
  subject: '',
  verdict: 'pass',
  state: 'signed',
  policy: null,
  rules: [],
  exceptions: [],
  conditions: [],
  findings: [],
};
