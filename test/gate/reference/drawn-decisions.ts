import { commitSomehow, type Happening } from './scene.ts';

/** A decision is written, or written otherwise. */
export const decide: Happening = async (scene) => {
  const { repo, dice } = scene;
  const id = dice.one(['DR-WHY001', 'DR-WHY002']);
  const phase = dice.one(['', 'phase: explore\n', 'phase: exploit\n']);
  const over = dice.one(['governs: ["model/**"]\n', 'governs: ["**"]\n', 'trail:\n  code:\n    - {path: model/score.py, lines: [1, 1]}\n', 'governs: ["docs/**", "model/*.py"]\n']);
  repo.write(`.countersign/decisions/${id}.yaml`, `schema: countersign/decision@1\nid: ${id}\ntitle: t\nowner: ada\nstatus: ${dice.one(['accepted', 'accepted', 'proposed', 'rejected', 'superseded'])}\nrisk: ${dice.one(['low', 'low', 'medium', 'high'])}\n${phase}${over}`);
  await commitSomehow(scene, 'decide');
};
