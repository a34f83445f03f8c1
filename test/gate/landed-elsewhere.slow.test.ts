import { playCases } from './kit/cases.ts';
import { signerLines } from './kit/keys.ts';
import { policyValue, policyWithRule } from './kit/policy.ts';
import {
  conditional,
  later,
  owner,
  rejected,
  repolicy,
  signersPath,
  tryAgain2,
  withoutKeyOf,
} from './kit/landed-words.ts';

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
