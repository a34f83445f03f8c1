import assert from 'node:assert/strict';
import { test } from 'node:test';
import { audit, type AuditRequest } from '../../src/app/audit.ts';
import type { AuditResult } from '../../src/core/gate/audit-result.ts';
import { rootDigestOf } from '../../src/app/root-digest.ts';
import { landExcepted, landPolicy } from './landings.ts';
import {
  ModelRepository,
  policy,
  publicKey,
  signedPayloadId,
  type SignTerms,
  signers,
} from './model-repository.ts';

type Landed = {
  readonly state: string;
  readonly steps?: number;
  readonly how?: string;
  readonly who?: string;
  readonly followed?: string;
  readonly code?: string;
};

/** Each history, and what an audit must say of its landings after the first model and the policy. */
const histories: Readonly<
  Record<
    string,
    {
      readonly make: (repository: ModelRepository) => Promise<unknown>;
      readonly landed: readonly Landed[];
      readonly exit: 0 | 1;
    }
  >
> = {
  'a merge commit': {
    make: async (repository) => {
      await repository.landSigned('raise', 13);
    },
    landed: [{ state: 'signed', steps: 1, how: 'merge', who: 'ada model-owner, ben validator' }],
    exit: 0,
  },
  'a branch where a reviewer signed again in place of what they had signed': {
    make: async (repository) => {
      await signedBranch(repository, 'raise', 13);
      await signAgain(repository);
      await repository.merge('raise');
    },
    landed: [{ state: 'signed', who: 'ada model-owner, ben validator' }],
    exit: 0,
  },
  'a branch where one of two reviewers withdrew': {
    make: async (repository) => {
      await signedBranch(repository, 'raise', 13);
      const withdrawn = await repository.sign('cy', 'validator');
      await repository.sign('cy', 'validator', {
        over: { decision: 'withdraw', replaces: await signedPayloadId(repository, withdrawn) },
      });
      await repository.merge('raise');
    },
    landed: [{ state: 'signed', who: 'ada model-owner, ben validator' }],
    exit: 0,
  },
  'an exception that was followed up, by one of them twice': {
    make: async (repository) => {
      const range = await landExcepted(repository);
      await repository.branch('follow-up');
      await repository.signBoth({ range });
      await signAgain(repository, { range });
      await repository.merge('follow-up');
    },
    landed: [
      { state: 'excepted', followed: 'ada model-owner, ben validator' },
      { state: 'ungoverned' },
    ],
    exit: 0,
  },
  'a squash by a forge': {
    make: async (repository) => {
      await squashedBranch(repository, 'noreply@github.com');
    },
    landed: [{ state: 'signed', steps: 1, how: 'commit', who: 'ada model-owner, ben validator' }],
    exit: 0,
  },
  'a squash by the reviewer, who becomes an author of what landed': {
    make: async (repository) => {
      await squashedBranch(repository, 'ben');
    },
    landed: [{ state: 'failed', steps: 1, how: 'commit', code: 'requirement/unmet' }],
    exit: 1,
  },
  'a rebase over what landed meanwhile': {
    make: async (repository) => {
      await signedBranch(repository, 'raise', 13);
      await docs(repository);
      await repository.git('rebase', '--quiet', 'main', 'raise');
      await repository.git('switch', '--quiet', 'main');
      await repository.git('merge', '--quiet', '--ff-only', 'raise');
    },
    landed: [
      { state: 'ungoverned' },
      { state: 'signed', steps: 3, how: 'commits', who: 'ada model-owner, ben validator' },
    ],
    exit: 0,
  },
  'a fast-forward to a branch of several commits': {
    make: async (repository) => {
      await repository.branch('raise');
      for (const bar of [13, 14, 15]) {
        await repository.write('model/score.py', `bar = ${bar}\n`);
        await repository.commit(`Try ${bar}`, 'ada');
      }
      await repository.signBoth();
      await repository.git('switch', '--quiet', 'main');
      await repository.git('merge', '--quiet', '--ff-only', 'raise');
    },
    landed: [{ state: 'signed', steps: 5, how: 'commits' }],
    exit: 0,
  },
  'a landing beside a target that moved in other governed files': {
    make: async (repository) => {
      await signedBranch(repository, 'raise', 13);
      await repository.git('switch', '--quiet', 'main');
      await repository.branch('other');
      await repository.write('model/other.py', 'x = 1\n');
      await repository.commit('Another file', 'ada');
      await repository.signBoth();
      await repository.merge('other');
      await repository.merge('raise');
    },
    landed: [{ state: 'signed' }, { state: 'signed', how: 'merge' }],
    exit: 0,
  },
  'a commit that nobody signed, before one that was signed': {
    make: async (repository) => {
      await repository.write('model/score.py', 'bar = 1\n');
      await repository.commit('Quietly', 'ada');
      await repository.landSigned('raise', 13);
    },
    landed: [{ state: 'unsigned', code: 'requirement/unmet' }, { state: 'signed' }],
    exit: 1,
  },
  'a commit that nobody signed, and its revert': {
    make: async (repository) => {
      await repository.write('model/score.py', 'bar = 1\n');
      await repository.commit('Quietly', 'ada');
      await repository.git('revert', '--no-edit', 'HEAD');
    },
    landed: [{ state: 'unsigned' }, { state: 'unsigned' }],
    exit: 1,
  },
  'something that stood there for one commit, hidden in a stretch that was signed': {
    make: async (repository) => {
      await repository.branch('raise');
      await repository.write('model/hidden.py', 'import os\n');
      await repository.commit('Quietly in', 'ada');
      await repository.git('rm', '--quiet', 'model/hidden.py');
      await repository.write('model/score.py', 'bar = 13\n');
      await repository.commit('And out, with a change', 'ada');
      await repository.signBoth();
      await repository.git('switch', '--quiet', 'main');
      await repository.git('merge', '--quiet', '--ff-only', 'raise');
    },
    landed: [
      { state: 'unsigned', code: 'audit/came-and-went' },
      { state: 'unsigned' },
      { state: 'ungoverned' },
      { state: 'ungoverned' },
    ],
    exit: 1,
  },
  'a merge that says more than its branch': {
    make: async (repository) => {
      await signedBranch(repository, 'raise', 13);
      await docs(repository);
      await repository.git('merge', '--quiet', '--no-ff', '--no-commit', 'raise');
      await repository.write('model/score.py', 'bar = 1\n');
      await repository.commit('Merge raise', 'eve');
    },
    landed: [
      { state: 'ungoverned' },
      { state: 'failed', how: 'merge', code: 'requirement/unmet', who: '' },
    ],
    exit: 1,
  },
  'a merge that drops what landed meanwhile': {
    make: async (repository) => {
      await signedBranch(repository, 'raise', 13);
      await repository.git('switch', '--quiet', 'main');
      await repository.landSigned('other', 20);
      await repository.git(
        'merge',
        '--quiet',
        '--no-ff',
        '--strategy',
        'ours',
        '-m',
        'Merge raise',
        'raise',
      );
      await repository.git('checkout', '--quiet', 'raise', '--', 'model', '.countersign/signoffs');
      await repository.git('commit', '--quiet', '--amend', '--no-edit');
    },
    landed: [{ state: 'signed' }, { state: 'failed', how: 'merge' }],
    exit: 1,
  },
  'an agent that wrote, and two who approved': {
    make: async (repository) => {
      await repository.branch('raise');
      await repository.write('model/score.py', 'bar = 13\n');
      await repository.commit('Raise', 'helper[bot]@example.org');
      await repository.signBoth();
      await repository.merge('raise');
    },
    landed: [{ state: 'signed', who: 'ada model-owner, ben validator' }],
    exit: 0,
  },
  'one signature of two': {
    make: async (repository) => {
      await repository.branch('raise');
      await repository.write('model/score.py', 'bar = 13\n');
      await repository.commit('Raise', 'ada');
      await repository.sign('ada', 'model-owner');
      await repository.merge('raise');
    },
    landed: [{ state: 'failed', code: 'requirement/unmet', who: 'ada model-owner' }],
    exit: 1,
  },
  'a revert that was signed, and the old signatures tried again': {
    make: async (repository) => {
      const landed = await repository.landSigned('raise', 13);
      await repository.branch('back');
      await repository.git('revert', '--no-edit', '-m', '1', landed);
      // Sign-offs are only ever added: the revert takes back the model alone.
      await repository.git('checkout', '--quiet', 'main', '--', '.countersign/signoffs');
      await repository.gitAs('ada', 'commit', '--quiet', '--amend', '--no-edit', '--reset-author');
      await repository.signBoth();
      await repository.merge('back');
      await repository.write('model/score.py', 'bar = 13\n');
      await repository.commit('Again, on the old signatures', 'ada');
    },
    landed: [{ state: 'signed' }, { state: 'signed' }, { state: 'unsigned' }],
    exit: 1,
  },
  'a key that was rotated': {
    make: async (repository) => {
      await repository.landSigned('raise', 13);
      await landPolicy(repository, 'rotate', async () =>
        repository.write('.countersign/allowed_signers', await signers({ ben: 'new' })),
      );
      await repository.branch('old-key');
      await repository.write('model/score.py', 'bar = 14\n');
      await repository.commit('Raise', 'ada');
      await repository.sign('ada', 'model-owner');
      await repository.sign('ben', 'validator');
      await repository.merge('old-key');
      await repository.branch('new-key');
      await repository.write('model/score.py', 'bar = 15\n');
      await repository.commit('Raise', 'ada');
      await repository.sign('ada', 'model-owner');
      await repository.sign('ben', 'validator', { key: 'new' });
      await repository.merge('new-key');
    },
    landed: [
      { state: 'signed' },
      { state: 'signed', who: 'eve policy-admin, fay policy-admin' },
      { state: 'failed' },
      { state: 'signed' },
    ],
    exit: 1,
  },
  'a key that was revoked after its landing': {
    make: async (repository) => {
      await repository.landSigned('raise', 13);
      await landPolicy(repository, 'revoke', async () =>
        repository.write('.countersign/revoked_keys', `${await publicKey('ben')}\n`),
      );
    },
    landed: [{ state: 'signed' }, { state: 'signed' }],
    exit: 0,
  },
  'a person who left': {
    make: async (repository) => {
      await repository.landSigned('raise', 13);
      await landPolicy(repository, 'leave', async () => {
        await repository.write(
          '.countersign/policy.yaml',
          policy.replace(/ {2}ben: .*\n/, '').replace('[ben, cy]', '[cy]'),
        );
        await repository.write('.countersign/allowed_signers', await signers({}, {}, ['ben']));
      });
      await repository.landSigned('after', 14);
    },
    landed: [
      { state: 'signed', who: 'ada model-owner, ben validator' },
      { state: 'signed' },
      { state: 'failed', who: 'ada model-owner' },
    ],
    exit: 1,
  },
  'a key that expired between two landings': {
    make: async (repository) => {
      await landPolicy(repository, 'expiry', async () =>
        repository.write(
          '.countersign/allowed_signers',
          await signers({}, { ben: ',valid-before="20260110000000Z"' }),
        ),
      );
      await repository.landSigned('before', 13);
      repository.now = Date.UTC(2026, 0, 12);
      await repository.landSigned('after', 14);
    },
    landed: [{ state: 'signed' }, { state: 'signed' }, { state: 'failed' }],
    exit: 1,
  },
  'a commit dated back into the life of an expired key': {
    make: async (repository) => {
      await landPolicy(repository, 'expiry', async () =>
        repository.write(
          '.countersign/allowed_signers',
          await signers({}, { ben: ',valid-before="20260110000000Z"' }),
        ),
      );
      repository.now = Date.UTC(2026, 0, 12);
      await docs(repository);
      repository.now = Date.UTC(2026, 0, 8);
      await repository.landSigned('after', 14);
    },
    landed: [{ state: 'signed' }, { state: 'ungoverned' }, { state: 'failed' }],
    exit: 1,
  },
  'a policy that was taken away and brought back': {
    make: async (repository) => {
      await repository.git('rm', '--quiet', '-r', '.countersign');
      await repository.commit('Tidy', 'ada');
      await repository.write('model/score.py', 'bar = 1\n');
      await repository.commit('Quietly', 'ada');
      await repository.git('checkout', '--quiet', 'HEAD~2', '--', '.countersign');
      await repository.commit('Put back', 'ada');
    },
    landed: [
      { state: 'unsigned', code: 'policy/deleted' },
      { state: 'unsigned', code: 'policy/gone' },
      { state: 'unsigned', code: 'policy/gone' },
    ],
    exit: 1,
  },
  'a policy that cannot be read, and what landed on it': {
    make: async (repository) => {
      await repository.write('.countersign/policy.yaml', 'rules: [\n');
      await repository.commit('Break it', 'eve');
      await repository.write('model/score.py', 'bar = 1\n');
      await repository.commit('Quietly', 'ada');
    },
    landed: [{ state: 'unsigned' }, { state: 'undecidable', code: 'policy/unreadable' }],
    exit: 1,
  },
  'the first policy, named by its digest': {
    make: async (repository) => ({ trustRoots: [await rootDigest(repository, 'HEAD')] }),
    landed: [],
    exit: 0,
  },
  'a first policy that is not the one that was named': {
    make: async () => ({ trustRoots: [`v1:${'0'.repeat(64)}`] }),
    landed: [],
    exit: 1,
  },
  'a lock-out, ended by a policy that was named by its digest': {
    make: async (repository) => {
      const first = await rootDigest(repository, 'HEAD');
      await repository.write('.countersign/allowed_signers', await signers({ eve: 'new' }));
      await repository.commit('Every admin lost their key', 'eve');
      return { trustRoots: [first, await rootDigest(repository, 'HEAD')] };
    },
    landed: [{ state: 'trusted' }],
    exit: 0,
  },
  'the first policy, quietly brought back while its digest is named for ever': {
    make: async (repository) => {
      const first = await rootDigest(repository, 'HEAD');
      await landPolicy(repository, 'cy', async () =>
        repository.write('.countersign/policy.yaml', policy.replace('[ben, cy]', '[cy]')),
      );
      await repository.write('.countersign/policy.yaml', policy);
      await repository.commit('As it was', 'ada');
      return { trustRoots: [first] };
    },
    landed: [{ state: 'signed' }, { state: 'unsigned' }],
    exit: 1,
  },
  'the first policy, brought back with signatures while its digest is named for ever': {
    make: async (repository) => {
      const first = await rootDigest(repository, 'HEAD');
      await landPolicy(repository, 'cy', async () =>
        repository.write('.countersign/policy.yaml', policy.replace('[ben, cy]', '[cy]')),
      );
      await landPolicy(repository, 'back', async () =>
        repository.write('.countersign/policy.yaml', policy),
      );
      return { trustRoots: [first] };
    },
    landed: [{ state: 'signed' }, { state: 'signed' }],
    exit: 0,
  },
  'the same lock-out, and nobody named the policy': {
    make: async (repository) => {
      await repository.write('.countersign/allowed_signers', await signers({ eve: 'new' }));
      await repository.commit('Every admin lost their key', 'eve');
    },
    landed: [{ state: 'unsigned' }],
    exit: 1,
  },
  'an exception that is still owed its approvals': {
    make: async (repository) => {
      await landExcepted(repository);
      return { now: new Date(repository.now + 86_400_000) };
    },
    landed: [{ state: 'excepted' }],
    exit: 0,
  },
  'an exception whose approvals are overdue': {
    make: async (repository) => {
      await landExcepted(repository);
      return { now: new Date(repository.now + 20 * 86_400_000) };
    },
    landed: [{ state: 'excepted' }],
    exit: 1,
  },
  'an exception whose approvals followed, by one who left since': {
    make: async (repository) => {
      const before = await repository.git('rev-parse', 'main');
      await landExcepted(repository);
      const landed = { range: `${before}...${await repository.git('rev-parse', 'main')}` };
      await repository.branch('follow-up');
      await repository.sign('ada', 'model-owner', landed);
      await repository.sign('ben', 'validator', landed);
      await repository.merge('follow-up');
      await landPolicy(repository, 'leave', async () => {
        await repository.write('.countersign/policy.yaml', policy.replace('[ben, cy]', '[cy]'));
        await repository.write('.countersign/allowed_signers', await signers({}, {}, ['ben']));
      });
      return { now: new Date(repository.now + 20 * 86_400_000) };
    },
    landed: [
      { state: 'excepted', followed: 'ada model-owner, ben validator' },
      { state: 'ungoverned' },
      { state: 'signed' },
    ],
    exit: 0,
  },
  'an exception that only one of two followed up': {
    make: async (repository) => {
      const before = await repository.git('rev-parse', 'main');
      await landExcepted(repository);
      const landed = { range: `${before}...${await repository.git('rev-parse', 'main')}` };
      await repository.branch('follow-up');
      await repository.sign('ada', 'model-owner', landed);
      await repository.merge('follow-up');
      return { now: new Date(repository.now + 20 * 86_400_000) };
    },
    landed: [{ state: 'excepted', followed: 'ada model-owner' }, { state: 'ungoverned' }],
    exit: 1,
  },
  'a sign-off that was deleted later': {
    make: async (repository) => {
      await repository.landSigned('raise', 13);
      await repository.git('rm', '--quiet', '-r', '.countersign/signoffs');
      await repository.commit('Tidy', 'ada');
    },
    landed: [{ state: 'signed' }, { state: 'failed', code: 'signoff/deleted' }],
    exit: 1,
  },
};

for (const [name, { make, landed, exit }] of Object.entries(histories)) {
  test(`audit: ${name}`, async (context) => {
    const repository = await ModelRepository.withPolicy();
    context.after(() => repository.remove());
    const request = ((await make(repository)) ?? {}) as AuditRequest;
    const { result } = await audit(await repository.open(), {
      now: new Date(repository.now),
      ...request,
    });
    const [model, bootstrap, ...rest] = result.landings;
    assert.equal(model?.state, 'unprotected');
    const byRoot = request.trustRoots?.[0]?.includes('0000') ? 'failed' : 'trusted';
    assert.equal(bootstrap?.state, request.trustRoots === undefined ? 'unprotected' : byRoot);
    assert.deepEqual(
      rest.map(({ state }) => state),
      landed.map(({ state }) => state),
      JSON.stringify(rest, null, 1),
    );
    for (const [index, want] of landed.entries())
      assertLanding(rest[index] as AuditResult['landings'][number], want);
    assert.equal(result.exit, exit);
  });
}

/** Ben signs what he signed once more, and says that this one takes its place. */
async function signAgain(repository: ModelRepository, terms: SignTerms = {}): Promise<void> {
  const [earlier = ''] = (
    await repository.git('ls-files', '.countersign/signoffs/model-change/ben.*')
  ).split('\n');
  await repository.sign('ben', 'validator', {
    ...terms,
    over: { replaces: await signedPayloadId(repository, earlier) },
  });
}

function assertLanding(
  found: AuditResult['landings'][number],
  { steps, how, who, followed, code }: Landed,
): void {
  if (steps !== undefined) assert.equal(found.steps, steps);
  if (how !== undefined) assert.equal(found.how, how);
  if (who !== undefined)
    assert.equal(
      found.rules
        .flatMap(({ signatures }) => signatures.map(({ person, role }) => `${person} ${role}`))
        .sort()
        .join(', '),
      who,
    );
  if (followed !== undefined)
    assert.equal(
      found.exceptions
        .flatMap(({ followed_by }) => followed_by.map(({ person, role }) => `${person} ${role}`))
        .sort()
        .join(', '),
      followed,
    );
  if (code !== undefined)
    assert.ok(
      found.findings.some((finding) => finding.code === code),
      JSON.stringify(found.findings),
    );
}

/** Lands a signed branch as one commit, which whoever squashes it commits. */
async function squashedBranch(repository: ModelRepository, committer: string): Promise<void> {
  await signedBranch(repository, 'raise', 13);
  await repository.git('switch', '--quiet', 'main');
  await repository.git('merge', '--quiet', '--squash', 'raise');
  await repository.gitAs(
    committer,
    'commit',
    '--quiet',
    '--author',
    'ada <ada@example.org>',
    '-m',
    'Raise (#1)',
  );
}

async function signedBranch(repository: ModelRepository, name: string, bar: number): Promise<void> {
  await repository.branch(name);
  await repository.write('model/score.py', `bar = ${bar}\n`);
  await repository.commit(`Set the bar to ${bar}`, 'ada');
  await repository.signBoth();
}

async function docs(repository: ModelRepository): Promise<void> {
  await repository.git('switch', '--quiet', 'main');
  await repository.write('README.md', `${repository.now}\n`);
  await repository.commit('Say more', 'cy');
}

async function rootDigest(repository: ModelRepository, revision: string): Promise<string> {
  return rootDigestOf((await repository.open()).git, await repository.git('rev-parse', revision));
}

test('an audit says which branch it read, and how the local one stands to it', async () => {
  const repository = await ModelRepository.withPolicy();
  try {
    const readOf = async (target?: string): Promise<AuditResult['read']> =>
      (await audit(await repository.open(), target === undefined ? {} : { target })).result.read;
    assert.deepEqual(await readOf(), { ref: 'refs/heads/main', local: null });
    const tip = await repository.git('rev-parse', 'main');
    await repository.git('update-ref', 'refs/remotes/origin/main', tip);
    assert.deepEqual(await readOf(), {
      ref: 'refs/remotes/origin/main',
      local: { ref: 'refs/heads/main', tip, ahead: 0, behind: 0 },
    });
    await repository.commit('not pushed', 'ada');
    const ahead = await repository.commit('not pushed either', 'ada');
    assert.deepEqual((await readOf()).local, {
      ref: 'refs/heads/main',
      tip: ahead,
      ahead: 2,
      behind: 0,
    });
    assert.equal((await audit(await repository.open(), {})).result.tip, tip);
    await repository.git('switch', '--quiet', '--detach');
    await repository.git('branch', '--force', 'main', `${tip}~1`);
    assert.deepEqual((await readOf()).local, {
      ref: 'refs/heads/main',
      tip: await repository.git('rev-parse', `${tip}~1`),
      ahead: 0,
      behind: 1,
    });
    await repository.git('branch', '--delete', '--force', 'main');
    assert.deepEqual(await readOf(), { ref: 'refs/remotes/origin/main', local: null });
  } finally {
    await repository.remove();
  }
});
