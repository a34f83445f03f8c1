import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { playCases } from './kit/cases.ts';
import { raisedText } from './kit/model-repo.ts';
import { policyText, policyWithRule } from './kit/policy.ts';
import { must } from './kit/processes.ts';
import { changed, cloneOf, evilText, inClone, signedByBoth } from './kit/clone-of.ts';

playCases('objects and parents that git is told to see otherwise', [
  {
    name: 'a commit replaced',
    want: ['fail', 'requirement/unmet'],
    begin: signedByBoth,
    play: async (repo) => {
      const good = await repo.git('rev-parse', 'HEAD');
      await repo.change('ada', evilText);
      await repo.git('replace', 'HEAD', good);
    },
  },
  {
    name: 'a blob replaced',
    want: ['fail', 'requirement/unmet'],
    begin: signedByBoth,
    play: async (repo) => {
      const good = await repo.git('rev-parse', 'HEAD:model/score.py');
      await repo.change('ada', evilText);
      await repo.git('replace', await repo.git('rev-parse', 'HEAD:model/score.py'), good);
    },
  },
  {
    name: 'a tree replaced',
    want: ['fail', 'requirement/unmet'],
    begin: signedByBoth,
    play: async (repo) => {
      const good = await repo.git('rev-parse', 'HEAD^{tree}');
      await repo.change('ada', evilText);
      await repo.git('replace', await repo.git('rev-parse', 'HEAD^{tree}'), good);
    },
  },
  {
    name: 'a policy replaced',
    want: ['fail', 'requirement/unmet'],
    begin: changed,
    play: async (repo) => {
      const policy = await repo.git('rev-parse', 'main:.countersign/policy.yaml');
      const other = (
        await repo.gitBytes(['hash-object', '-w', '--stdin'], {
          input: policyText(policyWithRule({ paths: ['models/**'] })),
        })
      )
        .toString()
        .trim();
      await repo.git('replace', policy, other);
    },
  },
  {
    name: 'a graft that cuts an author out',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      await repo.change('ben', `${raisedText}#\n`);
      await repo.change();
      await repo.both();
      mkdirSync(join(repo.dir, '.git/info'), { recursive: true });
      const oids = (await repo.git('rev-list', '--reverse', 'main..HEAD')).split('\n');
      writeFileSync(
        join(repo.dir, '.git/info/grafts'),
        `${oids[1]} ${await repo.git('rev-parse', 'main')}\n`,
      );
    },
  },
  {
    name: 'a shallow mark that cuts an author out',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      await repo.change('ben', `${raisedText}#\n`);
      await repo.change();
      await repo.both();
      const oids = (await repo.git('rev-list', '--reverse', 'main..HEAD')).split('\n');
      writeFileSync(join(repo.dir, '.git/shallow'), `${oids[1]}\n`);
      return {};
    },
  },
  {
    name: 'a graph of commits that lies',
    want: 'pass',
    begin: signedByBoth,
    play: async (repo) => {
      await repo.git('commit-graph', 'write', '--reachable');
      const file = join(repo.dir, '.git/objects/info/commit-graph');
      const bytes = readFileSync(file);
      bytes.fill(0, bytes.length - 200, bytes.length - 60);
      await must('chmod', ['u+w', file]);
      writeFileSync(file, bytes);
    },
  },
  {
    name: 'replacements in a namespace of their own',
    want: ['fail', 'requirement/unmet'],
    begin: signedByBoth,
    play: async (repo) => {
      const good = await repo.git('rev-parse', 'HEAD');
      await repo.change('ada', evilText);
      await repo.gitBytes(['replace', 'HEAD', good], {
        env: { GIT_REPLACE_REF_BASE: 'refs/other/' },
      });
      return { env: { GIT_REPLACE_REF_BASE: 'refs/other/' } };
    },
  },
]);

playCases('names that stand for two things', [
  {
    name: 'a tag called as the target',
    want: ['undecidable', 'revision/ambiguous'],
    begin: changed,
    byCommand: true,
    play: async (repo) => {
      await repo.git('tag', 'main', 'change');
    },
  },
  {
    name: 'a tag called as the target, the branch said in full',
    want: ['fail', 'requirement/unmet'],
    begin: changed,
    play: async (repo) => {
      await repo.git('tag', 'main', 'change');
      return { range: 'refs/heads/main...HEAD' };
    },
  },
  {
    name: 'a tag called as the branch',
    want: ['undecidable', 'revision/ambiguous'],
    begin: signedByBoth,
    play: async (repo) => {
      await repo.git('tag', 'change', 'HEAD');
      await repo.change('ada', evilText);
      return { range: 'main...change' };
    },
  },
  {
    name: 'a tag is no revision',
    want: ['undecidable', 'revision/unknown'],
    begin: signedByBoth,
    play: async (repo) => {
      await repo.git('tag', 'v1', 'HEAD');
      return { range: 'main...v1' };
    },
  },
  {
    name: 'a full ref of a tag is no revision',
    want: ['undecidable', 'revision/unknown'],
    begin: signedByBoth,
    play: async (repo) => {
      await repo.git('tag', 'v1', 'HEAD');
      return { range: 'main...refs/tags/v1' };
    },
  },
  {
    name: 'a local branch called as one of the remote',
    want: ['undecidable', 'revision/ambiguous'],
    begin: signedByBoth,
    play: async (repo) => {
      const dir = await cloneOf(repo);
      await must('git', ['branch', 'origin/main', 'HEAD'], { cwd: dir });
      return inClone(dir);
    },
  },
  {
    name: 'a branch called as a shortened id',
    want: ['undecidable', 'revision/ambiguous'],
    begin: signedByBoth,
    play: async (repo) => {
      const short = (await repo.git('rev-parse', 'main')).slice(0, 8);
      await repo.git('update-ref', `refs/heads/${short}`, 'HEAD');
      return { range: `${short}...HEAD` };
    },
  },
  {
    name: 'a shortened id is no revision',
    want: ['undecidable', 'revision/unknown'],
    begin: signedByBoth,
    play: async (repo) => ({
      range: `${(await repo.git('rev-parse', 'main')).slice(0, 12)}...HEAD`,
    }),
  },
  {
    name: 'a full id',
    want: 'pass',
    begin: signedByBoth,
    play: async (repo) => ({
      range: `${await repo.git('rev-parse', 'main')}...${await repo.git('rev-parse', 'HEAD')}`,
    }),
  },
  {
    name: 'a branch called MERGE_HEAD',
    want: ['fail', 'requirement/unmet'],
    begin: changed,
    play: async (repo) => {
      await repo.git('update-ref', 'refs/heads/MERGE_HEAD', 'main');
      await repo.git('config', 'user.email', 'ada@example.org');
      await repo.git('config', 'user.name', 'Ada');
      return { staged: true };
    },
  },
  {
    name: 'an option where a revision belongs',
    want: ['undecidable', 'revision/unknown'],
    begin: signedByBoth,
    play: async () => ({ range: '--all...HEAD' }),
  },
  {
    name: 'a range of two dots',
    want: ['undecidable', 'usage/range'],
    begin: signedByBoth,
    play: async () => ({ range: 'main..HEAD' }),
  },
]);
