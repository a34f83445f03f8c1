import { existsSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { commitSomehow, type Happening } from './scene.ts';

export const branch: Happening = async (scene) => {
  await scene.repo.git('switch', '-q', '-f', '-C', 'change', 'main');
  await scene.repo.git('clean', '-qfd');
  scene.signed = [];
  scene.writers.clear();
};

export const squash: Happening = async (scene) => {
  await scene.repo.git('reset', '-q', '--soft', 'main');
  await commitSomehow(scene, 'all in one');
};

export const land: Happening = async (scene) => {
  const { repo, dice } = scene;
  await repo
    .gitAs('ada', ['merge', '-q', '--no-ff', '-m', 'take in', 'main'])
    .catch(() => repo.git('merge', '--abort').catch(() => ''));
  if ((await repo.tryGit('merge-base', '--is-ancestor', 'main', 'HEAD')) !== 0) return;
  scene.landings.push({
    from: await repo.git('rev-parse', 'main'),
    to: await repo.git('rev-parse', 'HEAD'),
  });
  await repo.git('branch', '-f', 'main', 'HEAD');
  scene.signed = scene.signed.filter(() => dice.often(50));
};

/** Lands, is taken off the target with all that was signed, and is brought again with it. */
export const again: Happening = async (scene) => {
  const { repo } = scene;
  const before = await repo.git('rev-parse', 'main');
  await land(scene);
  const landed = await repo.git('rev-parse', 'main');
  if (landed === before) return;
  await repo.git(
    'branch',
    '-f',
    'main',
    await repo.gitAs('eve', ['commit-tree', `${before}^{tree}`, '-p', landed, '-m', 'roll back']),
  );
  await repo.git('reset', '-q', '--soft', 'main');
  await commitSomehow(scene, 'again');
};

/** A signed file is edited, deleted, moved, or has something laid beside it. */
export const tamper: Happening = async ({ repo, dice, signed }) => {
  const present = signed.filter((path) => existsSync(join(repo.dir, path)));
  if (present.length === 0 || dice.often(40)) return;
  const path = dice.one(present);
  const text = await repo.read(path);
  const how = dice.roll(5);
  if (how === 0) rmSync(join(repo.dir, path));
  else if (how === 1)
    repo.write(
      path,
      text.replace('"approve"', '"reject"').replace('"answer":"no"', '"answer":"yes"'),
    );
  else if (how === 2) repo.write(path.replace(/....\.yaml$/, 'abcd.yaml'), text);
  else if (how === 3) repo.write(join(dirname(path), 'notes.txt'), 'x\n');
  else repo.write(path, text.replaceAll('\n', '\r\n'));
  await repo.commit('tamper', 'ada');
};
