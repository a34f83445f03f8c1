import { longestGlob, mostWays } from './costly-glob.ts';
import { globCost } from './glob-cost.ts';

/** Stars in one name, and `**` in one glob, that may stand beside one another: more would take time without end to try. */
const mostStars = 3;

/**
 * Whether a glob could take more time than anybody waits for, on a path made for that: many stars in a name, many `**`, many
 * groups to choose in, or a repeated group, which can all match in ever so many ways.
 */
export function isInvolvedGlob(glob: string): boolean {
  if (glob.length > longestGlob) return true;
  const { ways, stars, folders } = globCost(glob);
  return ways > mostWays || stars > mostStars || folders > mostStars || /[+*]\(|\)[+*]/.test(glob);
}
