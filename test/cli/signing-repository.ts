import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { git, write, writeModelRepository } from '../extension/model-repository.ts';

/** A model repository with a staged change that waits for Ben's sign-off, whose key this is. */
export function writeSigningRepository(folder: string, name: string, benKey: string): string {
  const top = join(folder, name);
  mkdirSync(top);
  writeModelRepository(top);
  const signers = '.countersign/allowed_signers';
  write(
    top,
    signers,
    readFileSync(join(top, signers), 'utf8').replace(/^(ben@\S+ \S+) .*$/m, `$1 ${benKey}`),
  );
  git(top, 'commit', '--quiet', '--all', '--message=Ben has a key');
  git(top, 'switch', '--quiet', '--create=change');
  write(top, 'model/score.py', 'def score(row):\n    return 1\n');
  git(top, 'add', '--all');
  return top;
}
