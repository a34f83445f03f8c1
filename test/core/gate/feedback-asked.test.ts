import type { EvidenceContext, FeedbackFacts } from '../../../src/core/gate/evidence-context.ts';
import type { EvidenceDemand } from '../../../src/core/gate/gate-policy.ts';
import { decisionOf, evidenceContext, gatePolicy } from './values.ts';
import { asked, feedbackOf, first, hold, second } from './evidence-values.ts';

const asking = decisionOf('DR-0001', { feedback: ['FB-0001', 'FB-0002', 'FB-0002'] });
const heard = (
  items: readonly FeedbackFacts[],
  more: Partial<EvidenceContext> = {},
  cites: readonly { readonly path: string; readonly sha256: string }[] = items,
): EvidenceContext =>
  evidenceContext({ decisions: [asking], feedback: items, ...more }, [asking, ...cites]);

const consented = (more: object): FeedbackFacts =>
  feedbackOf('FB-0001', { consent: { basis: 'consent', scope: ['evaluation'], ...more } });
const scoped: EvidenceDemand = { kind: 'feedback', scope: ['evaluation'] };

const wide = { policy: gatePolicy({ privacy: { consent_scope: ['evaluation', 'training'] } }) };

hold('feedback', [
  { name: 'one item', demand: { kind: 'feedback' }, context: heard([first]), want: 'met' },
  {
    name: 'none',
    demand: { kind: 'feedback' },
    context: heard([]),
    want: 'substance',
    why: /rests on 0 items .* wanted 1$/,
  },
  {
    name: 'an item that it does not rest on',
    demand: { kind: 'feedback' },
    context: heard([feedbackOf('FB-0009')]),
    want: 'substance',
  },
  {
    name: 'two of two',
    demand: { kind: 'feedback', count: 2 },
    context: heard([first, second]),
    want: 'met',
  },
  {
    name: 'one item named twice is one',
    demand: { kind: 'feedback', count: 2 },
    context: heard([second]),
    want: 'substance',
  },
  {
    name: 'three of two',
    demand: { kind: 'feedback', count: 3 },
    context: heard([first, second]),
    want: 'substance',
  },
  {
    name: 'one that nobody lists',
    demand: { kind: 'feedback', count: 2 },
    context: heard([first, second], {}, [first]),
    want: 'citation',
    why: /rests on 2 items of feedback, and the independent approvals list 1/,
  },
  {
    name: 'more than is asked for, enough of them listed',
    demand: { kind: 'feedback' },
    context: heard([first, second], {}, [first]),
    want: 'met',
  },
  {
    name: 'declined',
    demand: { kind: 'feedback' },
    context: heard([feedbackOf('FB-0001', { status: 'declined' })]),
    want: 'substance',
  },
  {
    name: 'a duplicate',
    demand: { kind: 'feedback' },
    context: heard([feedbackOf('FB-0001', { status: 'duplicate' })]),
    want: 'substance',
  },
  {
    name: 'a duplicate of another',
    demand: { kind: 'feedback' },
    context: heard([feedbackOf('FB-0001', { duplicate_of: 'FB-0002' })]),
    want: 'substance',
  },
  {
    name: 'by a judge that is a model',
    demand: { kind: 'feedback' },
    context: heard([feedbackOf('FB-0001', { rater: { kind: 'judge' } })]),
    want: 'substance',
  },
  {
    name: 'by code',
    demand: { kind: 'feedback' },
    context: heard([feedbackOf('FB-0001', { rater: { kind: 'code' } })]),
    want: 'substance',
  },
  {
    name: 'by a person',
    demand: { kind: 'feedback' },
    context: heard([feedbackOf('FB-0001', { rater: { kind: 'person' } })]),
    want: 'met',
  },
  {
    name: 'its consent covers the use',
    demand: scoped,
    context: heard([consented({})]),
    want: 'met',
  },
  { name: 'without consent', demand: scoped, context: heard([first]), want: 'substance' },
  {
    name: 'its consent covers another use',
    demand: scoped,
    context: heard([consented({ scope: ['analysis'] })]),
    want: 'substance',
  },
  {
    name: 'its consent says no use',
    demand: scoped,
    context: heard([consented({ scope: undefined })]),
    want: 'substance',
  },
  {
    name: 'its consent has no basis',
    demand: scoped,
    context: heard([consented({ basis: undefined })]),
    want: 'substance',
  },
  {
    name: 'its consent ends today',
    demand: scoped,
    context: heard([consented({ expires: '2026-11-24' })]),
    want: 'met',
  },
  {
    name: 'its consent ended yesterday',
    demand: scoped,
    context: heard([consented({ expires: '2026-11-23' })]),
    want: 'substance',
  },
  {
    name: 'its consent ends now',
    demand: scoped,
    context: heard([consented({ expires: '2026-11-24T06:00:00Z' })]),
    want: 'substance',
  },
  {
    name: 'of a channel that needs a consent',
    demand: { kind: 'feedback' },
    context: heard([first], asked),
    want: 'substance',
  },
  {
    name: 'of a channel that needs a consent, whatever it covers',
    demand: { kind: 'feedback' },
    context: heard([consented({ scope: [] })], asked),
    want: 'met',
  },
  {
    name: 'of another channel',
    demand: { kind: 'feedback' },
    context: heard([feedbackOf('FB-0001', { channel: 'issue' })], asked),
    want: 'met',
  },
  {
    name: 'the uses of the policy, one of them covered',
    demand: { kind: 'feedback' },
    context: heard([consented({})], wide),
    want: 'substance',
  },
  {
    name: 'the uses of the policy, all of them covered',
    demand: { kind: 'feedback' },
    context: heard([consented({ scope: ['training', 'evaluation'] })], wide),
    want: 'met',
  },
  {
    name: 'the uses of the demand before those of the policy',
    demand: scoped,
    context: heard([consented({})], wide),
    want: 'met',
  },
]);
