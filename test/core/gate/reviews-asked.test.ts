import type { EvidenceContext, ThreadFacts } from '../../../src/core/gate/evidence-context.ts';
import { decisionOf, evidenceContext, hex } from './values.ts';
import { at, hold, two } from './evidence-values.ts';

const closing = { path: '.countersign/reviews/DR-0001/e2.yaml', sha256: hex('e') };
const thread = (more: Partial<ThreadFacts> = {}): ThreadFacts => ({
  id: 't1',
  record: 'DR-0001',
  open: true,
  finding: false,
  due: null,
  closing: null,
  ...more,
});
const reviewed = (
  threads: readonly ThreadFacts[],
  cites: readonly { readonly path: string; readonly sha256: string }[] = [],
): EvidenceContext => {
  const decision = decisionOf('DR-0001', { evaluations: ['EV-0001'] });
  return evidenceContext({ decisions: [decision], threads }, [decision, ...cites]);
};

hold('reviews', [
  { name: 'none', demand: { kind: 'review' }, context: reviewed([]), want: 'met' },
  {
    name: 'an open thread',
    demand: { kind: 'review' },
    context: reviewed([thread()]),
    want: 'substance',
    why: /has an open thread \(t1 on DR-0001\)$/,
  },
  {
    name: 'an open thread about an evaluation of it',
    demand: { kind: 'review' },
    context: reviewed([thread({ record: 'EV-0001' })]),
    want: 'substance',
    why: /t1 on EV-0001/,
  },
  {
    name: 'an open thread about another decision',
    demand: { kind: 'review' },
    context: reviewed([thread({ record: 'DR-0002' })]),
    want: 'met',
  },
  {
    name: 'a resolved thread of before',
    demand: { kind: 'review' },
    context: reviewed([thread({ open: false })]),
    want: 'met',
  },
  {
    name: 'a finding that has time',
    demand: { kind: 'review' },
    context: reviewed([thread({ finding: true, due: at + 1 })]),
    want: 'met',
  },
  {
    name: 'a finding whose time is over',
    demand: { kind: 'review' },
    context: reviewed([thread({ finding: true, due: at })]),
    want: 'substance',
    why: /overdue \(thread t1 on DR-0001\)$/,
  },
  {
    name: 'a finding without a time',
    demand: { kind: 'review' },
    context: reviewed([thread({ finding: true })]),
    want: 'substance',
    why: /has an open thread/,
  },
  {
    name: 'a question with a time is open all the same',
    demand: { kind: 'review' },
    context: reviewed([thread({ due: at + 1 })]),
    want: 'substance',
    why: /has an open thread/,
  },
  {
    name: 'the second of two is open',
    demand: { kind: 'review' },
    context: reviewed([thread({ open: false }), thread({ id: 't2' })]),
    want: 'substance',
    why: /t2/,
  },
  {
    name: 'resolved by this change, and listed',
    demand: { kind: 'review' },
    context: reviewed([thread({ open: false, closing })], [closing]),
    want: 'met',
  },
  {
    name: 'resolved by this change, and not listed',
    demand: { kind: 'review' },
    context: reviewed([thread({ open: false, closing })]),
    want: 'citation',
    why: /resolved \(t1 on DR-0001\), and no independent approval lists \.countersign\/reviews\/DR-0001\/e2\.yaml$/,
  },
  ...(
    [
      ['that the change takes away', []],
      ['that the change supersedes', [decisionOf('DR-0001', { status: 'superseded' }, hex('e'))]],
      ['that the change narrows', [decisionOf('DR-0001', { governs: ['docs/**'] }, hex('e'))]],
    ] as const
  ).map(([name, left]) => ({
    name: `of a decision ${name}, behind another`,
    demand: { kind: 'review' } as const,
    context: {
      ...reviewed([thread()], [two]),
      decisions: [two, ...left],
      decisionsAtTip: [decisionOf('DR-0001')],
    },
    want: 'substance' as const,
    ref: 'DR-0001',
    why: /^DR-0001, which stood over these files before, has an open thread/,
  })),
  {
    name: 'of a decision that was superseded before',
    demand: { kind: 'review' },
    context: {
      ...reviewed([thread()], [two]),
      decisions: [two, decisionOf('DR-0001', { status: 'superseded' })],
      decisionsAtTip: [two, decisionOf('DR-0001', { status: 'superseded' })],
    },
    want: 'substance',
    ref: 'DR-0001',
  },
  {
    name: 'of a decision that was superseded before, over other files',
    demand: { kind: 'review' },
    context: {
      ...reviewed([thread()], [two]),
      decisions: [two, decisionOf('DR-0001', { status: 'superseded', governs: ['docs/**'] })],
    },
    want: 'met',
  },
  {
    name: 'settled, of a decision that the change supersedes',
    demand: { kind: 'review' },
    context: {
      ...reviewed([thread({ open: false })], [two]),
      decisions: [two],
      decisionsAtTip: [decisionOf('DR-0001')],
    },
    want: 'met',
  },
  {
    name: 'of a decision that stood before, beside one without threads',
    demand: { kind: 'review' },
    context: {
      ...reviewed([thread()]),
      decisions: [decisionOf('DR-0001'), two],
      decisionsAtTip: [decisionOf('DR-0001'), two],
    },
    want: 'substance',
  },
]);
