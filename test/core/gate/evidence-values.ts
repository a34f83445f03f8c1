import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { judgeEvidence } from '../../../src/core/gate/evidence.ts';
import type {
  EvidenceContext,
  FeedbackFacts,
  ResultFacts,
} from '../../../src/core/gate/evidence-context.ts';
import type { EvidenceDemand } from '../../../src/core/gate/gate-policy.ts';
import { decisionOf, evidenceContext, gatePolicy, hex } from './values.ts';

type Row = {
  readonly name: string;
  readonly demand: EvidenceDemand;
  readonly context: EvidenceContext;
  readonly want: 'met' | 'substance' | 'citation';
  readonly ref?: string | null;
  readonly why?: RegExp;
};

export function hold(about: string, rows: readonly Row[]): void {
  for (const { name, demand, context, want, ref, why } of rows) {
    test(`${about}: ${name}`, () => {
      const judged = judgeEvidence(demand, context);
      assert.equal(judged.kind, demand.kind);
      assert.equal(judged.state === 'met' ? 'met' : judged.lacks, want, judged.why);
      if (ref !== undefined) assert.equal(judged.ref, ref);
      if (why !== undefined) assert.match(judged.why ?? '', why);
    });
  }
}

export const one = decisionOf('DR-0001');
export const two = decisionOf('DR-0002', {}, hex('b'));
export const elsewhere = decisionOf('DR-0003', { governs: ['docs/**'] });
export const with_ = (
  decisions: EvidenceContext['decisions'],
  more: Partial<EvidenceContext> = {},
  cites = decisions,
): EvidenceContext => evidenceContext({ decisions, ...more }, cites);
export const moved = decisionOf('DR-0001', {}, hex('c'));

export const any: EvidenceDemand = { kind: 'decision' };
export const covering: EvidenceDemand = {
  kind: 'decision',
  status: ['accepted', 'shipped'],
  covers: 'changed-files',
};

export const feedbackOf = (
  id: string,
  more: Partial<FeedbackFacts['record']> = {},
): FeedbackFacts => ({
  path: `.countersign/feedback/${id}.yaml`,
  sha256: hex('f'),
  record: {
    schema: 'countersign/feedback@1',
    id,
    title: 't',
    received_at: '2026-11-01T00:00:00Z',
    channel: 'survey',
    status: 'triaged',
    ...more,
  },
});

export const [first, second] = [feedbackOf('FB-0001'), feedbackOf('FB-0002')];

export const asked = { policy: gatePolicy({ privacy: { consent_required: ['survey'] } }) };

export const at = Date.parse('2026-11-24T06:00:00Z');

export const resultOf = (more: Partial<ResultFacts> = {}): ResultFacts => ({
  path: '.countersign/results/EV-0001/r.json',
  sha256: hex('5'),
  evaluation: 'EV-0001',
  verdict: 'pass',
  why: 'EV-0001: recall',
  plan: [{ path: 'plan.yaml', sha256: hex('6') }],
  inputs: [{ path: 'data.csv', sha256: hex('7'), stands: hex('7') }],
  governed: { 'model-change': hex('9') },
  ...more,
});
export const measuring = decisionOf('DR-0001', { evaluations: ['EV-0001'] });
export const measured = (
  results: readonly ResultFacts[],
  more: Partial<EvidenceContext> = {},
  cites: readonly { readonly path: string; readonly sha256: string }[] = [
    ...results,
    ...(more.decisions ?? [measuring]),
  ],
): EvidenceContext =>
  evidenceContext(
    {
      decisions: [measuring],
      results,
      landing: (path) =>
        path === 'plan.yaml'
          ? hex('6')
          : (results.find((result) => result.path === path)?.sha256 ?? null),
      ...more,
    },
    cites,
  );
export const result: EvidenceDemand = { kind: 'result' };

export const again: EvidenceDemand = { kind: 'result', verify: 'recompute' };

export const both = decisionOf('DR-0001', { evaluations: ['EV-0002', 'EV-0001'] });
export const other = resultOf({ evaluation: 'EV-0002', path: 'r2.json', sha256: hex('4') });

export const proposed = decisionOf('DR-0001', { status: 'proposed' });
