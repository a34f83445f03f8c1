import picomatch from 'picomatch';
import { isInvolvedGlob } from '../involved-glob.ts';
import type { Policy } from '../policy.ts';
import { isCostlyGlob } from '../costly-glob.ts';
import { misreadGlob } from '../misread-glob.ts';
import type { YamlPath } from '../yaml/yaml-source.ts';
import type { PolicyProblem } from './policy-problem.ts';

/** Characters with a meaning of their own in a glob. */
const special = /[*?[\]{}()!+@\\]/;

const longest = 1000;

/** The code of a glob that means something else than it reads. */
export const misreadCode = 'policy/glob-misread';

/** Globs that match nothing, or more than their author could mean. A guard that matches nothing guards nothing. */
export function globProblems(policy: Policy): readonly PolicyProblem[] {
  const globs: (readonly [string, YamlPath])[] = policy.targets.map((glob, index) => [
    glob,
    ['targets', index],
  ]);
  for (const [rule, { paths, except }] of policy.rules.entries()) {
    for (const [index, glob] of paths.entries())
      globs.push([glob, ['rules', rule, 'paths', index]]);
    for (const [index, glob] of (except ?? []).entries())
      globs.push([glob, ['rules', rule, 'except', index]]);
  }
  return [
    ...globs.flatMap(([glob, path]) => globProblem(glob, path)),
    ...policy.targets.flatMap(refTarget),
    ...policyBranch(policy),
  ];
}

function globProblem(glob: string, path: YamlPath): readonly PolicyProblem[] {
  const why = whyNot(glob);
  if (why !== null)
    return [
      {
        code: 'policy/glob',
        severity: 'error',
        message: `the glob ${glob} ${why[0]}`,
        fix: why[1],
        path,
      },
    ];
  const misread = misreadGlob(glob);
  if (misread === null) return [];
  const message = `the glob ${glob} ${misread.says}`;
  return [{ code: misreadCode, severity: 'error', message, fix: misread.write, path }];
}

function whyNot(glob: string): readonly [message: string, fix: string] | null {
  if (glob.length > longest) return [`is longer than ${longest} characters`, 'write several globs'];
  if (glob.startsWith('!') && !glob.startsWith('!('))
    return [
      'begins with "!" and would match everything else',
      'list what is meant, and what is left out under except',
    ];
  if (glob.startsWith('/') || /(^|\/)\.{1,2}(\/|$)/.test(glob))
    return [
      'can match no path: paths begin at the top, without "/", "." or ".."',
      'write it like model/**',
    ];
  if (glob.includes('//'))
    return ['can match no path: no folder is without a name', 'write one "/"'];
  if (glob.endsWith('/')) return ['matches a folder and no file in it', `write ${glob}**`];
  if (glob.trim() !== glob) return ['begins or ends with a space', 'take the space away'];
  if (isCostlyGlob(glob))
    return [
      'could be matched in too many ways: it repeats a group, has more than three "*" in a name or more than four "**", or offers more than a hundred ways to choose in its groups',
      'write several simpler globs',
    ];
  if (/\\/.test(glob)) return ['has a backslash; paths are written with "/"', 'write "/"'];
  if (isInvolvedGlob(glob))
    return [
      'has more stars or repeated groups than could be tried in time',
      'write several plain globs',
    ];
  return compiles(glob) ? null : ['is not well formed', 'close every bracket that it opens'];
}

function compiles(glob: string): boolean {
  try {
    picomatch.makeRe(glob, { posix: true, dot: true, strictBrackets: true });
    return true;
  } catch {
    return false;
  }
}

/** Targets are compared with the names of branches. */
function refTarget(target: string, index: number): readonly PolicyProblem[] {
  if (!target.startsWith('refs/')) return [];
  const message = `the target ${target} is a full ref and matches the name of no branch`;
  return [
    {
      code: 'policy/glob',
      severity: 'error',
      message,
      fix: `write ${target.replace(/^refs\/(?:heads\/)?/, '')}`,
      path: ['targets', index],
    },
  ];
}

/** The policy is read from the first target, which therefore has to be one branch. */
function policyBranch({ targets }: Policy): readonly PolicyProblem[] {
  const [first = ''] = targets;
  if (!special.test(first)) return [];
  return [
    {
      code: 'policy/no-policy-branch',
      severity: 'error',
      message: `the first target, ${first}, is a pattern, and the policy is read from that branch`,
      fix: 'put the name of one branch first, such as main',
      path: ['targets', 0],
    },
  ];
}
