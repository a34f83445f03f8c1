import { simpleGit } from 'simple-git';
import { CountersignError } from '../app/errors.ts';
import type { Git } from '../app/ports.ts';
import { parseTree } from '../core/gate/raw-diff.ts';
import { fixedEnvironment, fixedSettings, repositoryVariables } from './git-environment.ts';
import { hashObjects, wholeObjects } from './git-objects.ts';
import { type GitPlace, runGit } from './git-process.ts';

/**
 * git in one folder. Short commands go through simple-git; what may be long or is not text (objects, diffs) is streamed
 * by processes of our own, since simple-git keeps all of an answer in memory as text.
 */
export function openGit(place: GitPlace): Git {
  const short = simpleGit({
    baseDir: place.directory,
    allowEnvironment: [...Object.keys(fixedEnvironment), ...repositoryVariables],
    // These guard against strangers' options; ours only ever switch something off.
    unsafe: { allowUnsafeFsMonitor: true, allowUnsafeHooksPath: true, allowUnsafeProtocolOverride: true },
  }).env({ ...place.environment });
  return {
    run: (args, options) => runGit(options?.env ? { ...place, environment: { ...place.environment, ...options.env } } : place, args, options?.input),
    text: async (args) => {
      try {
        return (await short.raw([...fixedSettings, ...args])).replace(/\n$/, '');
      } catch (cause) {
        throw new CountersignError('git/failed', `git ${args[0]}: ${cause instanceof Error ? cause.message.trim() : String(cause)}`, 'see what git says of it: git status', { cause });
      }
    },
    list: async (tree, under) => {
      const out = await runGit(place, ['ls-tree', '-r', '-z', '--full-tree', tree, '--', ...under]);
      if (out.code !== 0) throw new CountersignError('git/failed', `git could not list ${tree}: ${out.stderr.trim()}`, 'git fetch --unshallow');
      return parseTree(out.stdout);
    },
    objects: (oids, limit) => wholeObjects(place, oids, limit),
    sha256: (oids) => hashObjects(place, oids),
  };
}
