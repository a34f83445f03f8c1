import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';

/** Starts an ssh-agent that holds some keys, and ends it when the tests of the file are over. */
export async function startAgent(
  folder: string,
  files: readonly string[],
): Promise<{ readonly SSH_AUTH_SOCK: string }> {
  const socket = join(folder, 'agent');
  const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' });
  after(() => agent.kill());
  for (let tries = 0; !existsSync(socket); tries++) {
    if (tries > 200) throw new Error('ssh-agent did not open its socket');
    await wait(25);
  }
  for (const file of files)
    execFileSync('ssh-add', ['-q', file], {
      env: { ...process.env, SSH_AUTH_SOCK: socket },
      stdio: 'ignore',
    });
  return { SSH_AUTH_SOCK: socket };
}
