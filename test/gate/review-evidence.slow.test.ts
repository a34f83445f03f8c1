import { playCases } from './kit/cases.ts';
import { decided, decisionPath, put, sign } from './kit/measured.ts';
import { asking, listed } from './kit/asking.ts';

const event = (type: string, at: string, more = ''): string =>
  `schema: countersign/review@1\nthread: t1\nrecord: DR-WHY001\ntype: ${type}\nbody: look at this\nby: ben@example.org\nat: ${at}\n${more}`;
const threads = '.countersign/reviews/DR-WHY001/';
const byReview = asking({ kind: 'review' });

playCases('reviews of the decision', [
  { name: 'none', want: 'pass', begin: byReview, play: listed('') },
  {
    name: 'an open thread',
    want: ['fail', 'evidence/review'],
    begin: byReview,
    byCommand: true,
    play: listed('', { [`${threads}e1.yaml`]: event('comment', '2026-11-20T00:00:00Z') }),
  },
  {
    name: 'a resolved thread',
    want: 'pass',
    begin: byReview,
    play: listed('', {
      [`${threads}e1.yaml`]: event('comment', '2026-11-20T00:00:00Z'),
      [`${threads}e2.yaml`]: event('resolve', '2026-11-21T00:00:00Z'),
    }),
  },
  {
    name: 'a thread resolved after the signatures',
    want: ['fail', 'evidence/not-cited'],
    begin: byReview,
    play: async (repo) => {
      await listed('', { [`${threads}e1.yaml`]: event('comment', '2026-11-20T00:00:00Z') })(repo);
      await put(repo, { [`${threads}e2.yaml`]: event('resolve', '2026-11-21T00:00:00Z') });
    },
  },
  {
    name: 'a thread that the target has resolved',
    want: 'pass',
    begin: {
      ...byReview,
      files: {
        [`${threads}e1.yaml`]: event('comment', '2026-11-20T00:00:00Z'),
        [`${threads}e2.yaml`]: event('resolve', '2026-11-21T00:00:00Z'),
      },
    },
    play: async (repo) => {
      await repo.change();
      await put(repo, { [decisionPath]: decided() });
      await sign(repo, decisionPath);
    },
  },
  {
    name: 'a thread resolved from the future',
    want: ['fail', 'evidence/review'],
    begin: byReview,
    play: listed('', {
      [`${threads}e1.yaml`]: event('comment', '2026-11-20T00:00:00Z'),
      [`${threads}e2.yaml`]: event('resolve', '2999-11-21T00:00:00Z'),
    }),
  },
  {
    name: 'a thread resolved in another folder',
    want: ['fail', 'evidence/review'],
    begin: byReview,
    play: listed('', {
      [`${threads}e1.yaml`]: event('comment', '2026-11-20T00:00:00Z'),
      '.countersign/reviews/DR-OTHER1/e2.yaml': event('resolve', '2026-11-21T00:00:00Z'),
    }),
  },
  {
    name: 'an event that cannot be read',
    want: ['fail', 'evidence/review'],
    begin: {
      ...byReview,
      files: { [`${threads}e1.yaml`]: 'schema: countersign/review@2\nthread: t1\n' },
    },
    play: listed(''),
  },
  {
    name: 'a thread opened again',
    want: ['fail', 'evidence/review'],
    begin: byReview,
    play: listed('', {
      [`${threads}e1.yaml`]: event('comment', '2026-11-20T00:00:00Z'),
      [`${threads}e2.yaml`]: event('resolve', '2026-11-21T00:00:00Z'),
      [`${threads}e3.yaml`]: event('reopen', '2026-11-22T00:00:00Z'),
    }),
  },
  {
    name: 'a finding that has time',
    want: 'pass',
    begin: byReview,
    play: listed('', {
      [`${threads}e1.yaml`]: event(
        'finding',
        '2026-11-20T00:00:00Z',
        'severity: high\ndue: 2026-11-24\n',
      ),
    }),
  },
  {
    name: 'a finding that is overdue',
    want: ['fail', 'evidence/review'],
    begin: byReview,
    play: listed('', {
      [`${threads}e1.yaml`]: event(
        'finding',
        '2026-11-20T00:00:00Z',
        'severity: high\ndue: 2026-11-23\n',
      ),
    }),
  },
  {
    name: 'an open thread that the target has',
    want: ['fail', 'evidence/review'],
    begin: {
      ...byReview,
      files: { [`${threads}e1.yaml`]: event('comment', '2026-11-20T00:00:00Z') },
    },
    play: listed(''),
  },
  {
    name: 'an open thread about something else',
    want: 'pass',
    begin: {
      ...byReview,
      files: {
        '.countersign/reviews/DR-OTHER1/e1.yaml': event('comment', '2026-11-20T00:00:00Z').replace(
          'DR-WHY001',
          'DR-OTHER1',
        ),
      },
    },
    play: listed(''),
  },
  {
    name: 'an open thread whose beginning was deleted',
    want: ['fail', 'review/deleted'],
    begin: {
      ...byReview,
      files: { [`${threads}e1.yaml`]: event('comment', '2026-11-20T00:00:00Z') },
    },
    play: async (repo) => {
      await repo.git('rm', '-q', `${threads}e1.yaml`);
      await listed('')(repo);
    },
  },
]);
