import { playCases } from './kit/cases.ts';
import { type ModelRepo, raisedText, scoreText } from './kit/model-repo.ts';
import { policyValue } from './kit/policy.ts';

/** Files that hop through places and modes, what hosts' buttons do, and what comes back by a second revert. */

const owner = { upTo: 'owner' } as const;
const later = '2026-12-02T00:00:00Z';
const unmet = ['fail', 'requirement/unmet'] as const;
const draft = Array.from({ length: 20 }, (_, index) => `line ${index} of a draft\n`).join('');
const withDraft = { files: { 'drafts/run.py': draft } };
const hosted = policyValue({ platforms: ['noreply@github.com'] });

/** A commit as a host makes it for somebody: they are its author, the host its committer. */
const byHost = { GIT_COMMITTER_EMAIL: 'noreply@github.com', GIT_COMMITTER_NAME: 'GitHub' };

async function move(repo: ModelRepo, from: string, to: string, who: string): Promise<void> {
  await repo.git('mv', from, to);
  await repo.commit(`move ${from}`, who);
}

playCases('files that hop', [
  {
    name: 'a governed file that is only deleted',
    want: unmet,
    play: async (repo) => {
      await repo.git('rm', '-q', 'model/score.py');
      await repo.commit('away', 'ada');
      await repo.signoff('ada', 'model-owner');
    },
  },
  {
    name: 'a governed file moved out, as a program',
    want: unmet,
    play: async (repo) => {
      repo.write('tools/x', '');
      await repo.git('mv', 'model/score.py', 'tools/score.py');
      await repo.git('update-index', '--chmod=+x', 'tools/score.py');
      await repo.gitAs('ada', ['commit', '-q', '-m', 'move']);
      await repo.signoff('ada', 'model-owner');
    },
  },
  {
    name: 'a draft that ben moved and marked as a program before ada moved it in',
    want: unmet,
    begin: withDraft,
    play: async (repo) => {
      repo.write('notes/x', '');
      await repo.git('mv', 'drafts/run.py', 'notes/run.py');
      await repo.git('update-index', '--chmod=+x', 'notes/run.py');
      await repo.gitAs('ben', ['commit', '-q', '-m', 'a program']);
      await repo.git('reset', '-q', '--hard');
      await move(repo, 'notes/run.py', 'model/run.py', 'ada');
      await repo.both();
    },
  },
  {
    name: 'a draft that ben marked, moved in over a file of the model in two steps',
    want: unmet,
    begin: withDraft,
    play: async (repo) => {
      await repo.git('update-index', '--chmod=+x', 'drafts/run.py');
      await repo.gitAs('ben', ['commit', '-q', '-m', 'a program']);
      await repo.git('reset', '-q', '--hard');
      await repo.git('rm', '-q', '--cached', 'model/score.py');
      await repo.gitAs('ada', ['commit', '-q', '-m', 'away']);
      await repo.git('mv', '-f', 'drafts/run.py', 'model/score.py');
      await repo.commit('move', 'ada');
      await repo.both();
    },
  },
  {
    name: 'a mode that a merge carries over a rename',
    want: unmet,
    begin: withDraft,
    play: async (repo) => {
      await repo.git('switch', '-q', '-c', 'side');
      await repo.git('update-index', '--chmod=+x', 'drafts/run.py');
      await repo.gitAs('ben', ['commit', '-q', '-m', 'a program']);
      await repo.git('reset', '-q', '--hard');
      await repo.git('switch', '-q', 'change');
      await move(repo, 'drafts/run.py', 'model/run.py', 'ada');
      await repo.gitAs('ada', ['merge', '-q', '--no-edit', 'side']);
      await repo.both();
    },
  },
]);

playCases('what hosts’ buttons do', [
  {
    name: 'the target taken in by who approves',
    want: 'pass',
    begin: { ...owner, policy: hosted },
    play: async (repo) => {
      await repo.onMain('docs/a.md', 'x\n');
      await repo.gitAs('ben', ['merge', '-q', '--no-edit', 'main'], byHost);
      await repo.signoff('ben', 'validator');
    },
  },
  {
    name: 'a conflict resolved in the browser by who approves',
    want: unmet,
    begin: { ...owner, policy: hosted },
    play: async (repo) => {
      await repo.onMain('model/score.py', `${raisedText}# elsewhere\n`.replace(/\d+/, '77'));
      await repo.tryGit('merge', '-q', 'main');
      repo.write('model/score.py', `${raisedText}# elsewhere\n`);
      await repo.commit('Merge branch main into change', 'ben', byHost);
      await repo.both();
    },
  },
  {
    name: 'a suggestion of the approver’s that the author took in by a button',
    want: unmet,
    begin: { policy: hosted },
    play: async (repo) => {
      repo.write('model/score.py', raisedText);
      await repo.commit(
        'Apply suggestions from code review\n\nCo-authored-by: Ben <ben@example.org>',
        'ada',
        byHost,
      );
      await repo.both();
    },
  },
  {
    name: 'a squash that lists who worked on it',
    want: unmet,
    begin: { policy: hosted },
    play: async (repo) => {
      repo.write('model/score.py', raisedText);
      await repo.commit(
        'Raise the bar (#7)\n\n* first\n\n* second\n\n---------\n\nCo-authored-by: Ben <ben@example.org>',
        'ada',
        byHost,
      );
      await repo.both();
    },
  },
  {
    name: 'a commit pushed after the approvals',
    want: unmet,
    begin: { upTo: 'both', policy: hosted },
    play: async (repo) => {
      await repo.change('ada', `${raisedText}# more\n`, byHost);
    },
  },
  {
    name: 'a revert of a revert, with what was signed at first',
    want: unmet,
    begin: { upTo: 'both' },
    play: async (repo) => {
      await repo.land('back');
      await repo.change('ada', scoreText);
      await repo.both({ payload: { signed_at: '2026-11-24T00:30:00Z' } });
      await repo.land('again');
      await repo.change('ada', raisedText);
    },
  },
  {
    name: 'a revert of a revert, under the exception of the first time',
    want: unmet,
    begin: owner,
    play: async (repo) => {
      await repo.exception('eve');
      await repo.land('back');
      await repo.change('ada', scoreText);
      await repo.both({ payload: { signed_at: '2026-11-24T00:30:00Z' } });
      await repo.land('again');
      await repo.change('ada', raisedText);
    },
  },
]);

const unsigned = { ...owner } as const;

playCases('places and variables', [
  ...(
    [
      ['GIT_INDEX_FILE', '/nonexistent/index'],
      ['GIT_PREFIX', 'docs/'],
      ['GIT_NAMESPACE', 'elsewhere'],
      ['GIT_SHALLOW_FILE', '/dev/null'],
      ['GIT_ATTR_SOURCE', 'HEAD'],
      ['GIT_DEFAULT_HASH', 'sha256'],
      ['GIT_LITERAL_PATHSPECS', '0'],
      ['GIT_ICASE_PATHSPECS', '1'],
      ['GIT_GLOB_PATHSPECS', '1'],
      ['TZ', 'Pacific/Kiritimati'],
      ['LC_ALL', 'tr_TR.UTF-8'],
    ] as const
  ).flatMap(([name, value]) => [
    {
      name: `${name}, unsigned`,
      want: unmet,
      begin: unsigned,
      play: async () => ({ env: { [name]: value } }),
    },
  ]),
  {
    name: 'a linked working tree, from a folder of it, unsigned',
    want: unmet,
    begin: unsigned,
    play: async (repo) => {
      const dir = `${repo.dir}.linked`;
      await repo.git('worktree', 'add', '-q', '--detach', dir, 'HEAD');
      return { dir: `${dir}/model` };
    },
  },
  {
    name: 'the last day of a promise, where it is tomorrow already',
    want: 'pass',
    begin: owner,
    byCommand: true,
    play: async (repo) => {
      await repo.exception('eve');
      await repo.land();
      return { now: '2026-12-01T23:59:59Z', env: { TZ: 'Pacific/Kiritimati' } };
    },
  },
  {
    name: 'the day after it, where it is still yesterday',
    want: ['fail', 'exception/overdue'],
    begin: owner,
    byCommand: true,
    play: async (repo) => {
      await repo.exception('eve');
      await repo.land();
      return { now: later, env: { TZ: 'Pacific/Pago_Pago' } };
    },
  },
  {
    name: 'an exception that ended, in a time zone where it has not',
    want: 'fail',
    begin: owner,
    play: async (repo) => {
      await repo.exception('eve', { expires: '2026-11-24T06:30:00+02:00' });
    },
  },
  {
    name: 'an exception without a time zone',
    want: 'fail',
    begin: owner,
    play: async (repo) => {
      await repo.exception('eve', { expires: '2026-11-24T07:00:00' });
      return { env: { TZ: 'Pacific/Pago_Pago' } };
    },
  },
  {
    name: 'an exception on a release branch, deleted there',
    want: ['fail', 'exception/overdue'],
    begin: owner,
    play: async (repo) => {
      await repo.git('branch', 'release/1', 'main');
      await repo.signoff('ada', 'model-owner', { target: 'release/1' });
      await repo.exception('eve', {}, { target: 'release/1' });
      await repo.git('switch', '-q', 'release/1');
      await repo.git('merge', '-q', '--ff-only', 'change');
      await repo.git('rm', '-q', '.countersign/exceptions/EX-ABC123.yaml');
      await repo.commit('tidy', 'ada');
      await repo.git('switch', '-q', '-c', 'next');
      repo.write('docs/a.md', 'x\n');
      await repo.commit('docs', 'ada');
      return { target: 'release/1', range: 'release/1...HEAD', now: later };
    },
  },
]);
