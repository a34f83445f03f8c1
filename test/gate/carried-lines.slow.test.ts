/** Git's merge carries lines over a rename; whoever wrote them is an author, whatever the file was called then. */
import { playCases } from './kit/cases.ts';
import { as, type ModelRepo } from './kit/model-repo.ts';
import { policyValue } from './kit/policy.ts';
import { adasText, bensText, draftText, edit, merge, takeIn, withDraft } from './kit/carried.ts';

/** Ben edits the draft on a side branch, Ada moves it into the model; the merge brings both together. */
async function carried(repo: ModelRepo): Promise<void> {
  await repo.git('switch', '-q', '-c', 'side');
  await edit(repo, 'drafts/score.py', bensText, 'ben');
  await repo.git('switch', '-q', 'change');
  await takeIn(repo);
  await merge(repo, 'side');
}

playCases('who wrote lines that a merge carried over a rename', [
  {
    name: 'is no independent validator of them',
    want: ['fail', 'requirement/unmet'],
    begin: withDraft,
    byCommand: true,
    play: async (repo) => {
      await carried(repo);
      await repo.both();
    },
  },
  {
    name: 'another is',
    want: 'pass',
    begin: withDraft,
    play: async (repo) => {
      await carried(repo);
      await repo.signoff('ada', 'model-owner');
      await repo.signoff('cy', 'validator');
    },
  },
  {
    name: 'whoever edited something else on that branch is',
    want: 'pass',
    begin: withDraft,
    play: async (repo) => {
      await repo.git('switch', '-q', '-c', 'side');
      await edit(repo, 'notes/score.txt', 'another note\n', 'ben');
      await edit(repo, 'drafts/score.py', bensText, 'cy');
      await repo.git('switch', '-q', 'change');
      await takeIn(repo);
      await merge(repo, 'side');
      await repo.both();
    },
  },
  {
    name: 'also where the rename was made on the branch that is merged',
    want: ['fail', 'requirement/unmet'],
    begin: withDraft,
    play: async (repo) => {
      await repo.git('switch', '-q', '-c', 'side');
      await takeIn(repo);
      await repo.git('switch', '-q', 'change');
      await edit(repo, 'drafts/score.py', bensText, 'ben');
      await merge(repo, 'side');
      await repo.both();
    },
  },
  {
    name: 'also where somebody edits the carried file afterwards',
    want: ['fail', 'requirement/unmet'],
    begin: withDraft,
    play: async (repo) => {
      await carried(repo);
      await edit(repo, 'model/wage.py', `${await repo.read('model/wage.py')}more\n`, 'ada');
      await repo.both();
    },
  },
  {
    name: 'also where the rename has landed before: the merge with the target carries them',
    want: ['fail', 'requirement/unmet'],
    begin: withDraft,
    play: async (repo) => {
      await repo.git('switch', '-q', 'main');
      await takeIn(repo);
      await repo.git('switch', '-q', 'change');
      await edit(repo, 'drafts/score.py', bensText, 'ben');
      await repo.both();
    },
  },
  {
    name: 'also where that merge was made on the branch',
    want: ['fail', 'requirement/unmet'],
    begin: withDraft,
    play: async (repo) => {
      await repo.git('switch', '-q', 'main');
      await takeIn(repo);
      await repo.git('switch', '-q', 'change');
      await edit(repo, 'drafts/score.py', bensText, 'ben');
      await edit(repo, 'notes/score.txt', 'another note\n', 'ada');
      await merge(repo, 'main');
      await repo.both();
    },
  },
  {
    name: 'lines that had landed before are nobody’s of the range',
    want: 'pass',
    begin: withDraft,
    play: async (repo) => {
      await repo.onMain('drafts/score.py', bensText, 'ben');
      await takeIn(repo);
      await merge(repo, 'main');
      await repo.both();
    },
  },
  {
    name: 'another line of a governed file, landed before, makes nobody an author',
    want: 'pass',
    begin: { files: { 'model/wage.py': draftText } },
    play: async (repo) => {
      await repo.onMain('model/wage.py', bensText, 'ben');
      await edit(repo, 'model/wage.py', adasText, 'ada');
      await repo.both();
    },
  },
  {
    name: 'also while the merge is still to be committed',
    want: ['fail', 'requirement/unmet'],
    begin: withDraft,
    play: async (repo) => {
      await repo.git('switch', '-q', '-c', 'side');
      await edit(repo, 'drafts/score.py', bensText, 'ben');
      await repo.git('switch', '-q', 'change');
      await takeIn(repo);
      await merge(repo, 'side', '--no-commit');
      await repo.signoff('ada', 'model-owner', { head: 'index', commit: false });
      await repo.signoff('ben', 'validator', { head: 'index', commit: false });
      await repo.git('add', '-A');
      return { staged: true, stage: 'all', env: as('ada') };
    },
  },
  {
    name: 'signs no exception for them either',
    want: ['fail', 'requirement/unmet'],
    begin: {
      ...withDraft,
      policy: policyValue({
        roles: {
          'model-owner': ['ada'],
          validator: ['ben', 'cy'],
          ethics: ['dee'],
          'policy-admin': ['eve', 'fay', 'ben'],
        },
      }),
    },
    play: async (repo) => {
      await carried(repo);
      await repo.signoff('ada', 'model-owner');
      await repo.exception('ben');
    },
  },
]);
