import type { ModelRepo } from './model-repo.ts';

export const draftText = Array.from(
  { length: 40 },
  (_, index) => `line ${index} of the draft\n`,
).join('');
export const bensText = draftText.replace('line 35 of the draft', 'line 35, which ben wrote');
export const adasText = draftText.replace('line 2 of the draft', 'line 2, which ada wrote');

export const withDraft = { files: { 'drafts/score.py': draftText, 'notes/score.txt': 'a note\n' } };

export async function edit(
  repo: ModelRepo,
  path: string,
  text: string,
  who: string,
): Promise<void> {
  repo.write(path, text);
  await repo.commit(`edit ${path}`, who);
}

/** Moves the draft into the model, with a line of the mover's own. */
export async function takeIn(repo: ModelRepo, text = adasText, who = 'ada'): Promise<void> {
  await repo.git('mv', '-f', 'drafts/score.py', 'model/wage.py');
  await edit(repo, 'model/wage.py', text, who);
}

export const merge = (repo: ModelRepo, branch: string, ...options: string[]): Promise<string> =>
  repo.gitAs('ada', ['merge', '-q', '--no-edit', ...options, branch]);
