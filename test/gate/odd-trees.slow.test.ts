import { playCases } from './kit/cases.ts';
import { decided, decisionPath, put, sign } from './kit/measured.ts';
import type { ModelRepo } from './kit/model-repo.ts';
import { policyWithRule } from './kit/policy.ts';

/**
 * Writes the mode of one folder of HEAD otherwise than git writes it, in the tree above it and up to the top, and commits
 * that: git reads the same mode, so that no comparison of trees shows anything.
 */
async function writtenOdd(
  repo: ModelRepo,
  folder: string,
  mode: string,
  who = 'ada',
): Promise<void> {
  const names = folder.split('/');
  let [from, to] = ['40000', mode];
  let child = '';
  for (let depth = names.length - 1; depth >= 0; depth--) {
    const above = await repo.gitBytes([
      'cat-file',
      'tree',
      `HEAD:${names.slice(0, depth).join('/')}`,
    ]);
    const [name, was] = [
      names[depth] as string,
      await repo.git('rev-parse', `HEAD:${names.slice(0, depth + 1).join('/')}`),
    ];
    const entry = (how: string, oid: string): Buffer =>
      Buffer.concat([Buffer.from(`${how} ${name}\0`), Buffer.from(oid, 'hex')]);
    const old = entry(from === mode ? '40000' : from, was);
    const at = above.indexOf(old);
    const bytes = Buffer.concat([
      above.subarray(0, at),
      entry(to, child === '' ? was : child),
      above.subarray(at + old.length),
    ]);
    child = (
      await repo.gitBytes(['hash-object', '-t', 'tree', '-w', '--literally', '--stdin'], {
        input: bytes,
      })
    )
      .toString()
      .trim();
    [from, to] = ['40000', '40000'];
  }
  const commit = await repo.gitAs(who, [
    'commit-tree',
    child,
    '-p',
    'HEAD',
    '-m',
    'nothing changes',
  ]);
  await repo.git('reset', '-q', '--soft', commit);
}

const threads = '.countersign/reviews/DR-WHY001/';
const openThread = {
  [`${threads}e1.yaml`]:
    'schema: countersign/review@1\nthread: t1\nrecord: DR-WHY001\ntype: comment\nbody: look at this\nby: ben@example.org\nat: 2026-11-20T00:00:00Z\n',
};
const byReview = { policy: policyWithRule({ evidence: [{ kind: 'review' }] }), files: openThread };

/** An exception lands, and nobody follows; then a commit lands in which nothing changes but how the mode of a folder is written. */
const owing =
  (folder: string, mode: string) =>
  async (repo: ModelRepo): Promise<{ now: string }> => {
    await repo.change();
    await repo.signoff('ada', 'model-owner');
    await repo.exception('eve');
    await repo.land();
    await writtenOdd(repo, folder, mode);
    await repo.land('after');
    repo.write('README.md', '# another\n');
    await repo.commit('docs', 'ada');
    await writtenOdd(repo, folder, mode);
    return { now: '2026-12-03T00:00:00Z' };
  };

playCases('a folder whose mode is written otherwise than git writes it', [
  {
    name: 'an open thread that the target has, as git writes it',
    want: ['fail', 'evidence/review'],
    begin: byReview,
    play: async (repo) => {
      await repo.change();
      await put(repo, { [decisionPath]: decided() });
      await sign(repo, decisionPath);
    },
  },
  {
    name: 'an open thread that the target has',
    want: ['fail', 'evidence/review'],
    byCommand: true,
    begin: byReview,
    play: async (repo) => {
      await repo.change();
      await put(repo, { [decisionPath]: decided() });
      await sign(repo, decisionPath);
      await writtenOdd(repo, '.countersign/reviews', '0040000');
    },
  },
  {
    name: 'an exception whose approvals are overdue, as git writes it',
    want: ['fail', 'exception/overdue'],
    play: owing('.countersign/exceptions', '40000'),
  },
  {
    name: 'an exception whose approvals are overdue',
    want: ['fail', 'exception/overdue'],
    byCommand: true,
    play: owing('.countersign/exceptions', '0040000'),
  },
  {
    name: 'the policy',
    want: ['fail', 'requirement/unmet'],
    byCommand: true,
    play: async (repo) => {
      await writtenOdd(repo, '.countersign', '00040000');
      await repo.land('after');
      await repo.change();
    },
  },
  {
    name: 'an exception whose approvals are overdue, with bits that no mode has',
    want: ['fail', 'exception/overdue'],
    play: owing('.countersign', '100000000000000000040000'),
  },
  {
    name: 'the sign-offs of an honest change',
    want: 'pass',
    begin: { upTo: 'both' },
    play: (repo) => writtenOdd(repo, '.countersign/signoffs', '040000'),
  },
  {
    name: 'a folder of files that somebody may read alone',
    want: 'pass',
    begin: { upTo: 'both' },
    play: (repo) => writtenOdd(repo, '.countersign/signoffs', '40755'),
  },
]);

/** A tree of HEAD with an entry beside the others that git itself would not make, committed. */
async function withEntry(repo: ModelRepo, name: string, content: string): Promise<void> {
  const blob = (await repo.gitBytes(['hash-object', '-w', '--stdin'], { input: content }))
    .toString()
    .trim();
  const folder = Buffer.concat([Buffer.from('100644 score.py\0'), Buffer.from(blob, 'hex')]);
  const write = async (bytes: Buffer): Promise<string> =>
    (
      await repo.gitBytes(['hash-object', '-t', 'tree', '-w', '--literally', '--stdin'], {
        input: bytes,
      })
    )
      .toString()
      .trim();
  const inner = await write(folder);
  const top = await repo.gitBytes(['cat-file', 'tree', 'HEAD^{tree}']);
  const tree = await write(
    Buffer.concat([Buffer.from(`40000 ${name}\0`), Buffer.from(inner, 'hex'), top]),
  );
  const commit = await repo.gitAs('ada', ['commit-tree', tree, '-p', 'HEAD', '-m', 'odd']);
  await repo.git('update-ref', 'refs/heads/change', commit);
}

playCases('names that git puts into no checkout', [
  {
    name: 'a dot for a folder',
    want: ['fail', 'change/refused-name'],
    byCommand: true,
    play: (repo) => withEntry(repo, '.', 'x\n'),
  },
  {
    name: 'the folder of git itself',
    want: ['fail', 'change/refused-name'],
    play: (repo) => withEntry(repo, '.GIT', 'x\n'),
  },
]);
