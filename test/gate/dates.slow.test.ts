import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { audit } from '../../src/app/audit.ts';
import type { Landing } from '../../src/core/gate/landing.ts';
import { openRepository } from '../../src/node/repository.ts';
import { playCases } from './kit/cases.ts';
import { assertJudged, judge } from './kit/judged.ts';
import { ModelRepo, raisedText, scoreText } from './kit/model-repo.ts';
import { modelRule, policyText, policyValue, policyWithRule } from './kit/policy.ts';

const now = new Date('2026-11-24T06:00:00Z');

/** Variables by which git dates a commit. */
const dated = (date: string): Record<string, string> => ({
  GIT_AUTHOR_DATE: date,
  GIT_COMMITTER_DATE: date,
});

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
  repo.write(
    '.countersign/policy.yaml',
    policyText(policyWithRule({ require: [...modelRule.require, { role: 'ethics', count: 1 }] })),
  );
  await repo.commit('stricter', 'ada', dated('2026-11-24T01:00:00Z'));
  await repo.admins();
  await repo.land();
  await repo.git('switch', '-q', '-C', 'change', 'release/1');
  repo.write('model/score.py', raisedText);
  await repo.commit('raise the bar', 'ada', dated('2026-11-24T02:00:00Z'));
  await repo.both({ target: 'release/1' });
  await repo.git('switch', '-q', 'release/1');
  await repo.gitAs(
    'ada',
    ['merge', '-q', '--no-ff', '--no-edit', 'change'],
    dated('2026-11-24T02:00:00Z'),
  );
  return (await landings(repo, 'release/1')).at(-1);
}

describe('dates that somebody wrote into commits', { concurrency: 3 }, () => {
  for (const date of ['2026-11-24T00:30:00Z', '2099-01-01T00:00:00Z', '@9999999999999 +0000']) {
    test(`no commit of ${date} on the policy branch keeps an older policy for a release`, async () => {
      assert.equal((await releasedByLess(await ModelRepo.make(), date))?.state, 'failed');
    });

    test(`no commit of ${date} makes what lands after it too old, or its keys`, async () => {
      const repo = await ModelRepo.make({
        policy: policyValue({ rules: [{ ...modelRule, max_age_days: 30 }] }),
      });
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

test('a release that began by itself, dated before the policy branch, is not judged by a policy of its own', async () => {
  const repo = await ModelRepo.make();
  await repo.git('switch', '-q', '--orphan', 'release/9');
  await repo.git('checkout', '-q', 'main', '--', '.');
  repo.write('.countersign/policy.yaml', policyText(policyValue({ rules: [] })));
  await repo.commit('mine', 'mallory', dated('1995-01-01T00:00:00Z'));
  repo.write('model/score.py', raisedText);
  await repo.commit('more', 'mallory', dated('1995-01-02T00:00:00Z'));
  assert.deepEqual(
    (await landings(repo, 'release/9')).map(({ state }) => state),
    ['unsigned', 'unsigned'],
  );
});

const at = (time: string) => ({ payload: { signed_at: `2026-11-24T${time}:00Z` } });

/** Somebody who may push dates back what lands on main. */
async function pushed(repo: ModelRepo, text: string, time: string): Promise<void> {
  repo.write('model/score.py', text);
  await repo.commit('land', 'ada', dated(`2026-11-${time}:00Z`));
}

/**
 * Ben's approval is counted from outside and lands with nobody; the change is taken off main again, which both sign; then it
 * comes back with that approval of Ben's, or with one that he signed after.
 *
 * @param landing when landing and rollback say that they were made
 */
const servedOnce =
  (landing: string, signed: string) =>
  async (repo: ModelRepo): Promise<void> => {
    await repo.change();
    const early = await repo.signoff('ben', 'validator', { commit: false, ...at('01:30') });
    const kept = await repo.read(early);
    rmSync(join(repo.dir, early));
    await repo.git('switch', '-q', 'main');
    await pushed(repo, raisedText, landing);
    await repo.git('switch', '-q', '-C', 'back');
    await pushed(repo, scoreText, landing);
    for (const [who, role] of [
      ['ada', 'model-owner'],
      ['ben', 'validator'],
    ] as const)
      await repo.signoff(who, role, { commit: false, ...at('02:00') });
    await repo.git('add', '-A');
    await repo.gitAs(
      'ada',
      ['commit', '-q', '--amend', '--no-edit'],
      dated(`2026-11-${landing}:00Z`),
    );
    await repo.git('switch', '-q', 'main');
    await repo.git('merge', '-q', '--ff-only', 'back');
    await repo.git('switch', '-q', '-C', 'again', 'main');
    await repo.change();
    await repo.signoff('ada', 'model-owner', at('03:00'));
    if (signed === 'early') {
      repo.write(early, kept);
      await repo.commit('again', 'ada');
    } else await repo.signoff('ben', 'validator', at(signed));
  };

playCases('an approval that served and did not land, after a rollback', [
  {
    name: 'of honest dates',
    want: ['fail', 'requirement/unmet'],
    says: ['signoff/served'],
    play: servedOnce('24T01:45', 'early'),
  },
  {
    name: 'dated back before what was signed for it',
    want: ['fail', 'requirement/unmet'],
    says: ['signoff/served'],
    byCommand: true,
    play: servedOnce('24T00:10', 'early'),
  },
  {
    name: 'dated back by years',
    want: ['fail', 'requirement/unmet'],
    says: ['signoff/served'],
    play: servedOnce('01T00:00', 'early'),
  },
  {
    name: 'dated to a time that is still to come',
    want: ['fail', 'requirement/unmet'],
    says: ['signoff/served'],
    play: servedOnce('29T00:00', 'early'),
  },
  { name: 'and signed anew', want: 'pass', play: servedOnce('24T01:45', '03:00') },
  { name: 'dated back, and signed anew', want: 'pass', play: servedOnce('24T00:10', '03:00') },
]);

test('what is signed anew after a rollback counts, also in the second in which it was signed before', async () => {
  const repo = await ModelRepo.make({ upTo: 'change' });
  const then = { payload: { signed_at: '2026-11-24T01:00:00Z' } };
  await repo.both(then);
  await repo.land();
  await repo.onMain('model/score.py', scoreText);
  await repo.git('switch', '-q', '-c', 'again', 'main');
  await repo.change();
  await repo.both(then);
  assertJudged(await judge(repo), 'pass');
});
