import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { playCases } from './kit/cases.ts';
import type { Question } from './kit/judged.ts';
import type { ModelRepo } from './kit/model-repo.ts';

const signedByOwner = { upTo: 'owner' } as const;
const onCondition = {
  conditions: [{ text: 'watch it for a week', owner: 'ada', due: '2026-12-01' }],
};

/** Takes a signed file off the branch again: it is sent to the check, as one that CI collected. */
async function sent(repo: ModelRepo, path: string, { kept = false } = {}): Promise<Question> {
  const bytes = Buffer.from(await repo.read(path));
  if (!kept) {
    await repo.git('reset', '-q', '--soft', 'HEAD~1');
    await repo.git('rm', '-q', '--cached', path);
    rmSync(join(repo.dir, path));
  }
  return { signoffs: [{ path, mode: '100644', bytes }] };
}

playCases('words that bind later checks, sent to one check', [
  {
    name: 'an exception in the change',
    want: 'pass-with-exception',
    begin: signedByOwner,
    play: async (repo) => {
      await repo.exception('eve');
    },
  },
  {
    name: 'an exception that the change does not bring',
    want: ['fail', 'requirement/unmet'],
    says: ['exception/not-in-change'],
    begin: signedByOwner,
    play: async (repo) => sent(repo, await repo.exception('eve')),
  },
  {
    name: 'an exception in the change, and sent too',
    want: 'pass-with-exception',
    begin: signedByOwner,
    play: async (repo) => sent(repo, await repo.exception('eve'), { kept: true }),
  },
  {
    name: 'an approval on conditions in the change',
    want: 'pass',
    begin: signedByOwner,
    play: async (repo) => {
      await repo.signoff('ben', 'validator', { payload: onCondition });
    },
  },
  {
    name: 'an approval on conditions that the change does not bring',
    want: ['fail', 'requirement/unmet'],
    says: ['signoff/not-in-change'],
    begin: signedByOwner,
    play: async (repo) =>
      sent(repo, await repo.signoff('ben', 'validator', { payload: onCondition })),
  },
  {
    name: 'an approval without conditions that the change does not bring',
    want: 'pass',
    begin: signedByOwner,
    play: async (repo) => sent(repo, await repo.signoff('ben', 'validator')),
  },
  {
    name: 'a reject that the change does not bring',
    want: ['fail', 'signoff/rejected'],
    begin: { upTo: 'both' },
    play: async (repo) =>
      sent(repo, await repo.signoff('cy', 'validator', { payload: { decision: 'reject' } })),
  },
]);
