import type { SignoffDraft } from '../../src/core/render/signoff-page.ts';

export const draft: SignoffDraft = {
  rule: 'model-change',
  person: 'ben',
  role: 'validator',
  digest: `v1:${'1'.repeat(64)}`,
  meaning: 'ben lets this change land',
  before: true,
  signed: false,
  files: [
    { path: 'model/score.js', moved: true },
    { path: 'data/a.csv', moved: false },
  ],
  decisions: [{ id: 'DR-1111', title: 'Lower the bar', status: 'Accepted', risk: 'high risk' }],
  feedback: [{ id: 'FB-1111', title: null }],
  results: [
    {
      evaluation: 'EV-1111',
      verdict: 'pass',
      why: 'both targets are met',
      targets: [
        'recall of female is 0.712 (0.680 to 0.741), wanted >= 0.65: met; baseline 0.700',
        'and <b>more</b>',
      ],
      unverified: ['data/b.csv', '<img src=x onerror=alert(1)>'],
      sameAs: '.countersign/results/EV-BEFORE01/0123456789ab.json',
    },
  ],
  reviews: ['DR-1111: 2 threads are open; read: <b>countersign</b> review list DR-1111 --open'],
  plans: [{ evaluation: 'EV-1111', path: '.countersign/evaluations/EV-1111.yaml' }],
  evidence: [{ path: '.countersign/decisions/DR-1111.yaml', sha256: 'a'.repeat(64) }],
  items: [
    { id: 'harm', ask: 'Was harm looked at?', must: true, evidence: null },
    { id: 'back', ask: 'Is there a way back?', must: true, evidence: null },
  ],
  earlier: { back: { answer: 'yes', note: 'the bar before' } },
  strangers: ['mallory@example.org'],
  promises: [{ text: 'rehearse the rollback', owner: 'ada', due: '2026-11-20', overdue: true }],
};
