import { playCases } from './kit/cases.ts';
import { decided, decisionPath, put, sign } from './kit/measured.ts';
import { asking, listed } from './kit/asking.ts';

const way = (more = ''): string =>
  `rollback: {plan: put the old threshold back, owner: ben${more}}\n`;

playCases('a way back', [
  {
    name: 'planned by somebody',
    want: 'pass',
    begin: asking({ kind: 'rollback' }),
    byCommand: true,
    play: listed(way()),
  },
  {
    name: 'not planned',
    want: ['fail', 'evidence/rollback'],
    begin: asking({ kind: 'rollback' }),
    byCommand: true,
    play: listed(''),
  },
  {
    name: 'an empty plan',
    want: ['fail', 'evidence/rollback'],
    begin: asking({ kind: 'rollback' }),
    play: listed('rollback: {plan: " ", owner: ben}\n'),
  },
  {
    name: 'planned by nobody',
    want: ['fail', 'evidence/rollback'],
    begin: asking({ kind: 'rollback' }),
    play: listed('rollback: {plan: put it back}\n'),
  },
  {
    name: 'planned by a stranger',
    want: ['fail', 'evidence/rollback'],
    begin: asking({ kind: 'rollback' }),
    play: listed('rollback: {plan: put it back, owner: mallory}\n'),
  },
  {
    name: 'rehearsed lately',
    want: 'pass',
    begin: asking({ kind: 'rollback', rehearsed_within_days: 30 }),
    play: listed(way(', rehearsed_at: 2026-11-01')),
  },
  {
    name: 'rehearsed long ago',
    want: ['fail', 'evidence/rollback'],
    begin: asking({ kind: 'rollback', rehearsed_within_days: 30 }),
    play: listed(way(', rehearsed_at: 2026-10-01')),
  },
  {
    name: 'not rehearsed',
    want: ['fail', 'evidence/rollback'],
    begin: asking({ kind: 'rollback', rehearsed_within_days: 30 }),
    play: listed(way()),
  },
  {
    name: 'rehearsed tomorrow',
    want: ['fail', 'evidence/rollback'],
    begin: asking({ kind: 'rollback', rehearsed_within_days: 30 }),
    play: listed(way(', rehearsed_at: 2026-11-25')),
  },
  {
    name: 'for high risks only, at a low one',
    want: 'pass',
    begin: asking({ kind: 'rollback', from_risk: 'high' }),
    play: listed(''),
  },
  {
    name: 'for high risks only, at a high one',
    want: ['fail', 'evidence/rollback'],
    begin: asking({ kind: 'rollback', from_risk: 'high' }),
    play: listed('risk: high\n'),
  },
  {
    name: 'planned in one of two decisions that came together',
    want: ['fail', 'evidence/rollback'],
    begin: asking({ kind: 'rollback' }),
    play: async (repo) => {
      await repo.change();
      const other = '.countersign/decisions/DR-WHY002.yaml';
      await put(repo, { [decisionPath]: decided(way()), [other]: decided('', 'DR-WHY002') });
      await sign(repo, decisionPath, other);
    },
  },
  {
    name: 'planned in one of two decisions that stood before',
    want: 'pass',
    begin: {
      ...asking({ kind: 'rollback' }),
      files: {
        [decisionPath]: decided(way()),
        '.countersign/decisions/DR-WHY002.yaml': decided('', 'DR-WHY002'),
      },
    },
    play: async (repo) => {
      await repo.change();
      await sign(repo, decisionPath);
    },
  },
  {
    name: 'planned, and listed by nobody',
    want: ['fail', 'evidence/not-cited'],
    begin: asking({ kind: 'rollback' }),
    play: async (repo) => {
      await repo.change();
      await put(repo, { [decisionPath]: decided(way()) });
      await repo.both();
    },
  },
]);

const tryOut = asking({ kind: 'rollout', kinds: ['toggle', 'shadow'], phase: 'explore' });

playCases('how it reaches people', [
  {
    name: 'an exploration behind a toggle',
    want: 'pass',
    begin: tryOut,
    play: listed('phase: explore\nrollout: {kind: toggle, toggle: new-bar}\n'),
  },
  {
    name: 'an exploration for everyone',
    want: ['fail', 'evidence/rollout'],
    begin: tryOut,
    byCommand: true,
    play: listed('phase: explore\nrollout: {kind: full}\n'),
  },
  {
    name: 'an exploration that does not say',
    want: ['fail', 'evidence/rollout'],
    begin: tryOut,
    play: listed('phase: explore\n'),
  },
  {
    name: 'what is no exploration',
    want: 'pass',
    begin: tryOut,
    play: listed('phase: exploit\nrollout: {kind: full}\n'),
  },
]);

playCases('when it goes to whom', [
  {
    name: 'said',
    want: 'pass',
    begin: asking({ kind: 'escalation' }),
    play: listed('escalation: {when: the rate falls under 0.8, to: eve}\n'),
  },
  {
    name: 'not said',
    want: ['fail', 'evidence/escalation'],
    begin: asking({ kind: 'escalation' }),
    byCommand: true,
    play: listed(''),
  },
  {
    name: 'to whom, and not when',
    want: ['fail', 'evidence/escalation'],
    begin: asking({ kind: 'escalation' }),
    play: listed('escalation: {to: eve}\n'),
  },
  {
    name: 'with empty words',
    want: ['fail', 'evidence/escalation'],
    begin: asking({ kind: 'escalation' }),
    play: listed('escalation: {when: ["", " "]}\n'),
  },
]);
