import { join } from 'node:path';
import type { Question } from './judged.ts';
import type { ModelRepo } from './model-repo.ts';
import { must } from './processes.ts';

export const signedByBoth = { upTo: 'both' } as const;
export const changed = { upTo: 'change' } as const;
export const evilText = 'def score(row):\n    return 1\n';

export async function cloneOf(repo: ModelRepo, ...options: string[]): Promise<string> {
  const dir = join(repo.dir, '.git', 'clone');
  await repo.git('symbolic-ref', 'HEAD', 'refs/heads/main');
  await must('git', [
    '-c',
    'protocol.file.allow=always',
    'clone',
    '-q',
    '--no-local',
    '--branch=change',
    ...options,
    `file://${repo.dir}`,
    dir,
  ]);
  return dir;
}

/** Asks in a clone, in which main is only a branch of the remote. */
export const inClone = (dir: string): Question => ({ dir, range: 'origin/main...HEAD' });
