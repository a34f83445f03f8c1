import { playCases } from './kit/cases.ts';
import { policyValue } from './kit/policy.ts';
import { repolicy, stricter } from './kit/repolicy.ts';

playCases('a change of the policy', [
  {
    name: 'by two admins',
    want: 'pass',
    byCommand: true,
    play: async (repo) => {
      await repolicy(repo, stricter);
      await repo.admins();
    },
  },
  {
    name: 'by one admin',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      await repolicy(repo, stricter);
      await repo.signoff('eve', 'policy-admin', { rule: 'policy-change' });
    },
  },
  {
    name: 'by one admin twice',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      await repolicy(repo, stricter);
      await repo.signoff('eve', 'policy-admin', { rule: 'policy-change' });
      await repo.signoff('eve', 'policy-admin', { rule: 'policy-change' });
    },
  },
  {
    name: 'by its author and another admin',
    want: 'pass',
    play: async (repo) => {
      await repolicy(repo, stricter, 'eve');
      await repo.admins();
    },
  },
  {
    name: 'by two admins who both wrote it',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      await repolicy(repo, stricter, 'eve');
      await repolicy(
        repo,
        policyValue({
          exceptions: { role: 'policy-admin', count: 1, max_days: 1, follow_up_days: 10 },
        }),
        'fay',
      );
      await repo.admins();
    },
  },
  {
    name: 'by an exception',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      await repolicy(repo, stricter);
      await repo.exception('eve', {}, { rule: 'policy-change' });
    },
  },
  {
    name: 'by admins whom only the new policy names',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      await repolicy(
        repo,
        policyValue({
          roles: {
            'model-owner': ['ada'],
            validator: ['ben', 'cy'],
            ethics: ['dee'],
            'policy-admin': ['ben', 'cy'],
          },
        }),
      );
      await repo.signoff('ben', 'policy-admin', { rule: 'policy-change' });
      await repo.signoff('cy', 'policy-admin', { rule: 'policy-change' });
    },
  },
  {
    name: 'by admins whom the new policy no longer names',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      await repolicy(
        repo,
        policyValue({
          roles: {
            'model-owner': ['ada'],
            validator: ['ben', 'cy'],
            ethics: ['dee'],
            'policy-admin': ['ben', 'cy'],
          },
        }),
      );
      await repo.admins();
    },
  },
  {
    name: 'that hands over from two admins to two others',
    want: 'pass',
    play: async (repo) => {
      await repolicy(
        repo,
        policyValue({
          roles: {
            'model-owner': ['ada'],
            validator: ['ben', 'cy'],
            ethics: ['dee'],
            'policy-admin': ['eve', 'fay', 'ben', 'cy'],
          },
        }),
      );
      await repo.admins();
    },
  },
  {
    name: 'three admins where three are asked for, by two',
    want: ['fail', 'requirement/unmet'],
    begin: {
      policy: policyValue({
        policy_change: { count: 3 },
        roles: {
          'model-owner': ['ada'],
          validator: ['ada', 'ben', 'cy'],
          ethics: ['dee'],
          'policy-admin': ['eve', 'fay', 'dee'],
        },
      }),
    },
    play: async (repo) => {
      await repolicy(
        repo,
        policyValue({
          policy_change: { count: 2 },
          roles: {
            'model-owner': ['ada'],
            validator: ['ada', 'ben', 'cy'],
            ethics: ['dee'],
            'policy-admin': ['eve', 'fay', 'dee'],
          },
        }),
      );
      await repo.admins();
    },
  },
  {
    name: 'three admins where three are asked for',
    want: 'pass',
    begin: {
      policy: policyValue({
        policy_change: { count: 3 },
        roles: {
          'model-owner': ['ada'],
          validator: ['ada', 'ben', 'cy'],
          ethics: ['dee'],
          'policy-admin': ['eve', 'fay', 'dee'],
        },
      }),
    },
    play: async (repo) => {
      await repolicy(
        repo,
        policyValue({
          policy_change: { count: 2 },
          roles: {
            'model-owner': ['ada'],
            validator: ['ada', 'ben', 'cy'],
            ethics: ['dee'],
            'policy-admin': ['eve', 'fay', 'dee'],
          },
        }),
      );
      await repo.admins();
      await repo.signoff('dee', 'policy-admin', { rule: 'policy-change' });
    },
  },
  {
    name: 'by a team of one',
    want: 'pass',
    begin: { policy: policyValue({ policy_change: { count: 1 } }) },
    play: async (repo) => {
      await repolicy(repo, policyValue({ policy_change: { count: 1 }, targets: ['main'] }), 'eve');
      await repo.signoff('eve', 'policy-admin', { rule: 'policy-change' });
    },
  },
]);
