import { playCases } from './kit/cases.ts';
import { type ModelRepo, raisedText } from './kit/model-repo.ts';

/** Signed files that somebody deleted or altered on the target, past the gate: what they say still counts. */

const owner = { upTo: 'owner' } as const;
const later = '2026-12-02T00:00:00Z';
const exception = '.countersign/exceptions/EX-ABC123.yaml';

/** Lands the branch, does something to the target past the gate, and begins a branch that touches the documents alone. */
async function pastTheGate(repo: ModelRepo, act: () => Promise<unknown>): Promise<void> {
  await repo.land('past');
  await act();
  await repo.commit('tidy', 'ada');
  await repo.land('after');
  repo.write('docs/a.md', 'x\n');
  await repo.commit('docs', 'ada');
}

async function forget(repo: ModelRepo, path: string): Promise<void> {
  await pastTheGate(repo, () => repo.git('rm', '-q', path));
}

async function alter(repo: ModelRepo, path: string): Promise<void> {
  await pastTheGate(repo, async () =>
    repo.write(path, (await repo.read(path)).replace('2026-12-01', '2027-12-01')),
  );
}

/** Lands, is taken off the target with all that was signed, and is brought again with it. */
async function again(repo: ModelRepo): Promise<void> {
  await repo.git('tag', 'approved');
  const before = await repo.git('rev-parse', 'main');
  await pastTheGate(repo, () =>
    repo.git('restore', `--source=${before}`, '--staged', '--worktree', '.'),
  );
  await repo.git('restore', '--source=refs/tags/approved', '--staged', '--worktree', '.');
  await repo.commit('again', 'ada');
}

/** Approves what landed under the exception, two commits ago of the target or more. */
async function followUp(repo: ModelRepo, target: string, head: string): Promise<void> {
  const { digest, manifest } = await repo.payload('ben', 'validator', { head, target });
  await repo.signoff('ben', 'validator', {
    payload: { digest, manifest, signed_at: '2026-11-23T12:00:00Z' },
  });
}

playCases('an exception that was taken away on the target', [
  {
    name: 'is owed as before',
    want: ['fail', 'exception/overdue'],
    says: ['signoff/deleted'],
    begin: owner,
    byCommand: true,
    play: async (repo) => {
      await repo.exception('eve');
      await forget(repo, exception);
      return { now: later };
    },
  },
  {
    name: 'is told of while there is time',
    want: ['pass', 'signoff/deleted'],
    begin: owner,
    play: async (repo) => {
      await repo.exception('eve');
      await forget(repo, exception);
    },
  },
  {
    name: 'or altered there, to be owed later, is owed as it was signed',
    want: ['fail', 'exception/overdue'],
    says: ['signoff/edited'],
    begin: owner,
    play: async (repo) => {
      await repo.exception('eve');
      await alter(repo, exception);
      return { now: later };
    },
  },
  {
    name: 'or made a program there',
    want: ['fail', 'exception/overdue'],
    begin: owner,
    play: async (repo) => {
      await repo.exception('eve');
      await pastTheGate(repo, () => repo.git('update-index', '--chmod=+x', exception));
      return { now: later };
    },
  },
  {
    name: 'and whose approvals came is paid',
    want: ['pass', 'signoff/deleted'],
    begin: owner,
    play: async (repo) => {
      const before = await repo.git('rev-parse', 'main');
      await repo.exception('eve');
      await repo.land();
      await followUp(repo, before, 'main');
      await forget(repo, exception);
      return { now: later };
    },
  },
  {
    name: 'can still be paid',
    want: ['pass', 'signoff/deleted'],
    begin: owner,
    play: async (repo) => {
      const before = await repo.git('rev-parse', 'main');
      await repo.exception('eve');
      await repo.git('tag', 'excepted');
      await forget(repo, exception);
      await followUp(repo, before, 'refs/tags/excepted');
      return { now: later };
    },
  },
  {
    name: 'is paid by approvals that were taken away with it',
    want: ['pass', 'signoff/deleted'],
    begin: owner,
    play: async (repo) => {
      const before = await repo.git('rev-parse', 'main');
      await repo.exception('eve');
      await repo.land();
      await followUp(repo, before, 'main');
      await pastTheGate(repo, () =>
        repo.git('rm', '-q', '-r', '.countersign/exceptions', '.countersign/signoffs'),
      );
      return { now: later };
    },
  },
  {
    name: 'with what landed under it, by a plain revert, is owed as if it lay there',
    want: ['fail', 'exception/overdue'],
    begin: owner,
    play: async (repo) => {
      await repo.exception('eve');
      const before = await repo.git('rev-parse', 'main');
      await pastTheGate(repo, () =>
        repo.git('restore', `--source=${before}`, '--staged', '--worktree', '.'),
      );
      return { now: later };
    },
  },
  {
    name: 'can be put back',
    want: 'pass',
    begin: owner,
    play: async (repo) => {
      await repo.exception('eve');
      await repo.git('tag', 'excepted');
      await forget(repo, exception);
      await repo.git('restore', '--source=refs/tags/excepted', '--staged', '--worktree', exception);
      await repo.commit('back', 'ada');
    },
  },
  {
    name: 'or altered there, can be put back as it was signed',
    want: 'pass',
    begin: owner,
    byCommand: true,
    play: async (repo) => {
      await repo.exception('eve');
      const text = await repo.read(exception);
      await alter(repo, exception);
      repo.write(exception, text);
      await repo.commit('back', 'ada');
    },
  },
  {
    name: 'or altered there, and not as it was signed',
    want: ['fail', 'signoff/edited'],
    begin: owner,
    play: async (repo) => {
      await repo.exception('eve');
      const text = await repo.read(exception);
      await alter(repo, exception);
      repo.write(exception, text.replace('wrong', 'right'));
      await repo.commit('back', 'ada');
    },
  },
  {
    name: 'or altered there, and put back since, is no matter any more',
    want: 'pass',
    begin: owner,
    play: async (repo) => {
      await repo.exception('eve');
      const text = await repo.read(exception);
      await alter(repo, exception);
      repo.write(exception, text);
      await repo.commit('back', 'ada');
      await repo.land('mended');
      repo.write('docs/b.md', 'x\n');
      await repo.commit('docs', 'ada');
    },
  },
]);

const condition = { text: 'measure the rural slice', owner: 'ada', due: '2026-11-30' };

playCases('other words that were taken away on the target', [
  {
    name: 'a reject of a change that has not landed',
    want: ['fail', 'signoff/rejected'],
    says: ['signoff/deleted'],
    begin: owner,
    play: async (repo) => {
      const reject = await repo.signoff('ben', 'validator', { payload: { decision: 'reject' } });
      const text = await repo.read(reject);
      await repo.git('switch', '-q', '-C', 'words', 'main');
      repo.write(reject, text);
      await repo.commit('a reject', 'ben');
      await forget(repo, reject);
      await repo.change('ada', `${raisedText}#\n`);
      await repo.signoff('ada', 'model-owner');
      await repo.signoff('cy', 'validator');
    },
  },
  {
    name: 'a reject of a change that has not landed can be put back',
    want: 'pass',
    begin: owner,
    play: async (repo) => {
      const reject = await repo.signoff('ben', 'validator', { payload: { decision: 'reject' } });
      const text = await repo.read(reject);
      await repo.git('switch', '-q', '-C', 'words', 'main');
      repo.write(reject, text);
      await repo.commit('a reject', 'ben');
      await forget(repo, reject);
      repo.write(reject, text);
      await repo.commit('back', 'ada');
    },
  },
  {
    name: 'a condition that is overdue',
    want: ['fail', 'condition/overdue'],
    begin: owner,
    play: async (repo) => {
      const path = await repo.signoff('ben', 'validator', { payload: { conditions: [condition] } });
      await forget(repo, path);
      await repo.change('ada', `${raisedText}#\n`);
      await repo.both();
      return { now: later };
    },
  },
  {
    name: 'approvals of what landed, which are spent all the same',
    want: ['fail', 'requirement/unmet'],
    begin: { upTo: 'both' },
    play: again,
  },
  {
    name: 'approvals of what landed, whose clock was ahead of whoever took them off, are spent too',
    want: ['fail', 'requirement/unmet'],
    says: ['signoff/landed'],
    begin: owner,
    byCommand: true,
    play: async (repo) => {
      await repo.both({ payload: { signed_at: '2026-11-24T05:00:00Z' } });
      await again(repo);
    },
  },
  {
    name: 'so is an exception that was taken off with what landed under it',
    want: ['fail', 'requirement/unmet'],
    begin: owner,
    play: async (repo) => {
      await repo.exception('eve', { signed_at: '2026-11-24T05:00:00Z' });
      await again(repo);
    },
  },
  {
    name: 'a forged one that was taken off with what landed is forged when it is brought again',
    want: ['fail', 'signoff/forged'],
    begin: { upTo: 'both' },
    play: async (repo) => {
      const path = await repo.signoff('cy', 'validator');
      repo.write(path, (await repo.read(path)).replace('"approve"', '"reject"'));
      await repo.commit('forged', 'ada');
      await again(repo);
    },
  },
  {
    name: 'approvals of what landed hinder nobody',
    want: ['pass', 'signoff/deleted'],
    begin: { upTo: 'both' },
    byCommand: true,
    play: async (repo) => {
      await pastTheGate(repo, () => repo.git('rm', '-q', '-r', '.countersign/signoffs'));
      await repo.change('ada', `${raisedText}#\n`);
      await repo.both();
    },
  },
]);
