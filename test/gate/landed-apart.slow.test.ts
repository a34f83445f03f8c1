import { playCases } from './kit/cases.ts';
import { policyText, policyValue } from './kit/policy.ts';
import { type ModelRepo, raisedText, scoreText } from './kit/model-repo.ts';

const rejected = ['fail', 'signoff/rejected'] as const;
const unmet = ['fail', 'requirement/unmet'] as const;
const raisedMore = `${raisedText}# one byte more\n`;
const fast = '2026-11-24T06:15:00Z';

/** Somebody lands signed files of the branch by themselves; what was on the branch goes on. */
async function landAlone(repo: ModelRepo, ...paths: readonly string[]): Promise<void> {
  await bringAlone(repo, ...paths);
  await repo.git('switch', '-q', 'main');
  await repo.gitAs('ada', ['merge', '-q', '--no-ff', '-m', 'words', 'words']);
  await repo.git('switch', '-q', 'change');
}

/** The same, up to the branch that would land them. */
async function bringAlone(repo: ModelRepo, ...paths: readonly string[]): Promise<void> {
  await repo.git('switch', '-q', '-C', 'words', 'main');
  await repo.git('checkout', '-q', 'change', '--', ...paths);
  await repo.commit('words', 'ada');
}

const rejectOfBen = (repo: ModelRepo): Promise<string> =>
  repo.signoff('ben', 'validator', { payload: { decision: 'reject' } });

playCases('words that somebody lands before their change', [
  {
    name: 'a reject, which may not',
    want: ['fail', 'signoff/apart'],
    begin: { upTo: 'change' },
    byCommand: true,
    play: async (repo) => {
      await bringAlone(repo, await rejectOfBen(repo));
    },
  },
  {
    name: 'an approval, which may not',
    want: ['fail', 'signoff/apart'],
    begin: { upTo: 'change' },
    play: async (repo) => {
      await bringAlone(repo, await repo.signoff('ben', 'validator'));
    },
  },
  {
    name: 'an exception, which may not',
    want: ['fail', 'exception/apart'],
    begin: { upTo: 'owner' },
    play: async (repo) => {
      await bringAlone(repo, await repo.exception('eve'));
    },
  },
  {
    name: 'an approval on the way there, by its hook',
    want: ['pass', 'signoff/apart'],
    begin: { upTo: 'change' },
    play: async (repo) => {
      await bringAlone(repo, await repo.signoff('ben', 'validator'));
      return { stage: 'records' };
    },
  },
  {
    name: 'a reject, which binds what the branch makes of it',
    want: rejected,
    begin: { upTo: 'change' },
    byCommand: true,
    play: async (repo) => {
      const path = await rejectOfBen(repo);
      await repo.change('ada', raisedMore);
      await repo.signoff('ada', 'model-owner');
      await repo.signoff('cy', 'validator');
      await landAlone(repo, path);
    },
  },
  {
    name: 'a reject, which binds after a rebase that drops it',
    want: rejected,
    begin: { upTo: 'change' },
    play: async (repo) => {
      await landAlone(repo, await rejectOfBen(repo));
      await repo.git('switch', '-q', '-C', 'anew', 'main');
      await repo.change('ada', raisedMore);
      await repo.signoff('ada', 'model-owner');
      await repo.signoff('cy', 'validator');
    },
  },
  {
    name: 'a reject of what was taken back before, which binds all the same',
    want: rejected,
    begin: { upTo: 'both' },
    play: async (repo) => {
      await repo.land('back');
      await repo.change('ada', scoreText);
      await repo.land('change2');
      await repo.git('switch', '-q', '-C', 'change');
      await repo.change();
      await landAlone(repo, await rejectOfBen(repo));
      await repo.git('switch', '-q', '-C', 'anew', 'main');
      await repo.change('ada', raisedMore);
      await repo.signoff('ada', 'model-owner');
      await repo.signoff('cy', 'validator');
    },
  },
  {
    name: 'a reject that its signer replaces',
    want: 'pass',
    begin: { upTo: 'change' },
    play: async (repo) => {
      const path = await rejectOfBen(repo);
      await landAlone(repo, path);
      await repo.change('ada', raisedMore);
      await repo.signoff('ada', 'model-owner');
      await repo.signoff('ben', 'validator', { payload: { replaces: await repo.payloadId(path) } });
    },
  },
  {
    name: 'a withdrawal, which takes back',
    want: unmet,
    begin: { upTo: 'both' },
    byCommand: true,
    play: async (repo) => {
      await landAlone(
        repo,
        await repo.signoff('ben', 'validator', { payload: { decision: 'withdraw' } }),
      );
    },
  },
  {
    name: 'a withdrawal, which takes back from a branch that never had it',
    want: unmet,
    begin: { upTo: 'both' },
    play: async (repo) => {
      await repo.git('branch', 'clean');
      await landAlone(
        repo,
        await repo.signoff('ben', 'validator', { payload: { decision: 'withdraw' } }),
      );
      await repo.git('switch', '-q', 'clean');
    },
  },
  {
    name: 'and a branch that lands with its own stale words',
    want: 'pass',
    begin: { upTo: 'both' },
    play: async (repo) => {
      const path = await repo.signoff('cy', 'validator', { payload: { decision: 'reject' } });
      await repo.change('ada', raisedMore);
      await repo.both();
      await repo.signoff('cy', 'validator', { payload: { replaces: await repo.payloadId(path) } });
    },
  },
  {
    name: 'and words about what has landed',
    want: 'pass',
    begin: { upTo: 'both' },
    play: async (repo) => {
      await repo.git('switch', '-q', '-c', 'late');
      const path = await repo.signoff('cy', 'validator', { payload: { decision: 'reject' } });
      await repo.git('branch', '-f', 'change', 'late');
      await repo.git('branch', '-f', 'main', 'late~1');
      await bringAlone(repo, path);
    },
  },
  {
    name: 'and a change after a reject of what had landed',
    want: 'pass',
    begin: { upTo: 'both' },
    play: async (repo) => {
      const [path, text] = await repo
        .signoff('cy', 'validator', { payload: { decision: 'reject' }, commit: false })
        .then(async (name) => [name, await repo.read(name)] as const);
      await repo.land('late');
      repo.write(path, text);
      await repo.commit('late reject', 'cy');
      await repo.land('more');
      await repo.change('ada', raisedMore);
      await repo.both();
    },
  },
]);

/** Ben approves, and then takes it back in some way that could be said to count for nothing. */
async function withdrawn(repo: ModelRepo, payload: Record<string, unknown>): Promise<void> {
  const path = await repo.signoff('ben', 'validator');
  await repo.signoff('ben', 'validator', {
    payload: { decision: 'withdraw', replaces: await repo.payloadId(path), ...payload },
  });
}

/** What the policy becomes while the branch is open. */
async function policyOnMain(repo: ModelRepo, change: Record<string, unknown>): Promise<void> {
  await repo.onMain('.countersign/policy.yaml', policyText(policyValue(change)));
}

playCases('words that take back, by what would void an approval', [
  {
    name: 'a withdrawal by a clock that runs ahead',
    want: unmet,
    begin: { upTo: 'owner' },
    byCommand: true,
    play: (repo) => withdrawn(repo, { signed_at: fast }),
  },
  {
    name: 'a withdrawal by a clock that runs ahead, which names no approval',
    want: unmet,
    begin: { upTo: 'both' },
    play: async (repo) => {
      await repo.signoff('ben', 'validator', {
        payload: { decision: 'withdraw', signed_at: fast },
      });
    },
  },
  {
    name: 'a withdrawal over a list of files that does not agree',
    want: unmet,
    begin: { upTo: 'owner' },
    play: (repo) => withdrawn(repo, { manifest: [] }),
  },
  {
    name: 'a withdrawal in a role that its signer has no more',
    want: unmet,
    begin: { upTo: 'owner' },
    play: (repo) => withdrawn(repo, { role: 'ethics' }),
  },
  {
    name: 'a withdrawal of a reject by a clock that runs ahead, which frees nothing',
    want: rejected,
    begin: { upTo: 'both' },
    play: async (repo) => {
      const path = await repo.signoff('cy', 'validator', { payload: { decision: 'reject' } });
      await repo.signoff('cy', 'validator', {
        payload: {
          decision: 'withdraw',
          replaces: await repo.payloadId(path),
          signed_at: fast,
        },
      });
    },
  },
  {
    name: 'a reject over a list of files that does not agree',
    want: rejected,
    begin: { upTo: 'both' },
    play: async (repo) => {
      await repo.signoff('cy', 'validator', { payload: { decision: 'reject', manifest: [] } });
    },
  },
  {
    name: 'a reject by somebody whose role is taken away while the branch is open',
    want: rejected,
    begin: { upTo: 'both' },
    byCommand: true,
    play: async (repo) => {
      await repo.signoff('cy', 'validator', { payload: { decision: 'reject' } });
      const { roles } = policyValue() as { roles: Record<string, readonly string[]> };
      await policyOnMain(repo, {
        roles: { ...roles, validator: (roles['validator'] ?? []).filter((who) => who !== 'cy') },
      });
    },
  },
  {
    name: 'a reject under a rule that is renamed while the branch is open',
    want: rejected,
    begin: { upTo: 'change' },
    play: async (repo) => {
      await repo.signoff('cy', 'validator', { payload: { decision: 'reject' } });
      const { rules } = policyValue() as { rules: readonly Record<string, unknown>[] };
      await policyOnMain(repo, { rules: rules.map((rule) => ({ ...rule, id: 'model' })) });
      await repo.change('ada', raisedMore);
      const { digest, manifest } = await repo.payload('ada', 'model-owner');
      const payload = { rule: 'model', digest, manifest };
      await repo.both({ payload });
    },
  },
  {
    name: 'a withdrawal that a later approval takes back',
    want: 'pass',
    begin: { upTo: 'owner' },
    play: async (repo) => {
      const path = await repo.signoff('ben', 'validator');
      const gone = await repo.signoff('ben', 'validator', {
        payload: { decision: 'withdraw', replaces: await repo.payloadId(path) },
      });
      await repo.signoff('ben', 'validator', { payload: { replaces: await repo.payloadId(gone) } });
    },
  },
]);
