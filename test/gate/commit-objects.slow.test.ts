import assert from 'node:assert/strict';
import { test } from 'node:test';
import { prepareException } from '../../src/app/make-exception.ts';
import { prepareSignoffs } from '../../src/app/sign.ts';
import { openRepository } from '../../src/node/repository.ts';
import { playCases } from './kit/cases.ts';
import { judge } from './kit/judged.ts';
import { ModelRepo, raisedText, scoreText } from './kit/model-repo.ts';
import { evilText } from './kit/signed-by-both.ts';

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
