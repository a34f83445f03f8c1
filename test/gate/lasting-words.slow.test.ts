import { playCases } from './kit/cases.ts';
import { signerLines } from './kit/keys.ts';
import { type Beginning, type ModelRepo, raisedText, scoreText } from './kit/model-repo.ts';
import {
  modelRule,
  people,
  policyText,
  policyValue,
  policyWithRule,
  type PolicyValue,
} from './kit/policy.ts';

const owner = { upTo: 'owner' } as const;
const later = '2026-12-02T00:00:00Z';
const policyPath = '.countersign/policy.yaml';
const signersPath = '.countersign/allowed_signers';

/** Changes the policy as two admins sign for it. */
async function repolicy(
  repo: ModelRepo,
  policy: PolicyValue,
  payload: Record<string, unknown> = {},
): Promise<void> {
  repo.write(policyPath, policyText(policy));
  await repo.commit('policy', 'ada');
  await repo.admins({ payload });
}

async function withoutKeyOf(repo: ModelRepo, who: string): Promise<void> {
  repo.write(
    signersPath,
    await signerLines(['ada', 'ben', 'cy', 'dee', 'eve', 'fay'].filter((one) => one !== who)),
  );
  await repo.commit('keys', 'ada');
  await repo.admins();
}

/** Lands the usual change under an exception of Eve's. */
async function excepted(repo: ModelRepo): Promise<void> {
  await repo.exception('eve');
  await repo.land();
}

/** An approval of what landed under the exception. */
async function followUp(repo: ModelRepo, who: string, role: string, steps = 3): Promise<void> {
  const { digest, manifest } = await repo.payload(who, role, {
    head: `main~${steps - 3}`,
    target: await repo.git('rev-parse', `main~${steps}`),
  });
  await repo.signoff(who, role, {
    payload: { digest, manifest, signed_at: '2026-11-23T12:00:00Z' },
  });
}

const condition = { text: 'measure the rural slice', owner: 'ada', due: '2026-11-30' };

/** Lands the usual change, which Ben approved on a condition; the id of what he signed. */
async function conditional(repo: ModelRepo): Promise<string> {
  const path = await repo.signoff('ben', 'validator', { payload: { conditions: [condition] } });
  await repo.land();
  return repo.payloadId(path);
}

const renamed = policyWithRule({ id: 'model' });
const narrowed = policyWithRule({ paths: ['model/weights/**'] });
const removed = policyValue({ rules: [{ ...modelRule, id: 'docs', paths: ['docs/**'] }] });
const widened = policyWithRule({ paths: ['model/**', 'tools/**'] });
const stranded = ['fail', 'policy/strands-promise'] as const;

playCases('a policy that would forget what an exception promised', [
  {
    name: 'the rule renamed',
    want: stranded,
    begin: owner,
    byCommand: true,
    play: async (repo) => {
      await excepted(repo);
      await repolicy(repo, renamed);
    },
  },
  {
    name: 'the rule removed',
    want: stranded,
    begin: owner,
    play: async (repo) => {
      await excepted(repo);
      await repolicy(repo, removed);
    },
  },
  {
    name: 'its globs narrowed',
    want: stranded,
    begin: owner,
    play: async (repo) => {
      await excepted(repo);
      await repolicy(repo, narrowed);
    },
  },
  {
    name: 'its files left out',
    want: stranded,
    begin: owner,
    play: async (repo) => {
      await excepted(repo);
      await repolicy(repo, policyWithRule({ except: ['**/*.md', 'model/score.py'] }));
    },
  },
  {
    name: 'its globs widened over what landed with it',
    want: stranded,
    begin: owner,
    play: async (repo) => {
      repo.write('tools/run.py', 'x\n');
      await repo.commit('tools', 'ada');
      await excepted(repo);
      await repolicy(repo, widened);
    },
  },
  {
    name: 'its globs widened over other files',
    want: 'pass',
    begin: owner,
    play: async (repo) => {
      await excepted(repo);
      await repolicy(repo, widened);
    },
  },
  {
    name: 'nobody left in a role that owes its approval',
    want: ['fail', 'policy/strands-promise'],
    begin: owner,
    play: async (repo) => {
      await excepted(repo);
      await repolicy(
        repo,
        policyWithRule(
          { require: [modelRule.require[0]] },
          { roles: { 'model-owner': ['ada'], ethics: ['dee'], 'policy-admin': ['eve', 'fay'] } },
        ),
      );
    },
  },
  {
    name: 'the policy moved to another branch',
    want: stranded,
    begin: owner,
    play: async (repo) => {
      await excepted(repo);
      await repolicy(repo, policyValue({ targets: ['trunk', 'main'] }));
    },
  },
  {
    name: 'in the landing of the exception itself',
    want: stranded,
    begin: owner,
    play: async (repo) => {
      await repo.exception('eve');
      await repolicy(repo, renamed);
    },
  },
  {
    name: 'the rule renamed once the approval followed',
    want: 'pass',
    begin: owner,
    play: async (repo) => {
      await excepted(repo);
      await followUp(repo, 'ben', 'validator');
      await repo.land('after');
      await repolicy(repo, renamed);
    },
  },
  {
    name: 'the rule renamed in the change that brings the approval',
    want: 'pass',
    begin: owner,
    play: async (repo) => {
      await excepted(repo);
      await followUp(repo, 'ben', 'validator');
      await repolicy(repo, renamed);
    },
  },
  {
    name: 'another change of the policy',
    want: 'pass',
    begin: owner,
    play: async (repo) => {
      await excepted(repo);
      await repolicy(repo, policyValue({ targets: ['main'] }));
    },
  },
  {
    name: 'the requirement taken away, and then nobody follows',
    want: ['fail', 'exception/overdue'],
    begin: owner,
    play: async (repo) => {
      await excepted(repo);
      await repolicy(repo, policyWithRule({ require: [modelRule.require[0]] }));
      await repo.land('after');
      return { now: later };
    },
  },
  {
    name: 'the requirement put off to a high risk, and then nobody follows',
    want: ['fail', 'exception/overdue'],
    begin: owner,
    play: async (repo) => {
      await excepted(repo);
      await repolicy(
        repo,
        policyWithRule({
          require: [modelRule.require[0], { ...modelRule.require[1], from_risk: 'critical' }],
        }),
      );
      repo.write(
        '.countersign/decisions/DR-WHY001.yaml',
        'schema: countersign/decision@1\nid: DR-WHY001\ntitle: raise the bar\nowner: ada\nstatus: accepted\nrisk: low\ngoverns: ["model/**"]\n',
      );
      await repo.commit('low', 'ada');
      await repo.land('after');
      return { now: later };
    },
  },
  {
    name: 'the author’s address taken away, and then the author follows as another',
    want: ['fail', 'exception/overdue'],
    begin: owner,
    play: async (repo) => {
      await excepted(repo);
      await repolicy(
        repo,
        policyValue({
          people: { ...people, ada: { ...people.ada, emails: ['ada@home.example'] } },
        }),
      );
      await repo.land('after');
      await followUp(repo, 'ada', 'validator', 6);
      return { now: later };
    },
  },
  {
    name: 'of another target',
    want: stranded,
    begin: owner,
    play: async (repo) => {
      await repo.git('branch', 'release/1', 'main');
      await repo.signoff('ada', 'model-owner', { target: 'release/1' });
      await repo.exception('eve', {}, { target: 'release/1' });
      await repo.git('switch', '-q', 'release/1');
      await repo.git('merge', '-q', '--ff-only', 'change');
      await repo.git('switch', '-q', '-C', 'change', 'main');
      await repolicy(repo, renamed);
    },
  },
  {
    name: 'a target that is named no more',
    want: stranded,
    begin: { ...owner, policy: policyValue({ targets: ['main', 'release/1'] }) },
    play: async (repo) => {
      await repo.git('branch', 'release/1', 'main');
      await repo.exception('eve', {}, { target: 'release/1' });
      await repo.git('switch', '-q', 'release/1');
      await repo.git('merge', '-q', '--ff-only', 'change');
      await repo.git('switch', '-q', '-C', 'change', 'main');
      await repolicy(repo, policyValue({ targets: ['main'] }));
    },
  },
]);

/** An exception landed, and somebody forced a policy past the gate that calls its rule otherwise. */
async function forgotten(repo: ModelRepo, policy = renamed): Promise<void> {
  await excepted(repo);
  await repolicy(repo, policy);
  await repo.land('after');
}

/** The usual change once more, signed by both under the rule's new name. */
async function againUnderNewName(repo: ModelRepo): Promise<void> {
  repo.scopes['model'] = (path) => path.startsWith('model/');
  await repo.change('ada', `${raisedText}#\n`);
  await repo.both({ rule: 'model' });
}

playCases('a policy that was forced past the gate and forgot what an exception promised', [
  {
    name: 'is told of where other files are touched',
    want: ['pass', 'exception/forgotten'],
    begin: owner,
    play: async (repo) => {
      await forgotten(repo);
      repo.write('docs/a.md', 'x\n');
      await repo.commit('docs', 'ada');
      return { now: later };
    },
  },
  {
    name: 'lets nothing land on the files that it was about, whoever signs',
    want: ['fail', 'exception/forgotten'],
    begin: owner,
    byCommand: true,
    play: async (repo) => {
      await forgotten(repo);
      await againUnderNewName(repo);
      return { now: later };
    },
  },
  {
    name: 'nor where the rule lost its globs',
    want: ['fail', 'exception/forgotten'],
    begin: owner,
    play: async (repo) => {
      await forgotten(repo, policyWithRule({ paths: ['params.yaml'] }));
      await repo.change('ada', `${raisedText}#\n`);
      return { now: later };
    },
  },
  {
    name: 'while there is time, lets them land',
    want: ['pass', 'exception/forgotten'],
    begin: owner,
    play: async (repo) => {
      await forgotten(repo);
      await againUnderNewName(repo);
    },
  },
  {
    name: 'can be put right, though it is late',
    want: ['pass', 'exception/forgotten'],
    begin: owner,
    play: async (repo) => {
      await forgotten(repo);
      await repolicy(repo, policyValue(), { signed_at: '2026-11-25T00:00:00Z' });
      return { now: later };
    },
  },
  {
    name: 'and the promise is owed then as before',
    want: ['fail', 'exception/overdue'],
    begin: owner,
    play: async (repo) => {
      await forgotten(repo);
      await repolicy(repo, policyValue(), { signed_at: '2026-11-25T00:00:00Z' });
      await repo.land('right');
      repo.write('docs/a.md', 'x\n');
      await repo.commit('docs', 'ada');
      return { now: later };
    },
  },
]);

playCases('approvals that follow what no person wrote', [
  {
    name: 'by one',
    want: ['fail', 'exception/overdue'],
    begin: { policy: policyWithRule({ require: [modelRule.require[0]] }) },
    play: async (repo) => {
      await repo.change('agent');
      await repo.signoff('ada', 'model-owner');
      await excepted(repo);
      return { now: later };
    },
  },
  {
    name: 'by two',
    want: 'pass',
    begin: {
      policy: policyWithRule(
        { require: [modelRule.require[0]] },
        {
          roles: {
            'model-owner': ['ada', 'ben'],
            validator: ['cy'],
            ethics: ['dee'],
            'policy-admin': ['eve', 'fay'],
          },
        },
      ),
    },
    play: async (repo) => {
      await repo.change('agent');
      await repo.signoff('ada', 'model-owner');
      await excepted(repo);
      await followUp(repo, 'ben', 'model-owner');
      return { now: later };
    },
  },
]);

playCases('a policy that would forget a condition', [
  {
    name: 'the rule renamed',
    want: stranded,
    begin: owner,
    byCommand: true,
    play: async (repo) => {
      await conditional(repo);
      await repolicy(repo, renamed);
    },
  },
  {
    name: 'the rule removed, once it is overdue',
    want: stranded,
    begin: owner,
    play: async (repo) => {
      await conditional(repo);
      await repolicy(repo, removed);
      return { now: later };
    },
  },
  {
    name: 'its globs narrowed to other files',
    want: stranded,
    begin: owner,
    play: async (repo) => {
      await conditional(repo);
      await repolicy(repo, narrowed);
    },
  },
  {
    name: 'in the landing of the condition itself',
    want: stranded,
    begin: owner,
    play: async (repo) => {
      await repo.signoff('ben', 'validator', { payload: { conditions: [condition] } });
      await repolicy(repo, renamed);
    },
  },
  {
    name: 'its globs narrowed to what was approved',
    want: 'pass',
    begin: owner,
    play: async (repo) => {
      await conditional(repo);
      await repolicy(repo, policyWithRule({ paths: ['model/*.py'] }));
    },
  },
  {
    name: 'the rule renamed once it is met',
    want: 'pass',
    begin: owner,
    play: async (repo) => {
      const payload = await conditional(repo);
      await repo.signoff('ben', 'validator', {
        payload: { meets: [{ payload, condition: 0 }], decision: 'withdraw' },
      });
      await repo.land('after');
      await repolicy(repo, renamed);
    },
  },
  {
    name: 'the rule renamed in the change that meets it',
    want: 'pass',
    begin: owner,
    play: async (repo) => {
      const payload = await conditional(repo);
      await repo.signoff('ben', 'validator', {
        payload: { meets: [{ payload, condition: 0 }], decision: 'withdraw' },
      });
      await repolicy(repo, renamed);
    },
  },
]);

/** Ben rejects the usual change, and his reject lands without it. */
async function rejectLands(repo: ModelRepo): Promise<string> {
  await repo.git('switch', '-q', '-C', 'change', 'main');
  await repo.change();
  const path = await repo.signoff('ben', 'validator', {
    payload: { decision: 'reject' },
    commit: false,
  });
  const text = await repo.read(path);
  await repo.git('switch', '-q', '-f', '-C', 'words', 'main');
  repo.write(path, text);
  await repo.commit('reject', 'ben');
  await repo.land();
  return repo.payloadId(path);
}

async function tryAgain(repo: ModelRepo, more: Record<string, unknown> = {}): Promise<void> {
  await repo.land('again');
  await repo.change();
  await repo.signoff('ada', 'model-owner', more);
  await repo.signoff('cy', 'validator', more);
}

const rejected = ['fail', 'signoff/rejected'] as const;
const newKeyOfBen = async (): Promise<string> =>
  (await signerLines(['ada', 'cy', 'dee', 'eve', 'fay'])) +
  (await signerLines(['ben2'])).replace('ben2@', 'ben@');

/** Ben's key expires after everything landed, and before it is looked at. */
async function expiringKeyOfBen(): Promise<Beginning> {
  return {
    signers: `${await signerLines(['ada', 'cy', 'dee', 'eve', 'fay'])}${await signerLines(['ben'], 'namespaces="model-signoff",valid-before="20261201Z"')}`,
  };
}

/** Ben takes his reject back, and that lands without the change too. */
async function withdrawalLands(
  repo: ModelRepo,
  replaces: string,
  more: Record<string, unknown> = {},
): Promise<void> {
  await repo.change();
  const { digest, manifest } = await repo.payload('ben', 'validator');
  await repo.git('switch', '-q', '-C', 'words', 'main');
  await repo.signoff('ben', 'validator', {
    payload: { decision: 'withdraw', replaces, digest, manifest, ...more },
  });
  await repo.land('replaced');
}

playCases('a reject that landed', [
  {
    name: 'binds the same content',
    want: rejected,
    play: async (repo) => {
      await rejectLands(repo);
      await tryAgain(repo);
    },
  },
  {
    name: 'binds other content too, while its change is open',
    want: rejected,
    play: async (repo) => {
      await rejectLands(repo);
      await repo.change('ada', `${raisedText}#\n`);
      await repo.signoff('ada', 'model-owner');
      await repo.signoff('cy', 'validator');
    },
  },
  {
    name: 'binds no other content once its change has landed all the same',
    want: 'pass',
    play: async (repo) => {
      await rejectLands(repo);
      await repo.change();
      await repo.land('more');
      await repo.change('ada', `${raisedText}#\n`);
      await repo.signoff('ada', 'model-owner');
      await repo.signoff('cy', 'validator');
    },
  },
  {
    name: 'binds when the key that signed it is taken away',
    want: rejected,
    byCommand: true,
    play: async (repo) => {
      await rejectLands(repo);
      await withoutKeyOf(repo, 'ben');
      await tryAgain(repo);
    },
  },
  {
    name: 'binds when its signer has the role no more',
    want: rejected,
    play: async (repo) => {
      await rejectLands(repo);
      await repolicy(
        repo,
        policyValue({
          roles: {
            'model-owner': ['ada'],
            validator: ['cy'],
            ethics: ['dee'],
            'policy-admin': ['eve', 'fay'],
          },
        }),
      );
      await tryAgain(repo);
    },
  },
  {
    name: 'binds when its signer is nobody any more',
    want: rejected,
    play: async (repo) => {
      await rejectLands(repo);
      const { ben, ...others } = people;
      repo.write(signersPath, await signerLines(['ada', 'cy', 'dee', 'eve', 'fay']));
      await repolicy(
        repo,
        policyValue({
          people: others,
          roles: {
            'model-owner': ['ada'],
            validator: ['cy'],
            ethics: ['dee'],
            'policy-admin': ['eve', 'fay'],
          },
        }),
      );
      await tryAgain(repo);
    },
  },
  {
    name: 'binds when the repository is called otherwise',
    want: rejected,
    play: async (repo) => {
      await rejectLands(repo);
      await repolicy(repo, policyValue({ repository: 'wages' }));
      await tryAgain(repo, { payload: { repository: 'wages' } });
    },
  },
  {
    name: 'binds when its rule is called otherwise',
    want: rejected,
    play: async (repo) => {
      await rejectLands(repo);
      repo.scopes['model'] = (path) => path.startsWith('model/');
      await repolicy(repo, renamed);
      await tryAgain(repo, { rule: 'model' });
    },
  },
  {
    name: 'binds when its key is revoked',
    want: rejected,
    play: async (repo) => {
      await rejectLands(repo);
      repo.write(
        '.countersign/revoked_keys',
        (await signerLines(['ben'])).replace(/^\S+ \S+ /, ''),
      );
      await withoutKeyOf(repo, 'ben');
      await tryAgain(repo);
    },
  },
  {
    name: 'of a key that nobody knew binds nobody',
    want: 'pass',
    play: async (repo) => {
      await repo.git('switch', '-q', '-C', 'change', 'main');
      await repo.change();
      const path = await repo.signoff('ben', 'validator', {
        key: 'mallory',
        payload: { decision: 'reject' },
        commit: false,
      });
      const text = await repo.read(path);
      await repo.git('switch', '-q', '-f', '-C', 'words', 'main');
      repo.write(path, text);
      await repo.commit('reject', 'ada');
      await tryAgain(repo);
    },
  },
  {
    name: 'is replaced by its signer with a new key',
    want: 'pass',
    play: async (repo) => {
      const replaces = await rejectLands(repo);
      repo.write(signersPath, await newKeyOfBen());
      await repo.commit('keys', 'ada');
      await repo.admins();
      await repo.land('again');
      await repo.change();
      await repo.signoff('ada', 'model-owner');
      await repo.signoff('ben', 'validator', { key: 'ben2', payload: { replaces } });
    },
  },
  {
    name: 'was replaced before the key was taken away',
    want: 'pass',
    play: async (repo) => {
      await withdrawalLands(repo, await rejectLands(repo));
      await withoutKeyOf(repo, 'ben');
      await tryAgain(repo);
    },
  },
  {
    name: 'was replaced before the key expired',
    want: 'pass',
    begin: expiringKeyOfBen,
    play: async (repo) => {
      await withdrawalLands(repo, await rejectLands(repo));
      await tryAgain(repo);
      return { now: later };
    },
  },
  {
    name: 'was replaced longer ago than a sign-off may be old',
    want: 'pass',
    begin: { policy: policyWithRule({ max_age_days: 7 }) },
    play: async (repo) => {
      await withdrawalLands(repo, await rejectLands(repo), { signed_at: '2026-11-10T00:00:00Z' });
      await tryAgain(repo);
    },
  },
  {
    name: 'was replaced by a thief whose key was revoked and taken away since',
    want: rejected,
    play: async (repo) => {
      await withdrawalLands(repo, await rejectLands(repo));
      repo.write(
        '.countersign/revoked_keys',
        (await signerLines(['ben'])).replace(/^\S+ \S+ /, ''),
      );
      await withoutKeyOf(repo, 'ben');
      await tryAgain(repo);
    },
  },
  {
    name: 'replaced with the key that was taken away',
    want: rejected,
    play: async (repo) => {
      const replaces = await rejectLands(repo);
      await withoutKeyOf(repo, 'ben');
      await tryAgain(repo);
      await repo.signoff('ben', 'validator', { payload: { decision: 'withdraw', replaces } });
    },
  },
]);

playCases('a reject that landed on another target', [
  {
    name: 'binds when the key that signed it is taken away',
    want: rejected,
    play: async (repo) => {
      await repo.git('branch', 'release/1', 'main');
      await repo.change();
      const path = await repo.signoff('ben', 'validator', {
        target: 'release/1',
        payload: { decision: 'reject' },
        commit: false,
      });
      const text = await repo.read(path);
      await repo.git('switch', '-q', '-f', 'release/1');
      repo.write(path, text);
      await repo.commit('reject', 'ben', { GIT_COMMITTER_DATE: '2026-11-24T01:00:00Z' });
      await repo.git('switch', '-q', '-C', 'keys', 'main');
      repo.write(signersPath, await signerLines(['ada', 'cy', 'dee', 'eve', 'fay']));
      await repo.commit('keys', 'ada', { GIT_COMMITTER_DATE: '2026-11-24T02:00:00Z' });
      await repo.git('branch', '-f', 'main', 'keys');
      await repo.git('switch', '-q', '-C', 'change', 'release/1');
      await repo.change();
      await repo.signoff('ada', 'model-owner', { target: 'release/1' });
      await repo.signoff('cy', 'validator', { target: 'release/1' });
      return { range: 'release/1...HEAD', target: 'release/1' };
    },
  },
  {
    name: 'was replaced longer ago than a sign-off may be old',
    want: 'pass',
    begin: { policy: policyWithRule({ max_age_days: 7 }) },
    play: async (repo) => {
      await repo.git('branch', 'release/1', 'main');
      await repo.change();
      const path = await repo.signoff('ben', 'validator', {
        target: 'release/1',
        payload: { decision: 'reject', signed_at: '2026-11-01T00:00:00Z' },
      });
      await repo.signoff('ben', 'validator', {
        target: 'release/1',
        payload: {
          decision: 'withdraw',
          replaces: await repo.payloadId(path),
          signed_at: '2026-11-10T00:00:00Z',
        },
      });
      await repo.git('checkout', '-q', 'main', '--', 'model');
      await repo.commit('back', 'ada');
      await repo.git('branch', '-f', 'release/1', 'HEAD');
      await repo.change();
      await repo.signoff('ada', 'model-owner', {
        target: 'release/1',
        payload: { signed_at: '2026-11-24T05:00:00Z' },
      });
      await repo.signoff('cy', 'validator', {
        target: 'release/1',
        payload: { signed_at: '2026-11-24T05:00:00Z' },
      });
      return { range: 'release/1...HEAD', target: 'release/1' };
    },
  },
]);

playCases('a condition that landed', [
  {
    name: 'stands when the key that set it is taken away',
    want: ['fail', 'condition/overdue'],
    begin: owner,
    play: async (repo) => {
      await conditional(repo);
      await withoutKeyOf(repo, 'ben');
      await tryAgain2(repo);
      return { now: later };
    },
  },
  {
    name: 'stands when who set it has the role no more',
    want: ['fail', 'condition/overdue'],
    begin: owner,
    play: async (repo) => {
      await conditional(repo);
      await repolicy(
        repo,
        policyValue({
          roles: {
            'model-owner': ['ada'],
            validator: ['cy'],
            ethics: ['dee'],
            'policy-admin': ['eve', 'fay'],
          },
        }),
      );
      await tryAgain2(repo);
      return { now: later };
    },
  },
  {
    name: 'stays met when the key that met it is taken away',
    want: 'pass',
    begin: owner,
    play: async (repo) => {
      const payload = await conditional(repo);
      await repo.signoff('ben', 'validator', {
        payload: { meets: [{ payload, condition: 0 }], decision: 'withdraw' },
      });
      await repo.land('met');
      await withoutKeyOf(repo, 'ben');
      await tryAgain2(repo);
      return { now: later };
    },
  },
  {
    name: 'is met by another of the role after its signer left',
    want: 'pass',
    begin: owner,
    play: async (repo) => {
      const payload = await conditional(repo);
      await withoutKeyOf(repo, 'ben');
      await tryAgain2(repo, { meets: [{ payload, condition: 0 }] });
      return { now: later };
    },
  },
  {
    name: 'is not met with the key that was taken away',
    want: ['fail', 'condition/overdue'],
    begin: owner,
    play: async (repo) => {
      const payload = await conditional(repo);
      await withoutKeyOf(repo, 'ben');
      await repo.land('again');
      await repo.signoff('ben', 'validator', {
        payload: { meets: [{ payload, condition: 0 }], decision: 'withdraw' },
      });
      await tryAgain2(repo);
      return { now: later };
    },
  },
]);

/** Another change of the model, which Ada and Cy approve. */
async function tryAgain2(repo: ModelRepo, payload: Record<string, unknown> = {}): Promise<void> {
  await repo.land('another');
  await repo.change('ada', scoreText.replace('> 12', '> 14'));
  await repo.signoff('ada', 'model-owner');
  await repo.signoff('cy', 'validator', { payload });
}

/** Keys and roles as they should be, and Mallory among the validators. */
async function letMalloryIn(repo: ModelRepo): Promise<void> {
  repo.write(
    policyPath,
    policyText(
      policyValue({
        people: {
          ...people,
          mallory: { emails: ['mallory@example.org'], principals: ['mallory@example.org'] },
        },
        roles: {
          'model-owner': ['ada', 'mallory'],
          validator: ['ada', 'ben', 'cy', 'mallory'],
          ethics: ['dee'],
          'policy-admin': ['eve', 'fay', 'mallory'],
        },
      }),
    ),
  );
  repo.write(signersPath, await signerLines(['ada', 'ben', 'cy', 'dee', 'eve', 'fay', 'mallory']));
  await repo.commit('let in', 'ada');
}

/** Mallory's key as Ben's. */
async function malloryAsBen(repo: ModelRepo): Promise<void> {
  repo.write(
    signersPath,
    (await signerLines(['ada', 'cy', 'dee', 'eve', 'fay'])) +
      (await signerLines(['mallory'])).replace('mallory@', 'ben@'),
  );
  await repo.commit('let in', 'ada');
}

/** Nothing of that stays: the branch brings what Mallory signed and no more. It lands by fast-forward. */
async function letMalloryOut(repo: ModelRepo, before: string): Promise<void> {
  await repo.git('checkout', '-q', before, '--', policyPath, signersPath);
  await repo.commit('let out', 'ada');
  await repo.land('after-mallory');
}

playCases('a policy that stood in the middle of a branch, which landed by fast-forward', [
  {
    name: 'frees nobody of an exception’s approvals',
    want: ['fail', 'exception/overdue'],
    begin: owner,
    play: async (repo) => {
      await excepted(repo);
      const [before, target] = [
        await repo.git('rev-parse', 'main'),
        await repo.git('rev-parse', 'main~3'),
      ];
      const { digest, manifest } = await repo.payload('mallory', 'validator', {
        head: 'main',
        target,
      });
      await letMalloryIn(repo);
      await repo.signoff('mallory', 'validator', { payload: { digest, manifest } });
      await letMalloryOut(repo, before);
      return { now: later };
    },
  },
  {
    name: 'weakens no exception that lands in it',
    want: ['fail', 'exception/overdue'],
    begin: owner,
    play: async (repo) => {
      const main = await repo.git('rev-parse', 'main');
      await repo.exception('eve', {}, { commit: false });
      await repo.git('reset', '-q', '--soft', 'HEAD~1');
      await repo.git('stash', '-q');
      repo.write(policyPath, policyText(policyWithRule({ require: [modelRule.require[0]] })));
      await repo.commit('weak', 'ada');
      await repo.git('stash', 'pop', '-q');
      await repo.commit('exception', 'eve');
      await letMalloryOut(repo, main);
      return { now: later };
    },
  },
  {
    name: 'meets no condition',
    want: ['fail', 'condition/overdue'],
    begin: owner,
    play: async (repo) => {
      const payload = await conditional(repo);
      const before = await repo.git('rev-parse', 'main');
      await malloryAsBen(repo);
      await repo.signoff('ben', 'validator', {
        key: 'mallory',
        payload: { meets: [{ payload, condition: 0 }], decision: 'withdraw' },
      });
      await letMalloryOut(repo, before);
      await tryAgain2(repo);
      return { now: later };
    },
  },
  {
    name: 'replaces no reject',
    want: rejected,
    play: async (repo) => {
      const replaces = await rejectLands(repo);
      const before = await repo.git('rev-parse', 'main');
      await repo.change();
      const { digest, manifest } = await repo.payload('ben', 'validator');
      await repo.git('switch', '-q', '-C', 'inside', 'main');
      await malloryAsBen(repo);
      await repo.signoff('ben', 'validator', {
        key: 'mallory',
        payload: { decision: 'withdraw', replaces, digest, manifest },
      });
      await letMalloryOut(repo, before);
      await tryAgain(repo);
    },
  },
]);
