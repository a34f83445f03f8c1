import { unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { type Case, playCases } from './kit/cases.ts';
import { assertJudged, judge } from './kit/judged.ts';
import { signerLines } from './kit/keys.ts';
import {
  type ModelRepo,
  type PayloadChanges,
  scoreText,
  type SignoffOptions,
} from './kit/model-repo.ts';
import { modelRule, policyText, policyValue } from './kit/policy.ts';
import { later, signedByBoth, signedByOwner } from './kit/forged.ts';

/** Lands the branch, takes its change back on main, and begins another branch. */
async function rollBack(repo: ModelRepo): Promise<void> {
  await repo.land();
  await repo.git('switch', '-q', 'main');
  repo.write('model/score.py', scoreText);
  await repo.commit('roll back', 'eve');
  await repo.git('switch', '-q', '-c', 'again');
}

/** A change that brings a rule over the docs with the first of them: only the policy that it brings knows who signs for these. */
async function bringDocsRule(repo: ModelRepo, signers: string): Promise<void> {
  repo.scopes['docs'] = (path) => path.startsWith('docs/');
  repo.write(
    '.countersign/policy.yaml',
    policyText(
      policyValue({
        rules: [
          modelRule,
          { id: 'docs', paths: ['docs/**'], require: [{ role: 'validator', count: 1 }] },
        ],
      }),
    ),
  );
  repo.write('.countersign/allowed_signers', signers);
  repo.write('docs/use.md', 'how to use it\n');
  await repo.commit('a rule over the docs', 'ada');
}

/** Such a change, with the key that signs for the docs where that is not Ben's old one, landed without Ben's sign-off for the docs, was rolled back, and is brought again with it. */
const docsRuleAgain =
  ({ key, payload }: SignoffOptions): Case['play'] =>
  async (repo) => {
    const signers =
      (await repo.read('.countersign/allowed_signers')) +
      (key ? (await signerLines([key])).replace(`${key}@`, 'ben@') : '');
    await bringDocsRule(repo, signers);
    const path = await repo.signoff('ben', 'validator', {
      rule: 'docs',
      commit: false,
      ...(key ? { key } : {}),
      payload: { checklist: null, answers: {}, ...payload },
    });
    const text = await repo.read(path);
    unlinkSync(join(repo.dir, path));
    const before = await repo.git('rev-parse', 'main');
    await repo.land();
    await repo.git('switch', '-q', 'main');
    await repo.git('rm', '-q', 'docs/use.md');
    await repo.git(
      'checkout',
      '-q',
      before,
      '--',
      '.countersign/policy.yaml',
      '.countersign/allowed_signers',
    );
    await repo.commit('roll back', 'eve');
    await repo.git('switch', '-q', '-c', 'again');
    await bringDocsRule(repo, signers);
    await repo.admins({ payload: { ...later, checklist: null, answers: {} } });
    repo.write(path, text);
    await repo.commit('again', 'ada');
  };

/** Bytes that are no UTF-8: every rule governs such a path, and no command line can name it. */
const unnamed = Buffer.from('model/\xff.py', 'latin1');

/** A file with such a name landed without Ben's sign-off, was rolled back, and is brought again with it. */
const unnamedAgain =
  (payload: PayloadChanges): Case['play'] =>
  async (repo) => {
    repo.write(unnamed, 'x = 1\n');
    await repo.commit('a file', 'ada');
    const landed = await repo.git('rev-parse', 'HEAD^{tree}');
    const path = await repo.signoff('ben', 'validator', { commit: false, payload });
    const text = await repo.read(path);
    unlinkSync(join(repo.dir, path));
    await repo.land();
    await repo.gitAs('eve', ['revert', '--no-edit', 'HEAD']);
    await repo.git('branch', '-f', 'main', 'HEAD');
    await repo.git('read-tree', '-m', '-u', landed);
    await repo.commit('again', 'ada');
    await repo.signoff('ada', 'model-owner', { payload: later });
    await repo.admins({ payload: { ...later, checklist: null, answers: {} } });
    await repo.signoff('eve', 'policy-admin', {
      rule: 'repository-settings',
      payload: { ...later, checklist: null, answers: {} },
    });
    repo.write(path, text);
    await repo.commit('again', 'ada');
  };

/** All is taken off the target by a commit whose date is put back to before the signatures, and is brought again as it was. */
const takenOffYesterday: Case['play'] = async (repo) => {
  repo.write('model/new.py', 'x = 1\n');
  await repo.commit('a new file', 'ada', { GIT_COMMITTER_DATE: '2026-11-22T00:00:00Z' });
  await repo.both();
  const before = await repo.git('rev-parse', 'main');
  await repo.land();
  const landed = await repo.git('rev-parse', 'main');
  const back = await repo.gitAs(
    'eve',
    ['commit-tree', `${before}^{tree}`, '-p', landed, '-m', 'roll back'],
    { GIT_COMMITTER_DATE: '2026-11-20T00:00:00Z' },
  );
  await repo.git('branch', '-f', 'main', back);
  await repo.git('reset', '-q', '--soft', 'main');
  await repo.commit('again', 'ada');
};

playCases('an approval serves once', [
  {
    name: 'signatures of before a rollback whose date was put back',
    want: ['fail', 'requirement/unmet'],
    says: ['signoff/landed'],
    byCommand: true,
    play: takenOffYesterday,
  },
  {
    name: 'a signature of before the landing for a name that is not UTF-8',
    want: ['fail', 'requirement/unmet'],
    play: unnamedAgain({}),
  },
  {
    name: 'a signature of after the rollback for a name that is not UTF-8',
    want: 'pass',
    play: unnamedAgain(later),
  },
  {
    name: 'the first signatures for a name that is not UTF-8, beside a file that was not there once',
    want: 'pass',
    play: async (repo) => {
      unlinkSync(join(repo.dir, 'model/score.py'));
      repo.write(unnamed, 'x = 1\n');
      await repo.commit('another file', 'ada');
      await repo.both();
      await repo.admins({ payload: { checklist: null, answers: {} } });
    },
  },
  {
    name: 'a signature of before the landing under a rule that the change brings',
    want: ['fail', 'requirement/unmet'],
    play: docsRuleAgain({}),
  },
  {
    name: 'a signature of before the landing by a key and under a rule that the change brings',
    want: ['fail', 'requirement/unmet'],
    play: docsRuleAgain({ key: 'mallory' }),
  },
  {
    name: 'a signature of after the rollback by a key and under a rule that the change brings',
    want: 'pass',
    play: docsRuleAgain({ key: 'mallory', payload: later }),
  },
  {
    name: 'a signature of after the rollback under a rule that the change brings',
    want: 'pass',
    play: docsRuleAgain({ payload: later }),
  },
  {
    name: 'old signatures after a rollback',
    want: ['fail', 'requirement/unmet'],
    begin: signedByBoth,
    play: async (repo) => {
      await rollBack(repo);
      await repo.change();
    },
  },
  {
    name: 'new signatures after a rollback',
    want: 'pass',
    begin: signedByBoth,
    play: async (repo) => {
      await rollBack(repo);
      await repo.change();
      await repo.both({ payload: { signed_at: '2026-11-24T01:00:00Z' } });
    },
  },
  {
    name: 'signatures of before the landing that did not land with it',
    want: ['fail', 'requirement/unmet'],
    begin: { upTo: 'owner' },
    play: async (repo) => {
      const path = await repo.signoff('ben', 'validator', { commit: false });
      const text = await repo.read(path);
      unlinkSync(join(repo.dir, path));
      await rollBack(repo);
      await repo.change();
      await repo.signoff('ada', 'model-owner', { payload: { signed_at: '2026-11-24T01:00:00Z' } });
      repo.write(path, text);
      await repo.commit('again', 'ada');
    },
  },
  {
    name: 'signatures of before the landing that CI counted and nobody took in',
    want: ['fail', 'requirement/unmet'],
    begin: { upTo: 'owner' },
    play: async (repo) => {
      const path = await repo.signoff('ben', 'validator', { commit: false });
      const bytes = Buffer.from(await repo.read(path));
      unlinkSync(join(repo.dir, path));
      const signoffs = [{ path, mode: '100644', bytes }];
      assertJudged(await judge(repo, { signoffs }), 'pass');
      await rollBack(repo);
      await repo.change();
      await repo.signoff('ada', 'model-owner', { payload: { signed_at: '2026-11-24T01:00:00Z' } });
      return { signoffs };
    },
  },
  {
    name: 'signatures of after the rollback that CI counts',
    want: 'pass',
    begin: signedByOwner,
    play: async (repo) => {
      await rollBack(repo);
      await repo.change();
      await repo.signoff('ada', 'model-owner', { payload: { signed_at: '2026-11-24T01:00:00Z' } });
      const path = await repo.signoff('ben', 'validator', {
        commit: false,
        payload: { signed_at: '2026-11-24T01:00:00Z' },
      });
      const bytes = Buffer.from(await repo.read(path));
      unlinkSync(join(repo.dir, path));
      return { signoffs: [{ path, mode: '100644', bytes }] };
    },
  },
  {
    name: 'old signatures given again from outside',
    want: ['fail', 'requirement/unmet'],
    says: ['signoff/landed'],
    begin: signedByOwner,
    play: async (repo) => {
      const path = await repo.signoff('ben', 'validator');
      const bytes = Buffer.from(await repo.read(path));
      await rollBack(repo);
      await repo.change();
      await repo.signoff('ada', 'model-owner', { payload: { signed_at: '2026-11-24T01:00:00Z' } });
      return { signoffs: [{ path, mode: '100644', bytes }] };
    },
  },
  {
    name: 'a sign-off from a folder that CI filled',
    want: 'pass',
    begin: signedByOwner,
    play: async (repo) => {
      const path = await repo.signoff('ben', 'validator', { commit: false });
      const bytes = Buffer.from(await repo.read(path));
      unlinkSync(join(repo.dir, path));
      return { signoffs: [{ path, mode: '100644', bytes }] };
    },
  },
  {
    name: 'a forged sign-off from a folder that CI filled',
    want: ['fail', 'signoff/forged'],
    begin: signedByOwner,
    play: async (repo) => {
      const path = await repo.signoff('ben', 'validator', {
        commit: false,
        edit: (text) => text.replace('ran them', 'ran all'),
      });
      const bytes = Buffer.from(await repo.read(path));
      unlinkSync(join(repo.dir, path));
      return { signoffs: [{ path, mode: '100644', bytes }] };
    },
  },
]);
