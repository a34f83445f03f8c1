import { playCases } from './kit/cases.ts';
import { type ModelRepo, raisedText, scoreText } from './kit/model-repo.ts';
import { policyValue } from './kit/policy.ts';
import { excepted, followUp, later, owner } from './kit/excepted.ts';

playCases('what an exception is for', [
  {
    name: 'signed for git',
    want: ['fail', 'exception/forged'],
    begin: owner,
    play: async (repo) => {
      await repo.exception('eve', {}, { namespace: 'git' });
    },
  },
  {
    name: 'an unknown key in it',
    want: ['fail', 'exception/payload'],
    begin: owner,
    play: async (repo) => {
      await repo.exception('eve', { everything: true });
    },
  },
  {
    name: 'not an exception at all',
    want: ['fail', 'exception/malformed'],
    begin: owner,
    play: async (repo) => {
      repo.write('.countersign/exceptions/EX-ABC123.yaml', 'schema: countersign/exception@1\n');
      await repo.commit('x', 'eve');
    },
  },
  {
    name: 'for another branch',
    want: ['fail', 'exception/elsewhere'],
    begin: owner,
    play: async (repo) => {
      await repo.exception('eve', { target: 'refs/heads/release/1' });
    },
  },
  {
    name: 'for another repository',
    want: ['fail', 'exception/elsewhere'],
    begin: owner,
    play: async (repo) => {
      await repo.exception('eve', { repository: 'other' });
    },
  },
  {
    name: 'for another rule',
    want: ['fail', 'requirement/unmet'],
    begin: owner,
    play: async (repo) => {
      await repo.exception('eve', { rule: 'policy-change' });
    },
  },
  {
    name: 'for other content',
    want: ['fail', 'requirement/unmet'],
    begin: owner,
    play: async (repo) => {
      await repo.exception('eve');
      await repo.change('ada', `${raisedText}#\n`);
      await repo.signoff('ada', 'model-owner');
    },
  },
  {
    name: 'of a policy that allows none',
    want: ['fail', 'exception/not-allowed'],
    begin: { policy: policyValue({ exceptions: undefined }) },
    play: async (repo) => {
      await repo.change();
      await repo.signoff('ada', 'model-owner');
      await repo.exception('eve');
    },
  },
  {
    name: 'by one where two are asked for',
    want: ['fail', 'requirement/unmet'],
    begin: {
      policy: policyValue({
        exceptions: { role: 'policy-admin', count: 2, max_days: 3, follow_up_days: 10 },
      }),
    },
    play: async (repo) => {
      await repo.change();
      await repo.signoff('ada', 'model-owner');
      await repo.exception('eve');
      await repo.exception('eve', {}, { name: 'EX-ABC124' });
    },
  },
  {
    name: 'by two where two are asked for',
    want: 'pass-with-exception',
    begin: {
      policy: policyValue({
        exceptions: { role: 'policy-admin', count: 2, max_days: 3, follow_up_days: 10 },
      }),
    },
    play: async (repo) => {
      await repo.change();
      await repo.signoff('ada', 'model-owner');
      await repo.exception('eve');
      await repo.exception('fay', {}, { name: 'EX-ABC124' });
    },
  },
  {
    name: 'copied under another name',
    want: ['fail', 'signoff/copy'],
    begin: owner,
    play: async (repo) => {
      const path = await repo.exception('eve');
      repo.write('.countersign/exceptions/EX-ABC999.yaml', await repo.read(path));
      await repo.commit('copy', 'ada');
    },
  },
  {
    name: 'never against a reject',
    want: ['fail', 'signoff/rejected'],
    begin: owner,
    play: async (repo) => {
      await repo.signoff('cy', 'validator', { payload: { decision: 'reject' } });
      await repo.exception('eve');
    },
  },
  {
    name: 'never against a no',
    want: ['fail', 'checklist/no'],
    begin: { upTo: 'change' },
    play: async (repo) => {
      await repo.signoff('ada', 'model-owner', {
        payload: { answers: { 'tests-pass': { answer: 'no' } } },
      });
      await repo.exception('eve');
    },
  },
  {
    name: 'never for answers that the author owes',
    want: ['fail', 'checklist/unanswered'],
    begin: { upTo: 'change' },
    play: async (repo) => {
      await repo.exception('eve');
    },
  },
  {
    name: 'never against a broken record',
    want: ['fail', 'record/missing-key'],
    begin: owner,
    play: async (repo) => {
      repo.write(
        '.countersign/decisions/DR-WHY001.yaml',
        'schema: countersign/decision@1\nid: DR-WHY001\n',
      );
      await repo.commit('x', 'ada');
      await repo.exception('eve');
    },
  },
  {
    name: 'never for a stranger',
    want: ['fail', 'author/unknown'],
    play: async (repo) => {
      await repo.change('mallory');
      await repo.signoff('ada', 'model-owner');
      await repo.exception('eve');
    },
  },
  {
    name: 'an old one after a rollback',
    want: ['fail', 'requirement/unmet'],
    begin: owner,
    play: async (repo) => {
      await repo.exception('eve');
      await repo.land();
      await repo.git('switch', '-q', 'main');
      repo.write('model/score.py', 'x = 0\n');
      await repo.commit('roll back', 'eve');
      repo.write(
        'model/score.py',
        "def score(row):\n    if row['education'] > 12:\n        return 1\n    return 0\n",
      );
      await repo.commit('roll back', 'eve');
      await repo.git('switch', '-q', '-c', 'again');
      await repo.change();
      await repo.signoff('ada', 'model-owner');
    },
  },
]);

/** The usual change is landed by both, taken back by both, and comes again under an exception. */
async function againExcepted(repo: ModelRepo): Promise<void> {
  await repo.land('back');
  await repo.change('ada', scoreText);
  await repo.both({ payload: { signed_at: '2026-11-24T00:30:00Z' } });
  await repo.land('again');
  const payload = { signed_at: '2026-11-24T01:00:00Z' };
  await repo.change();
  await repo.signoff('ada', 'model-owner', { payload });
  await repo.exception('eve', { signed_at: '2026-11-24T01:00:05Z' });
  await repo.land('after');
}

async function againApproved(repo: ModelRepo, signed_at: string): Promise<void> {
  const { digest, manifest } = await repo.payload('ben', 'validator', {
    head: 'main',
    target: await repo.git('rev-parse', 'main~3'),
  });
  await repo.signoff('ben', 'validator', { payload: { digest, manifest, signed_at } });
}

const reused = '.countersign/exceptions/EX-ABC123.yaml';

playCases('approvals of before an exception, and files of its name', [
  {
    name: 'what was spent on an earlier landing pays for nothing',
    want: ['fail', 'exception/overdue'],
    begin: { upTo: 'both' },
    byCommand: true,
    play: async (repo) => {
      await againExcepted(repo);
      return { now: later };
    },
  },
  {
    name: 'nor does what was signed before it and kept until after it',
    want: ['fail', 'exception/overdue'],
    begin: { upTo: 'both' },
    play: async (repo) => {
      await againExcepted(repo);
      await againApproved(repo, '2026-11-24T01:00:04Z');
      return { now: later };
    },
  },
  {
    name: 'what was signed after it, and lands after it, pays',
    want: 'pass',
    begin: { upTo: 'both' },
    byCommand: true,
    play: async (repo) => {
      await againExcepted(repo);
      await againApproved(repo, '2026-11-24T01:00:05Z');
      await repo.land('paid');
      return { now: later };
    },
  },
  {
    name: 'what follows up and is taken back by a fast clock pays nothing',
    want: ['fail', 'exception/overdue'],
    begin: owner,
    play: async (repo) => {
      await excepted(repo);
      const path = await followUp(repo, 'ben', 'validator');
      await followUp(repo, 'ben', 'validator', {
        decision: 'withdraw',
        replaces: await repo.payloadId(path),
        signed_at: '2026-12-02T00:15:00Z',
      });
      return { now: later };
    },
  },
  {
    name: 'a file that bore its name before the first landing',
    want: ['fail', 'exception/overdue'],
    byCommand: true,
    play: async (repo) => {
      await repo.git('switch', '-q', 'main');
      repo.write(reused, 'nothing\n');
      await repo.commit('a file', 'eve');
      await repo.git('rm', '-q', reused);
      await repo.commit('away', 'eve');
      await repo.git('switch', '-q', '-C', 'change');
      await repo.change();
      await repo.signoff('ada', 'model-owner');
      await excepted(repo);
      repo.write('docs/a.md', 'x\n');
      await repo.commit('docs', 'ada');
      return { now: later };
    },
  },
  {
    name: 'an exception under the name of another that was forced away',
    want: ['fail', 'exception/name-used'],
    begin: owner,
    play: async (repo) => {
      await excepted(repo);
      await repo.git('rm', '-q', reused);
      await repo.commit('away', 'eve');
      await repo.land('anew');
      await repo.change('ada', `${raisedText}#\n`);
      await repo.signoff('ada', 'model-owner');
      await repo.exception('eve');
    },
  },
]);
