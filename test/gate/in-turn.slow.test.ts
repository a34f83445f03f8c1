/** Branches that were signed one by one, merged in turn and pushed at once: check and audit split the history alike. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { audit } from '../../src/app/audit.ts';
import { openRepository } from '../../src/node/repository.ts';
import { playCases } from './kit/cases.ts';
import { ModelRepo } from './kit/model-repo.ts';

const begin = {
  files: { 'model/a.py': 'a = 1\n', 'model/b.py': 'b = 1\n', 'model/c.py': 'c = 1\n' },
} as const;

type Branch = { readonly author?: string; readonly validator?: string; readonly signed?: false };

/** A branch of main that changes one file, signed by its owner and a validator. */
async function branch(repo: ModelRepo, name: string, more: Branch = {}): Promise<void> {
  const { author = 'ada', validator = 'ben' } = more;
  await repo.git('switch', '-q', '-c', name, 'main');
  repo.write(`model/${name}.py`, `${name} = 2\n`);
  await repo.commit(`change ${name}`, author);
  if (more.signed === false) return;
  if (author !== 'ada') await repo.signoff(author, 'author');
  await repo.signoff('ada', 'model-owner');
  await repo.signoff(validator, 'validator');
}

/** Merges branches into `change`, one after another, as the target will have them. */
async function merges(repo: ModelRepo, ...names: string[]): Promise<void> {
  await repo.git('switch', '-q', 'change');
  for (const name of names)
    await repo.gitAs('eve', ['merge', '-q', '--no-ff', '-m', `Merge ${name}`, name]);
}

async function approved(repo: ModelRepo, ...names: string[]): Promise<void> {
  for (const name of names) await branch(repo, name);
}

playCases('several landings by one push', [
  {
    name: 'two approved branches',
    want: ['pass', 'change/in-turn'],
    begin,
    byCommand: true,
    play: async (repo) => {
      await approved(repo, 'a', 'b');
      await merges(repo, 'a', 'b');
    },
  },
  {
    name: 'three, with a commit between that no rule governs',
    want: ['pass', 'change/in-turn'],
    begin,
    play: async (repo) => {
      await approved(repo, 'a', 'b', 'c');
      await merges(repo, 'a');
      repo.write('README.md', '# between\n');
      await repo.commit('docs', 'eve');
      await merges(repo, 'b', 'c');
    },
  },
  {
    name: 'two approved branches of two authors',
    want: ['pass', 'change/in-turn'],
    begin,
    play: async (repo) => {
      await branch(repo, 'a');
      await branch(repo, 'b', { author: 'ben', validator: 'cy' });
      await merges(repo, 'a', 'b');
    },
  },
  {
    name: 'two approved branches, one after another without merges',
    want: ['pass', 'change/in-turn'],
    begin,
    play: async (repo) => {
      await approved(repo, 'a', 'b');
      await repo.git('switch', '-q', 'change');
      await repo.git('merge', '-q', '--ff-only', 'a');
      await repo.gitAs('ada', ['cherry-pick', 'main..b']);
    },
  },
  {
    name: 'one of them unsigned',
    want: ['fail', 'requirement/unmet'],
    begin,
    byCommand: true,
    play: async (repo) => {
      await branch(repo, 'a');
      await branch(repo, 'b', { signed: false });
      await merges(repo, 'a', 'b');
    },
  },
  {
    name: 'one of them unsigned, and first',
    want: ['fail', 'requirement/unmet'],
    begin,
    play: async (repo) => {
      await branch(repo, 'a', { signed: false });
      await approved(repo, 'b', 'c');
      await merges(repo, 'a', 'b', 'c');
    },
  },
  {
    name: 'one of them signed for other bytes',
    want: ['fail', 'requirement/unmet'],
    begin,
    play: async (repo) => {
      await approved(repo, 'a', 'b');
      repo.write('model/b.py', 'b = 3\n');
      await repo.commit('one more', 'ada');
      await merges(repo, 'a', 'b');
    },
  },
  {
    name: 'one of them signed by its author alone',
    want: ['fail', 'requirement/unmet'],
    begin,
    play: async (repo) => {
      await branch(repo, 'a');
      await branch(repo, 'b', { author: 'ben', validator: 'ben' });
      await merges(repo, 'a', 'b');
    },
  },
  {
    name: 'both in one merge commit',
    want: ['fail', 'requirement/unmet'],
    begin,
    play: async (repo) => {
      await approved(repo, 'a', 'b');
      await repo.git('switch', '-q', 'change');
      await repo.gitAs('eve', ['merge', '-q', '--no-ff', '-m', 'both', 'a', 'b']);
    },
  },
  {
    name: 'a merge that brings bytes of its own',
    want: ['fail', 'requirement/unmet'],
    begin,
    play: async (repo) => {
      await approved(repo, 'a', 'b');
      await merges(repo, 'a', 'b');
      repo.write('model/b.py', 'b = 4\n');
      await repo.git('add', '-A');
      await repo.gitAs('eve', ['commit', '-q', '--amend', '--no-edit']);
    },
  },
  {
    name: 'and a file that came unsigned and went again',
    want: ['fail', 'requirement/unmet'],
    begin,
    play: async (repo) => {
      await approved(repo, 'a', 'b');
      await merges(repo, 'a');
      repo.write('model/c.py', 'c = 666\n');
      await repo.commit('quietly', 'ada');
      await repo.gitAs('ada', ['revert', '--no-edit', 'HEAD']);
      await merges(repo, 'b');
    },
  },
  {
    name: 'and a reject that was put before the change that it is about',
    want: 'fail',
    begin,
    play: async (repo) => {
      await branch(repo, 'a');
      await branch(repo, 'b', { signed: false });
      const said = await repo.signoff('ben', 'validator', { payload: { decision: 'reject' } });
      const reject = await repo.read(said);
      await repo.git('reset', '-q', '--hard', 'HEAD~1');
      await repo.signoff('ada', 'model-owner');
      await repo.signoff('cy', 'validator');
      await merges(repo, 'a');
      repo.write(said, reject);
      await repo.commit('words', 'ada');
      await merges(repo, 'b');
    },
  },
  {
    name: 'and an edit of the policy that nobody signed',
    want: 'fail',
    begin,
    play: async (repo) => {
      await approved(repo, 'a', 'b');
      await merges(repo, 'a');
      repo.write(
        '.countersign/policy.yaml',
        (await repo.read('.countersign/policy.yaml')).replace(/validator/g, 'model-owner'),
      );
      await repo.commit('weaker', 'ada');
      await merges(repo, 'b');
    },
  },
]);

test('what passes in turn is good in the audit, once it has landed', async () => {
  const repo = await ModelRepo.make(begin);
  await approved(repo, 'a', 'b');
  await merges(repo, 'a', 'b');
  await repo.git('branch', '-f', 'main', 'change');
  const { result } = await audit(await openRepository(repo.dir), {});
  assert.equal(result.exit, 0);
  assert.deepEqual(result.landings.map(({ state }) => state).slice(1), ['signed', 'signed']);
});
