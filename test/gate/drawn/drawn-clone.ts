import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { policyText, policyValue } from '../kit/policy.ts';
import { freshFolder, ModelRepo } from '../kit/model-repo.ts';
import { must } from '../kit/processes.ts';
import type { Dice } from './dice.ts';

/** What the policy at a branch names as its first target; null where there is no policy. */
export type Named = 'main' | 'trunk' | 'master' | null;

/** A clone as git has it: its remotes, their branches and what the settings say. */
export type DrawnClone = {
  /** Remote → its branches as they were fetched → what the policy there names. */
  readonly remotes: ReadonlyMap<string, ReadonlyMap<string, Named>>;
  /** Remote → the branch that its HEAD names, which may be gone. */
  readonly heads: ReadonlyMap<string, string>;
  readonly local: ReadonlyMap<string, Named>;
  /** By the names of git's settings. */
  readonly settings: ReadonlyMap<string, string>;
  /** The branch that is checked out. */
  readonly current: 'work';
};

const branchNames = ['main', 'trunk', 'master', 'work'] as const;

/** Draws a clone of one to three remotes. */
export function drawClone(dice: Dice): DrawnClone {
  const remotes = dice
    .one([
      ['origin'],
      ['origin', 'upstream'],
      ['origin', 'upstream', 'a'],
      ['a', 'b'],
      ['a'],
      ['upstream', 'b'],
      [],
    ])
    .map((name) => [name, drawBranches(dice, 65)] as const);
  const heads = remotes.flatMap(([name]) =>
    dice.often(60) ? [[name, dice.one(['main', 'main', 'trunk', 'gone'])] as const] : [],
  );
  return {
    remotes: new Map(remotes),
    heads: new Map(heads),
    local: new Map([...drawBranches(dice, 25), ['work', 'main']]),
    settings: new Map(drawSettings(dice, [...remotes.map(([name]) => name), 'elsewhere'])),
    current: 'work',
  };
}

function drawBranches(dice: Dice, percent: number): ReadonlyMap<string, Named> {
  return new Map(
    branchNames.flatMap((name) =>
      dice.often(name === 'main' ? percent + 20 : percent / 2)
        ? [[name, dice.one<Named>(['main', 'main', 'trunk', 'master', null])] as const]
        : [],
    ),
  );
}

function drawSettings(dice: Dice, remotes: readonly string[]): readonly [string, string][] {
  return [
    ...(dice.often(15)
      ? [['countersign.target', dice.one(['main', 'trunk', 'gone'])] as [string, string]]
      : []),
    ...(['countersign.remote', 'remote.pushDefault', 'branch.work.remote'] as const).flatMap(
      (key): [string, string][] => (dice.often(15) ? [[key, dice.one(remotes)]] : []),
    ),
    ...(dice.often(10) ? [['branch.work.pushRemote', dice.one(remotes)] as [string, string]] : []),
  ];
}

/** Commits with every policy that a branch can have, none of which holds another. */
export class CloneMaker {
  readonly #source: ModelRepo;
  readonly #commits: ReadonlyMap<Named, string>;
  readonly #folder: string;

  private constructor(source: ModelRepo, commits: ReadonlyMap<Named, string>, folder: string) {
    this.#source = source;
    this.#commits = commits;
    this.#folder = folder;
  }

  static async begin(): Promise<CloneMaker> {
    const source = await ModelRepo.make();
    const commits = new Map<Named, string>();
    for (const name of ['main', 'trunk', 'master'] as const) {
      await source.git('switch', '-q', '--orphan', `of-${name}`);
      source.write('.countersign/policy.yaml', policyText(policyValue({ targets: [name] })));
      await source.commit(`policy of ${name}`, 'ada');
      commits.set(name, await source.git('rev-parse', 'HEAD'));
    }
    await source.git('switch', '-q', '--orphan', 'of-none');
    source.write('model/score.py', 'x = 1\n');
    await source.commit('no policy', 'ada');
    commits.set(null, await source.git('rev-parse', 'HEAD'));
    return new CloneMaker(source, commits, await freshFolder());
  }

  /** The object id of a branch that has such a policy. */
  tipOf(named: Named): string {
    return this.#commits.get(named) as string;
  }

  /** Lays a clone out, with the objects of the source. */
  async make({ remotes, heads, local, settings, current }: DrawnClone): Promise<string> {
    const dir = await mkdtemp(join(this.#folder, 'c-'));
    const git = (...args: string[]): Promise<Buffer> => must('git', args, { cwd: dir });
    await git('clone', '-q', '--shared', '--bare', this.#source.dir, '.git');
    await git('config', 'core.bare', 'false');
    const known = (await git('for-each-ref', '--format=delete %(refname)')).toString();
    const lines = [
      ...[...local].map(([name, named]) => `create refs/heads/${name} ${this.tipOf(named)}`),
      ...[...remotes].flatMap(([remote, branches]) =>
        [...branches].map(
          ([name, named]) => `create refs/remotes/${remote}/${name} ${this.tipOf(named)}`,
        ),
      ),
    ];
    await git('config', '--remove-section', 'remote.origin');
    for (const input of [known, lines.map((line) => `${line}\n`).join('')])
      await must('git', ['update-ref', '--stdin'], { cwd: dir, input });
    await git('symbolic-ref', 'HEAD', `refs/heads/${current}`);
    for (const remote of remotes.keys()) {
      await git('config', `remote.${remote}.url`, `../${remote}.git`);
      await git('config', `remote.${remote}.fetch`, `+refs/heads/*:refs/remotes/${remote}/*`);
    }
    for (const [remote, name] of heads)
      await git('symbolic-ref', `refs/remotes/${remote}/HEAD`, `refs/remotes/${remote}/${name}`);
    for (const [key, value] of settings) await git('config', key, value);
    return dir;
  }
}
