import { playCases } from './kit/cases.ts';
import { keyFile, publicKey, signerLines } from './kit/keys.ts';
import { policyWithRule } from './kit/policy.ts';
import { must } from './kit/processes.ts';
import { honest, others } from './kit/honest.ts';

/** The usual signers, of whom Ben's line has these options. */
const withBen = (options: string) => async () => ({
  signers: (await signerLines(others)) + (await signerLines(['ben'], options)),
});

playCases('keys and when they are good', [
  {
    name: 'good until later',
    want: 'pass',
    begin: withBen('namespaces="model-signoff",valid-after="20260101Z",valid-before="20270101Z"'),
    byCommand: true,
    play: honest,
  },
  {
    name: 'good no more',
    want: ['fail', 'requirement/unmet'],
    begin: withBen('namespaces="model-signoff",valid-before="20261101000000Z"'),
    byCommand: true,
    play: honest,
  },
  {
    name: 'good no more since a second ago, whatever the signer says of the time',
    want: ['fail', 'requirement/unmet'],
    begin: withBen('namespaces="model-signoff",valid-before="20261124055959Z"'),
    play: honest,
  },
  {
    name: 'not good yet',
    want: ['fail', 'requirement/unmet'],
    begin: withBen('namespaces="model-signoff",valid-after="20261124060001Z"'),
    play: honest,
  },
  {
    name: 'good at the time of judging, by another time than now',
    want: 'pass',
    begin: withBen('namespaces="model-signoff",valid-before="20261101000000Z"'),
    play: async (repo) => {
      await repo.change();
      await repo.both({ payload: { signed_at: '2026-10-01T00:00:00Z' } });
      return { now: '2026-10-02T00:00:00Z' };
    },
  },
  {
    name: 'a time without a zone',
    want: ['undecidable', 'policy/unreadable'],
    begin: withBen('namespaces="model-signoff",valid-before="20270101"'),
    play: honest,
  },
  {
    name: 'for another namespace',
    want: ['undecidable', 'policy/unreadable'],
    begin: async () => ({ signers: await signerLines([...others, 'ben'], 'namespaces="git"') }),
    play: honest,
  },
  {
    name: 'for another namespace too',
    want: 'pass',
    begin: withBen('namespaces="git,model-signoff"'),
    play: honest,
  },
  {
    name: 'for every namespace',
    want: 'pass',
    begin: async () => ({
      signers: `${await signerLines([...others])}ben@example.org ${await publicKey('ben')}\n`,
    }),
    play: honest,
  },
  {
    name: 'a pattern of namespaces',
    want: ['undecidable', 'policy/unreadable'],
    begin: withBen('namespaces="model-*"'),
    play: honest,
  },
  {
    name: 'an authority',
    want: ['undecidable', 'policy/unreadable'],
    begin: withBen('cert-authority,namespaces="model-signoff"'),
    byCommand: true,
    play: honest,
  },
  {
    name: 'a principal that is a pattern',
    want: ['undecidable', 'policy/unreadable'],
    begin: async () => ({
      signers:
        (await signerLines(['ada'])).replace('ada@example.org', '*@example.org') +
        (await signerLines(['ben', 'cy', 'dee', 'eve', 'fay'])),
    }),
    play: honest,
  },
  {
    name: 'several principals in a line',
    want: ['undecidable', 'policy/unreadable'],
    begin: async () => ({
      signers:
        (await signerLines(['ada'])).replace('ada@example.org', 'ada@example.org,ben@example.org') +
        (await signerLines(['cy', 'dee', 'eve', 'fay'])),
    }),
    play: honest,
  },
  {
    name: 'one key for two persons',
    want: ['undecidable', 'policy/unreadable'],
    begin: async () => ({
      signers:
        (await signerLines([...others, 'ben'])) +
        (await signerLines(['ada'])).replace('ada@', 'zoe@'),
    }),
    play: honest,
  },
  {
    name: 'an RSA key of 1024 bits',
    want: ['undecidable', 'policy/unreadable'],
    begin: async () => {
      await makeRsa('rsa1024', 1024);
      return {
        signers: `${await signerLines(others)}ben@example.org ${await publicKey('rsa1024')}\n`,
      };
    },
    play: honest,
  },
  {
    name: 'an RSA key of 2048 bits',
    want: 'pass',
    begin: async () => {
      await makeRsa('rsa2048', 2048);
      return {
        signers: `${await signerLines(others)}ben@example.org ${await publicKey('rsa2048')}\n`,
      };
    },
    play: async (repo) => {
      await repo.change();
      await repo.signoff('ada', 'model-owner');
      await repo.signoff('ben', 'validator', { key: 'rsa2048' });
    },
  },
]);

async function makeRsa(name: string, bits: number): Promise<void> {
  const { readFile } = await import('node:fs/promises');
  const file = await keyFile(name);
  if ((await readFile(file).catch(() => null)) === null)
    await must('ssh-keygen', ['-q', '-t', 'rsa', '-b', String(bits), '-N', '', '-f', file]);
}

playCases('a key that was changed', [
  {
    name: 'the new key signs',
    want: 'pass',
    play: async (repo) => {
      await repo.change();
      await repo.both();
      await repo.land('rotate');
      repo.write(
        '.countersign/allowed_signers',
        (await signerLines(others)) +
          (await signerLines(['ben'], 'namespaces="model-signoff",valid-before="20261124Z"')) +
          (await signerLines(['ben2'])).replace('ben2@', 'ben@'),
      );
      await repo.commit('new key', 'ben');
      await repo.admins();
      await repo.land('after');
      await repo.change('ada', 'x = 1\n');
      await repo.signoff('ada', 'model-owner');
      await repo.signoff('ben', 'validator', { key: 'ben2' });
    },
  },
  {
    name: 'the old key signs no more',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      repo.write(
        '.countersign/allowed_signers',
        (await signerLines(others)) +
          (await signerLines(['ben'], 'namespaces="model-signoff",valid-before="20261124Z"')) +
          (await signerLines(['ben2'])).replace('ben2@', 'ben@'),
      );
      await repo.commit('new key', 'ben');
      await repo.admins();
      await repo.land('after');
      await repo.change();
      await repo.both();
    },
  },
  {
    name: 'the policy changes by the old keys',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      repo.write(
        '.countersign/allowed_signers',
        (await signerLines(['ada', 'ben', 'cy', 'dee', 'fay'])) +
          (await signerLines(['ben2'])).replace('ben2@', 'eve@'),
      );
      await repo.commit('new key', 'ben');
      await repo.signoff('eve', 'policy-admin', { rule: 'policy-change', key: 'ben2' });
      await repo.signoff('fay', 'policy-admin', { rule: 'policy-change' });
    },
  },
  {
    name: 'how old a sign-off may be',
    want: ['fail', 'requirement/unmet'],
    begin: { policy: policyWithRule({ max_age_days: 7 }) },
    play: async (repo) => {
      await repo.change();
      await repo.both({ payload: { signed_at: '2026-11-17T05:59:59Z' } });
    },
  },
  {
    name: 'not older than it may be',
    want: 'pass',
    begin: { policy: policyWithRule({ max_age_days: 7 }) },
    play: async (repo) => {
      await repo.change();
      await repo.both({ payload: { signed_at: '2026-11-17T06:00:01Z' } });
    },
  },
]);
