import { globCost } from './glob-cost.ts';

/** As many `*` in one name, `**` in one glob, and ways to choose in its groups, as anybody needs. */
const mostInName = 3;
const mostFolders = 4;
export const mostWays = 100;
export const longestGlob = 1000;

/** A group that may repeat: `+(…)`, `*(…)`, `(…)+`, `(…)*`. */
const repeated = /[+*]\(|\)[+*]/;

/**
 * Whether matching a glob could take a time that grows out of bounds with the path: each way in which its parts could share
 * the characters of a name may have to be tried. Whoever writes a record must not be able to make a check wait for ever.
 */
export function isCostlyGlob(glob: string): boolean {
  if (glob.length > longestGlob || repeated.test(glob)) return true;
  const { ways, stars, folders } = globCost(glob);
  return ways > mostWays || stars > mostInName || folders > mostFolders;
}
