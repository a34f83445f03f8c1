import { readFile } from 'node:fs/promises';
import { hookStates, installHooks } from './hooks.ts';

/**
 * Writes the hooks anew where one that Countersign wrote holds a place that the next update moves.
 *
 * @param moving what stands in such a place and in no other, such as the name of a folder that bears a version
 * @param command how a hook runs the command line from now on; asked only where a hook is written anew
 * @returns whether they were written anew
 */
export async function renewHooks(
  repository: Parameters<typeof installHooks>[0],
  moving: string,
  command: () => Promise<readonly string[]>,
): Promise<boolean> {
  for (const { state, path } of await hookStates(repository)) {
    if (state !== 'ours' || !(await readFile(path, 'utf8')).includes(moving)) continue;
    await installHooks(repository, await command());
    return true;
  }
  return false;
}
