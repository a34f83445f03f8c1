import type { PolicyProblem } from '../records/policy/policy-problem.ts';
import type { Policy } from '../records/policy.ts';
import { pathFromText } from './raw-path.ts';
import { ruleScope } from './scope.ts';

/**
 * Globs of a policy that guard less than they read: those that match none of the files that are there, and those without a
 * folder whose names lie deeper, where they do not look. What does match as it reads gets no word.
 *
 * @param paths of all files of a tree
 */
export function missingGlobs(
  { rules }: Pick<Policy, 'rules'>,
  paths: readonly string[],
): readonly PolicyProblem[] {
  return rules.flatMap((rule, at) =>
    rule.paths.flatMap((glob, index): readonly PolicyProblem[] => {
      const problem = missing(glob, paths);
      return problem === null
        ? []
        : [
            {
              code: 'policy/glob-misses',
              severity: 'warning',
              message: `the glob ${glob} of ${rule.id} ${problem.says}`,
              fix: problem.write,
              path: ['rules', at, 'paths', index],
            },
          ];
    }),
  );
}

const wild = /[*?[\]{}()!+@]/;

function missing(
  glob: string,
  paths: readonly string[],
): { readonly says: string; readonly write: string } | null {
  const governs = test(glob);
  const matched = paths.some(governs);
  const isName = !glob.includes('/') && !glob.includes('**');
  // A name without a star that is there is meant; with one it reads as if it were meant everywhere.
  if (matched && !(isName && wild.test(glob))) return null;
  const folder = paths.some(test(`${glob}/**`));
  if (!matched && folder)
    return { says: 'names a folder, and governs no file in it', write: `write ${glob}/**` };
  const deeper = isName && paths.some((path) => path.includes('/') && test(`**/${glob}`)(path));
  if (deeper)
    return {
      says: `governs ${matched ? 'only files at the top' : 'no file'}: the same names lie in folders, where it does not look`,
      write: `write **/${glob}`,
    };
  if (matched) return null;
  return {
    says: 'matches no file',
    write: 'write it as the files are called, or take it out; git ls-files shows their names',
  };
}

function test(glob: string): (path: string) => boolean {
  const scope = ruleScope({ id: '', paths: [glob] });
  return (path) => scope.governs(pathFromText(path));
}
