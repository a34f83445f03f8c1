import assert from 'node:assert/strict';
import { test } from 'node:test';
import { prepareSignoffs } from '../../src/app/sign.ts';
import { openRepository } from '../../src/node/repository.ts';
import { ModelRepo } from '../gate/kit/model-repo.ts';

/** How often the signed files of a tree are listed while a person's sign-offs are prepared, and for how many rules. */
async function readings(repo: ModelRepo, rule?: string): Promise<{ readonly rules: readonly string[]; readonly listed: number }> {
  const opened = await openRepository(repo.dir);
  let listed = 0;
  const list: typeof opened.git.list = (tree, under) => {
    if (under.some((folder) => folder.startsWith('.countersign/signoffs'))) listed++;
    return opened.git.list(tree, under);
  };
  const drafts = await prepareSignoffs({ ...opened, git: { ...opened.git, list } }, { source: { kind: 'range', from: 'main', to: 'change' }, person: 'ada', rule, decision: 'approve' });
  return { rules: drafts.map((draft) => draft.rule), listed };
}

test('signed files are read once, however many rules wait for a person', async () => {
  const repo = await ModelRepo.make({ upTo: 'both' });
  repo.write('.gitattributes', '*.py text\n');
  await repo.commit('say what is text', 'ada');
  const one = await readings(repo, 'model-change');
  const all = await readings(repo);
  assert.deepEqual(one.rules, ['model-change']);
  assert.deepEqual(all.rules.toSorted(), ['model-change', 'repository-settings']);
  assert.ok(one.listed > 0);
  assert.equal(all.listed, one.listed);
});
