import { CountersignError } from '../app/errors.ts';
import type { Git } from '../app/ports.ts';
import { parseTree } from '../core/gate/raw-diff.ts';
import { bareSettings, type ObjectStore } from './bare-settings.ts';
import type { Ahead } from './git-ahead.ts';
import { hashObjects, wholeObjects } from './git-objects.ts';
import { type GitPlace, runGit } from './git-process.ts';
import { shortGit } from './short-git.ts';

/** Commands about objects that are named by their ids: their answer must not depend on the settings of a repository. */
const aboutObjects: ReadonlySet<string | undefined> = new Set(['rev-list', 'merge-base', 'merge-tree', 'diff-tree']);

/**
 * git in one folder. Short answers come through a library; what may be long or is not text is streamed, and nothing is kept
 * of it that need not be. Questions about objects are asked beside the repository's settings ({@link bareSettings}).
 *
 * @param ahead answers to questions that were asked of this repository a moment ago
 */
export function openGit(place: GitPlace, store: ObjectStore, ahead: Ahead): Git {
  const objects = (): Promise<GitPlace> => bareSettings(place, store);
  const short = shortGit(place);
  return {
    run: async (args, { env, input } = {}) => {
      const known = env || input ? undefined : ahead(args);
      if (known) return known;
      const from = aboutObjects.has(args[0]) ? await objects() : place;
      return runGit(env ? { ...from, environment: { ...from.environment, ...env } } : from, args, input);
    },
    text: async (args) => {
      if (!aboutObjects.has(args[0])) return short(args);
      const out = await runGit(await objects(), args);
      if (out.code !== 0) throw missingOr(`git ${args[0]}: ${out.stderr.trim()}`, 'see what git says of it: git fsck');
      return new TextDecoder().decode(out.stdout).replace(/\n$/, '');
    },
    list: async (tree, under) => {
      const out = await runGit(await objects(), ['ls-tree', '-r', '-z', '--full-tree', tree, '--', ...under]);
      if (out.code !== 0) throw new CountersignError('git/failed', `git could not list ${tree}: ${out.stderr.trim()}`, 'git fetch --unshallow');
      return parseTree(out.stdout);
    },
    objects: async (oids, limit) => wholeObjects(await objects(), oids, limit),
    sha256: async (oids) => hashObjects(await objects(), oids),
    memory: null,
  };
}

/** What a shallow or partial clone lacks shows as objects that cannot be read. */
function missingOr(message: string, fix: string): CountersignError {
  if (!/Could not read|bad object|unable to read|missing/i.test(message)) return new CountersignError('git/failed', message, fix);
  return new CountersignError('history/missing', `part of the history is not in this clone: ${message}`, 'git fetch --unshallow; after a clone with --filter: git fetch --refetch --no-filter (in CI: check out with the full history, fetch-depth: 0)');
}
