import { createHash } from 'node:crypto';
import { must, run } from '../kit/processes.ts';

/** Files of a tree by path, one character a byte: mode and object id. */
export type Tree = ReadonlyMap<string, { readonly mode: string; readonly oid: string }>;

/** One path that differs between two trees; null where it is absent. */
export type Difference = {
  readonly path: string;
  readonly before: { readonly mode: string; readonly oid: string } | null;
  readonly after: { readonly mode: string; readonly oid: string } | null;
};

/** A commit and what it did itself. */
export type WrittenCommit = {
  readonly oid: string;
  readonly text: string;
  readonly emails: readonly string[];
  readonly parents: readonly string[];
  readonly did: readonly Difference[];
};

/** Everything that the plain reading needs of a repository, asked of git as plainly as can be. What has an object id is asked for once: it never changes. */
export class HistoryReader {
  readonly dir: string;
  readonly #trees = new Map<string, Tree>();
  readonly #blobs = new Map<string, Buffer>();
  readonly #commits = new Map<string, WrittenCommit>();

  constructor(dir: string) {
    this.dir = dir;
  }

  async git(...args: string[]): Promise<Buffer> {
    return must('git', args, { cwd: this.dir, env: { GIT_NO_REPLACE_OBJECTS: '1' } });
  }

  async oid(revision: string): Promise<string> {
    return (await this.git('rev-parse', '--verify', revision)).toString().trim();
  }

  async tree(of: string): Promise<Tree> {
    const known = this.#trees.get(of);
    if (known) return known;
    const lines = (await this.git('ls-tree', '-r', '-z', '--full-tree', of))
      .toString('latin1')
      .split('\0')
      .filter((line) => line !== '');
    const tree = new Map(
      lines.map((line) => {
        const [, mode = '', oid = '', path = ''] =
          /^(\d+) \w+ ([0-9a-f]+)\t([^]*)$/.exec(line) ?? [];
        return [path, { mode, oid }] as const;
      }),
    );
    this.#trees.set(of, tree);
    return tree;
  }

  async blob(oid: string): Promise<Buffer> {
    const known = this.#blobs.get(oid) ?? (await this.git('cat-file', 'blob', oid));
    this.#blobs.set(oid, known);
    return known;
  }

  async text(tree: Tree, path: string): Promise<string | null> {
    const file = tree.get(path);
    return file === undefined || !file.mode.startsWith('100')
      ? null
      : (await this.blob(file.oid)).toString('utf8');
  }

  async sha256(oid: string): Promise<string> {
    return createHash('sha256')
      .update(await this.blob(oid))
      .digest('hex');
  }

  async #base(
    left: string,
    right: string | undefined,
  ): Promise<Awaited<ReturnType<HistoryReader['merged']>>> {
    return right === undefined ? { tree: left, conflicts: [] } : this.merged(left, right);
  }

  /** The tree that the automatic merge of two commits gives, and the paths that it leaves in conflict. */
  async merged(
    one: string,
    two: string,
  ): Promise<{ readonly tree: string; readonly conflicts: readonly string[] } | null> {
    const { code, stdout } = await run(
      'git',
      [
        'merge-tree',
        '--write-tree',
        '-z',
        '--name-only',
        '--no-messages',
        '--allow-unrelated-histories',
        one,
        two,
      ],
      { cwd: this.dir },
    );
    if (code > 1) return null;
    const [tree = '', ...conflicts] = stdout
      .toString('latin1')
      .split('\0')
      .filter((part) => part !== '');
    return { tree, conflicts };
  }

  async ancestors(of: string): Promise<ReadonlySet<string>> {
    return new Set((await this.git('rev-list', of)).toString().trim().split('\n'));
  }

  /** A commit, its first parent, that one's first parent and so on, each with the time at which it was committed. */
  async line(from: string): Promise<readonly { readonly oid: string; readonly time: number }[]> {
    const lines = (await this.git('log', '--first-parent', '--format=%H %ct', from))
      .toString()
      .trim()
      .split('\n');
    return lines
      .map((line) => line.split(' '))
      .map(([oid = '', seconds]) => ({ oid, time: Number(seconds) * 1000 }));
  }

  /** What one commit says of itself, and did against its parent; a merge against the automatic merge of its parents. */
  async commit(oid: string): Promise<WrittenCommit> {
    const known = this.#commits.get(oid);
    if (known) return known;
    const text = (await this.git('cat-file', 'commit', oid)).toString('utf8');
    const [head = '', ...message] = text.split('\n\n');
    const parents = [...head.matchAll(/^parent (\w+)$/gm)].map(([, parent = '']) => parent);
    const named = [...head.matchAll(/^(?:author|committer) .*<(.*)> \d+ \S+$/gm)].map(
      ([, email = '']) => email,
    );
    const together = [
      ...message
        .join('\n\n')
        .matchAll(/^[*( ]*(?:co.(?:author|develop)ed.by|pair.programmed.with).*<(.*)>/gim),
    ].map(([, email = '']) => email);
    const [left, right] = parents;
    const base = left === undefined ? null : await this.#base(left, right);
    const before: Tree = base === null ? new Map() : await this.tree(base.tree);
    const conflicts = (base?.conflicts ?? []).map(
      (path): Difference => ({ path, before: null, after: null }),
    );
    const commit = {
      oid,
      text,
      emails: [...named, ...together],
      parents,
      did: [...differences(before, await this.tree(oid)), ...conflicts],
    };
    this.#commits.set(oid, commit);
    return commit;
  }
}

/** Every path whose mode or content differs. */
export function differences(before: Tree, after: Tree): readonly Difference[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort((a, b) =>
    Buffer.compare(Buffer.from(a, 'latin1'), Buffer.from(b, 'latin1')),
  );
  return paths
    .map((path) => ({ path, before: before.get(path) ?? null, after: after.get(path) ?? null }))
    .filter((one) => one.before?.mode !== one.after?.mode || one.before?.oid !== one.after?.oid);
}
