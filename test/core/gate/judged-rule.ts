import type { JudgedException } from '../../../src/core/gate/exceptions.ts';
import type { PolicyRule } from '../../../src/core/gate/gate-policy.ts';
import type { JudgedSignoff, ProvenSignature } from '../../../src/core/gate/judged-signoff.ts';
import {
  judgeRule,
  type RuleChange,
  type RuleContext,
  type RuleVerdict,
} from '../../../src/core/gate/rule-verdict.ts';
import type { Checklist } from '../../../src/core/records/checklist.ts';
import { decisionOf, digest, entryOf, evidenceContext, hex, signoffOf } from './values.ts';

export const rule: PolicyRule = {
  id: 'model-change',
  paths: ['model/**'],
  require: [{ role: 'model-owner' }, { role: 'validator', independent: true }],
};
export const who = (
  persons: readonly string[],
  unknown: readonly string[] = [],
  agents: readonly string[] = [],
) => ({ persons: new Set(persons), agents: new Set(agents), unknown: new Set(unknown) });

export type Given = {
  readonly change?: Partial<RuleChange>;
  readonly rule?: Partial<PolicyRule>;
  readonly context?: Partial<RuleContext>;
};

export function judged(
  signoffs: readonly JudgedSignoff[],
  { change = {}, rule: more = {}, context = {} }: Given = {},
): RuleVerdict {
  const { rule: _, files: __, governed: ___, citing: ____, ...shared } = evidenceContext();
  return judgeRule(
    {
      rule: { ...rule, ...more },
      builtIn: false,
      digest,
      entries: [entryOf('model/b.py'), entryOf('model/a.py')],
      authors: who(['ada']),
      checklist: null,
      governed: hex('9'),
      ...change,
    },
    { ...shared, signoffs, exceptions: [], ...context },
  );
}

export const owner = signoffOf('ada', { role: 'model-owner' });
export const [ben, cy] = [signoffOf('ben'), signoffOf('cy')];
export const exceptionOf = (
  person: string,
  more: Partial<JudgedException> = {},
  of: Partial<NonNullable<JudgedException['payload']>> = {},
): JudgedException => ({
  file: `EX-${person}`,
  id: `sha256:${person}`,
  payload: {
    repository: 'wage-model',
    target: 'refs/heads/main',
    rule: 'model-change',
    digest,
    person,
    role: 'policy-admin',
    reason: 'r',
    expires: '2026-11-25T00:00:00Z',
    follow_up_by: '2026-12-01',
    signed_at: '2026-11-23T06:00:00Z',
    nonce: '00ff',
    ...of,
  },
  proof: null,
  state: 'valid',
  landed: false,
  findings: [],
  ...more,
});
export const except = (...exceptions: readonly JudgedException[]): Given => ({
  context: { exceptions },
});
export const checklist: Checklist = {
  schema: 'countersign/checklist@1',
  name: 'c',
  items: [{ id: 'tests', ask: '?', must: true, by: 'author' }],
};
export const answered = signoffOf('ada', {
  role: 'model-owner',
  answers: { tests: { answer: 'yes' } },
});
export const decision = decisionOf('DR-0001');
export const lists = { evidence: [{ path: decision.path, sha256: decision.sha256 }] };
export const demanding: Given = {
  rule: { evidence: [{ kind: 'decision' }] },
  context: { decisions: [decision] },
};
export const two = {
  exceptions: { role: 'policy-admin', count: 2, max_days: 3, follow_up_days: 10 },
};

export const asked = (signoffs: readonly JudgedSignoff[], given: Given): readonly string[] =>
  judged(signoffs, given).shown.requirements.map(({ role }) => role);
export const both = ['validator', 'ethics'];

export const proof = ben.proof as ProvenSignature;
export const via = { forge: 'github', login: 'ben-h', commit: 'a'.repeat(40) };
