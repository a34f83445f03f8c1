import type { EvidenceContext } from '../../../src/core/gate/evidence-context.ts';
import type { EvidenceDemand } from '../../../src/core/gate/gate-policy.ts';
import { decisionOf, hex } from './values.ts';
import { hold, one, with_ } from './evidence-values.ts';

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
