import { rootDigestOf } from '../../src/app/root-digest.ts';
import { type ModelRepository, signedPayloadId, type SignTerms } from './model-repository.ts';

export type Landed = {
  readonly state: string;
  readonly steps?: number;
  readonly how?: string;
  readonly who?: string;
  readonly followed?: string;
  readonly code?: string;
};

/** Each history, and what an audit must say of its landings after the first model and the policy. */
export type Histories = Readonly<
  Record<
    string,
    {
      readonly make: (repository: ModelRepository) => Promise<unknown>;
      readonly landed: readonly Landed[];
      readonly exit: 0 | 1;
    }
  >
>;

/** Ben signs what he signed once more, and says that this one takes its place. */
export async function signAgain(repository: ModelRepository, terms: SignTerms = {}): Promise<void> {
  const [earlier = ''] = (
    await repository.git('ls-files', '.countersign/signoffs/model-change/ben.*')
  ).split('\n');
  await repository.sign('ben', 'validator', {
    ...terms,
    over: { replaces: await signedPayloadId(repository, earlier) },
  });
}

/** Lands a signed branch as one commit, which whoever squashes it commits. */
export async function squashedBranch(
  repository: ModelRepository,
  committer: string,
): Promise<void> {
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

export async function signedBranch(
  repository: ModelRepository,
  name: string,
  bar: number,
): Promise<void> {
  await repository.branch(name);
  await repository.write('model/score.py', `bar = ${bar}\n`);
  await repository.commit(`Set the bar to ${bar}`, 'ada');
  await repository.signBoth();
}

export async function docs(repository: ModelRepository): Promise<void> {
  await repository.git('switch', '--quiet', 'main');
  await repository.write('README.md', `${repository.now}\n`);
  await repository.commit('Say more', 'cy');
}

export async function rootDigest(repository: ModelRepository, revision: string): Promise<string> {
  return rootDigestOf((await repository.open()).git, await repository.git('rev-parse', revision));
}
