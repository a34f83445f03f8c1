import { chmodSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { signerLines } from './keys.ts';
import { raisedText } from './model-repo.ts';
import { policyText, policyValue, policyWithRule } from './policy.ts';
import {
  ben,
  change,
  everybody,
  landed,
  lineOf,
  policyPath,
  revokedPath,
  signersPath,
  type Verified,
  withKeyOfBen,
} from './verified.ts';

export const cases: readonly Verified[] = [
  { name: 'as it was signed', play: (repo) => ben(repo), want: 'valid' },
  { name: 'before it is staged', play: (repo) => ben(repo, { commit: false }), want: 'valid' },
  {
    name: 'of a change that moved',
    play: async (repo) => {
      const path = await ben(repo);
      await repo.change('ada', `${raisedText}#\n`);
      return path;
    },
    want: 'stale',
    code: 'signoff/stale',
  },
  {
    name: 'by a key that has expired',
    begin: () => withKeyOfBen('namespaces="model-signoff",valid-before="20261101Z"'),
    play: (repo) => ben(repo),
    want: 'expired',
    code: 'signoff/expired',
  },
  {
    name: 'longer ago than the policy allows',
    begin: { ...change, policy: policyWithRule({ max_age_days: 7 }) },
    play: (repo) => ben(repo, { payload: { signed_at: '2026-11-01T00:00:00Z' } }),
    want: 'expired',
    code: 'signoff/too-old',
  },
  {
    name: 'by a key that the change revokes',
    play: async (repo) => {
      const path = await ben(repo);
      repo.write(revokedPath, await lineOf('ben'));
      await repo.commit('stolen', 'ada');
      return path;
    },
    want: 'revoked',
    code: 'signoff/revoked',
  },
  {
    name: 'by a key that is staged as revoked',
    play: async (repo) => {
      const path = await ben(repo);
      repo.write(revokedPath, await lineOf('ben'));
      await repo.git('add', '-A');
      return path;
    },
    want: 'revoked',
    code: 'signoff/revoked',
  },
  {
    name: 'by another’s key',
    play: (repo) => ben(repo, { key: 'cy' }),
    want: 'not-allowed',
    code: 'signoff/not-allowed',
  },
  {
    name: 'in a role that the signer has not',
    play: (repo) => repo.signoff('ben', 'ethics'),
    want: 'not-allowed',
    code: 'signoff/not-allowed',
  },
  {
    name: 'for another branch',
    play: (repo) => ben(repo, { payload: { target: 'refs/heads/release/1' } }),
    want: 'not-allowed',
    code: 'signoff/elsewhere',
  },
  {
    name: 'by a key that nobody knows',
    play: (repo) => ben(repo, { key: 'mallory' }),
    want: 'unknown-signer',
    code: 'signoff/unknown-signer',
  },
  {
    name: 'for something else',
    play: (repo) => ben(repo, { namespace: 'git' }),
    want: 'forged',
    code: 'signoff/forged',
  },
  {
    name: 'edited afterwards',
    play: (repo) => ben(repo, { edit: (text) => text.replace('"approve"', '"reject"') }),
    want: 'forged',
    code: 'signoff/forged',
  },
  {
    name: 'as a program',
    play: async (repo) => {
      const path = await ben(repo);
      chmodSync(join(repo.dir, path), 0o755);
      await repo.commit('mode', 'ada');
      return path;
    },
    want: 'forged',
    code: 'signoff/mode',
  },
  {
    name: 'as a link',
    play: async (repo) => {
      const path = await ben(repo);
      const text = await repo.read(path);
      rmSync(join(repo.dir, path));
      repo.write('elsewhere.yaml', text);
      symlinkSync('../../../elsewhere.yaml', join(repo.dir, path));
      return path;
    },
    want: 'forged',
    code: 'signoff/mode',
  },
  {
    name: 'that landed',
    play: async (repo) => {
      const path = await ben(repo);
      await repo.land();
      return path;
    },
    want: 'valid',
    landed: true,
  },
  {
    name: 'that landed, under another change',
    play: async (repo) => {
      const path = await ben(repo);
      await repo.land();
      await repo.change('ada', `${raisedText}#\n`);
      return path;
    },
    want: 'valid',
    landed: true,
  },
  {
    name: 'that landed, before its key was replaced',
    play: async (repo) => {
      const path = await ben(repo);
      await landed(repo, async () =>
        repo.write(
          signersPath,
          `${await signerLines(everybody.filter((who) => who !== 'ben'))}${(await signerLines(['ben2'])).replace('ben2@', 'ben@')}`,
        ),
      );
      return path;
    },
    want: 'valid',
    landed: true,
  },
  {
    name: 'that landed, before its signer left',
    play: async (repo) => {
      const path = await ben(repo);
      await landed(repo, async () => {
        repo.write(signersPath, await signerLines(everybody.filter((who) => who !== 'ben')));
        repo.write(
          policyPath,
          policyText(
            policyValue({
              roles: {
                'model-owner': ['ada'],
                validator: ['cy'],
                ethics: ['dee'],
                'policy-admin': ['eve', 'fay'],
              },
            }),
          ),
        );
      });
      return path;
    },
    want: 'valid',
    landed: true,
  },
  {
    name: 'that landed, before its key was revoked',
    play: async (repo) => {
      const path = await ben(repo);
      await landed(repo, async () => repo.write(revokedPath, await lineOf('ben')));
      return path;
    },
    want: 'valid',
    code: 'signoff/revoked',
    landed: true,
  },
  {
    name: 'that landed, before its key expired',
    begin: () => withKeyOfBen('namespaces="model-signoff",valid-before="20261201Z"'),
    play: async (repo) => {
      const path = await ben(repo);
      await repo.land();
      return path;
    },
    now: '2026-12-24T00:00:00Z',
    want: 'valid',
    landed: true,
  },
  {
    name: 'that landed, after its key had expired',
    begin: () => withKeyOfBen('namespaces="model-signoff",valid-before="20261101Z"'),
    play: async (repo) => {
      const path = await ben(repo);
      await repo.land();
      return path;
    },
    want: 'expired',
    landed: true,
  },
  {
    name: 'that landed, by a key that nobody knew',
    play: async (repo) => {
      const path = await ben(repo, { key: 'mallory' });
      await repo.land();
      return path;
    },
    want: 'unknown-signer',
    code: 'signoff/unknown-signer',
    landed: true,
  },
  { name: 'an exception', play: (repo) => repo.exception('eve'), want: 'valid' },
  {
    name: 'an exception for a change that moved',
    play: async (repo) => {
      const path = await repo.exception('eve');
      await repo.change('ada', `${raisedText}#\n`);
      return path;
    },
    want: 'stale',
    code: 'exception/stale',
  },
  {
    name: 'an exception that has expired',
    play: (repo) => repo.exception('eve'),
    now: '2026-11-26T00:00:00Z',
    want: 'expired',
    code: 'exception/expired',
  },
  {
    name: 'an exception by one who may sign none',
    play: (repo) => repo.exception('ben'),
    want: 'not-allowed',
    code: 'exception/not-allowed',
  },
  {
    name: 'an exception by a key that nobody knows',
    play: (repo) => repo.exception('eve', {}, { key: 'mallory' }),
    want: 'unknown-signer',
    code: 'exception/unknown-signer',
  },
  {
    name: 'an exception by a key that is staged as revoked',
    play: async (repo) => {
      const path = await repo.exception('eve');
      repo.write(revokedPath, await lineOf('eve'));
      await repo.git('add', '-A');
      return path;
    },
    want: 'revoked',
    code: 'exception/revoked-key',
  },
  {
    name: 'an exception that was edited',
    play: (repo) =>
      repo.exception('eve', {}, { edit: (text) => text.replace('wrong wages', 'right wages') }),
    want: 'forged',
    code: 'exception/forged',
  },
  {
    name: 'an exception that landed, long after',
    play: async (repo) => {
      const path = await repo.exception('eve');
      await landed(repo, async () =>
        repo.write(
          signersPath,
          `${await signerLines(everybody.filter((who) => who !== 'eve'))}${(await signerLines(['ben2'])).replace('ben2@', 'eve@')}`,
        ),
      );
      return path;
    },
    now: '2027-06-01T00:00:00Z',
    want: 'valid',
    landed: true,
  },
];
