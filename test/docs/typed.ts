import { spawnSync } from 'node:child_process';
import { environment, type ModelRepository } from '../audit/model-repository.ts';
import { shellBlocks } from './pages.ts';

export function typed(repository: ModelRepository): {
  readonly status: number | null;
  readonly out: string;
} {
  const { status, stdout, stderr } = spawnSync(
    'bash',
    ['-c', `set -eu\n${shellBlocks('verify-by-hand.md').join('\n')}`],
    { cwd: repository.folder, encoding: 'utf8', env: environment() },
  );
  return { status, out: stdout + stderr };
}

export const evidence = { path: '.countersign/decisions/DR-WHY00001.yaml', sha256: '' };

export async function change(repository: ModelRepository): Promise<void> {
  await repository.branch('change');
  await repository.write('model/score.py', 'bar = 13\n');
  await repository.commit('Raise the bar', 'ada');
}
