import { governedDigest } from '../core/gate/governed-digest.ts';
import { parseRecord } from '../core/records/parse-record.ts';
import { pathFromText } from '../core/gate/raw-path.ts';
import { CountersignError } from './errors.ts';
import { leftOutFiles } from './left-out.ts';
import type { Repository } from './repository.ts';
import { scopesOf } from './ruled-change.ts';
import { listTree } from './tree-files.ts';

/**
 * Digest of each rule's files as they lie in the working tree, so that a result names the code it was measured on. The
 * tree is made in an index of its own: what the user has staged stays as it is.
 */
export async function governedNow({
  files,
  git,
  gitDir,
  random,
  dropIndex,
}: Repository): Promise<Readonly<Record<string, string>>> {
  const bytes = await files.read('.countersign/policy.yaml');
  const parsed = bytes ? parseRecord('.countersign/policy.yaml', bytes) : null;
  if (parsed?.record?.kind !== 'policy') return {};
  const scopes = scopesOf(parsed.record.value)
    .filter(({ builtIn }) => !builtIn)
    .map(({ scope }) => scope);
  const name = `${gitDir}/countersign-index-${[...random.bytes(6)].map((byte) => byte.toString(16)).join('')}`;
  const env = { GIT_INDEX_FILE: name };
  try {
    const head = await git.run(['rev-parse', '--verify', '--quiet', 'HEAD']);
    const steps = [head.code === 0 ? ['read-tree', 'HEAD'] : ['read-tree', '--empty']];
    for (const step of steps) await must(git.run(step, { env }), step[0] as string);
    await takeLeftOut(git, env);
    await must(git.run(['add', '--update', '--sparse', '--', '.'], { env }), 'add');
    const others = new TextDecoder()
      .decode((await git.run(['ls-files', '-z', '--others', '--exclude-standard'], { env })).stdout)
      .split('\0')
      .filter((path) => path !== '' && scopes.some((scope) => scope.governs(pathFromText(path))));
    if (others.length > 0)
      await must(
        git.run(['add', '--sparse', '--pathspec-from-file=-', '--pathspec-file-nul', '--'], {
          env: { ...env, GIT_LITERAL_PATHSPECS: '1' },
          input: new TextEncoder().encode(others.join('\0')),
        }),
        'add',
      );
    const tree = new TextDecoder()
      .decode((await must(git.run(['write-tree'], { env }), 'write-tree')).stdout)
      .trim();
    const entries = await listTree(git, tree, []);
    return Object.fromEntries(scopes.map((scope) => [scope.id, governedDigest(entries, scope)]));
  } finally {
    await dropIndex(name);
  }
}

/** What a sparse checkout leaves out is as the index has it: it is not there to be compared, and was not deleted. */
async function takeLeftOut(
  git: Repository['git'],
  env: Readonly<Record<string, string>>,
): Promise<void> {
  const leftOut = [...(await leftOutFiles(git, []))];
  if (leftOut.length === 0) return;
  const encoder = new TextEncoder();
  await must(
    git.run(['update-index', '-z', '--index-info'], {
      env,
      input: encoder.encode(
        leftOut.map(([path, { mode, oid }]) => `${mode} ${oid}\t${path}\0`).join(''),
      ),
    }),
    'update-index',
  );
  await must(
    git.run(['update-index', '--skip-worktree', '-z', '--stdin'], {
      env,
      input: encoder.encode(leftOut.map(([path]) => `${path}\0`).join('')),
    }),
    'update-index',
  );
}

async function must<T extends { readonly code: number; readonly stderr: string }>(
  running: Promise<T>,
  what: string,
): Promise<T> {
  const out = await running;
  if (out.code !== 0)
    throw new CountersignError(
      'git/failed',
      `git ${what} failed: ${out.stderr.trim()}`,
      'see "git status"',
    );
  return out;
}
