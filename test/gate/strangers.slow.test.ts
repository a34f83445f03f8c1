import { playCases } from './kit/cases.ts';
import { signerLines } from './kit/keys.ts';
import { people, policyValue, policyWithRule } from './kit/policy.ts';
import { as, raisedText } from './kit/model-repo.ts';
import { bensTwoKeys } from './kit/bens-two-keys.ts';

playCases('agents, platforms and strangers', [
  {
    name: 'an agent may write',
    want: 'pass',
    byCommand: true,
    play: async (repo) => {
      await repo.change('agent');
      await repo.both();
    },
  },
  {
    name: 'a bot may write',
    want: 'pass',
    play: async (repo) => {
      await repo.change('tuner[bot]@users.example.org');
      await repo.both();
    },
  },
  {
    name: 'an agent may not sign',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      await repo.change();
      await repo.signoff('ada', 'model-owner');
      await repo.signoff('agent', 'validator');
    },
  },
  {
    name: 'an agent may not sign as a person',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      await repo.change();
      await repo.signoff('ada', 'model-owner');
      await repo.signoff('ben', 'validator', { key: 'agent' });
    },
  },
  {
    name: 'a person whose principal is an agent’s is refused',
    want: ['undecidable', 'policy/unreadable'],
    begin: async () => ({
      policy: policyValue({
        people: { ...people, ben: { ...people.ben, principals: ['agent@example.org'] } },
      }),
      signers: await signerLines(['ada', 'agent', 'cy', 'dee', 'eve', 'fay']),
    }),
    play: async (repo) => {
      await repo.change();
      await repo.signoff('ada', 'model-owner');
      await repo.signoff('ben', 'validator', { key: 'agent' });
    },
  },
  {
    name: 'one person alone for an agent’s change',
    want: ['fail', 'requirement/one-person'],
    begin: {
      policy: policyWithRule({ require: [{ role: 'validator', count: 1, independent: true }] }),
    },
    play: async (repo) => {
      await repo.change('agent');
      await repo.signoff('ben', 'validator');
    },
  },
  {
    name: 'a second person for an agent’s change where one place is asked for',
    want: 'pass',
    begin: {
      policy: policyWithRule({ require: [{ role: 'validator', count: 1, independent: true }] }),
    },
    play: async (repo) => {
      await repo.change('agent');
      await repo.signoff('ben', 'validator');
      await repo.signoff('cy', 'validator');
    },
  },
  {
    name: 'a second key is no second person',
    want: ['fail', 'requirement/one-person'],
    begin: async () => ({
      ...(await bensTwoKeys()),
      policy: policyWithRule(
        { require: [{ role: 'validator', count: 1, independent: true }] },
        {
          people: {
            ...people,
            ben: { ...people.ben, principals: ['ben@example.org', 'ben.second@example.org'] },
          },
        },
      ),
    }),
    play: async (repo) => {
      await repo.change('agent');
      await repo.signoff('ben', 'validator');
      await repo.signoff('ben', 'validator', { key: 'ben2' });
    },
  },
  {
    name: 'a person beside the agent needs no second',
    want: 'pass',
    begin: {
      policy: policyWithRule({ require: [{ role: 'validator', count: 1, independent: true }] }),
    },
    play: async (repo) => {
      repo.write('model/score.py', raisedText);
      await repo.commit('with help\n\nCo-authored-by: Agent <agent@example.org>', 'ada');
      await repo.signoff('ada', 'author');
      await repo.signoff('ben', 'validator');
    },
  },
  {
    name: 'the author items of an agent’s change are the owner’s',
    want: ['fail', 'checklist/unanswered'],
    begin: {
      checklist:
        'schema: countersign/checklist@1\nname: model-change\nitems:\n  - {id: tests-pass, ask: "Passed?", must: true, by: author}\n',
    },
    play: async (repo) => {
      await repo.change('agent');
      await repo.signoff('ada', 'model-owner', { payload: { answers: {} } });
      await repo.signoff('ben', 'validator');
    },
  },
  {
    name: 'a forge as committer is nobody',
    want: 'pass',
    play: async (repo) => {
      await repo.change('ada', raisedText, { GIT_COMMITTER_EMAIL: 'noreply@github.com' });
      await repo.both();
    },
  },
  {
    name: 'a forge as author and committer hides somebody',
    want: ['fail', 'author/unknown'],
    play: async (repo) => {
      await repo.change('noreply@github.com');
      await repo.both();
    },
  },
  {
    name: 'a stranger',
    want: ['fail', 'author/unknown'],
    byCommand: true,
    play: async (repo) => {
      await repo.change('mallory');
      await repo.both();
    },
  },
  {
    name: 'a stranger as co-author',
    want: ['fail', 'author/unknown'],
    play: async (repo) => {
      repo.write('model/score.py', raisedText);
      await repo.commit('x\n\nCo-authored-by: M <mallory@example.org>', 'ada');
      await repo.both();
    },
  },
  {
    name: 'a stranger for whom a validator vouches',
    want: 'pass',
    play: async (repo) => {
      await repo.change('mallory');
      await repo.signoff('ada', 'model-owner');
      await repo.signoff('ben', 'validator', { payload: { vouches: ['Mallory@example.org'] } });
    },
  },
  {
    name: 'a stranger for whom only an author vouches',
    want: ['fail', 'author/unknown'],
    play: async (repo) => {
      await repo.change('mallory');
      await repo.change('ada', `${raisedText}\n`);
      await repo.signoff('ada', 'model-owner', { payload: { vouches: ['mallory@example.org'] } });
      await repo.signoff('ben', 'validator');
    },
  },
  {
    name: 'a stranger for whom a reject vouches',
    want: ['fail', 'author/unknown'],
    play: async (repo) => {
      await repo.change('mallory');
      await repo.both();
      await repo.signoff('cy', 'validator', {
        payload: { decision: 'withdraw', vouches: ['mallory@example.org'] },
      });
    },
  },
  {
    name: 'another stranger than the one vouched for',
    want: ['fail', 'author/unknown'],
    play: async (repo) => {
      await repo.change('mallory');
      await repo.signoff('ada', 'model-owner');
      await repo.signoff('ben', 'validator', { payload: { vouches: ['malory@example.org'] } });
    },
  },
  {
    name: 'a vouched stranger counts as a person',
    want: 'pass',
    begin: {
      policy: policyWithRule({ require: [{ role: 'validator', count: 1, independent: true }] }),
    },
    play: async (repo) => {
      await repo.change('mallory');
      await repo.signoff('ben', 'validator', { payload: { vouches: ['mallory@example.org'] } });
    },
  },
  {
    name: 'no e-mail at all',
    want: ['fail', 'author/unknown'],
    play: async (repo) => {
      repo.write('model/score.py', raisedText);
      await repo.git('add', '-A');
      await repo.gitBytes(['commit', '-q', '-m', 'x'], {
        env: { ...as('ada'), GIT_AUTHOR_EMAIL: '<>' },
      });
      await repo.both();
    },
  },
  {
    name: 'an e-mail that folds only outside ASCII',
    want: ['fail', 'author/unknown'],
    begin: {
      policy: policyValue({
        people: {
          ...people,
          ada: { ...people.ada, emails: ['kim@example.org', 'ada@example.org'] },
        },
      }),
    },
    play: async (repo) => {
      await repo.change('\u212aim@example.org');
      await repo.both();
    },
  },
  {
    name: 'a mailmap changes nobody',
    want: ['fail', 'author/unknown'],
    play: async (repo) => {
      repo.write('.mailmap', 'Ada <ada@example.org> <mallory@example.org>\n');
      await repo.commit('map', 'ada');
      await repo.git('config', 'mailmap.file', '.mailmap');
      await repo.git('config', 'log.mailmap', 'true');
      await repo.change('mallory');
      await repo.both();
    },
  },
  {
    name: 'a mailmap hides no author',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      repo.write('.mailmap', 'Ada <ada@example.org> <ben@example.org>\n');
      await repo.commit('map', 'ada');
      await repo.change('ben');
      await repo.both();
    },
  },
]);
