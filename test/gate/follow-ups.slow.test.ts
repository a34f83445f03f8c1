import { playCases } from './kit/cases.ts';
import { signerLines } from './kit/keys.ts';
import { raisedText } from './kit/model-repo.ts';
import { policyText, policyValue } from './kit/policy.ts';
import { earlier, excepted, followUp, later, manyCommits, owner } from './kit/excepted.ts';

playCases('approvals that have to follow an exception', [
  {
    name: 'still time',
    want: 'pass',
    begin: owner,
    play: async (repo) => {
      await excepted(repo);
      repo.write('docs/a.md', 'x\n');
      await repo.commit('docs', 'ada');
      return { now: earlier };
    },
  },
  {
    name: 'overdue, also for what no rule governs',
    want: ['fail', 'exception/overdue'],
    begin: owner,
    byCommand: true,
    play: async (repo) => {
      await excepted(repo);
      repo.write('docs/a.md', 'x\n');
      await repo.commit('docs', 'ada');
      return { now: later };
    },
  },
  {
    name: 'the last day counts to its end',
    want: 'pass',
    begin: owner,
    play: async (repo) => {
      await excepted(repo);
      return { now: '2026-12-01T23:59:59Z' };
    },
  },
  {
    name: 'the approval follows in time',
    want: 'pass',
    begin: owner,
    byCommand: true,
    play: async (repo) => {
      await excepted(repo);
      await followUp(repo, 'ben', 'validator');
      return { now: later };
    },
  },
  {
    name: 'the approval followed and landed',
    want: 'pass',
    begin: owner,
    play: async (repo) => {
      await excepted(repo);
      await followUp(repo, 'ben', 'validator');
      await repo.land('after');
      repo.write('docs/a.md', 'x\n');
      await repo.commit('docs', 'ada');
      return { now: '2027-06-01T00:00:00Z' };
    },
  },
  {
    name: 'the author follows up as validator',
    want: ['fail', 'exception/overdue'],
    begin: owner,
    play: async (repo) => {
      await excepted(repo);
      await followUp(repo, 'ada', 'validator');
      return { now: later };
    },
  },
  {
    name: 'somebody of another role follows up',
    want: ['fail', 'exception/overdue'],
    begin: owner,
    play: async (repo) => {
      await excepted(repo);
      await followUp(repo, 'dee', 'ethics');
      return { now: later };
    },
  },
  {
    name: 'a reject follows',
    want: ['fail', 'exception/overdue'],
    begin: owner,
    play: async (repo) => {
      await excepted(repo);
      await followUp(repo, 'ben', 'validator');
      await followUp(repo, 'cy', 'validator', { decision: 'reject' });
      return { now: later };
    },
  },
  {
    name: 'an approval of other bytes follows',
    want: ['fail', 'exception/overdue'],
    begin: owner,
    play: async (repo) => {
      await excepted(repo);
      await repo.signoff('ben', 'validator');
      return { now: later };
    },
  },
  {
    name: 'the key that followed up expired since',
    want: 'pass',
    begin: async () => ({
      ...owner,
      signers:
        (await signerLines(['ada', 'cy', 'dee', 'eve', 'fay'])) +
        (await signerLines(['ben'], 'valid-before="20261215Z"')),
    }),
    play: async (repo) => {
      await excepted(repo);
      await followUp(repo, 'ben', 'validator');
      await repo.land('after');
      return { now: '2027-06-01T00:00:00Z' };
    },
  },
  {
    name: 'an exception that nothing needed',
    want: 'pass',
    begin: { upTo: 'both' },
    play: async (repo) => {
      await excepted(repo);
      return { now: later };
    },
  },
  {
    name: 'an exception for a state that never landed',
    want: 'pass',
    begin: owner,
    play: async (repo) => {
      await repo.exception('eve');
      await repo.change('ada', `${raisedText}#\n`);
      await repo.both();
      await repo.git('switch', '-q', 'main');
      await repo.gitAs('ada', ['merge', '-q', '--no-ff', '-m', 'land', 'change']);
      await repo.git('switch', '-q', '-c', 'next');
      return { now: later };
    },
  },
  {
    name: 'an exception for a state that landed on the way',
    want: ['fail', 'exception/overdue'],
    begin: owner,
    play: async (repo) => {
      await repo.exception('eve');
      await repo.change('ada', `${raisedText}#\n`);
      await repo.both();
      await repo.land();
      return { now: later };
    },
  },
  {
    name: 'landed by a merge',
    want: ['fail', 'exception/overdue'],
    begin: owner,
    play: async (repo) => {
      await repo.exception('eve');
      await repo.onMain('README.md', '# x\n');
      await repo.git('switch', '-q', 'main');
      await repo.gitAs('ada', ['merge', '-q', '--no-ff', '-m', 'land', 'change']);
      await repo.git('switch', '-q', '-c', 'next');
      return { now: later };
    },
  },
  {
    name: 'landed by a fast-forward of many commits, the exception last',
    want: ['fail', 'exception/overdue'],
    play: async (repo) => {
      await manyCommits(repo, 80);
      await repo.signoff('ada', 'model-owner');
      await excepted(repo);
      return { now: later };
    },
  },
  {
    name: 'landed by a fast-forward of many commits, the exception first',
    want: ['fail', 'exception/overdue'],
    play: async (repo) => {
      await manyCommits(repo, 80);
      await repo.signoff('ada', 'model-owner');
      const path = await repo.exception('eve');
      const text = await repo.read(path);
      await repo.git('switch', '-q', '-C', 'moved', 'main');
      repo.write(path, text);
      await repo.commit('exception', 'eve');
      await manyCommits(repo, 80);
      await repo.land();
      return { now: later };
    },
  },
  {
    name: 'landed by a fast-forward of many commits, and the approval followed',
    want: 'pass',
    play: async (repo) => {
      await manyCommits(repo, 80);
      await repo.signoff('ada', 'model-owner');
      const before = await repo.git('rev-parse', 'main');
      await excepted(repo);
      const { digest, manifest } = await repo.payload('ben', 'validator', {
        head: 'main',
        target: before,
      });
      await repo.signoff('ben', 'validator', { payload: { digest, manifest } });
      return { now: later };
    },
  },
  {
    name: 'landed squashed',
    want: ['fail', 'exception/overdue'],
    begin: owner,
    play: async (repo) => {
      await repo.exception('eve');
      await repo.git('switch', '-q', 'main');
      await repo.git('merge', '-q', '--squash', 'change');
      await repo.commit('land', 'ada');
      await repo.git('switch', '-q', '-c', 'next');
      return { now: later };
    },
  },
  {
    name: 'its file deleted, to forget it',
    want: ['fail', 'signoff/deleted'],
    begin: owner,
    play: async (repo) => {
      await excepted(repo);
      await repo.git('rm', '-q', '.countersign/exceptions/EX-ABC123.yaml');
      await repo.commit('forget', 'ada');
      return { now: later };
    },
  },
  {
    name: 'the key of who signed it taken away, to forget it',
    want: ['fail', 'exception/overdue'],
    begin: owner,
    play: async (repo) => {
      await excepted(repo);
      repo.write(
        '.countersign/allowed_signers',
        (await signerLines(['ada', 'ben', 'cy', 'dee', 'fay'])) +
          (await signerLines(['ben2'])).replace('ben2@', 'eve@'),
      );
      await repo.commit('keys', 'ada');
      await repo.admins();
      await repo.land('after');
      return { now: later };
    },
  },
  {
    name: 'the exceptions of the policy taken away, to forget it',
    want: ['fail', 'exception/overdue'],
    begin: owner,
    play: async (repo) => {
      await excepted(repo);
      repo.write('.countersign/policy.yaml', policyText(policyValue({ exceptions: undefined })));
      await repo.commit('policy', 'ada');
      await repo.admins();
      await repo.land('after');
      return { now: later };
    },
  },
]);
