import { playCases } from './kit/cases.ts';
import { keyFile, signerLines } from './kit/keys.ts';
import type { ModelRepo } from './kit/model-repo.ts';
import { policyValue } from './kit/policy.ts';
import { adasText, bensText, draftText, edit, takeIn, withDraft } from './kit/carried.ts';

/** Signs a commit, or a merge, with Ada's key. */
const signing = async (): Promise<readonly string[]> => [
  ...['-c', 'gpg.format=ssh', '-c', `user.signingKey=${await keyFile('ada')}`],
];

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
