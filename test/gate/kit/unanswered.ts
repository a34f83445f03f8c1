import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Stage } from '../../../src/core/gate/check-result.ts';
import { as, ModelRepo } from './model-repo.ts';
import { policyValue } from './policy.ts';
import { run } from './processes.ts';

const program = new URL('../../../dist/cli.js', import.meta.url).pathname;

/** A branch with a change of Ada's for which she has answered nothing yet, and the hooks of commits and merges. */
export async function unanswered(stages: Readonly<Record<string, Stage>> = {}): Promise<ModelRepo> {
  const repo = await ModelRepo.make({
    upTo: 'change',
    policy: policyValue({ stages }),
    files: {
      '.countersign/decisions/DR-WHY001.yaml':
        'schema: countersign/decision@1\nid: DR-WHY001\ntitle: why\nstatus: proposed\nowner: ada\nrisk: low\n',
    },
  });
  for (const hook of ['pre-commit', 'pre-merge-commit']) {
    repo.write(`.git/hooks/${hook}`, '');
    writeFileSync(
      join(repo.dir, '.git/hooks', hook),
      `#!/bin/sh\n'${process.execPath}' '${program}' hook run ${hook} "$@" || exit 1\n`,
    );
    chmodSync(join(repo.dir, '.git/hooks', hook), 0o755);
  }
  return repo;
}

/** What git's own command comes to with the hooks; the first line of what it complains of where it is refused. */
export async function hooked(
  repo: ModelRepo,
  who: string,
  args: readonly string[],
): Promise<string> {
  const { code, stderr, stdout } = await run('git', args, { cwd: repo.dir, env: as(who) });
  return code === 0 ? 'done' : `${stderr}${stdout}`;
}

export const commit = async (repo: ModelRepo, who: string): Promise<string> => {
  await repo.git('add', '-A');
  return hooked(repo, who, ['commit', '-qm', 'words']);
};

export const reject = (repo: ModelRepo): Promise<string> =>
  repo.signoff('ben', 'validator', { commit: false, payload: { decision: 'reject' } });

/** Ben goes on from the change on a branch of his own, Ada with a note. */
export async function theirs(repo: ModelRepo, write: () => unknown): Promise<void> {
  await repo.git('switch', '-q', '-c', 'theirs');
  await write();
  await repo.commit('theirs', 'ben');
  await repo.git('switch', '-q', 'change');
  repo.write('docs/mine.md', 'x\n');
  await repo.commit('mine', 'ada');
}

export const merge = (repo: ModelRepo): Promise<string> =>
  hooked(repo, 'ada', ['merge', '-q', '--no-ff', '--no-edit', 'theirs']);
