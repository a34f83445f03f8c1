import { playCases } from './kit/cases.ts';
import { raisedText } from './kit/model-repo.ts';
import { bensTwoKeys } from './kit/bens-two-keys.ts';

playCases('nobody approves their own change', [
  {
    name: 'the author in another role',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      await repo.change();
      await repo.signoff('ada', 'model-owner');
      await repo.signoff('ada', 'validator');
    },
  },
  {
    name: 'the author with a second key',
    want: ['fail', 'requirement/unmet'],
    begin: bensTwoKeys,
    play: async (repo) => {
      await repo.change('ben');
      await repo.signoff('ada', 'model-owner');
      await repo.signoff('ben', 'validator', { key: 'ben2' });
    },
  },
  {
    name: 'a second key, by somebody who is no author',
    want: 'pass',
    begin: bensTwoKeys,
    play: async (repo) => {
      await repo.change();
      await repo.signoff('ada', 'model-owner');
      await repo.signoff('ben', 'validator', { key: 'ben2' });
    },
  },
  {
    name: 'the author with a second e-mail',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      await repo.change('ben@home.example');
      await repo.both({ payload: { answers: { 'tests-pass': { answer: 'yes' } } } });
    },
  },
  {
    name: 'the author with an e-mail in capitals',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      await repo.change('BEN@Example.ORG');
      await repo.both();
    },
  },
  {
    name: 'a co-author',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      repo.write('model/score.py', raisedText);
      await repo.commit('pair\n\nCo-authored-by: Ben <ben@example.org>', 'ada');
      await repo.both();
    },
  },
  {
    name: 'a co-author named in capitals',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      repo.write('model/score.py', raisedText);
      await repo.commit('pair\n\nCO-AUTHORED-BY: Ben <BEN@EXAMPLE.ORG>', 'ada');
      await repo.both();
    },
  },
  {
    name: 'a co-author in bold',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      repo.write('model/score.py', raisedText);
      await repo.commit('pair\n\n**Co-authored-by**: Ben <ben@example.org>', 'ada');
      await repo.both();
    },
  },
  {
    name: 'a co-author in brackets',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      repo.write('model/score.py', raisedText);
      await repo.commit('pair\n\n(Co-authored-by: Ben <ben@example.org>)', 'ada');
      await repo.both();
    },
  },
  {
    name: 'one who developed with the author',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      repo.write('model/score.py', raisedText);
      await repo.commit('pair\n\nCo-developed-by: Ben <ben@example.org>', 'ada');
      await repo.both();
    },
  },
  {
    name: 'one who sat in a pair with the author',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      repo.write('model/score.py', raisedText);
      await repo.commit('pair\n\nPair-programmed-with : Ben <ben@example.org>', 'ada');
      await repo.both();
    },
  },
  {
    name: 'words about co-authors, which name nobody',
    want: 'pass',
    play: async (repo) => {
      repo.write('model/score.py', raisedText);
      await repo.commit('pair\n\n(Co-authored-by: lines count)\n\nCo-authored by hand.', 'ada');
      await repo.both();
    },
  },
  {
    name: 'a co-author named in the middle of the message',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      repo.write('model/score.py', raisedText);
      await repo.commit('pair\n\nCo-authored-by: Ben <ben@example.org>\n\nand more words', 'ada');
      await repo.both();
    },
  },
  {
    name: 'two co-authors in one line',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      repo.write('model/score.py', raisedText);
      await repo.commit(
        'pair\n\nCo-authored-by: Ben <ben@example.org>, Dee <dee@example.org>',
        'ada',
      );
      await repo.both();
    },
  },
  {
    name: 'the committer',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      await repo.change('ada', raisedText, { GIT_COMMITTER_EMAIL: 'ben@example.org' });
      await repo.both();
    },
  },
  {
    name: 'the author of another commit of the range',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      await repo.change('ben', `${raisedText}\n`);
      await repo.change();
      await repo.both();
    },
  },
  {
    name: 'the author of a commit that was taken back',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      repo.write('model/extra.py', 'x = 1\n');
      await repo.commit('x', 'ben');
      await repo.git('rm', '-q', 'model/extra.py');
      await repo.commit('y', 'ada');
      await repo.change();
      await repo.both();
    },
  },
]);
