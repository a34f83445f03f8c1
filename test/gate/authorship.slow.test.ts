import { playCases } from './kit/cases.ts';
import { policyValue, policyWithRule } from './kit/policy.ts';
import { raisedText } from './kit/model-repo.ts';

playCases('who wrote a file, and one person in several places', [
  {
    name: 'the author of a file that was moved in by somebody else',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      repo.write('scratch/new.py', 'x = 1\n');
      await repo.commit('draft', 'ben');
      await repo.git('mv', 'scratch/new.py', 'model/new.py');
      await repo.commit('move', 'ada');
      await repo.both();
    },
  },
  {
    name: 'a co-author in a line that goes on',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      repo.write('model/score.py', raisedText);
      await repo.commit(
        'pair\n\nCo-authored-by: Ada <ada@example.org>\n  and Ben <ben@example.org>',
        'ada',
      );
      await repo.both();
    },
  },
  {
    name: 'a co-author behind a space that does not break',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      repo.write('model/score.py', raisedText);
      await repo.commit('pair\n\n\u00a0Co-authored-by: Ben <ben@example.org>', 'ada');
      await repo.both();
    },
  },
  {
    name: 'the author of a file that lay among the reviews before',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      repo.write('.countersign/reviews/new.py', 'x = 1\n');
      await repo.commit('draft', 'ben');
      await repo.git('mv', '.countersign/reviews/new.py', 'model/new.py');
      await repo.commit('move', 'ada');
      await repo.both();
    },
  },
  {
    name: 'the author of a file that lay among the sign-offs before',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      repo.write('.countersign/signoffs/new.py', 'x = 1\n');
      await repo.commit('draft', 'ben');
      await repo.git('mv', '.countersign/signoffs/new.py', 'model/new.py');
      await repo.commit('move', 'ada');
      await repo.both();
    },
  },
  {
    name: 'the author of what was written as an event of a review',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      const event = '.countersign/reviews/DR-WHY001/01.yaml';
      repo.write(event, 'x = 1\n');
      await repo.commit('draft', 'ben');
      repo.write('model/new.py', 'x = 1\n');
      await repo.git('rm', '-q', event);
      await repo.commit('move', 'ada');
      await repo.both();
    },
  },
  {
    name: 'the author of a governed file among the reviews that is no event',
    want: ['fail', 'requirement/unmet'],
    begin: { policy: policyWithRule({ paths: ['**'], except: [] }) },
    play: async (repo) => {
      repo.scopes['model-change'] = (path) => !path.startsWith('.countersign/signoffs/');
      repo.write('.countersign/reviews/new.py', 'x = 1\n');
      await repo.commit('draft', 'ben');
      await repo.change();
      await repo.both();
    },
  },
  {
    name: 'the author of a file elsewhere',
    want: 'pass',
    play: async (repo) => {
      repo.write('docs/note.md', 'x\n');
      await repo.commit('note', 'ben');
      await repo.change();
      await repo.both();
    },
  },
  {
    name: 'who committed a sign-off only',
    want: 'pass',
    play: async (repo) => {
      await repo.change();
      await repo.signoff('ada', 'model-owner', { committer: 'ben' });
      await repo.signoff('ben', 'validator');
    },
  },
  {
    name: 'who committed a review event only',
    want: 'pass',
    begin: { policy: policyWithRule({ paths: ['**'], except: [] }) },
    play: async (repo) => {
      repo.scopes['model-change'] = (path) => !/^\.countersign\/(signoffs|exceptions)\//.test(path);
      await repo.change();
      repo.write(
        '.countersign/reviews/DR-WHY001/e1.yaml',
        'schema: countersign/review@1\nthread: t1\nrecord: DR-WHY001\ntype: comment\nbody: fine\nby: ben@example.org\nat: 2026-11-23T06:00:00Z\n',
      );
      await repo.commit('review', 'ben');
      await repo.both();
    },
  },
  {
    name: 'an author among two authors approves for nobody',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      await repo.change('ben', `${raisedText}\n`);
      await repo.change('cy');
      await repo.both();
    },
  },
  {
    name: 'an independent validator where another is an author',
    want: 'pass',
    play: async (repo) => {
      await repo.change('ben');
      await repo.signoff('ada', 'model-owner');
      await repo.signoff('cy', 'validator');
      await repo.signoff('ben', 'author');
    },
  },
  {
    name: 'one person in two roles fills one place',
    want: ['fail', 'requirement/unmet'],
    begin: {
      policy: policyValue({
        roles: {
          'model-owner': ['ben'],
          validator: ['ben', 'cy'],
          ethics: ['dee'],
          'policy-admin': ['eve', 'fay'],
        },
      }),
    },
    play: async (repo) => {
      await repo.change();
      await repo.signoff('ben', 'model-owner');
      await repo.signoff('ben', 'validator');
      await repo.signoff('ada', 'author');
    },
  },
  {
    name: 'two persons, each in the role of the other',
    want: 'pass',
    begin: {
      policy: policyValue({
        roles: {
          'model-owner': ['ben', 'cy'],
          validator: ['ben', 'cy'],
          ethics: ['dee'],
          'policy-admin': ['eve', 'fay'],
        },
      }),
    },
    play: async (repo) => {
      await repo.change();
      await repo.signoff('ben', 'model-owner');
      await repo.signoff('ben', 'validator');
      await repo.signoff('cy', 'model-owner');
      await repo.signoff('ada', 'author');
    },
  },
  {
    name: 'two signatures of one person count once',
    want: ['fail', 'requirement/unmet'],
    begin: {
      policy: policyWithRule({ require: [{ role: 'validator', count: 2, independent: true }] }),
    },
    play: async (repo) => {
      await repo.change();
      await repo.signoff('ben', 'validator');
      await repo.signoff('ben', 'validator');
      await repo.signoff('ada', 'author');
    },
  },
  {
    name: 'two persons where two are asked for',
    want: 'pass',
    begin: {
      policy: policyWithRule({ require: [{ role: 'validator', count: 2, independent: true }] }),
    },
    play: async (repo) => {
      await repo.change();
      await repo.signoff('ben', 'validator');
      await repo.signoff('cy', 'validator');
      await repo.signoff('ada', 'author');
    },
  },
]);
