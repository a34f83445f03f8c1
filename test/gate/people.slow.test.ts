import { playCases } from './kit/cases.ts';
import { signerLines } from './kit/keys.ts';
import { people, policyValue, policyWithRule } from './kit/policy.ts';
import { as, type Beginning, type ModelRepo, raisedText } from './kit/model-repo.ts';

const bensTwoKeys = async () => ({
  signers:
    (await signerLines(['ada', 'ben', 'cy', 'dee', 'eve', 'fay'])) +
    (await signerLines(['ben2'])).replace('ben2@', 'ben.second@'),
  policy: policyValue({
    people: {
      ...people,
      ben: { ...people.ben, principals: ['ben@example.org', 'ben.second@example.org'] },
    },
  }),
});

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

playCases('the checklist', [
  {
    name: 'unanswered by a signer',
    want: ['fail', 'checklist/unanswered'],
    begin: { upTo: 'owner' },
    byCommand: true,
    play: async (repo) => {
      await repo.signoff('ben', 'validator', { payload: { answers: {} } });
    },
  },
  {
    name: 'unanswered by the author',
    want: ['fail', 'checklist/unanswered'],
    begin: { upTo: 'change' },
    play: async (repo) => {
      await repo.signoff('ada', 'model-owner', { payload: { answers: {} } });
      await repo.signoff('ben', 'validator');
    },
  },
  {
    name: 'answered no',
    want: ['fail', 'checklist/no'],
    begin: { upTo: 'owner' },
    play: async (repo) => {
      await repo.signoff('ben', 'validator', {
        payload: { answers: { 'tests-pass': { answer: 'no', note: 'two fail' } } },
      });
    },
  },
  {
    name: 'left out without a reason',
    want: ['fail', 'checklist/unanswered'],
    begin: { upTo: 'owner' },
    play: async (repo) => {
      await repo.signoff('ben', 'validator', {
        payload: { answers: { 'tests-pass': { answer: 'not-applicable', note: ' ' } } },
      });
    },
  },
  {
    name: 'left out with a reason',
    want: 'pass',
    begin: { upTo: 'owner' },
    play: async (repo) => {
      await repo.signoff('ben', 'validator', {
        payload: { answers: { 'tests-pass': { answer: 'not-applicable', note: 'no tests here' } } },
      });
    },
  },
  {
    name: 'a key that every object has is no answer',
    want: ['fail', 'checklist/unanswered'],
    begin: {
      checklist:
        'schema: countersign/checklist@1\nname: model-change\nitems:\n  - {id: constructor, ask: "Passed?", must: true, by: both}\n',
    },
    play: async (repo) => {
      await repo.change();
      await repo.both();
    },
  },
  {
    name: 'an author’s own answers, apart from approvals',
    want: 'pass',
    play: async (repo) => {
      await repo.change('cy');
      await repo.signoff('cy', 'author');
      await repo.both();
    },
  },
  {
    name: 'an author’s item answered by somebody else',
    want: ['fail', 'checklist/unanswered'],
    play: async (repo) => {
      await repo.change('cy');
      await repo.both();
    },
  },
  {
    name: 'an item that nobody was there to answer',
    want: ['fail', 'checklist/unanswered'],
    begin: {
      policy: policyWithRule({ require: [] }),
      checklist:
        'schema: countersign/checklist@1\nname: model-change\nitems:\n  - {id: tests-pass, ask: "Passed?", must: true, by: signer}\n',
    },
    play: async (repo) => {
      await repo.change();
    },
  },
  {
    name: 'an item for a role that did not sign',
    want: 'pass',
    begin: {
      checklist:
        'schema: countersign/checklist@1\nname: model-change\nitems:\n  - {id: fair, ask: "Fair?", must: true, by: signer, roles: [ethics]}\n',
    },
    play: async (repo) => {
      await repo.change();
      await repo.both();
    },
  },
  {
    name: 'an item that need not be answered',
    want: 'pass',
    begin: {
      checklist:
        'schema: countersign/checklist@1\nname: model-change\nitems:\n  - {id: fair, ask: "Fair?", must: false, by: both}\n',
    },
    play: async (repo) => {
      await repo.change();
      await repo.both({ payload: { answers: {} } });
    },
  },
]);

const aWeek = policyWithRule({ max_age_days: 7 });

/** Cy's old key has expired by now, and there is a new one, which is called ben2 here. */
async function twoKeysOfCy(): Promise<Beginning> {
  const old = await signerLines(['cy'], 'namespaces="model-signoff",valid-before="20261120Z"');
  return {
    signers: `${await signerLines(['ada', 'ben', 'dee', 'eve', 'fay'])}${old}${(await signerLines(['ben2'])).replace('ben2@', 'cy@')}`,
  };
}

/** Somebody rejects, and withdraws it two weeks ago; what the withdrawal's payload is called. */
async function takenBack(repo: ModelRepo, who: string): Promise<string> {
  const path = await repo.signoff(who, 'validator', {
    payload: { decision: 'reject', signed_at: '2026-11-01T00:00:00Z' },
  });
  return repo.payloadId(
    await repo.signoff(who, 'validator', {
      payload: {
        decision: 'withdraw',
        replaces: await repo.payloadId(path),
        signed_at: '2026-11-10T00:00:00Z',
      },
    }),
  );
}

playCases('rejects and what replaces them', [
  {
    name: 'a reject stands',
    want: ['fail', 'signoff/rejected'],
    begin: { upTo: 'both' },
    byCommand: true,
    play: async (repo) => {
      await repo.signoff('cy', 'validator', { payload: { decision: 'reject' } });
    },
  },
  {
    name: 'a reject by a clock that runs ahead',
    want: ['fail', 'signoff/rejected'],
    begin: { upTo: 'both' },
    play: async (repo) => {
      await repo.signoff('cy', 'validator', {
        payload: { decision: 'reject', signed_at: '2026-11-24T06:15:00Z' },
      });
    },
  },
  {
    name: 'a reject stands whatever its digest',
    want: ['fail', 'signoff/rejected'],
    begin: { upTo: 'change' },
    play: async (repo) => {
      await repo.signoff('cy', 'validator', { payload: { decision: 'reject' } });
      await repo.change('ada', `${raisedText}# more\n`);
      await repo.both();
    },
  },
  {
    name: 'replaced by its signer',
    want: 'pass',
    begin: { upTo: 'both' },
    play: async (repo) => {
      const path = await repo.signoff('cy', 'validator', { payload: { decision: 'reject' } });
      await repo.signoff('cy', 'validator', { payload: { replaces: await repo.payloadId(path) } });
    },
  },
  {
    name: 'withdrawn by its signer',
    want: 'pass',
    begin: { upTo: 'both' },
    play: async (repo) => {
      const path = await repo.signoff('cy', 'validator', { payload: { decision: 'reject' } });
      await repo.signoff('cy', 'validator', {
        payload: { decision: 'withdraw', replaces: await repo.payloadId(path) },
      });
    },
  },
  {
    name: 'replaced by its signer, longer ago than a sign-off may be old',
    want: 'pass',
    begin: { upTo: 'both', policy: aWeek },
    byCommand: true,
    play: async (repo) => {
      await takenBack(repo, 'cy');
    },
  },
  {
    name: 'replaced by its signer with a key that has expired since',
    want: ['fail', 'signoff/rejected'],
    begin: twoKeysOfCy,
    play: async (repo) => {
      await repo.change();
      await repo.both();
      await takenBack(repo, 'cy');
    },
  },
  {
    name: 'replaced with a key that has expired since, and again with a new one',
    want: 'pass',
    begin: twoKeysOfCy,
    byCommand: true,
    play: async (repo) => {
      await repo.change();
      await repo.both();
      const replaces = await takenBack(repo, 'cy');
      await repo.signoff('cy', 'validator', { key: 'ben2', payload: { replaces } });
    },
  },
  {
    name: 'replaced with a key that has expired since, and again by somebody else',
    want: ['fail', 'signoff/rejected'],
    begin: twoKeysOfCy,
    play: async (repo) => {
      await repo.change();
      await repo.signoff('ada', 'model-owner');
      const replaces = await takenBack(repo, 'cy');
      await repo.signoff('ben', 'validator', { payload: { replaces } });
    },
  },
  {
    name: 'replaced with a key that has expired since, and then by a reject with a new one',
    want: ['fail', 'signoff/rejected'],
    begin: twoKeysOfCy,
    play: async (repo) => {
      await repo.change();
      await repo.both();
      const replaces = await takenBack(repo, 'cy');
      await repo.signoff('cy', 'validator', {
        key: 'ben2',
        payload: { replaces, decision: 'reject' },
      });
    },
  },
  {
    name: 'replaced by somebody else',
    want: ['fail', 'signoff/rejected'],
    begin: { upTo: 'both' },
    play: async (repo) => {
      const path = await repo.signoff('cy', 'validator', { payload: { decision: 'reject' } });
      await repo.signoff('ben', 'validator', { payload: { replaces: await repo.payloadId(path) } });
    },
  },
  {
    name: 'replaced for another rule',
    want: ['fail', 'signoff/rejected'],
    begin: { upTo: 'both' },
    play: async (repo) => {
      const path = await repo.signoff('cy', 'validator', { payload: { decision: 'reject' } });
      await repo.signoff('cy', 'validator', {
        payload: { rule: 'policy-change', replaces: await repo.payloadId(path) },
      });
    },
  },
  {
    name: 'replaced for another branch',
    want: ['fail', 'signoff/rejected'],
    begin: { upTo: 'both' },
    play: async (repo) => {
      const path = await repo.signoff('cy', 'validator', { payload: { decision: 'reject' } });
      await repo.signoff('cy', 'validator', {
        payload: { target: 'refs/heads/release/1', replaces: await repo.payloadId(path) },
      });
    },
  },
  {
    name: 'a later clock replaces nothing',
    want: ['fail', 'signoff/rejected'],
    begin: { upTo: 'both' },
    play: async (repo) => {
      await repo.signoff('cy', 'validator', { payload: { decision: 'reject' } });
      await repo.signoff('cy', 'validator', { payload: { signed_at: '2026-11-24T05:00:00Z' } });
    },
  },
  {
    name: 'an approval that its signer withdrew',
    want: ['fail', 'requirement/unmet'],
    begin: { upTo: 'owner' },
    play: async (repo) => {
      const path = await repo.signoff('ben', 'validator');
      await repo.signoff('ben', 'validator', {
        payload: { decision: 'withdraw', replaces: await repo.payloadId(path) },
      });
    },
  },
  {
    name: 'an approval with a twin, of which its signer withdrew one',
    want: ['fail', 'requirement/unmet'],
    begin: { upTo: 'owner' },
    byCommand: true,
    play: async (repo) => {
      await repo.signoff('ben', 'validator');
      const path = await repo.signoff('ben', 'validator');
      await repo.signoff('ben', 'validator', {
        payload: { decision: 'withdraw', replaces: await repo.payloadId(path) },
      });
    },
  },
  {
    name: 'an approval given again after a withdrawal, with a twin of the first',
    want: 'pass',
    begin: { upTo: 'owner' },
    byCommand: true,
    play: async (repo) => {
      await repo.signoff('ben', 'validator');
      const path = await repo.signoff('ben', 'validator');
      const gone = await repo.signoff('ben', 'validator', {
        payload: { decision: 'withdraw', replaces: await repo.payloadId(path) },
      });
      await repo.signoff('ben', 'validator', { payload: { replaces: await repo.payloadId(gone) } });
    },
  },
  {
    name: 'an approval that its signer rejects now',
    want: ['fail', 'signoff/rejected'],
    begin: { upTo: 'owner' },
    play: async (repo) => {
      const path = await repo.signoff('ben', 'validator');
      await repo.signoff('ben', 'validator', {
        payload: { decision: 'reject', replaces: await repo.payloadId(path) },
      });
    },
  },
  {
    name: 'a reject by somebody outside the policy',
    want: 'pass',
    begin: { upTo: 'both' },
    play: async (repo) => {
      await repo.signoff('mallory', 'validator', { payload: { decision: 'reject' } });
    },
  },
  {
    name: 'a reject as author',
    want: ['fail', 'signoff/rejected'],
    begin: { upTo: 'both' },
    play: async (repo) => {
      await repo.signoff('dee', 'author', { payload: { decision: 'reject' } });
    },
  },
  {
    name: 'a landed reject of another digest',
    want: 'pass',
    play: async (repo) => {
      await repo.change();
      await repo.signoff('cy', 'validator', { payload: { decision: 'reject' } });
      await repo.git('checkout', '-q', 'main', '--', 'model');
      await repo.commit('back', 'ada');
      await repo.land();
      await repo.change('ada', `${raisedText}# another\n`);
      await repo.both();
    },
  },
  {
    name: 'a landed reject of this digest',
    want: ['fail', 'signoff/rejected'],
    play: async (repo) => {
      await repo.change();
      await repo.signoff('cy', 'validator', { payload: { decision: 'reject' } });
      await repo.git('checkout', '-q', 'main', '--', 'model');
      await repo.commit('back', 'ada');
      await repo.land();
      await repo.change();
      await repo.both();
    },
  },
  {
    name: 'a landed reject of this digest, replaced now',
    want: 'pass',
    play: async (repo) => {
      await repo.change();
      const path = await repo.signoff('cy', 'validator', { payload: { decision: 'reject' } });
      await repo.git('checkout', '-q', 'main', '--', 'model');
      await repo.commit('back', 'ada');
      await repo.land();
      await repo.change();
      const payload = { signed_at: '2026-11-24T05:00:00Z' };
      await repo.signoff('ada', 'model-owner', { payload });
      await repo.signoff('ben', 'validator', { payload });
      await repo.signoff('cy', 'validator', {
        payload: { ...payload, replaces: await repo.payloadId(path) },
      });
    },
  },
]);
