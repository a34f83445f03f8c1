import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { listed, uncited } from '../../../src/core/gate/citation.ts';
import { applies, circumstancesOf, isGraded } from '../../../src/core/gate/decision-facts.ts';
import { judgeEvidence } from '../../../src/core/gate/evidence.ts';
import type {
  EvidenceContext,
  FeedbackFacts,
  ResultFacts,
  ThreadFacts,
} from '../../../src/core/gate/evidence-context.ts';
import type { EvidenceDemand } from '../../../src/core/gate/gate-policy.ts';
import { decisionOf, evidenceContext, gatePolicy, hex, signoffOf } from './values.ts';

type Row = {
  readonly name: string;
  readonly demand: EvidenceDemand;
  readonly context: EvidenceContext;
  readonly want: 'met' | 'substance' | 'citation';
  readonly ref?: string | null;
  readonly why?: RegExp;
};

function hold(about: string, rows: readonly Row[]): void {
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

const one = decisionOf('DR-0001');
const two = decisionOf('DR-0002', {}, hex('b'));
const elsewhere = decisionOf('DR-0003', { governs: ['docs/**'] });
const with_ = (
  decisions: EvidenceContext['decisions'],
  more: Partial<EvidenceContext> = {},
  cites = decisions,
): EvidenceContext => evidenceContext({ decisions, ...more }, cites);
const moved = decisionOf('DR-0001', {}, hex('c'));

const any: EvidenceDemand = { kind: 'decision' };
const covering: EvidenceDemand = {
  kind: 'decision',
  status: ['accepted', 'shipped'],
  covers: 'changed-files',
};

hold('a decision', [
  {
    name: 'none',
    demand: any,
    context: with_([]),
    want: 'substance',
    ref: null,
    why: /^no decision is accepted$/,
  },
  {
    name: 'anywhere, listed',
    demand: any,
    context: with_([elsewhere]),
    want: 'met',
    ref: 'DR-0003',
  },
  {
    name: 'one that is not accepted',
    demand: any,
    context: with_([decisionOf('DR-0001', { status: 'proposed' })]),
    want: 'substance',
  },
  {
    name: 'not listed',
    demand: any,
    context: with_([one], {}, []),
    want: 'citation',
    ref: 'DR-0001',
  },
  {
    name: 'listed as it was before',
    demand: any,
    context: with_([one], {}, [moved]),
    want: 'citation',
  },
  {
    name: 'another file of that content listed',
    demand: any,
    context: with_([one], {}, [decisionOf('DR-0009')]),
    want: 'citation',
  },
  {
    name: 'one of two listed',
    demand: any,
    context: with_([one, two], {}, [two]),
    want: 'met',
    ref: 'DR-0002',
  },
  {
    name: 'before anybody could sign',
    demand: any,
    context: with_([one], { citing: null }),
    want: 'met',
  },
  {
    name: 'where nobody signed',
    demand: any,
    context: with_([one], { citing: [] }),
    want: 'citation',
    why: /^no independent approval lists \.countersign\/decisions\/DR-0001\.yaml as it is now; one that is signed now will$/,
  },
  {
    name: 'where one of two signers does not list it',
    demand: any,
    context: with_([one], {
      citing: [
        signoffOf('ben', { evidence: [{ path: one.path, sha256: one.sha256 }] }),
        signoffOf('cy'),
      ],
    }),
    want: 'citation',
  },
  {
    name: 'of two, the one that the change brings is told',
    demand: any,
    context: with_([one, two], { decisionsAtTip: [one] }),
    want: 'met',
    ref: 'DR-0002',
  },
  {
    name: 'of two that are not listed, the one that the change brings is told',
    demand: any,
    context: with_([one, two], { decisionsAtTip: [one] }, []),
    want: 'citation',
    ref: 'DR-0002',
  },
  { name: 'over the files', demand: covering, context: with_([one]), want: 'met', ref: 'DR-0001' },
  {
    name: 'over other files',
    demand: covering,
    context: with_([elsewhere]),
    want: 'substance',
    ref: null,
    why: /^no decision that is accepted or shipped stands over model\/score\.py$/,
  },
  {
    name: 'over one file of two',
    demand: covering,
    context: with_([one], { files: ['model/a.py', 'params.yaml'] }),
    want: 'substance',
    why: /params\.yaml$/,
  },
  {
    name: 'each file has its own',
    demand: covering,
    context: with_([one, elsewhere], { files: ['model/a.py', 'docs/x.md'] }),
    want: 'met',
  },
  {
    name: 'each file has its own, and one is not listed',
    demand: covering,
    context: with_([one, elsewhere], { files: ['model/a.py', 'docs/x.md'] }, [one]),
    want: 'citation',
    ref: 'DR-0003',
  },
  {
    name: 'a path that is not UTF-8 is covered by none',
    demand: covering,
    context: with_([decisionOf('DR-0001', { governs: ['**'] })], { files: [null] }),
    want: 'substance',
    why: /\(a path that is not UTF-8\)$/,
  },
  {
    name: 'by an anchor alone',
    demand: covering,
    context: with_([
      decisionOf('DR-0001', {
        governs: [],
        trail: { code: [{ path: 'model/score.py', lines: [1, 1] }] },
      }),
    ]),
    want: 'met',
  },
  {
    name: 'anchored elsewhere',
    demand: covering,
    context: with_([
      decisionOf('DR-0001', {
        governs: [],
        trail: { code: [{ path: 'model/other.py', lines: [1, 1] }] },
      }),
    ]),
    want: 'substance',
  },
  {
    name: 'by a glob that would take time without end',
    demand: covering,
    context: with_([decisionOf('DR-0001', { governs: ['*'.repeat(3).concat('(a)').repeat(40)] })]),
    want: 'substance',
  },
]);

test('who has to sign again for a file is who signed without it', () => {
  const [lists, misses] = [
    signoffOf('ben', { evidence: [{ path: one.path, sha256: one.sha256 }] }),
    signoffOf('cy'),
  ];
  assert.match(
    uncited(one, [lists, misses, signoffOf('ada'), misses]),
    /^the approval of ada and cy does not list \.countersign\/decisions\/DR-0001\.yaml as it is now: ada and cy must look/,
  );
  for (const citing of [null, [], [lists]])
    assert.match(uncited(one, citing), /^no independent approval lists/);
});

test('a few names, and how many more', () => {
  assert.equal(listed(['a', null]), 'a, (a path that is not UTF-8)');
  assert.equal(listed(['a', 'b', 'c']), 'a, b, c');
  assert.equal(listed(['a', 'b', 'c', 'd', 'e']), 'a, b, c and 2 more');
});

const rollback = (more: object): EvidenceContext =>
  with_([
    decisionOf('DR-0001', {
      rollback: { plan: 'put v1 back', owner: 'ada', rehearsed_at: '2026-11-14', ...more },
    }),
  ]);
const rehearsed: EvidenceDemand = { kind: 'rollback', rehearsed_within_days: 10 };

hold('a way back', [
  {
    name: 'planned',
    demand: { kind: 'rollback' },
    context: rollback({}),
    want: 'met',
    ref: 'DR-0001',
  },
  {
    name: 'without a plan',
    demand: { kind: 'rollback' },
    context: rollback({ plan: ' \n' }),
    want: 'substance',
    ref: 'DR-0001',
    why: /^DR-0001 has no plan/,
  },
  { name: 'not stated', demand: { kind: 'rollback' }, context: with_([one]), want: 'substance' },
  {
    name: 'without an owner',
    demand: { kind: 'rollback' },
    context: rollback({ owner: undefined }),
    want: 'substance',
    why: /names no person/,
  },
  {
    name: 'of somebody unknown',
    demand: { kind: 'rollback' },
    context: rollback({ owner: 'toString' }),
    want: 'substance',
  },
  {
    name: 'never tried, which is not asked for',
    demand: { kind: 'rollback' },
    context: rollback({ rehearsed_at: undefined }),
    want: 'met',
  },
  {
    name: 'never tried',
    demand: rehearsed,
    context: rollback({ rehearsed_at: undefined }),
    want: 'substance',
    why: /not rehearsed within 10 days/,
  },
  {
    name: 'tried to the hour ten days ago',
    demand: rehearsed,
    context: rollback({ rehearsed_at: '2026-11-14T06:00:00Z' }),
    want: 'met',
  },
  {
    name: 'tried a second more than ten days ago',
    demand: rehearsed,
    context: rollback({ rehearsed_at: '2026-11-14T05:59:59Z' }),
    want: 'substance',
  },
  {
    name: 'tried on the day, which begins at midnight',
    demand: rehearsed,
    context: rollback({ rehearsed_at: '2026-11-14' }),
    want: 'substance',
  },
  {
    name: 'tried today',
    demand: rehearsed,
    context: rollback({ rehearsed_at: '2026-11-24T06:00:00Z' }),
    want: 'met',
  },
  {
    name: 'to be tried',
    demand: rehearsed,
    context: rollback({ rehearsed_at: '2026-11-24T06:00:01Z' }),
    want: 'substance',
  },
]);

const toggle: EvidenceDemand = { kind: 'rollout', kinds: ['toggle', 'shadow'] };

hold('a rollout', [
  {
    name: 'of the kind',
    demand: toggle,
    context: with_([decisionOf('DR-0001', { rollout: { kind: 'shadow' } })]),
    want: 'met',
  },
  {
    name: 'to everyone',
    demand: toggle,
    context: with_([decisionOf('DR-0001', { rollout: { kind: 'full' } })]),
    want: 'substance',
    why: /rolls out as full, wanted toggle or shadow$/,
  },
  {
    name: 'not stated',
    demand: toggle,
    context: with_([one]),
    want: 'substance',
    why: /states no rollout, wanted toggle or shadow$/,
  },
]);

hold('when it goes to whom', [
  {
    name: 'stated',
    demand: { kind: 'escalation' },
    context: with_([decisionOf('DR-0001', { escalation: { when: ['', 'recall < 0.4'] } })]),
    want: 'met',
  },
  {
    name: 'blank',
    demand: { kind: 'escalation' },
    context: with_([decisionOf('DR-0001', { escalation: { when: ['', ' '] } })]),
    want: 'substance',
  },
  {
    name: 'not stated',
    demand: { kind: 'escalation' },
    context: with_([one]),
    want: 'substance',
    why: /states no criteria/,
  },
]);

const planned = decisionOf('DR-0001', { escalation: { when: 'x' } });
const bare = decisionOf('DR-0002', {}, hex('b'));

hold('of several decisions over a file', [
  {
    name: 'each that the change brings has to do',
    demand: { kind: 'escalation' },
    context: with_([planned, bare]),
    want: 'substance',
    ref: 'DR-0002',
  },
  {
    name: 'of those that stood before one does',
    demand: { kind: 'escalation' },
    context: with_([planned, bare], { decisionsAtTip: [planned, bare] }),
    want: 'met',
    ref: 'DR-0001',
  },
  {
    name: 'a new one has to do, whatever stood before',
    demand: { kind: 'escalation' },
    context: with_([planned, bare], { decisionsAtTip: [planned] }),
    want: 'substance',
    ref: 'DR-0002',
  },
  {
    name: 'one that was edited is new',
    demand: { kind: 'escalation' },
    context: with_([planned, bare], {
      decisionsAtTip: [planned, decisionOf('DR-0002', {}, hex('c'))],
    }),
    want: 'substance',
    ref: 'DR-0002',
  },
  {
    name: 'one of the same content under another name is new',
    demand: { kind: 'escalation' },
    context: with_([planned, decisionOf('DR-0002', {}, hex('b'))], {
      decisionsAtTip: [planned, decisionOf('DR-0009', {}, hex('b'))],
    }),
    want: 'substance',
    ref: 'DR-0002',
  },
  {
    name: 'none of those that stood before does',
    demand: { kind: 'escalation' },
    context: with_([bare], { decisionsAtTip: [bare] }),
    want: 'substance',
  },
  {
    name: 'the new one does, and what stood before does not speak',
    demand: { kind: 'escalation' },
    context: with_([planned, bare], { decisionsAtTip: [bare] }),
    want: 'met',
  },
  {
    name: 'the one that does is not listed',
    demand: { kind: 'escalation' },
    context: with_([planned], {}, []),
    want: 'citation',
    ref: 'DR-0001',
    why: /^the approval of ben does not list \.countersign\/decisions\/DR-0001\.yaml as it is now: ben must look at it and sign again$/,
  },
  {
    name: 'one of two that do is listed',
    demand: { kind: 'escalation' },
    context: with_([planned, decisionOf('DR-0002', { escalation: { when: 'y' } }, hex('b'))], {}, [
      planned,
    ]),
    want: 'met',
    ref: 'DR-0001',
  },
  {
    name: 'the one that is listed is told',
    demand: { kind: 'escalation' },
    context: with_([planned, decisionOf('DR-0002', { escalation: { when: 'y' } }, hex('b'))], {}, [
      decisionOf('DR-0002', {}, hex('b')),
    ]),
    want: 'met',
    ref: 'DR-0002',
  },
  {
    name: 'a rejected one stands over nothing',
    demand: { kind: 'escalation' },
    context: with_([decisionOf('DR-0001', { status: 'rejected', escalation: { when: 'x' } })]),
    want: 'substance',
    ref: null,
    why: /^no decision stands over model\/score\.py$/,
  },
  {
    name: 'every file needs one',
    demand: { kind: 'escalation' },
    context: with_([planned], { files: ['model/a.py', 'params.yaml'] }),
    want: 'substance',
    ref: null,
  },
  {
    name: 'every file is looked at',
    demand: { kind: 'escalation' },
    context: with_([planned, decisionOf('DR-0002', { governs: ['docs/**'] }, hex('b'))], {
      files: ['model/a.py', 'docs/x.md'],
    }),
    want: 'substance',
    ref: 'DR-0002',
  },
]);

for (const status of ['proposed', 'in-review', 'accepted', 'shipped'] as const) {
  hold('a living decision', [
    {
      name: status,
      demand: { kind: 'escalation' },
      context: with_([decisionOf('DR-0001', { status, escalation: { when: 'x' } })]),
      want: 'met',
    },
  ]);
}

const feedbackOf = (id: string, more: Partial<FeedbackFacts['record']> = {}): FeedbackFacts => ({
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
const asking = decisionOf('DR-0001', { feedback: ['FB-0001', 'FB-0002', 'FB-0002'] });
const heard = (
  items: readonly FeedbackFacts[],
  more: Partial<EvidenceContext> = {},
  cites: readonly { readonly path: string; readonly sha256: string }[] = items,
): EvidenceContext =>
  evidenceContext({ decisions: [asking], feedback: items, ...more }, [asking, ...cites]);
const [first, second] = [feedbackOf('FB-0001'), feedbackOf('FB-0002')];
const consented = (more: object): FeedbackFacts =>
  feedbackOf('FB-0001', { consent: { basis: 'consent', scope: ['evaluation'], ...more } });
const scoped: EvidenceDemand = { kind: 'feedback', scope: ['evaluation'] };
const asked = { policy: gatePolicy({ privacy: { consent_required: ['survey'] } }) };
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
const at = Date.parse('2026-11-24T06:00:00Z');

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

const resultOf = (more: Partial<ResultFacts> = {}): ResultFacts => ({
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
const measuring = decisionOf('DR-0001', { evaluations: ['EV-0001'] });
const measured = (
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
const result: EvidenceDemand = { kind: 'result' };
const recent: EvidenceDemand = { kind: 'result', max_age_days: 14 };
const again: EvidenceDemand = { kind: 'result', verify: 'recompute' };
const signedAt = (...times: readonly string[]): Partial<EvidenceContext> => ({
  citing: times.map((signed_at) =>
    signoffOf('ben', {
      signed_at,
      evidence: [{ path: resultOf().path, sha256: hex('5') }, measuring],
    }),
  ),
});
const both = decisionOf('DR-0001', { evaluations: ['EV-0002', 'EV-0001'] });
const other = resultOf({ evaluation: 'EV-0002', path: 'r2.json', sha256: hex('4') });

const unseen = resultOf({
  inputs: [
    { path: 'z.csv', sha256: hex('7'), stands: null },
    { path: 'a.csv', sha256: hex('7'), stands: null },
    { path: 'data.csv', sha256: hex('7'), stands: hex('7') },
  ],
});

for (const [name, context, unverified] of [
  ['all of them in git', measured([resultOf()]), undefined],
  ['two that are not', measured([unseen]), ['a.csv', 'z.csv']],
  ['two that are not, before it is listed', measured([unseen], {}, []), ['a.csv', 'z.csv']],
  [
    'of a result that does not count',
    measured([{ ...unseen, governed: {} }, resultOf()]),
    undefined,
  ],
  [
    'of the second evaluation',
    measured([resultOf(), { ...other, inputs: unseen.inputs }], { decisions: [both] }),
    ['a.csv', 'z.csv'],
  ],
] as const)
  test(`data that have to be believed: ${name}`, () =>
    assert.deepEqual(judgeEvidence(result, context).unverified, unverified));

hold('a result', [
  {
    name: 'passing, on this code, listed',
    demand: result,
    context: measured([resultOf()]),
    want: 'met',
    ref: resultOf().path,
  },
  {
    name: 'none',
    demand: result,
    context: measured([]),
    want: 'substance',
    ref: 'EV-0001',
    why: /^EV-0001 has no result; run: countersign evaluate EV-0001$/,
  },
  {
    name: 'of another evaluation',
    demand: result,
    context: measured([other]),
    want: 'substance',
    ref: 'EV-0001',
  },
  {
    name: 'where no decision names an evaluation',
    demand: result,
    context: measured([resultOf()], { decisions: [one] }),
    want: 'substance',
    ref: null,
    why: /^no decision over these files names an evaluation$/,
  },
  {
    name: 'that does not land so',
    demand: result,
    context: measured([resultOf()], { landing: () => hex('6') }),
    want: 'substance',
    why: /is not what lands$/,
  },
  {
    name: 'on other code',
    demand: result,
    context: measured([resultOf({ governed: { 'model-change': hex('8') } })]),
    want: 'substance',
    why: /measured on other code/,
  },
  {
    name: 'on the code of another rule',
    demand: result,
    context: measured([resultOf({ governed: { docs: hex('9') } })]),
    want: 'substance',
    why: /measured on other code/,
  },
  {
    name: 'by a plan that moved',
    demand: result,
    context: measured([
      resultOf({
        plan: [
          { path: 'plan.yaml', sha256: hex('6') },
          { path: 'r2', sha256: hex('6') },
        ],
      }),
    ]),
    want: 'substance',
    why: /^r2 moved since EV-0001 was measured/,
  },
  {
    name: 'on data that land otherwise',
    demand: result,
    context: measured([
      resultOf({
        inputs: [
          { path: 'l.csv', sha256: hex('7'), stands: hex('7') },
          { path: 'data.csv', sha256: hex('7'), stands: hex('8') },
        ],
      }),
    ]),
    want: 'substance',
    why: /^EV-0001 was measured on other data than land in data\.csv; run: countersign evaluate EV-0001$/,
  },
  {
    name: 'on data that git does not have',
    demand: result,
    context: measured([unseen]),
    want: 'met',
  },
  {
    name: 'that cannot be judged again',
    demand: result,
    context: measured([resultOf({ verdict: null, why: 'it is broken' })]),
    want: 'substance',
    why: /^it is broken$/,
  },
  {
    name: 'failing',
    demand: result,
    context: measured([resultOf({ verdict: 'fail' })]),
    want: 'substance',
    why: /^EV-0001: recall$/,
  },
  {
    name: 'undecided',
    demand: result,
    context: measured([resultOf({ verdict: 'undecided' })]),
    want: 'substance',
  },
  {
    name: 'failing where that is asked for',
    demand: { kind: 'result', verdict: 'fail' },
    context: measured([resultOf({ verdict: 'fail' })]),
    want: 'met',
  },
  {
    name: 'not listed',
    demand: result,
    context: measured([resultOf()], {}, []),
    want: 'citation',
    why: /^the approval of ben does not list/,
  },
  {
    name: 'before anybody could sign',
    demand: recent,
    context: measured([resultOf()], { citing: null }),
    want: 'met',
  },
  {
    name: 'signed for to the second 14 days ago',
    demand: recent,
    context: measured([resultOf()], signedAt('2026-11-10T06:00:00Z')),
    want: 'met',
  },
  {
    name: 'signed for a second before',
    demand: recent,
    context: measured([resultOf()], signedAt('2026-11-10T05:59:59Z')),
    want: 'substance',
    why: /was signed for more than 14 days ago/,
  },
  {
    name: 'the oldest signature counts',
    demand: recent,
    context: measured([resultOf()], signedAt('2026-11-23T06:00:00Z', '2026-11-10T05:59:59Z')),
    want: 'substance',
  },
  {
    name: 'old, where no age is asked for',
    demand: result,
    context: measured([resultOf()], signedAt('2020-01-01T00:00:00Z')),
    want: 'met',
  },
  {
    name: 'computed again, and the same',
    demand: again,
    context: measured([resultOf({ recomputed: { same: true } })]),
    want: 'met',
  },
  {
    name: 'computed again, and another',
    demand: again,
    context: measured([resultOf({ recomputed: { same: false, why: 'n differs' } })]),
    want: 'substance',
    why: /n differs$/,
  },
  {
    name: 'computed again, and another, before anybody could sign',
    demand: again,
    context: measured([resultOf({ recomputed: { same: false, why: 'n differs' } })], {
      citing: null,
    }),
    want: 'substance',
  },
  {
    name: 'not computed again by the check that does',
    demand: again,
    context: measured([resultOf()], { recomputes: true }),
    want: 'substance',
    why: /has to be computed again, and was not; run: countersign check$/,
  },
  {
    name: 'not computed again, which is left to the check that counts',
    demand: again,
    context: measured([resultOf()]),
    want: 'met',
  },
  {
    name: 'of few people, computed again and the same',
    demand: again,
    context: measured([resultOf({ verdict: null, stated: 'pass', recomputed: { same: true } })], {
      recomputes: true,
    }),
    want: 'met',
  },
  {
    name: 'of few people, computed again and another',
    demand: again,
    context: measured(
      [resultOf({ verdict: null, stated: 'pass', recomputed: { same: false, why: 'n differs' } })],
      { recomputes: true },
    ),
    want: 'substance',
    why: /n differs$/,
  },
  {
    name: 'of few people, and failing by its own word',
    demand: again,
    context: measured([resultOf({ verdict: null, stated: 'fail', recomputed: { same: true } })], {
      recomputes: true,
    }),
    want: 'substance',
    why: /^EV-0001: it came to fail$/,
  },
  {
    name: 'of few people, where nobody asks to compute it again',
    demand: result,
    context: measured([resultOf({ verdict: null, stated: 'pass', why: 'counts are left out' })]),
    want: 'substance',
    why: /^counts are left out$/,
  },
  {
    name: 'computed again by chance, which is not asked for',
    demand: result,
    context: measured([resultOf({ recomputed: { same: false, why: 'n differs' } })]),
    want: 'met',
  },
  {
    name: 'of several, one does',
    demand: result,
    context: measured([resultOf({ path: 'old.json', governed: {} }), resultOf()]),
    want: 'met',
    ref: resultOf().path,
  },
  {
    name: 'of several that do not, the one that came furthest is told',
    demand: result,
    context: measured([
      resultOf({ path: 'a.json', verdict: 'fail', why: 'far' }),
      resultOf({ path: 'b.json', governed: {} }),
    ]),
    want: 'substance',
    ref: 'a.json',
    why: /^far$/,
  },
  {
    name: 'of several that came as far, the last is told',
    demand: result,
    context: measured([
      resultOf({ path: 'a.json', verdict: 'fail', why: 'far' }),
      resultOf({ path: 'b.json', verdict: 'fail', why: 'last' }),
    ]),
    want: 'substance',
    ref: 'b.json',
    why: /^last$/,
  },
  {
    name: 'of two evaluations that the change names, both have to pass',
    demand: result,
    context: measured([resultOf()], { decisions: [both] }),
    want: 'substance',
    ref: 'EV-0002',
  },
  {
    name: 'both do',
    demand: result,
    context: measured([resultOf(), other], { decisions: [both] }),
    want: 'met',
  },
  {
    name: 'of two that a decision of before names, one does',
    demand: result,
    context: measured([resultOf()], { decisions: [both], decisionsAtTip: [both] }),
    want: 'met',
  },
  {
    name: 'of two that a decision of before names, none has a result',
    demand: result,
    context: measured([], { decisions: [both], decisionsAtTip: [both] }),
    want: 'substance',
    ref: 'EV-0001',
  },
  {
    name: 'what the change names counts, whatever stood before',
    demand: result,
    context: measured([resultOf()], {
      decisions: [decisionOf('DR-0002', { evaluations: ['EV-0002'] }, hex('b')), measuring],
      decisionsAtTip: [measuring],
    }),
    want: 'substance',
    ref: 'EV-0002',
  },
  {
    name: 'that what stood before has no result is not hidden by a result that waits for a signature',
    demand: result,
    context: measured([other], {
      decisions: [decisionOf('DR-0002', { evaluations: ['EV-0002'] }, hex('b')), measuring],
      decisionsAtTip: [measuring],
      citing: [],
    }),
    want: 'substance',
    ref: 'EV-0001',
  },
  {
    name: 'of two that wait for a signature the one of the change is told',
    demand: result,
    context: measured([resultOf(), other], {
      decisions: [decisionOf('DR-0002', { evaluations: ['EV-0002'] }, hex('b')), measuring],
      decisionsAtTip: [measuring],
      citing: [],
    }),
    want: 'citation',
    ref: other.path,
  },
  {
    name: 'and what stood before as well',
    demand: result,
    context: measured([other], {
      decisions: [decisionOf('DR-0002', { evaluations: ['EV-0002'] }, hex('b')), measuring],
      decisionsAtTip: [measuring],
    }),
    want: 'substance',
    ref: 'EV-0001',
    why: /^EV-0001, which DR-0001 asks for on the target, has no result/,
  },
  {
    name: 'which passed when it was last measured, and nobody has since: it is left to a warning',
    demand: result,
    context: measured(
      [other, resultOf({ governed: { 'model-change': hex('0') }, stood: 'pass' })],
      {
        decisions: [decisionOf('DR-0002', { evaluations: ['EV-0002'] }, hex('b')), measuring],
        decisionsAtTip: [measuring],
      },
    ),
    want: 'met',
  },
  {
    name: 'which passed before and fails on this code',
    demand: result,
    context: measured(
      [
        other,
        resultOf({ governed: { 'model-change': hex('0') }, stood: 'pass' }),
        resultOf({ path: 'now.json', verdict: 'fail', why: 'worse' }),
      ],
      {
        decisions: [decisionOf('DR-0002', { evaluations: ['EV-0002'] }, hex('b')), measuring],
        decisionsAtTip: [measuring],
      },
    ),
    want: 'substance',
    ref: 'now.json',
    why: /^worse$/,
  },
  {
    name: 'which passed by a result that the change itself brings, of other code',
    demand: result,
    context: measured([other, resultOf({ governed: { 'model-change': hex('0') } })], {
      decisions: [decisionOf('DR-0002', { evaluations: ['EV-0002'] }, hex('b')), measuring],
      decisionsAtTip: [measuring],
    }),
    want: 'substance',
  },
  {
    name: 'which failed when it was last measured',
    demand: result,
    context: measured(
      [other, resultOf({ governed: { 'model-change': hex('0') }, stood: 'fail' })],
      {
        decisions: [decisionOf('DR-0002', { evaluations: ['EV-0002'] }, hex('b')), measuring],
        decisionsAtTip: [measuring],
      },
    ),
    want: 'substance',
  },
  {
    name: 'also where the change takes that decision away',
    demand: result,
    context: measured([other], {
      decisions: [decisionOf('DR-0002', { evaluations: ['EV-0002'] }, hex('b'))],
      decisionsAtTip: [measuring],
    }),
    want: 'substance',
    ref: 'EV-0001',
  },
  {
    name: 'where both pass, nothing is left behind',
    demand: result,
    context: measured([resultOf(), other], {
      decisions: [decisionOf('DR-0002', { evaluations: ['EV-0002'] }, hex('b'))],
      decisionsAtTip: [measuring],
    }),
    want: 'met',
  },
  {
    name: 'a decision of before that names nothing asks for nothing',
    demand: result,
    context: measured([other], {
      decisions: [decisionOf('DR-0002', { evaluations: ['EV-0002'] }, hex('b'))],
      decisionsAtTip: [decisionOf('DR-0001')],
    }),
    want: 'met',
  },
  {
    name: 'and neither does one that was rejected before',
    demand: result,
    context: measured([other], {
      decisions: [decisionOf('DR-0002', { evaluations: ['EV-0002'] }, hex('b'))],
      decisionsAtTip: [decisionOf('DR-0001', { evaluations: ['EV-0001'], status: 'rejected' })],
    }),
    want: 'met',
  },
]);

for (const [name, demand, stated, fix] of [
  [
    'that passes by its own word',
    result,
    'pass',
    /^ask the check to run EV-0001 again, with verify: recompute on this evidence in \.countersign\/policy\.yaml; or compare fewer and larger groups/,
  ],
  [
    'that fails by its own word',
    result,
    'fail',
    /^change what model-change governs, then measure again: countersign evaluate EV-0001$/,
  ],
  ['where failing is asked for', { kind: 'result', verdict: 'fail' }, 'fail', /verify: recompute/],
  ['that says nothing that its counts leave open', result, undefined, undefined],
] as const) {
  test(`the next step for a result of few people ${name}`, () => {
    const { fix: found } = judgeEvidence(
      demand,
      measured([resultOf({ verdict: null, ...(stated === undefined ? {} : { stated }) })]),
    );
    assert.equal(found === undefined, fix === undefined);
    if (fix) assert.match(found ?? '', fix);
  });
}

for (const [name, more, fix] of [
  [
    'failed',
    { verdict: 'fail' },
    /^change what model-change governs, then measure again: countersign evaluate EV-0001$/,
  ],
  [
    'is undecided',
    { verdict: 'undecided', wayOut: 'measure more rows' },
    /^measure more rows, then measure again: countersign evaluate EV-0001$/,
  ],
  [
    'fails by its own word, where its counts could leave it undecided',
    { verdict: null, stated: 'fail', wayOut: 'measure more rows' },
    /^change what model-change governs, then/,
  ],
  [
    'is undecided by its own word',
    { verdict: null, stated: 'undecided', wayOut: 'measure more rows' },
    /^measure more rows, then/,
  ],
] as const) {
  test(`the next step for a result that ${name}`, () =>
    assert.match(judgeEvidence(result, measured([resultOf(more)])).fix ?? '', fix));
}

const outside = (path: string, stands: string | null) => ({ path, sha256: hex('3'), stands });

test('what has to be believed of a result that counts is told', () => {
  const told = (results: readonly ResultFacts[], demand = result) => {
    const { unverified, recomputed } = judgeEvidence(
      demand,
      measured(results, { decisions: [both] }),
    );
    return [unverified, recomputed];
  };
  assert.deepEqual(told([resultOf(), other]), [undefined, undefined]);
  assert.deepEqual(
    told([
      resultOf({ inputs: [outside('b', null), outside('c', hex('3'))] }),
      { ...other, inputs: [outside('a', null), outside('b', null)] },
    ]),
    [['a', 'b'], undefined],
  );
  assert.deepEqual(
    told(
      [resultOf({ recomputed: { same: true } }), { ...other, recomputed: { same: true } }],
      again,
    ),
    [undefined, true],
  );
  assert.deepEqual(told([resultOf({ recomputed: { same: true } }), other], again), [
    undefined,
    false,
  ]);
  const mended = judgeEvidence(
    again,
    measured([resultOf({ recomputed: { same: false, why: 'w', fix: 'npm ci' } })]),
  );
  assert.equal(mended.fix, 'npm ci');
  assert.equal(
    'fix' in judgeEvidence(again, measured([resultOf({ recomputed: { same: false, why: 'w' } })])),
    false,
  );
});

const risky = decisionOf('DR-0001', { risk: 'high' });
const circumstances: readonly (readonly [
  name: string,
  files: readonly (string | null)[],
  decisions: EvidenceContext['decisions'],
  atTip: EvidenceContext['decisions'],
  risk: string,
  phases: readonly string[] | null,
])[] = [
  ['no decision', ['model/a.py'], [], [], 'critical', null],
  ['no file', [], [one], [], 'critical', null],
  ['a file without a decision', ['model/a.py', 'x'], [one], [], 'critical', null],
  ['one decision without a phase', ['model/a.py'], [one], [], 'low', null],
  [
    'one with a phase',
    ['model/a.py'],
    [decisionOf('DR-0001', { phase: 'explore' })],
    [],
    'low',
    ['explore'],
  ],
  [
    'two phases',
    ['model/a.py'],
    [decisionOf('DR-0001', { phase: 'explore' }), decisionOf('DR-0002', { phase: 'exploit' })],
    [],
    'low',
    ['explore', 'exploit'],
  ],
  [
    'a phase and none',
    ['model/a.py'],
    [decisionOf('DR-0001', { phase: 'explore' }), two],
    [],
    'low',
    null,
  ],
  ['the highest risk of several', ['model/a.py'], [one, risky, two], [], 'high', null],
  ['a risk that was lowered in this change', ['model/a.py'], [one], [risky], 'high', null],
  ['a decision of the tip alone covers nothing', ['model/a.py'], [], [one], 'critical', null],
  [
    'one over other files says nothing',
    ['model/a.py'],
    [one, decisionOf('DR-0002', { risk: 'critical', governs: ['docs/**'] })],
    [],
    'low',
    null,
  ],
];

for (const [name, files, decisions, atTip, risk, phases] of circumstances) {
  test(`the circumstances of a change: ${name}`, () => {
    const found = circumstancesOf(files, decisions, atTip);
    assert.deepEqual([found.risk, found.phases && [...found.phases]], [risk, phases]);
  });
}

const demands: readonly (readonly [
  demand: Parameters<typeof applies>[0],
  risk: 'low' | 'medium' | 'high' | 'critical',
  phases: readonly string[] | null,
  holds: boolean,
])[] = [
  [{}, 'low', ['explore'], true],
  [{ from_risk: 'high' }, 'low', null, false],
  [{ from_risk: 'high' }, 'high', null, true],
  [{ from_risk: 'high' }, 'critical', null, true],
  [{ from_risk: 'low' }, 'medium', null, true],
  [{ from_risk: 'medium' }, 'low', null, false],
  [{ from_risk: 'high' }, 'medium', null, false],
  [{ phase: 'exploit' }, 'low', ['explore'], false],
  [{ phase: 'exploit' }, 'low', ['explore', 'exploit'], true],
  [{ phase: 'exploit' }, 'low', null, true],
  [{ from_risk: 'high', phase: 'exploit' }, 'low', null, false],
];

for (const [demand, risk, phases, holds] of demands) {
  test(`a demand ${JSON.stringify(demand)} ${holds ? 'holds' : 'does not hold'} at risk ${risk} and in ${phases?.join() ?? 'any phase'}`, () => {
    assert.equal(applies(demand, { risk, phases: phases && new Set(phases) }), holds);
    assert.equal(isGraded([{}, demand]), Object.keys(demand).length > 0);
  });
}

const aside = (
  more: Partial<NonNullable<EvidenceContext['unstaged']>>,
): Partial<EvidenceContext> => ({
  unstaged: { decisions: [], results: [], governed: {}, stage: 'git add', ...more },
});
const proposed = decisionOf('DR-0001', { status: 'proposed' });
const elsewhereMeasured = resultOf({ governed: { 'model-change': hex('8') } });
const here = {
  path: '.countersign/results/EV-0001/aa bb.json',
  evaluation: 'EV-0001',
  governed: { 'model-change': hex('9') },
};

for (const [name, demand, context, why, fix] of [
  [
    'a decision that is proposed',
    covering,
    with_([proposed]),
    /^DR-0001 stands over model\/score\.py and is proposed, not accepted or shipped$/,
    `where its owner agrees, set status: accepted in ${one.path}, then git add ${one.path}`,
  ],
  [
    'a decision that is not staged',
    covering,
    with_([], aside({ decisions: [one] })),
    /^DR-0001 stands over model\/score\.py and is not staged$/,
    `git add ${one.path}`,
  ],
  [
    'a decision that was accepted and not staged again',
    covering,
    with_([proposed], aside({ decisions: [one] })),
    /^DR-0001 stands over model\/score\.py and is not staged$/,
    `git add ${one.path}`,
  ],
  [
    'a decision that is proposed and not staged',
    covering,
    with_([], aside({ decisions: [proposed] })),
    /is proposed, not accepted or shipped$/,
    `where its owner agrees, set status: accepted in ${one.path}, then git add ${one.path}`,
  ],
  [
    'a decision over other files that is not staged',
    covering,
    with_([], aside({ decisions: [elsewhere] })),
    /^no decision that is accepted or shipped stands over/,
    undefined,
  ],
  [
    'a result for this code that is not staged',
    result,
    measured([elsewhereMeasured], aside({ results: [here] })),
    /^a result of EV-0001 for this code is not staged$/,
    `git add '${here.path}'`,
  ],
  [
    'the first result, not staged',
    result,
    measured([], aside({ results: [here] })),
    /^a result of EV-0001 for this code is not staged$/,
    `git add '${here.path}'`,
  ],
  [
    'a result for other code that is not staged',
    result,
    measured([], aside({ results: [{ ...here, governed: { 'model-change': hex('8') } }] })),
    /^EV-0001 has no result; run/,
    undefined,
  ],
  [
    'a result of another evaluation that is not staged',
    result,
    measured([], aside({ results: [{ ...here, evaluation: 'EV-0002' }] })),
    /^EV-0001 has no result; run/,
    undefined,
  ],
  [
    'code that is not what is staged',
    result,
    measured([elsewhereMeasured], aside({ governed: { 'model-change': ['params.yaml'] } })),
    /^EV-0001 has no result for what is staged, and would be measured on other code: params\.yaml differs between index and working tree$/,
    'git add params.yaml',
  ],
  [
    'two files that are not what is staged',
    result,
    measured([elsewhereMeasured], aside({ governed: { 'model-change': ['params.yaml', 'a b'] } })),
    /other code: params\.yaml, a b differ between index and working tree$/,
    "git add params.yaml 'a b'",
  ],
  [
    'code that is not what is staged, and no evaluation',
    result,
    measured([], { decisions: [one], ...aside({ governed: { 'model-change': ['params.yaml'] } }) }),
    /^no decision over these files names an evaluation$/,
    undefined,
  ],
  [
    'a result of a decision that stood before, not staged',
    result,
    measured([elsewhereMeasured], {
      decisions: [both],
      decisionsAtTip: [both],
      ...aside({ results: [{ ...here, evaluation: 'EV-0002' }] }),
    }),
    /^a result of EV-0002 for this code is not staged$/,
    `git add '${here.path}'`,
  ],
  [
    'two decisions that are not staged, of which the second is accepted',
    covering,
    with_([], aside({ decisions: [proposed, decisionOf('DR-0002', {}, hex('b'))] })),
    /^DR-0002 stands over model\/score\.py and is not staged$/,
    'git add .countersign/decisions/DR-0002.yaml',
  ],
  [
    'code of another rule that is not what is staged',
    result,
    measured([elsewhereMeasured], aside({ governed: { docs: ['docs/x.md'] } })),
    /measured on other code; run: /,
    undefined,
  ],
  [
    'a result that fails, beside code that is not staged',
    result,
    measured(
      [resultOf({ verdict: 'fail' })],
      aside({ governed: { 'model-change': ['params.yaml'] } }),
    ),
    /^EV-0001: recall$/,
    'change what model-change governs, then measure again: countersign evaluate EV-0001',
  ],
] as const) {
  test(`what was forgotten: ${name}`, () => {
    const judged = judgeEvidence(demand, context);
    assert.deepEqual(
      [judged.kind, judged.state, judged.lacks, judged.fix],
      [demand.kind, 'unmet', 'substance', fix],
    );
    assert.match(judged.why ?? '', why);
  });
}

test('what is not staged never counts', () => {
  assert.equal(
    judgeEvidence(covering, with_([], { citing: null, ...aside({ decisions: [one] }) })).state,
    'unmet',
  );
  assert.equal(
    judgeEvidence(result, measured([], { citing: null, ...aside({ results: [here] }) })).state,
    'unmet',
  );
});
