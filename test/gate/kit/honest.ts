import type { ModelRepo } from './model-repo.ts';

export const others = ['ada', 'cy', 'dee', 'eve', 'fay'];

export const honest = async (repo: ModelRepo): Promise<void> => {
  await repo.change();
  await repo.both();
};
