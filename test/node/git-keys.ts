import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startAgent } from './ssh-agent.ts';
import { makeKey, temporaryFolder } from './ssh-keygen.ts';

export const folder = temporaryFolder();
export const home = join(folder, 'home');
export const bare = join(folder, 'public-only');
mkdirSync(home);
mkdirSync(bare);
export const inFile = makeKey(folder, 'file-key', ['-t', 'ed25519']);
export const inAgent = makeKey(folder, 'agent-key', ['-t', 'ecdsa']);

copyFileSync(`${inAgent.file}.pub`, join(bare, 'key.pub'));
copyFileSync(inFile.file, join(home, 'mine'));
copyFileSync(`${inFile.file}.pub`, join(home, 'mine.pub'));
export const agent = await startAgent(folder, [inAgent.file]);
export const environment = {
  PATH: process.env['PATH'],
  HOME: home,
  GIT_CONFIG_NOSYSTEM: '1',
  ...agent,
};

let count = 0;

/** A repository with these settings. */
export function repositoryWith(settings: Readonly<Record<string, string>>): string {
  const top = join(folder, `repository-${count++}`);
  execFileSync('git', ['init', '-q', top]);
  for (const [name, value] of Object.entries(settings))
    execFileSync('git', ['config', name, value], { cwd: top });
  return top;
}
