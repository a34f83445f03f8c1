import { CountersignError } from '../app/errors.ts';
import { fetchStep } from '../app/missing-history.ts';
import type { Git } from '../app/ports.ts';
import { parseTree } from '../core/gate/raw-diff.ts';
import { bytesToRaw } from '../core/gate/raw-path.ts';
import { bareSettings, type ObjectStore, unlockedIndex } from './bare-settings.ts';
import type { Ahead } from './git-ahead.ts';
import { hashObjects, wholeObjects } from './git-objects.ts';
import { type GitPlace, runGit } from './git-process.ts';
import { shortGit } from './short-git.ts';

/** Commands about objects that are named by their ids: their answer must not depend on the settings of a repository. */
const aboutObjects: ReadonlySet<string | undefined> = new Set([
  'rev-list',
  'merge-base',
  'merge-tree',
  'diff-tree',
]);

/**
 * git in one folder. Short answers come through a library; what may be long or is not text is streamed, and nothing is kept
 * of it that need not be. Questions about objects are asked beside the repository's settings ({@link bareSettings}).
 *
 * @param ahead answers to questions that were asked of this repository a moment ago
 */
export function openGit(place: GitPlace, store: ObjectStore, ahead: Ahead): Git {
  const objects = (): GitPlace => bareSettings(place, store);
  const short = shortGit(place);
  const step = (): Promise<string> => fetchStep({ run: (args) => runGit(place, args) });
  return {
    run: async (args, { env, input } = {}) => {
      const known = env || input ? null : await ahead(args);
      if (known !== null) return known;
      const from = aboutObjects.has(args[0]) ? objects() : place;
      const copy = args[0] === 'write-tree' && !env ? unlockedIndex(indexOf(place), store) : null;
      if (copy !== null) env = { GIT_INDEX_FILE: copy };
      return runGit(
        env ? { ...from, environment: { ...from.environment, ...env } } : from,
        args,
        input,
      );
    },
    text: async (args) => {
      if (!aboutObjects.has(args[0])) return short(args);
      const out = await runGit(objects(), args);
      if (out.code !== 0) throw await failureOf(`git ${args[0]}: ${out.stderr.trim()}`, step);
      return new TextDecoder().decode(out.stdout).replace(/\n$/, '');
    },
    list: async (tree, under) => {
      const out = await runGit(objects(), [
        'ls-tree',
        '-r',
        '-z',
        '--full-tree',
        tree,
        '--',
        ...under,
      ]);
      if (out.code !== 0)
        throw new CountersignError(
          'git/failed',
          `git could not list ${tree}: ${out.stderr.trim()}`,
          await step(),
        );
      return parseTree(out.stdout);
    },
    holding: async (tree, folder, texts) => filesHolding(objects(), { tree, folder, texts }),
    objects: async (oids, limit) => wholeObjects(objects(), oids, limit),
    sha256: async (oids) => hashObjects(objects(), oids),
    memory: null,
  };
}

/** The index that git uses in a place. */
export function indexOf({ environment }: GitPlace): string {
  return environment['GIT_INDEX_FILE'] ?? `${environment['GIT_DIR']}/index`;
}

/** @see Git.holding */
async function filesHolding(
  place: GitPlace,
  {
    tree,
    folder,
    texts,
  }: { readonly tree: string; readonly folder: string; readonly texts: readonly string[] },
): Promise<ReadonlySet<string> | null> {
  const out = await runGit(place, [
    'grep',
    '--files-with-matches',
    '--null',
    '--text',
    '--fixed-strings',
    ...texts.flatMap((text) => ['-e', text]),
    tree,
    '--',
    folder,
  ]);
  // Where it cannot read a file git complains, goes on, and ends as if nothing were in it.
  if (out.code > 1 || out.stderr !== '') return null;
  const names = bytesToRaw(out.stdout).split('\0').slice(0, -1);
  return new Set(names.map((name) => name.slice(tree.length + 1)));
}

/** What a shallow or partial clone lacks shows as objects that cannot be read. @param step asks how to get it */
async function failureOf(message: string, step: () => Promise<string>): Promise<CountersignError> {
  return /Could not read|bad object|unable to read|missing/i.test(message)
    ? new CountersignError(
        'history/missing',
        `part of the history is not in this clone: ${message}`,
        await step(),
      )
    : new CountersignError('git/failed', message, 'see what git says of it: git fsck');
}
