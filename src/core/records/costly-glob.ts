/** As many `*` in one name, and `**` in one glob, as anybody needs. */
const mostInName = 3;
const mostFolders = 4;

/** A group that may repeat: `+(…)`, `*(…)`, `(…)+`, `(…)*`. */
const repeated = /[+*]\(|\)[+*]/;

/**
 * Whether matching a glob could take a time that grows out of bounds with the path: each way in which its parts could share
 * the characters of a name may have to be tried. Whoever writes a record must not be able to make a check wait for ever.
 */
export function isCostlyGlob(glob: string): boolean {
  if (repeated.test(glob)) return true;
  const names = glob.split('/');
  return names.filter((name) => name === '**').length > mostFolders || names.some((name) => (name.match(/\*+/g) ?? []).length > mostInName);
}
