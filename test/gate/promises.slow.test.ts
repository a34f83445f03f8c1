import { playCases } from './kit/cases.ts';
import { signerLines } from './kit/keys.ts';
import { type ModelRepo, type PayloadChanges, raisedText, scoreText } from './kit/model-repo.ts';
import { modelRule, people, policyText, policyValue, policyWithRule } from './kit/policy.ts';

const owner = { upTo: 'owner' } as const;
const later = '2026-12-02T00:00:00Z';
const earlier = '2026-11-30T00:00:00Z';

playCases('exceptions', [
  {
    name: 'by an admin who wrote nothing',
    want: 'pass-with-exception',
    begin: owner,
    byCommand: true,
    play: async (repo) => {
      await repo.exception('eve');
    },
  },
  {
    name: 'for no approval at all but the author’s answers',
    want: 'pass-with-exception',
    begin: { upTo: 'change' },
    play: async (repo) => {
      await repo.signoff('ada', 'author');
      await repo.exception('eve');
    },
  },
  {
    name: 'expired',
    want: ['fail', 'requirement/unmet'],
    begin: owner,
    byCommand: true,
    play: async (repo) => {
      await repo.exception('eve', { expires: '2026-11-24T06:00:00Z' });
    },
  },
  {
    name: 'longer than the policy allows',
    want: ['fail', 'exception/too-long'],
    begin: owner,
    play: async (repo) => {
      await repo.exception('eve', { expires: '2026-11-26T06:00:01Z' });
    },
  },
  {
    name: 'signed ahead of the clock, to run longer',
    want: ['fail', 'exception/too-long'],
    begin: owner,
    play: async (repo) => {
      await repo.exception('eve', {
        signed_at: '2026-11-24T06:04:00Z',
        expires: '2026-11-27T06:03:00Z',
      });
    },
  },
  {
    name: 'signed in the future',
    want: ['fail', 'exception/future'],
    begin: owner,
    play: async (repo) => {
      await repo.exception('eve', {
        signed_at: '2026-11-25T00:00:00Z',
        expires: '2026-11-25T06:00:00Z',
      });
    },
  },
  {
    name: 'approvals promised later than the policy allows',
    want: ['fail', 'exception/too-long'],
    begin: owner,
    play: async (repo) => {
      await repo.exception('eve', { follow_up_by: '2026-12-04' });
    },
  },
  {
    name: 'by its author',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      await repo.change('eve');
      await repo.signoff('ada', 'model-owner');
      await repo.signoff('eve', 'author');
      await repo.exception('eve');
    },
  },
  {
    name: 'by its author’s second e-mail',
    want: ['fail', 'requirement/unmet'],
    begin: {
      policy: policyValue({
        people: {
          ...people,
          eve: { ...people.eve, emails: ['eve@example.org', 'eve@home.example'] },
        },
      }),
    },
    play: async (repo) => {
      await repo.change('eve@home.example');
      await repo.signoff('ada', 'model-owner');
      await repo.signoff('eve', 'author');
      await repo.exception('eve');
    },
  },
  {
    name: 'by one who is no admin',
    want: ['fail', 'exception/not-allowed'],
    begin: owner,
    play: async (repo) => {
      await repo.exception('ben');
    },
  },
  {
    name: 'in a role that excepts nothing',
    want: ['fail', 'exception/not-allowed'],
    begin: owner,
    play: async (repo) => {
      await repo.exception('ben', { role: 'validator' });
    },
  },
  {
    name: 'with another’s key',
    want: ['fail', 'exception/not-allowed'],
    begin: owner,
    play: async (repo) => {
      await repo.exception('eve', {}, { key: 'ben' });
    },
  },
  {
    name: 'with a key that nobody knows',
    want: ['fail', 'exception/unknown-signer'],
    begin: owner,
    play: async (repo) => {
      await repo.exception('eve', {}, { key: 'mallory' });
    },
  },
  {
    name: 'with an expired key',
    want: ['fail', 'requirement/unmet'],
    begin: async () => ({
      ...owner,
      signers:
        (await signerLines(['ada', 'ben', 'cy', 'dee', 'fay'])) +
        (await signerLines(['eve'], 'valid-before="20261101Z"')) +
        (await signerLines(['ben2'])).replace('ben2@', 'eve@'),
    }),
    play: async (repo) => {
      await repo.exception('eve');
    },
  },
  {
    name: 'edited after it was signed',
    want: ['fail', 'exception/forged'],
    begin: owner,
    play: async (repo) => {
      await repo.exception(
        'eve',
        { expires: '2026-11-23T07:00:00Z' },
        { edit: (text) => text.replace('2026-11-23T07', '2026-11-25T07') },
      );
    },
  },
  {
    name: 'signed for git',
    want: ['fail', 'exception/forged'],
    begin: owner,
    play: async (repo) => {
      await repo.exception('eve', {}, { namespace: 'git' });
    },
  },
  {
    name: 'an unknown key in it',
    want: ['fail', 'exception/payload'],
    begin: owner,
    play: async (repo) => {
      await repo.exception('eve', { everything: true });
    },
  },
  {
    name: 'not an exception at all',
    want: ['fail', 'exception/malformed'],
    begin: owner,
    play: async (repo) => {
      repo.write('.countersign/exceptions/EX-ABC123.yaml', 'schema: countersign/exception@1\n');
      await repo.commit('x', 'eve');
    },
  },
  {
    name: 'for another branch',
    want: ['fail', 'exception/elsewhere'],
    begin: owner,
    play: async (repo) => {
      await repo.exception('eve', { target: 'refs/heads/release/1' });
    },
  },
  {
    name: 'for another repository',
    want: ['fail', 'exception/elsewhere'],
    begin: owner,
    play: async (repo) => {
      await repo.exception('eve', { repository: 'other' });
    },
  },
  {
    name: 'for another rule',
    want: ['fail', 'requirement/unmet'],
    begin: owner,
    play: async (repo) => {
      await repo.exception('eve', { rule: 'policy-change' });
    },
  },
  {
    name: 'for other content',
    want: ['fail', 'requirement/unmet'],
    begin: owner,
    play: async (repo) => {
      await repo.exception('eve');
      await repo.change('ada', `${raisedText}#\n`);
      await repo.signoff('ada', 'model-owner');
    },
  },
  {
    name: 'of a policy that allows none',
    want: ['fail', 'exception/not-allowed'],
    begin: { policy: policyValue({ exceptions: undefined }) },
    play: async (repo) => {
      await repo.change();
      await repo.signoff('ada', 'model-owner');
      await repo.exception('eve');
    },
  },
  {
    name: 'by one where two are asked for',
    want: ['fail', 'requirement/unmet'],
    begin: {
      policy: policyValue({
        exceptions: { role: 'policy-admin', count: 2, max_days: 3, follow_up_days: 10 },
      }),
    },
    play: async (repo) => {
      await repo.change();
      await repo.signoff('ada', 'model-owner');
      await repo.exception('eve');
      await repo.exception('eve', {}, { name: 'EX-ABC124' });
    },
  },
  {
    name: 'by two where two are asked for',
    want: 'pass-with-exception',
    begin: {
      policy: policyValue({
        exceptions: { role: 'policy-admin', count: 2, max_days: 3, follow_up_days: 10 },
      }),
    },
    play: async (repo) => {
      await repo.change();
      await repo.signoff('ada', 'model-owner');
      await repo.exception('eve');
      await repo.exception('fay', {}, { name: 'EX-ABC124' });
    },
  },
  {
    name: 'copied under another name',
    want: ['fail', 'signoff/copy'],
    begin: owner,
    play: async (repo) => {
      const path = await repo.exception('eve');
      repo.write('.countersign/exceptions/EX-ABC999.yaml', await repo.read(path));
      await repo.commit('copy', 'ada');
    },
  },
  {
    name: 'never against a reject',
    want: ['fail', 'signoff/rejected'],
    begin: owner,
    play: async (repo) => {
      await repo.signoff('cy', 'validator', { payload: { decision: 'reject' } });
      await repo.exception('eve');
    },
  },
  {
    name: 'never against a no',
    want: ['fail', 'checklist/no'],
    begin: { upTo: 'change' },
    play: async (repo) => {
      await repo.signoff('ada', 'model-owner', {
        payload: { answers: { 'tests-pass': { answer: 'no' } } },
      });
      await repo.exception('eve');
    },
  },
  {
    name: 'never for answers that the author owes',
    want: ['fail', 'checklist/unanswered'],
    begin: { upTo: 'change' },
    play: async (repo) => {
      await repo.exception('eve');
    },
  },
  {
    name: 'never against a broken record',
    want: ['fail', 'record/missing-key'],
    begin: owner,
    play: async (repo) => {
      repo.write(
        '.countersign/decisions/DR-WHY001.yaml',
        'schema: countersign/decision@1\nid: DR-WHY001\n',
      );
      await repo.commit('x', 'ada');
      await repo.exception('eve');
    },
  },
  {
    name: 'never for a stranger',
    want: ['fail', 'author/unknown'],
    play: async (repo) => {
      await repo.change('mallory');
      await repo.signoff('ada', 'model-owner');
      await repo.exception('eve');
    },
  },
  {
    name: 'an old one after a rollback',
    want: ['fail', 'requirement/unmet'],
    begin: owner,
    play: async (repo) => {
      await repo.exception('eve');
      await repo.land();
      await repo.git('switch', '-q', 'main');
      repo.write('model/score.py', 'x = 0\n');
      await repo.commit('roll back', 'eve');
      repo.write(
        'model/score.py',
        "def score(row):\n    if row['education'] > 12:\n        return 1\n    return 0\n",
      );
      await repo.commit('roll back', 'eve');
      await repo.git('switch', '-q', '-c', 'again');
      await repo.change();
      await repo.signoff('ada', 'model-owner');
    },
  },
]);

/** Lands the usual change under an exception of Eve's. */
async function excepted(repo: ModelRepo, promise: Record<string, unknown> = {}): Promise<void> {
  await repo.exception('eve', promise);
  await repo.land();
}

/** The landed change as it was: from the commit before it to the tip of main. */
const landedRange = async (repo: ModelRepo) => ({
  head: 'main',
  target: await repo.git('rev-parse', 'main~3'),
});

async function followUp(
  repo: ModelRepo,
  who: string,
  role: string,
  payload: Record<string, unknown> = {},
): Promise<string> {
  const { head, target } = await landedRange(repo);
  const { digest, manifest } = await repo.payload(who, role, { head, target });
  return repo.signoff(who, role, {
    payload: { digest, manifest, signed_at: '2026-11-23T12:00:00Z', ...payload },
  });
}

/** So many commits by Ada, each with another number in the model; made at once, past the working tree. */
async function manyCommits(repo: ModelRepo, count: number): Promise<void> {
  const branch = await repo.git('symbolic-ref', 'HEAD');
  const commits = Array.from(
    { length: count },
    (_, number) =>
      `commit ${branch}\ncommitter Ada <ada@example.org> 1795478400 +0000\ndata 1\nx\n${number === 0 ? `from ${branch}^0\n` : ''}M 100644 inline model/score.py\ndata <<END\nbar = ${number}\nEND\n\n`,
  );
  await repo.gitBytes(['fast-import', '--quiet', '--date-format=raw'], { input: commits.join('') });
  await repo.git('reset', '-q', '--hard');
}

playCases('an exception over more commits than anybody finds again', [
  {
    name: 'which could land one by one',
    want: ['fail', 'change/squash-first'],
    play: async (repo) => {
      await manyCommits(repo, 100);
      await repo.signoff('ada', 'model-owner');
      await repo.exception('eve');
    },
  },
  {
    name: 'which land squashed',
    want: 'pass-with-exception',
    begin: { policy: policyValue({ landing: 'squash' }) },
    play: async (repo) => {
      await manyCommits(repo, 100);
      await repo.signoff('ada', 'model-owner');
      await repo.exception('eve');
    },
  },
  {
    name: 'which nothing needs',
    want: 'pass',
    play: async (repo) => {
      await manyCommits(repo, 100);
      await repo.both();
      await repo.exception('eve');
    },
  },
]);

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

const low =
  'schema: countersign/decision@1\nid: DR-WHY001\ntitle: raise the bar\nowner: ada\nstatus: accepted\nrisk: low\ngoverns: ["model/**"]\n';
const lowPath = '.countersign/decisions/DR-WHY001.yaml';
const graded = {
  policy: policyWithRule({
    require: [...modelRule.require, { role: 'ethics', count: 1, from_risk: 'high' }],
  }),
};

/** Lands the usual change under an exception; who follows up then signs what landed, and lists the decision. */
async function landExcepted(
  repo: ModelRepo,
  decision?: string,
): Promise<(who: string, role: string) => Promise<void>> {
  if (decision !== undefined) repo.write(lowPath, decision);
  await repo.change();
  const evidence =
    decision === undefined ? [] : [{ path: lowPath, sha256: await repo.sha256(lowPath) }];
  await repo.signoff('ada', 'model-owner', { payload: { evidence } });
  const before = await repo.git('rev-parse', 'main');
  await repo.exception('eve');
  await repo.land();
  const after = await repo.git('rev-parse', 'main');
  return async (who, role) => {
    const { digest, manifest } = await repo.payload(who, role, { head: after, target: before });
    await repo.signoff(who, role, {
      payload: { digest, manifest, evidence, signed_at: '2026-11-25T00:00:00Z' },
    });
  };
}

playCases('approvals that follow, by the risk of then', [
  {
    name: 'a low risk that was signed for',
    want: 'pass',
    begin: graded,
    play: async (repo) => {
      const follow = await landExcepted(repo, low);
      await follow('ben', 'validator');
      return { now: later };
    },
  },
  {
    name: 'the decision was edited after they followed',
    want: 'pass',
    begin: graded,
    play: async (repo) => {
      const follow = await landExcepted(repo, low);
      await follow('ben', 'validator');
      repo.write(lowPath, low.replace('accepted', 'shipped'));
      await repo.commit('shipped', 'ada');
      return { now: later };
    },
  },
  {
    name: 'no decision',
    want: ['fail', 'exception/overdue'],
    begin: graded,
    play: async (repo) => {
      const follow = await landExcepted(repo);
      await follow('ben', 'validator');
      return { now: later };
    },
  },
  {
    name: 'no decision, with ethics',
    want: 'pass',
    begin: graded,
    play: async (repo) => {
      const follow = await landExcepted(repo);
      await follow('ben', 'validator');
      await follow('dee', 'ethics');
      return { now: later };
    },
  },
  {
    name: 'a low risk that was written afterwards',
    want: ['fail', 'exception/overdue'],
    begin: graded,
    play: async (repo) => {
      const follow = await landExcepted(repo);
      repo.write(lowPath, low);
      await repo.commit('low', 'ada');
      await repo.land('after');
      await follow('ben', 'validator');
      return { now: later };
    },
  },
  {
    name: 'a risk that was lowered afterwards',
    want: ['fail', 'exception/overdue'],
    begin: graded,
    play: async (repo) => {
      const follow = await landExcepted(repo, low.replace('low', 'high'));
      repo.write(lowPath, low);
      await repo.commit('low', 'ada');
      await repo.land('after');
      await follow('ben', 'validator');
      return { now: later };
    },
  },
]);

const condition = { text: 'measure the rural slice', owner: 'ada', due: '2026-11-30' };

/** Lands the usual change, which Ben approved on a condition. */
async function conditional(repo: ModelRepo): Promise<string> {
  const path = await repo.signoff('ben', 'validator', { payload: { conditions: [condition] } });
  await repo.land();
  return repo.payloadId(path);
}

/** Ben says that what he asked for is done, and then something else in the place of that; Cy approves besides. */
async function closedAnd(repo: ModelRepo, then: PayloadChanges): Promise<{ now: string }> {
  const payload = await conditional(repo);
  await repo.change('ada', `${raisedText}#\n`);
  await repo.signoff('ada', 'model-owner');
  await repo.signoff('cy', 'validator');
  const closing = await repo.signoff('ben', 'validator', {
    payload: { meets: [{ payload, condition: 0 }] },
  });
  await repo.signoff('ben', 'validator', {
    payload: { replaces: await repo.payloadId(closing), ...then },
  });
  return { now: later };
}

playCases('conditions', [
  {
    name: 'an approval on a condition counts',
    want: 'pass',
    begin: owner,
    byCommand: true,
    play: async (repo) => {
      await repo.signoff('ben', 'validator', { payload: { conditions: [condition] } });
    },
  },
  {
    name: 'an approval on a condition for somebody whom the policy does not know',
    want: ['pass', 'condition/unknown-owner'],
    begin: owner,
    play: async (repo) => {
      await repo.signoff('ben', 'validator', {
        payload: { conditions: [{ ...condition, owner: 'zoe' }] },
      });
    },
  },
  {
    name: 'a condition that is overdue at once',
    want: ['fail', 'condition/overdue'],
    begin: owner,
    play: async (repo) => {
      await repo.signoff('ben', 'validator', {
        payload: { conditions: [{ ...condition, due: '2026-11-23' }] },
      });
    },
  },
  {
    name: 'still time',
    want: 'pass',
    begin: owner,
    play: async (repo) => {
      await conditional(repo);
      await repo.change('ada', `${raisedText}#\n`);
      await repo.both();
      return { now: '2026-11-30T23:00:00Z' };
    },
  },
  {
    name: 'overdue, for the rule',
    want: ['fail', 'condition/overdue'],
    begin: owner,
    byCommand: true,
    play: async (repo) => {
      await conditional(repo);
      await repo.change('ada', `${raisedText}#\n`);
      await repo.both();
      return { now: later };
    },
  },
  {
    name: 'overdue, for what the rule does not govern',
    want: 'pass',
    begin: owner,
    play: async (repo) => {
      await conditional(repo);
      repo.write('docs/a.md', 'x\n');
      await repo.commit('docs', 'ada');
      return { now: later };
    },
  },
  {
    name: 'closed by its signer',
    want: 'pass',
    begin: owner,
    play: async (repo) => {
      const payload = await conditional(repo);
      await repo.change('ada', `${raisedText}#\n`);
      await repo.both({ payload: { meets: [{ payload, condition: 0 }] } });
      return { now: later };
    },
  },
  {
    name: 'closed by another of the role',
    want: 'pass',
    begin: owner,
    play: async (repo) => {
      const payload = await conditional(repo);
      await repo.change('ben', `${raisedText}#\n`);
      await repo.signoff('ben', 'author');
      await repo.signoff('ada', 'model-owner');
      await repo.signoff('cy', 'validator', { payload: { meets: [{ payload, condition: 0 }] } });
      return { now: later };
    },
  },
  {
    name: 'closed and landed before',
    want: 'pass',
    begin: owner,
    play: async (repo) => {
      const payload = await conditional(repo);
      await repo.signoff('ben', 'validator', {
        payload: { meets: [{ payload, condition: 0 }], decision: 'withdraw' },
      });
      await repo.land('after');
      await repo.change('ada', `${raisedText}#\n`);
      await repo.both();
      return { now: later };
    },
  },
  {
    name: 'closed by its signer, who takes that back',
    want: ['fail', 'condition/overdue'],
    begin: owner,
    byCommand: true,
    play: (repo) => closedAnd(repo, { decision: 'withdraw' }),
  },
  {
    name: 'closed by its signer, who then rejects',
    want: ['fail', 'condition/overdue'],
    begin: owner,
    play: (repo) => closedAnd(repo, { decision: 'reject' }),
  },
  {
    name: 'closed by its signer, who signs once more',
    want: 'pass',
    begin: owner,
    play: (repo) => closedAnd(repo, {}),
  },
  {
    name: 'closed by somebody of another role',
    want: ['fail', 'condition/overdue'],
    begin: {
      ...owner,
      policy: policyValue({
        roles: {
          'model-owner': ['ada'],
          validator: ['ben', 'cy'],
          ethics: ['dee'],
          'policy-admin': ['eve', 'fay'],
        },
      }),
    },
    play: async (repo) => {
      const payload = await conditional(repo);
      await repo.change('cy', `${raisedText}#\n`);
      await repo.signoff('cy', 'author');
      await repo.signoff('ada', 'model-owner', { payload: { meets: [{ payload, condition: 0 }] } });
      await repo.signoff('ben', 'validator');
      return { now: later };
    },
  },
  {
    name: 'another condition closed',
    want: ['fail', 'condition/overdue'],
    begin: owner,
    play: async (repo) => {
      const payload = await conditional(repo);
      await repo.change('ada', `${raisedText}#\n`);
      await repo.both({ payload: { meets: [{ payload, condition: 1 }] } });
      return { now: later };
    },
  },
  {
    name: 'closed with a revoked key',
    want: ['fail', 'condition/overdue'],
    begin: owner,
    play: async (repo) => {
      const payload = await conditional(repo);
      await repo.git('switch', '-q', 'main');
      repo.write(
        '.countersign/revoked_keys',
        (await signerLines(['ben'])).replace(/^\S+ \S+ /, ''),
      );
      await repo.commit('stolen', 'eve');
      await repo.git('switch', '-q', '-C', 'next');
      await repo.change('ada', `${raisedText}#\n`);
      await repo.signoff('ada', 'model-owner');
      await repo.signoff('cy', 'validator');
      await repo.signoff('ben', 'validator', { payload: { meets: [{ payload, condition: 0 }] } });
      return { now: later };
    },
  },
  {
    name: 'the approval replaced by one without it, before it landed',
    want: 'pass',
    begin: owner,
    play: async (repo) => {
      const path = await repo.signoff('ben', 'validator', {
        payload: { conditions: [{ ...condition, due: '2026-11-23' }] },
      });
      await repo.signoff('ben', 'validator', { payload: { replaces: await repo.payloadId(path) } });
    },
  },
  {
    name: 'the approval replaced after it landed',
    want: ['fail', 'condition/overdue'],
    begin: owner,
    play: async (repo) => {
      const payload = await conditional(repo);
      await repo.change('ada', `${raisedText}#\n`);
      await repo.signoff('ada', 'model-owner');
      await repo.signoff('ben', 'validator', { payload: { replaces: payload } });
      return { now: later };
    },
  },
  {
    name: 'overdue, for a change of the policy alone',
    want: 'pass',
    begin: {
      ...owner,
      policy: policyValue({
        rules: [{ ...modelRule, paths: ['model/**', '.countersign/reviews/**'] }],
      }),
    },
    play: async (repo) => {
      await conditional(repo);
      repo.write(
        '.countersign/policy.yaml',
        policyText(policyValue({ rules: [{ ...modelRule, paths: ['model/**'] }] })),
      );
      await repo.commit('policy', 'ada');
      await repo.admins();
      return { now: later };
    },
  },
]);

/** The usual change is landed by both, taken back by both, and comes again under an exception. */
async function againExcepted(repo: ModelRepo): Promise<void> {
  await repo.land('back');
  await repo.change('ada', scoreText);
  await repo.both({ payload: { signed_at: '2026-11-24T00:30:00Z' } });
  await repo.land('again');
  const payload = { signed_at: '2026-11-24T01:00:00Z' };
  await repo.change();
  await repo.signoff('ada', 'model-owner', { payload });
  await repo.exception('eve', { signed_at: '2026-11-24T01:00:05Z' });
  await repo.land('after');
}

async function againApproved(repo: ModelRepo, signed_at: string): Promise<void> {
  const { digest, manifest } = await repo.payload('ben', 'validator', {
    head: 'main',
    target: await repo.git('rev-parse', 'main~3'),
  });
  await repo.signoff('ben', 'validator', { payload: { digest, manifest, signed_at } });
}

const reused = '.countersign/exceptions/EX-ABC123.yaml';

playCases('approvals of before an exception, and files of its name', [
  {
    name: 'what was spent on an earlier landing pays for nothing',
    want: ['fail', 'exception/overdue'],
    begin: { upTo: 'both' },
    byCommand: true,
    play: async (repo) => {
      await againExcepted(repo);
      return { now: later };
    },
  },
  {
    name: 'nor does what was signed before it and kept until after it',
    want: ['fail', 'exception/overdue'],
    begin: { upTo: 'both' },
    play: async (repo) => {
      await againExcepted(repo);
      await againApproved(repo, '2026-11-24T01:00:04Z');
      return { now: later };
    },
  },
  {
    name: 'what was signed after it, and lands after it, pays',
    want: 'pass',
    begin: { upTo: 'both' },
    byCommand: true,
    play: async (repo) => {
      await againExcepted(repo);
      await againApproved(repo, '2026-11-24T01:00:05Z');
      await repo.land('paid');
      return { now: later };
    },
  },
  {
    name: 'what follows up and is taken back by a fast clock pays nothing',
    want: ['fail', 'exception/overdue'],
    begin: owner,
    play: async (repo) => {
      await excepted(repo);
      const path = await followUp(repo, 'ben', 'validator');
      await followUp(repo, 'ben', 'validator', {
        decision: 'withdraw',
        replaces: await repo.payloadId(path),
        signed_at: '2026-12-02T00:15:00Z',
      });
      return { now: later };
    },
  },
  {
    name: 'a file that bore its name before the first landing',
    want: ['fail', 'exception/overdue'],
    byCommand: true,
    play: async (repo) => {
      await repo.git('switch', '-q', 'main');
      repo.write(reused, 'nothing\n');
      await repo.commit('a file', 'eve');
      await repo.git('rm', '-q', reused);
      await repo.commit('away', 'eve');
      await repo.git('switch', '-q', '-C', 'change');
      await repo.change();
      await repo.signoff('ada', 'model-owner');
      await excepted(repo);
      repo.write('docs/a.md', 'x\n');
      await repo.commit('docs', 'ada');
      return { now: later };
    },
  },
  {
    name: 'an exception under the name of another that was forced away',
    want: ['fail', 'exception/name-used'],
    begin: owner,
    play: async (repo) => {
      await excepted(repo);
      await repo.git('rm', '-q', reused);
      await repo.commit('away', 'eve');
      await repo.land('anew');
      await repo.change('ada', `${raisedText}#\n`);
      await repo.signoff('ada', 'model-owner');
      await repo.exception('eve');
    },
  },
]);
