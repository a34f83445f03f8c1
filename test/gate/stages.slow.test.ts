import { playCases } from './kit/cases.ts';
import { scoreText } from './kit/model-repo.ts';

playCases('how much is asked for where', [
  {
    name: 'approvals of others, below all',
    want: 'pass',
    begin: { upTo: 'change' },
    byCommand: true,
    play: async (repo) => {
      await repo.signoff('ada', 'author');
      return { stage: 'author' };
    },
  },
  {
    name: 'what the author owes, at author',
    want: ['fail', 'checklist/unanswered'],
    begin: { upTo: 'change' },
    play: async () => ({ stage: 'author' }),
  },
  {
    name: 'what the author owes, below author',
    want: 'pass',
    begin: { upTo: 'change' },
    play: async () => ({ stage: 'records' }),
  },
  {
    name: 'a reject, at author: it can be committed and pushed, and so can what answers it',
    want: 'pass',
    begin: { upTo: 'both' },
    play: async (repo) => {
      await repo.signoff('cy', 'validator', { payload: { decision: 'reject' } });
      return { stage: 'author' };
    },
  },
  {
    name: 'a forged sign-off, at records',
    want: ['fail', 'signoff/forged'],
    begin: { upTo: 'owner' },
    byCommand: true,
    play: async (repo) => {
      await repo.signoff('ben', 'validator', {
        edit: (text) => text.replace('ran them', 'ran all'),
      });
      return { stage: 'records' };
    },
  },
  {
    name: 'a sign-off deleted, at records',
    want: ['fail', 'signoff/deleted'],
    begin: { upTo: 'owner' },
    play: async (repo) => {
      const path = await repo.signoff('ben', 'validator');
      await repo.git('rm', '-q', path);
      await repo.commit('gone', 'ada');
      return { stage: 'records' };
    },
  },
  {
    name: 'a broken record, at records',
    want: ['fail', 'record/missing-key'],
    play: async (repo) => {
      repo.write(
        '.countersign/decisions/DR-WHY001.yaml',
        'schema: countersign/decision@1\nid: DR-WHY001\n',
      );
      await repo.commit('x', 'ada');
      return { stage: 'records' };
    },
  },
  {
    name: 'a record with a key twice',
    want: ['fail', 'record/duplicate-key'],
    play: async (repo) => {
      repo.write(
        '.countersign/decisions/DR-WHY001.yaml',
        'schema: countersign/decision@1\nid: DR-WHY001\ntitle: a\ntitle: b\nstatus: accepted\nowner: ada\nrisk: low\n',
      );
      await repo.commit('x', 'ada');
    },
  },
  {
    name: 'a record with an alias',
    want: ['fail', 'record/alias'],
    play: async (repo) => {
      repo.write(
        '.countersign/decisions/DR-WHY001.yaml',
        'schema: countersign/decision@1\nid: DR-WHY001\ntitle: &t a\nowner: *t\nstatus: accepted\nrisk: low\n',
      );
      await repo.commit('x', 'ada');
    },
  },
  {
    name: 'a record with a tag',
    want: ['fail', 'record/tag'],
    play: async (repo) => {
      repo.write(
        '.countersign/decisions/DR-WHY001.yaml',
        'schema: countersign/decision@1\nid: DR-WHY001\ntitle: !!binary aGk=\nowner: ada\nstatus: accepted\nrisk: low\n',
      );
      await repo.commit('x', 'ada');
    },
  },
  {
    name: 'a record of more than 1 MiB',
    want: ['fail', 'record/too-large'],
    play: async (repo) => {
      repo.write(
        '.countersign/decisions/DR-WHY001.yaml',
        `schema: countersign/decision@1\nid: DR-WHY001\ntitle: ${'a'.repeat(1_100_000)}\n`,
      );
      await repo.commit('x', 'ada');
    },
  },
  {
    name: 'a record nested without end',
    want: ['fail', 'record/too-deep'],
    play: async (repo) => {
      repo.write(
        '.countersign/decisions/DR-WHY001.yaml',
        `schema: countersign/decision@1\nid: DR-WHY001\nx-a: ${'['.repeat(5000)}${']'.repeat(5000)}\n`,
      );
      await repo.commit('x', 'ada');
    },
  },
  {
    name: 'a record that is a link',
    want: ['fail', 'record/not-a-file'],
    play: async (repo) => {
      repo.write('docs/x', 'x');
      const oid = (await repo.gitBytes(['hash-object', '-w', '--stdin'], { input: '../../docs/x' }))
        .toString()
        .trim();
      await repo.git(
        'update-index',
        '--add',
        '--cacheinfo',
        `120000,${oid},.countersign/decisions/DR-WHY001.yaml`,
      );
      await repo.gitAs('ada', ['commit', '-qm', 'x']);
    },
  },
  {
    name: 'a review event edited',
    want: ['fail', 'review/edited'],
    begin: { files: { '.countersign/reviews/DR-WHY001/e1.yaml': reviewEvent('fine') } },
    play: async (repo) => {
      repo.write('.countersign/reviews/DR-WHY001/e1.yaml', reviewEvent('not fine'));
      await repo.commit('x', 'ada');
      return { stage: 'records' };
    },
  },
  {
    name: 'a review event deleted',
    want: ['fail', 'review/deleted'],
    begin: { files: { '.countersign/reviews/DR-WHY001/e1.yaml': reviewEvent('fine') } },
    play: async (repo) => {
      await repo.git('rm', '-q', '.countersign/reviews/DR-WHY001/e1.yaml');
      await repo.commit('x', 'ada');
    },
  },
  {
    name: 'a conflict is no matter of a commit',
    want: 'pass',
    begin: { upTo: 'both' },
    play: async (repo) => {
      await repo.onMain('model/score.py', scoreText.replace('> 12', '> 11'));
      return { stage: 'records' };
    },
  },
  {
    name: 'a conflict with a target that has more sign-offs deletes none of them',
    want: ['pass', 'change/conflict'],
    begin: { upTo: 'both' },
    play: async (repo) => {
      await repo.land();
      await repo.git('switch', '-q', '-c', 'late', 'main~3');
      await repo.change('ada', scoreText.replace('> 12', '> 11'));
      await repo.signoff('ada', 'author');
      return { stage: 'author' };
    },
  },
  {
    name: 'a sign-off that is deleted beside a conflict is',
    want: ['fail', 'signoff/deleted'],
    begin: { upTo: 'both' },
    play: async (repo) => {
      await repo.land();
      await repo.git('switch', '-q', '-c', 'late', 'main~3');
      await repo.change('ada', scoreText.replace('> 12', '> 11'));
      const path = await repo.signoff('ada', 'author');
      await repo.git('rm', '-q', path);
      await repo.commit('gone', 'ada');
      return { stage: 'records' };
    },
  },
  {
    name: 'switched off by who asks',
    want: 'pass',
    begin: { upTo: 'change' },
    play: async () => ({ stage: 'off' }),
  },
  {
    name: 'no variable switches it off',
    want: ['fail', 'requirement/unmet'],
    begin: { upTo: 'change' },
    byCommand: true,
    play: async () => ({
      env: {
        COUNTERSIGN: 'off',
        COUNTERSIGN_SKIP: '1',
        SKIP: 'countersign',
        HUSKY: '0',
        CI: 'false',
        COUNTERSIGN_STAGE: 'off',
        COUNTERSIGN_HOOK_PROBE: '1',
      },
    }),
  },
]);

function reviewEvent(body: string): string {
  return `schema: countersign/review@1\nthread: t1\nrecord: DR-WHY001\ntype: comment\nbody: ${body}\nby: ben@example.org\nat: 2026-11-23T06:00:00Z\n`;
}
