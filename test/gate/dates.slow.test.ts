import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { audit } from '../../src/app/audit.ts';
import type { Landing } from '../../src/core/gate/landing.ts';
import { openRepository } from '../../src/node/repository.ts';
import { ModelRepo, raisedText } from './kit/model-repo.ts';
import { modelRule, policyText, policyValue, policyWithRule } from './kit/policy.ts';

const now = new Date('2026-11-24T06:00:00Z');

/** Variables by which git dates a commit. */
const dated = (date: string): Record<string, string> => ({ GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date });

async function landings(repo: ModelRepo, target = 'main'): Promise<readonly Landing[]> {
  const { result } = await audit(await openRepository(repo.dir, process.env), { now, target });
  return result.landings;
}

/** A commit of what no rule governs on main, dated as its author likes; then a policy that asks for more, and a landing on a release by less. */
async function releasedByLess(repo: ModelRepo, date: string): Promise<Landing | undefined> {
  await repo.git('branch', 'release/1', 'main');
  await repo.git('switch', '-q', 'main');
  repo.write('docs/a.md', 'x\n');
  await repo.commit('docs', 'ada', dated(date));
  await repo.git('switch', '-q', '-C', 'change', 'main');
  repo.write('.countersign/policy.yaml', policyText(policyWithRule({ require: [...modelRule.require, { role: 'ethics', count: 1 }] })));
  await repo.commit('stricter', 'ada', dated('2026-11-24T01:00:00Z'));
  await repo.admins();
  await repo.land();
  await repo.git('switch', '-q', '-C', 'change', 'release/1');
  repo.write('model/score.py', raisedText);
  await repo.commit('raise the bar', 'ada', dated('2026-11-24T02:00:00Z'));
  await repo.both({ target: 'release/1' });
  await repo.git('switch', '-q', 'release/1');
  await repo.gitAs('ada', ['merge', '-q', '--no-ff', '--no-edit', 'change'], dated('2026-11-24T02:00:00Z'));
  return (await landings(repo, 'release/1')).at(-1);
}

describe('dates that somebody wrote into commits', { concurrency: 3 }, () => {
  for (const date of ['2026-11-24T00:30:00Z', '2099-01-01T00:00:00Z', '@9999999999999 +0000']) {
    test(`no commit of ${date} on the policy branch keeps an older policy for a release`, async () => {
      assert.equal((await releasedByLess(await ModelRepo.make(), date))?.state, 'failed');
    });

    test(`no commit of ${date} makes what lands after it too old, or its keys`, async () => {
      const repo = await ModelRepo.make({ policy: policyValue({ rules: [{ ...modelRule, max_age_days: 30 }] }) });
      await repo.git('switch', '-q', 'main');
      repo.write('docs/a.md', 'x\n');
      await repo.commit('docs', 'ada', dated(date));
      await repo.git('switch', '-q', '-C', 'change', 'main');
      await repo.change();
      await repo.both();
      await repo.git('switch', '-q', 'main');
      await repo.gitAs('ada', ['merge', '-q', '--no-ff', '--no-edit', 'change']);
      const [landing] = (await landings(repo)).slice(-1);
      assert.equal(landing?.state, 'signed', JSON.stringify(landing?.findings));
    });
  }
});
