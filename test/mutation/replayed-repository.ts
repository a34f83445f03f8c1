import type { Git, GitObject } from '../../src/app/ports.ts';
import type { Repository } from '../../src/app/repository.ts';
import { cryptoVerifier } from '../../src/node/crypto-verifier.ts';
import { openRepository as openReal } from '../../src/node/repository.ts';
import { treeLister } from '../../src/node/tree-lister.ts';
import { once } from './tape.ts';

/**
 * Opens a repository whose git is asked each thing once: what core makes of the answers is worked out every time, and no
 * process is started for it. Stands in for `src/node/repository.ts` while mutants run.
 */
export async function openRepository(
  directory: string,
  environment: Readonly<Record<string, string | undefined>> = process.env,
  options: { readonly hook?: boolean } = {},
): Promise<Repository> {
  let opened: Promise<Repository> | undefined;
  const real = (): Promise<Repository> => {
    opened ??= openReal(directory, environment, options);
    return opened;
  };
  const place = await once(['open', directory, options], async () => {
    const { top, gitDir, commonDir, person } = await real();
    return { top, gitDir, commonDir, person };
  });
  const git = replayedGit(real);
  return {
    ...place,
    git,
    session: (use) => use({ ...git, list: treeLister(git.objects, git.run), memory: new Map() }),
    files: {
      read: (path) => once(['read', path], async () => (await real()).files.read(path)),
      list: (folder) => once(['files', folder], async () => (await real()).files.list(folder)),
      sha256: (path) => once(['file-sha256', path], async () => (await real()).files.sha256(path)),
      write: async (path, bytes) => (await real()).files.write(path, bytes),
      remove: async (path) => (await real()).files.remove(path),
    },
    // Derived data would carry one mutant's work into the next.
    cache: { read: async () => null, write: async () => {} },
    clock: { now: () => new Date() },
    verifier: cryptoVerifier,
    random: { bytes: (count) => new Uint8Array(count) },
    readStamp: async (...given) => (await real()).readStamp(...given),
    openEngine: async (tables) => (await real()).openEngine(tables),
    layOut: async (files, use) => (await real()).layOut(files, use),
    dropIndex: async (path) => (await real()).dropIndex(path),
    isRebasing: async () => false,
    mergeHeads: () => once(['merge-heads'], async () => (await real()).mergeHeads()),
  };
}

function replayedGit(real: () => Promise<Repository>): Git {
  const one = (oid: string, limit: number): Promise<GitObject | null> =>
    once(
      ['object', oid, limit],
      async () => (await (await real()).git.objects([oid], limit)).get(oid) ?? null,
    );
  const digest = (oid: string): Promise<string | null> =>
    once(['sha256', oid], async () => (await (await real()).git.sha256([oid])).get(oid) ?? null);
  return {
    run: (args, given) =>
      once(['run', args, given?.env, given?.input], async () =>
        (await real()).git.run(args, given),
      ),
    text: (args) => once(['text', args], async () => (await real()).git.text(args)),
    list: (tree, under) =>
      once(['list', tree, under], async () => (await real()).git.list(tree, under)),
    holding: async () => null,
    objects: async (oids, limit) =>
      new Map(
        await Promise.all(
          [...new Set(oids)].map(async (oid) => [oid, await one(oid, limit)] as const),
        ),
      ),
    sha256: async (oids) =>
      new Map(
        (
          await Promise.all(
            [...new Set(oids)].map(async (oid) => [oid, await digest(oid)] as const),
          )
        ).filter((entry): entry is [string, string] => entry[1] !== null),
      ),
    memory: null,
  };
}
