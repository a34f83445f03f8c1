/** Stars in one name, and `**` in one glob, that may stand beside one another: more would take time without end to try. */
const mostStars = 3;

const longest = 1000;

/**
 * Whether a glob could take more time than anybody waits for, on a path made for that: many stars in a name, many `**`, or a
 * repeated group, which can all match in ever so many ways.
 */
export function isInvolvedGlob(glob: string): boolean {
  const segments = glob.split('/');
  const starsIn = (segment: string): number => segment.split(/\*+/).length - 1;
  return (
    glob.length > longest ||
    segments.filter((segment) => segment.includes('**')).length > mostStars ||
    segments.some((segment) => starsIn(segment) > mostStars) ||
    /[+*]\(|\)[+*]/.test(glob)
  );
}
