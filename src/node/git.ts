import { CountersignError } from '../app/errors.ts';
import type { Git } from '../app/ports.ts';
import { parseTree } from '../core/gate/raw-diff.ts';
import { hashObjects, wholeObjects } from './git-objects.ts';
import { type GitPlace, runGit } from './git-process.ts';
import { shortGit } from './short-git.ts';

/** git in one folder. Short answers come through a library; what may be long or is not text is streamed, and nothing is kept of it that need not be. */
export function openGit(place: GitPlace): Git {
  return {
    run: (args, options) => runGit(options?.env ? { ...place, environment: { ...place.environment, ...options.env } } : place, args, options?.input),
    text: shortGit(place),
    list: async (tree, under) => {
      const out = await runGit(place, ['ls-tree', '-r', '-z', '--full-tree', tree, '--', ...under]);
      if (out.code !== 0) throw new CountersignError('git/failed', `git could not list ${tree}: ${out.stderr.trim()}`, 'git fetch --unshallow');
      return parseTree(out.stdout);
    },
    objects: (oids, limit) => wholeObjects(place, oids, limit),
    sha256: (oids) => hashObjects(place, oids),
  };
}
