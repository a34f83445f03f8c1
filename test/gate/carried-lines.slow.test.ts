import { playCases } from './kit/cases.ts';
import { keyFile, signerLines } from './kit/keys.ts';
import { as, type ModelRepo } from './kit/model-repo.ts';
import { policyValue } from './kit/policy.ts';

/** Git's merge carries lines over a rename; whoever wrote them is an author, whatever the file was called then. */

const draftText = Array.from({ length: 40 }, (_, index) => `line ${index} of the draft\n`).join('');
const bensText = draftText.replace('line 35 of the draft', 'line 35, which ben wrote');
const adasText = draftText.replace('line 2 of the draft', 'line 2, which ada wrote');

const withDraft = { files: { 'drafts/score.py': draftText, 'notes/score.txt': 'a note\n' } };

async function edit(repo: ModelRepo, path: string, text: string, who: string): Promise<void> {
  repo.write(path, text);
  await repo.commit(`edit ${path}`, who);
}

/** Moves the draft into the model, with a line of the mover's own. */
async function takeIn(repo: ModelRepo, text = adasText, who = 'ada'): Promise<void> {
  await repo.git('mv', '-f', 'drafts/score.py', 'model/wage.py');
  await edit(repo, 'model/wage.py', text, who);
}

const merge = (repo: ModelRepo, branch: string, ...options: string[]): Promise<string> =>
  repo.gitAs('ada', ['merge', '-q', '--no-edit', ...options, branch]);

/** Signs a commit, or a merge, with Ada's key. */
const signing = async (): Promise<readonly string[]> => [
  ...['-c', 'gpg.format=ssh', '-c', `user.signingKey=${await keyFile('ada')}`],
];

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

playCases('who wrote lines that were moved in with a change of the mover’s own', [
  {
    name: 'is no independent validator of them',
    want: ['fail', 'requirement/unmet'],
    begin: withDraft,
    byCommand: true,
    play: async (repo) => {
      await edit(repo, 'drafts/score.py', bensText, 'ben');
      await takeIn(repo, bensText.replace('line 2 of the draft', 'line 2, which ada wrote'));
      await repo.both();
    },
  },
  {
    name: 'also where they were first moved as they were, and changed later',
    want: ['fail', 'requirement/unmet'],
    begin: withDraft,
    play: async (repo) => {
      await edit(repo, 'drafts/score.py', bensText, 'ben');
      await takeIn(repo, bensText);
      await edit(repo, 'model/wage.py', bensText.replace('line 2 of', 'line two of'), 'ada');
      await repo.both();
    },
  },
  {
    name: 'also where they were copied over a file that was there',
    want: ['fail', 'requirement/unmet'],
    begin: withDraft,
    play: async (repo) => {
      await edit(repo, 'drafts/score.py', bensText, 'ben');
      await edit(repo, 'model/score.py', bensText.replace('line 2 of', 'line two of'), 'ada');
      await repo.both();
    },
  },
  {
    name: 'whoever edited a file that stays where it is, is',
    want: 'pass',
    begin: withDraft,
    play: async (repo) => {
      await edit(repo, 'notes/score.txt', 'another note\n', 'ben');
      await takeIn(repo);
      await repo.both();
    },
  },
  {
    name: 'whoever edits the old place after the move, is',
    want: 'pass',
    begin: withDraft,
    play: async (repo) => {
      await takeIn(repo);
      await edit(repo, 'drafts/score.py', bensText, 'ben');
      await repo.both();
    },
  },
]);

playCases('commits that have to be signed, and lines that a merge carries', [
  {
    name: 'an unsigned commit of a stranger on the side branch',
    want: ['fail', 'author/unsigned'],
    begin: async () => ({
      ...withDraft,
      policy: policyValue({ identity: 'signed' }),
      signers: await signerLines(
        ['ada', 'ben', 'cy', 'dee', 'eve', 'fay'],
        'namespaces="model-signoff,git"',
      ),
    }),
    play: async (repo) => {
      await repo.git('switch', '-q', '-c', 'side');
      await edit(repo, 'drafts/score.py', bensText, 'mallory@example.org');
      await repo.git('switch', '-q', 'change');
      await repo.git('mv', 'drafts/score.py', 'model/wage.py');
      repo.write('model/wage.py', adasText);
      await repo.git('add', '-A');
      await repo.gitAs('ada', [...(await signing()), 'commit', '-q', '-S', '-m', 'take it in']);
      await repo.gitAs('ada', [...(await signing()), 'merge', '-q', '-S', '--no-edit', 'side']);
      await repo.both();
    },
  },
]);

/** Ben marks the draft as a program, and Ada moves it into the model. */
async function marked(repo: ModelRepo, text: string): Promise<void> {
  await repo.git('update-index', '--chmod=+x', 'drafts/score.py');
  await repo.gitAs('ben', ['commit', '-q', '-m', 'a program']);
  await repo.git('checkout', '-q', '--', 'drafts/score.py');
  await takeIn(repo, text);
}

playCases('who set the mode of a file before it was moved in', [
  {
    name: 'is no independent validator of it',
    want: ['fail', 'requirement/unmet'],
    begin: withDraft,
    byCommand: true,
    play: async (repo) => {
      await marked(repo, draftText);
      await repo.both();
    },
  },
  {
    name: 'nor where the mover changed a line',
    want: ['fail', 'requirement/unmet'],
    begin: withDraft,
    play: async (repo) => {
      await marked(repo, adasText);
      await repo.both();
    },
  },
  {
    name: 'another is',
    want: 'pass',
    begin: withDraft,
    play: async (repo) => {
      await marked(repo, adasText);
      await repo.signoff('ada', 'model-owner');
      await repo.signoff('cy', 'validator');
    },
  },
  {
    name: 'who marked another file alone is independent',
    want: 'pass',
    begin: withDraft,
    play: async (repo) => {
      await repo.git('update-index', '--chmod=+x', 'notes/score.txt');
      await repo.gitAs('ben', ['commit', '-q', '-m', 'a program']);
      await takeIn(repo);
      await repo.both();
    },
  },
]);
