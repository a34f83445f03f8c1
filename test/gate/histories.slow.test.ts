import assert from 'node:assert/strict';
import { test } from 'node:test';
import { prepareException } from '../../src/app/make-exception.ts';
import { prepareSignoffs } from '../../src/app/sign.ts';
import { openRepository } from '../../src/node/repository.ts';
import { playCases } from './kit/cases.ts';
import { judge } from './kit/judged.ts';
import { as, ModelRepo, raisedText, scoreText } from './kit/model-repo.ts';
import { policyWithRule } from './kit/policy.ts';

const signedByBoth = { upTo: 'both' } as const;
const evilText = 'def score(row):\n    return 1\n';

/** Makes a commit of a tree with the parents that are named, and moves the branch to it. */
async function commitTree(
  repo: ModelRepo,
  tree: string,
  parents: readonly string[],
  who = 'ada',
): Promise<string> {
  const oid = await repo.gitAs(who, [
    'commit-tree',
    tree,
    ...parents.flatMap((parent) => ['-p', parent]),
    '-m',
    'made by hand',
  ]);
  await repo.git('reset', '-q', '--hard', oid);
  return oid;
}

/** Takes main into the branch and changes the merge before it is committed. */
async function mergeWith(repo: ModelRepo, who: string, edit: () => void): Promise<void> {
  await repo.gitAs(who, ['merge', '-q', '--no-ff', '--no-commit', 'main']);
  edit();
  await repo.commit('merge main', who);
}

playCases('what a signature survives', [
  {
    name: 'a squash',
    want: 'pass',
    begin: signedByBoth,
    play: async (repo) => {
      await repo.git('reset', '-q', '--soft', 'main');
      await repo.commit('all in one', 'ada');
    },
  },
  {
    name: 'a rebase over something else',
    want: 'pass',
    begin: signedByBoth,
    byCommand: true,
    play: async (repo) => {
      await repo.onMain('README.md', '# other\n');
      await repo.gitAs('ada', ['rebase', '-q', 'main']);
    },
  },
  {
    name: 'a merge of the target',
    want: 'pass',
    begin: signedByBoth,
    play: async (repo) => {
      await repo.onMain('README.md', '# other\n');
      await repo.gitAs('ada', ['merge', '-q', '--no-ff', '-m', 'merge', 'main']);
    },
  },
  {
    name: 'a target that moved elsewhere and was not taken in',
    want: 'pass',
    begin: signedByBoth,
    play: async (repo) => {
      await repo.onMain('model/other.py', 'x = 1\n');
    },
  },
  {
    name: 'an edit of what no rule governs',
    want: 'pass',
    begin: signedByBoth,
    play: async (repo) => {
      repo.write('docs/a.md', 'x\n');
      await repo.commit('docs', 'ada');
    },
  },
  {
    name: 'an amended message',
    want: 'pass',
    begin: signedByBoth,
    play: async (repo) => {
      await repo.gitAs('ada', ['commit', '-q', '--amend', '-m', 'better words']);
    },
  },
  {
    name: 'a change taken back and made again',
    want: 'pass',
    begin: signedByBoth,
    play: async (repo) => {
      repo.write('model/score.py', scoreText);
      await repo.commit('back', 'ada');
      await repo.change();
    },
  },
  {
    name: 'a fast-forward landing, looked at from before',
    want: 'pass',
    begin: signedByBoth,
    play: async (repo) => {
      const before = await repo.git('rev-parse', 'main');
      await repo.land();
      return { range: `${before}...main` };
    },
  },
  {
    name: 'a cherry-pick of everything',
    want: 'pass',
    begin: signedByBoth,
    play: async (repo) => {
      await repo.git('switch', '-q', '-c', 'picked', 'main');
      await repo.gitAs('ada', ['cherry-pick', 'main..change']);
    },
  },
]);

playCases('what makes a signature stale', [
  {
    name: 'indentation',
    want: ['fail', 'requirement/unmet'],
    begin: signedByBoth,
    play: async (repo) => {
      await repo.change('ada', raisedText.replace('        return 1', '    return 1'));
    },
  },
  {
    name: 'a space at the end of a line',
    want: ['fail', 'requirement/unmet'],
    begin: signedByBoth,
    play: async (repo) => {
      await repo.change('ada', raisedText.replace('return 0', 'return 0 '));
    },
  },
  {
    name: 'a line end at the end',
    want: ['fail', 'requirement/unmet'],
    begin: signedByBoth,
    play: async (repo) => {
      await repo.change('ada', raisedText.trimEnd());
    },
  },
  {
    name: 'the mode alone',
    want: ['fail', 'requirement/unmet'],
    begin: signedByBoth,
    play: async (repo) => {
      await repo.git('update-index', '--chmod=+x', 'model/score.py');
      await repo.gitAs('ada', ['commit', '-qm', 'x']);
    },
  },
  {
    name: 'one file more',
    want: ['fail', 'requirement/unmet'],
    begin: signedByBoth,
    play: async (repo) => {
      repo.write('model/more.py', 'x\n');
      await repo.commit('more', 'ada');
    },
  },
  {
    name: 'an empty file more',
    want: ['fail', 'requirement/unmet'],
    begin: signedByBoth,
    play: async (repo) => {
      repo.write('model/__init__.py', '');
      await repo.commit('more', 'ada');
    },
  },
  {
    name: 'a rename',
    want: ['fail', 'requirement/unmet'],
    begin: signedByBoth,
    play: async (repo) => {
      await repo.git('mv', 'model/score.py', 'model/points.py');
      await repo.commit('rename', 'ada');
    },
  },
  {
    name: 'a cherry-pick of part of it',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      await repo.change();
      repo.write('model/more.py', 'x\n');
      await repo.commit('more', 'ada');
      await repo.both();
      const [more] = (await repo.git('rev-list', '--reverse', 'main..HEAD')).split('\n').slice(1);
      await repo.gitAs('ada', ['revert', '--no-edit', more as string]);
    },
  },
  {
    name: 'a plumbing commit',
    want: ['fail', 'requirement/unmet'],
    begin: signedByBoth,
    play: async (repo) => {
      repo.write('model/score.py', evilText);
      await repo.git('add', '-A');
      await commitTree(repo, await repo.git('write-tree'), ['HEAD']);
    },
  },
  {
    name: 'a commit past the hooks',
    want: ['fail', 'requirement/unmet'],
    byCommand: true,
    play: async (repo) => {
      repo.write('.git/hooks/pre-commit', '#!/bin/sh\nexit 1\n');
      await repo.change();
    },
  },
  {
    name: 'the target changed the same file elsewhere',
    want: ['fail', 'requirement/unmet'],
    begin: { files: { 'model/long.py': `${'a = 1\n'.repeat(20)}` } },
    play: async (repo) => {
      repo.write('model/long.py', `b = 2\n${'a = 1\n'.repeat(19)}`);
      await repo.commit('top', 'ada');
      await repo.both();
      await repo.onMain('model/long.py', `${'a = 1\n'.repeat(19)}c = 3\n`);
    },
  },
]);

playCases('merges', [
  {
    name: 'a merge of the target that changes the model',
    want: ['fail', 'requirement/unmet'],
    begin: signedByBoth,
    play: async (repo) => {
      await repo.onMain('README.md', '# other\n');
      await mergeWith(repo, 'ada', () => repo.write('model/score.py', evilText));
    },
  },
  {
    name: 'a merge whose maker signs as independent',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      await repo.change();
      await repo.onMain('README.md', '# other\n');
      await mergeWith(repo, 'ben', () => repo.write('model/score.py', evilText));
      await repo.both();
    },
  },
  {
    name: 'a merge that only merges makes nobody an author',
    want: 'pass',
    play: async (repo) => {
      await repo.change();
      await repo.onMain('README.md', '# other\n');
      await repo.gitAs('ben', ['merge', '-q', '--no-ff', '-m', 'merge', 'main']);
      await repo.both();
    },
  },
  {
    name: 'a conflict resolved by who signs as independent',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      await repo.change();
      await repo.onMain('model/score.py', scoreText.replace('> 12', '> 11'));
      await repo.tryGit('merge', '-q', '--no-ff', 'main');
      repo.write('model/score.py', raisedText);
      await repo.git('add', '-A');
      await repo.gitAs('ben', ['commit', '-qm', 'resolved']);
      await repo.both();
    },
  },
  {
    name: 'a conflict resolved by the author',
    want: 'pass',
    play: async (repo) => {
      await repo.change();
      await repo.onMain('model/score.py', scoreText.replace('> 12', '> 11'));
      await repo.tryGit('merge', '-q', '--no-ff', 'main');
      repo.write('model/score.py', raisedText);
      await repo.git('add', '-A');
      await repo.gitAs('ada', ['commit', '-qm', 'resolved']);
      await repo.both();
    },
  },
  {
    name: 'a conflict with the target',
    want: ['fail', 'change/conflict'],
    begin: signedByBoth,
    byCommand: true,
    play: async (repo) => {
      await repo.onMain('model/score.py', scoreText.replace('> 12', '> 11'));
    },
  },
  {
    name: 'a merge that chooses ours takes the target’s change back',
    want: ['fail', 'requirement/unmet'],
    begin: signedByBoth,
    play: async (repo) => {
      await repo.onMain('model/other.py', 'x = 1\n');
      await repo.gitAs('ada', ['merge', '-q', '-s', 'ours', '-m', 'merge', 'main']);
    },
  },
  {
    name: 'a merge that chooses ours takes back what no rule governs',
    want: 'pass',
    begin: signedByBoth,
    play: async (repo) => {
      await repo.onMain('README.md', '# other\n');
      await repo.gitAs('ada', ['merge', '-q', '-s', 'ours', '-m', 'merge', 'main']);
    },
  },
  {
    name: 'a criss-cross history that hides a change',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      // Each branch takes the other in; then one side slips a change into its merge.
      await repo.change();
      await repo.both();
      await repo.git('switch', '-q', '-c', 'side', 'main');
      repo.write('docs/side.md', 'x\n');
      await repo.commit('side', 'eve');
      const [one, two] = [
        await repo.git('rev-parse', 'change'),
        await repo.git('rev-parse', 'side'),
      ];
      await repo.gitAs('eve', ['merge', '-q', '--no-ff', '-m', 'cross', one]);
      await repo.git('switch', '-q', 'change');
      await repo.gitAs('ada', ['merge', '-q', '--no-ff', '--no-commit', two]);
      repo.write('model/hidden.py', 'x = 1\n');
      await repo.commit('cross', 'ada');
      await repo.gitAs('ada', ['merge', '-q', '--no-ff', '-m', 'again', 'side']);
    },
  },
  {
    name: 'a criss-cross history that is honest',
    want: 'pass',
    play: async (repo) => {
      await repo.change();
      await repo.both();
      await repo.git('switch', '-q', '-c', 'side', 'main');
      repo.write('docs/side.md', 'x\n');
      await repo.commit('side', 'eve');
      const [one, two] = [
        await repo.git('rev-parse', 'change'),
        await repo.git('rev-parse', 'side'),
      ];
      await repo.gitAs('eve', ['merge', '-q', '--no-ff', '-m', 'cross', one]);
      await repo.git('switch', '-q', 'change');
      await repo.gitAs('ada', ['merge', '-q', '--no-ff', '-m', 'cross', two]);
      await repo.gitAs('ada', ['merge', '-q', '--no-ff', '-m', 'again', 'side']);
    },
  },
  {
    name: 'a file that the target renamed takes the edit along',
    want: ['fail', 'requirement/unmet'],
    begin: { files: { 'model/long.py': 'a = 1\n'.repeat(30) } },
    play: async (repo) => {
      repo.write('model/long.py', `${'a = 1\n'.repeat(30)}b = 2\n`);
      await repo.commit('edit', 'ada');
      await repo.both();
      await repo.git('switch', '-q', 'main');
      await repo.git('mv', 'model/long.py', 'model/renamed.py');
      await repo.commit('rename', 'eve');
      await repo.git('switch', '-q', 'change');
    },
  },
  {
    name: 'what the merge with the target carries over a rename is of who wrote the lines, and of nobody else',
    want: 'pass',
    begin: { files: { 'model/long.py': 'a = 1\n'.repeat(30) } },
    play: async (repo) => {
      repo.write('docs/x.md', 'x\n');
      await repo.commit('docs', 'ben');
      repo.write('model/long.py', `${'a = 1\n'.repeat(30)}b = 2\n`);
      await repo.commit('edit', 'ada');
      await repo.git('switch', '-q', 'main');
      await repo.git('mv', 'model/long.py', 'model/renamed.py');
      await repo.commit('rename', 'eve');
      await repo.git('switch', '-q', 'change');
      await repo.both();
    },
  },
  {
    name: 'a merge of three makes its maker an author',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      for (const [branch, who] of [
        ['one', 'ada'],
        ['two', 'cy'],
      ] as const) {
        await repo.git('switch', '-q', '-c', branch, 'main');
        repo.write(`model/${branch}.py`, 'x\n');
        await repo.commit(branch, who);
      }
      await repo.git('switch', '-q', 'change');
      await repo.gitAs('ben', ['merge', '-q', '--no-ff', '-m', 'octopus', 'one', 'two']);
      await repo.both();
    },
  },
  {
    name: 'a history without a common beginning',
    want: ['undecidable', 'history/missing'],
    byCommand: true,
    play: async (repo) => {
      await repo.git('switch', '-q', '--orphan', 'alone');
      repo.write('model/score.py', evilText);
      await repo.commit('alone', 'ada');
    },
  },
  {
    name: 'a root commit touches all of its files',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      await repo.git('switch', '-q', '--orphan', 'alone');
      repo.write('model/extra.py', 'x\n');
      await repo.commit('alone', 'ben');
      await repo.git('switch', '-q', 'change');
      await repo.gitAs('ada', [
        'merge',
        '-q',
        '--allow-unrelated-histories',
        '-m',
        'join',
        'alone',
      ]);
      await repo.both();
    },
  },
]);

/** A commit object of which one header line more was written by hand. */
async function craft(repo: ModelRepo, change: (text: string) => string): Promise<void> {
  const text = (await repo.gitBytes(['cat-file', 'commit', 'HEAD'])).toString('utf8');
  const oid = (
    await repo.gitBytes(['hash-object', '-t', 'commit', '-w', '--literally', '--stdin'], {
      input: change(text),
    })
  )
    .toString()
    .trim();
  await repo.git('update-ref', 'refs/heads/change', oid);
}

playCases('commit objects made by hand', [
  {
    name: 'a parent named after the committer, so that the commit looks like a clean merge',
    want: ['undecidable', 'history/odd-commit'],
    play: async (repo) => {
      repo.write('model/score.py', evilText);
      await repo.commit('hidden', 'ben');
      const hidden = await repo.git('rev-parse', 'HEAD');
      await repo.git('reset', '-q', '--hard', 'main');
      repo.write('model/score.py', evilText);
      await repo.commit('the same', 'ben');
      await craft(repo, (text) => text.replace(/\n\n/, `\nparent ${hidden}\n\n`));
      await repo.git('reset', '-q', '--hard', 'change');
      await repo.both();
    },
  },
  {
    name: 'the same, beside an honest commit of the same file',
    want: ['undecidable', 'history/odd-commit'],
    play: async (repo) => {
      await repo.change('ada', scoreText.replace('> 12', '> 14'));
      const honest = await repo.git('rev-parse', 'HEAD');
      await repo.change('ben', evilText);
      const hidden = await repo.git('rev-parse', 'HEAD');
      await craft(repo, (text) =>
        text
          .replace(/\n\n/, `\nparent ${hidden}\n\n`)
          .replace(`parent ${honest}`, `parent ${honest}`),
      );
      await repo.git('reset', '-q', '--hard', 'change');
      await repo.signoff('ada', 'model-owner');
      await repo.signoff('ben', 'validator');
    },
  },
  {
    name: 'a second author',
    want: ['undecidable', 'history/odd-commit'],
    play: async (repo) => {
      await repo.change('ben');
      await craft(repo, (text) =>
        text.replace('\nauthor ', '\nauthor ada <ada@example.org> 1700000000 +0000\nauthor '),
      );
      await repo.git('reset', '-q', '--hard', 'change');
      await repo.both();
    },
  },
  {
    name: 'no author',
    want: ['undecidable', 'history/odd-commit'],
    play: async (repo) => {
      await repo.change('ben');
      await craft(repo, (text) => text.replace(/\nauthor [^\n]*/, ''));
      await repo.git('reset', '-q', '--hard', 'change');
    },
  },
  {
    name: 'two e-mails in one author',
    want: ['fail', 'author/unknown'],
    play: async (repo) => {
      await repo.change('ben');
      await craft(repo, (text) =>
        text.replace(
          'author ben <ben@example.org>',
          'author ben <ben@example.org> <ada@example.org>',
        ),
      );
      await repo.git('reset', '-q', '--hard', 'change');
      await repo.both();
    },
  },
  {
    name: 'a name in another encoding',
    want: 'pass',
    play: async (repo) => {
      await repo.git('config', 'i18n.commitEncoding', 'ISO-8859-1');
      await repo.change('ada', raisedText, { GIT_AUTHOR_NAME: 'Ad\u00e4' });
      await repo.both();
    },
  },
]);

test('a conflict with the target leaves every touched rule unmet, and nobody approves there', async () => {
  for (const path of ['model/score.py', 'README.md']) {
    const repo = await ModelRepo.make({ upTo: 'change' });
    repo.write('README.md', '# ours\n');
    await repo.commit('readme', 'ada');
    await repo.onMain(path, '# theirs\n');
    await repo.both();
    const { result, verdict, codes } = await judge(repo);
    assert.deepEqual(
      [verdict, codes, result?.rules.map(({ id, state }) => `${id} ${state}`)],
      ['fail', ['change/conflict'], ['model-change unmet']],
      path,
    );
    const repository = await openRepository(repo.dir);
    const request = {
      source: { kind: 'range', from: 'main', to: 'HEAD' },
      target: 'main',
      person: 'cy',
      rule: 'model-change',
    } as const;
    await assert.rejects(prepareSignoffs(repository, { ...request, decision: 'approve' }), {
      code: 'sign/conflict',
      fix: 'take the target in, then sign: git merge main',
    });
    await assert.rejects(
      prepareException(repository, {
        ...request,
        person: 'eve',
        reason: 'wrong wages',
        expires: new Date(Date.now() + 86_400_000),
      }),
      { code: 'sign/conflict' },
    );
    assert.equal((await prepareSignoffs(repository, { ...request, decision: 'reject' })).length, 1);
    await repo.tryGit('merge', '-q', '-X', 'ours', 'main');
    assert.equal(
      (await prepareSignoffs(repository, { ...request, decision: 'approve' })).length,
      1,
    );
  }
});

playCases('landing by rebase', [
  {
    name: 'a governed file that comes and goes',
    want: ['fail', 'change/squash-first'],
    begin: { policy: policyWithRule({}, { landing: 'rebase' }) },
    play: async (repo) => {
      repo.write('model/draft.py', 'x\n');
      await repo.commit('draft', 'ada');
      await repo.git('rm', '-q', 'model/draft.py');
      await repo.commit('gone', 'ada');
      await repo.change();
      await repo.both();
    },
  },
  {
    name: 'the same, squashed',
    want: 'pass',
    begin: { policy: policyWithRule({}, { landing: 'rebase' }) },
    play: async (repo) => {
      repo.write('model/draft.py', 'x\n');
      await repo.commit('draft', 'ada');
      await repo.git('rm', '-q', 'model/draft.py');
      await repo.commit('gone', 'ada');
      await repo.change();
      await repo.both();
      await repo.git('reset', '-q', '--soft', 'main');
      await repo.commit('one', 'ada');
    },
  },
  {
    name: 'an ungoverned file that comes and goes',
    want: 'pass',
    begin: { policy: policyWithRule({}, { landing: 'rebase' }) },
    play: async (repo) => {
      repo.write('docs/draft.md', 'x\n');
      await repo.commit('draft', 'ada');
      await repo.git('rm', '-q', 'docs/draft.md');
      await repo.commit('gone', 'ada');
      await repo.change();
      await repo.both();
    },
  },
  {
    name: 'a merge lands the two ends only',
    want: 'pass',
    play: async (repo) => {
      repo.write('model/draft.py', 'x\n');
      await repo.commit('draft', 'ada');
      await repo.git('rm', '-q', 'model/draft.py');
      await repo.commit('gone', 'ada');
      await repo.change();
      await repo.both();
    },
  },
  {
    name: 'a policy that comes and goes',
    want: ['fail', 'change/squash-first'],
    begin: { policy: policyWithRule({}, { landing: 'rebase' }) },
    play: async (repo) => {
      const text = await repo.read('.countersign/policy.yaml');
      repo.write('.countersign/policy.yaml', text.replace('max_days: 3', 'max_days: 2'));
      await repo.commit('policy', 'ada');
      repo.write('.countersign/policy.yaml', text);
      await repo.commit('back', 'ada');
    },
  },
]);

playCases('a rule that wants its branch up to date', [
  {
    name: 'behind its target',
    want: ['fail', 'change/behind'],
    begin: { policy: policyWithRule({ up_to_date: true }) },
    play: async (repo) => {
      await repo.change();
      await repo.both();
      await repo.onMain('README.md', '# x\n');
    },
  },
  {
    name: 'up to date',
    want: 'pass',
    begin: { policy: policyWithRule({ up_to_date: true }) },
    play: async (repo) => {
      await repo.change();
      await repo.onMain('README.md', '# x\n');
      await repo.gitAs('ada', ['merge', '-q', '--no-ff', '-m', 'merge', 'main']);
      await repo.both();
    },
  },
  {
    name: 'behind, with nothing in that rule',
    want: 'pass',
    begin: { policy: policyWithRule({ up_to_date: true }) },
    play: async (repo) => {
      repo.write('docs/a.md', 'x\n');
      await repo.commit('docs', 'ada');
      await repo.onMain('README.md', '# x\n');
    },
  },
]);

playCases('the empty and the large', [
  { name: 'nothing changed', want: 'pass', byCommand: true, play: async () => {} },
  {
    name: 'only files that no rule governs',
    want: 'pass',
    play: async (repo) => {
      repo.write('docs/a.md', 'x\n');
      await repo.commit('docs', 'ada');
    },
  },
  {
    name: 'an exempt file in a governed folder',
    want: 'pass',
    play: async (repo) => {
      repo.write('model/notes.md', 'x\n');
      await repo.commit('notes', 'ada');
    },
  },
  {
    name: 'more files than a sign-off lists',
    want: 'pass',
    play: async (repo) => {
      for (let index = 0; index < 1001; index++) repo.write(`model/part/${index}.py`, `${index}\n`);
      await repo.commit('many', 'ada');
      await repo.both();
    },
  },
  {
    name: 'more files than a sign-off lists, one of them changed since',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      for (let index = 0; index < 1001; index++) repo.write(`model/part/${index}.py`, `${index}\n`);
      await repo.commit('many', 'ada');
      await repo.both();
      repo.write('model/part/7.py', 'x\n');
      await repo.commit('one', 'ada');
    },
  },
  {
    name: 'an author by environment alone',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      repo.write('model/score.py', raisedText);
      await repo.git('add', '-A');
      await repo.gitBytes(['commit', '-qm', 'x'], {
        env: { ...as('ada'), GIT_AUTHOR_EMAIL: 'ben@example.org' },
      });
      await repo.both();
    },
  },
]);
