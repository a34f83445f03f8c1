import { hooksThatHold, installHooks } from './hooks.ts';

/**
 * Writes those hooks anew that Countersign wrote with a place in them that the next update moves, and no others: a hook that
 * somebody took away or switched off stays so.
 *
 * @param moving what stands in such a place and in no other, such as the name of a folder that bears a version
 * @param command how a hook runs the command line from now on; asked only where a hook is written anew
 * @returns whether any was written anew
 */
export async function renewHooks(
  repository: Parameters<typeof installHooks>[0],
  moving: string,
  command: () => Promise<readonly string[]>,
): Promise<boolean> {
  const stale = await hooksThatHold(repository, moving);
  if (stale.length > 0) await installHooks(repository, await command(), stale);
  return stale.length > 0;
}
