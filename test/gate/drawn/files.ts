import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import type { Dice } from './dice.ts';
import {
  commitSomehow,
  erase,
  filesOf,
  type Happening,
  inside,
  presentOf,
  read,
  someEnvironment,
  write,
} from './scene.ts';

const contents = ['x = 1\n', 'x = 2\n', 'x = 3\n', '', '# nothing\n', 'a\n\n\nb\n', 'a\n\n\nc\n'];

export const edit: Happening = async (scene) => {
  write(scene, scene.dice.one(filesOf(scene)), scene.dice.one(contents));
  await commitSomehow(scene, 'edit');
};

export const remove: Happening = async (scene) => {
  const present = presentOf(scene);
  if (present.length > 2) erase(scene, scene.dice.one(present));
  await commitSomehow(scene, 'remove');
};

export const rename: Happening = async (scene) => {
  const [from, to] = [scene.dice.one(presentOf(scene)), scene.dice.one(filesOf(scene))];
  const content = read(scene, from);
  erase(scene, from);
  write(scene, to, content);
  await commitSomehow(scene, 'rename');
};

/** A text of some lines, of which one or two are as somebody drawn wrote them. */
const long = (dice: Dice): string => {
  const lines = Array.from({ length: 12 }, (_, index) => `line ${index} of a file`);
  for (let times = 1 + dice.roll(2); times > 0; times--)
    lines[dice.roll(lines.length)] = `line ${dice.roll(4)}, as somebody wrote it`;
  return `${lines.join('\n')}\n`;
};

/** A file of several lines is moved while it is worked on, on one branch or on two that are merged. */
export const carry: Happening = async (scene) => {
  const { repo, dice } = scene;
  const [from, to] = [dice.one(['scratch/long.py', 'docs/y.md']), dice.one(filesOf(scene))];
  write(scene, from, long(dice));
  await commitSomehow(scene, 'write at length');
  const aside = dice.often(60);
  if (aside) await repo.git('branch', '-f', 'aside');
  erase(scene, from);
  write(scene, to, long(dice));
  await commitSomehow(scene, 'move, and work on it');
  if (!aside) return;
  await repo.git('switch', '-q', 'aside');
  write(scene, dice.often(80) ? from : 'scratch/else.py', long(dice));
  await commitSomehow(scene, 'work on it where it was');
  await repo.git('switch', '-q', 'change');
  if ((await repo.tryGit('merge', '-q', '--no-ff', '--no-commit', 'aside')) !== 0)
    await repo.git('checkout', '-q', '--ours', '--', '.').catch(() => '');
  await repo.commit('merge', dice.one(['ada', 'ben', 'eve']), someEnvironment(scene));
};

/** A file gets the name that another system would take for its own. */
export const twin: Happening = async (scene) => {
  const from = scene.dice.one(presentOf(scene));
  const parts = from.split('/');
  const at = scene.dice.roll(parts.length);
  const to = parts
    .map((part, index) =>
      index === at ? part.replace(/[a-z]+/g, (letters) => letters.toUpperCase()) : part,
    )
    .join('/');
  const content = read(scene, from);
  if (scene.dice.often(70)) erase(scene, from);
  write(scene, to, content);
  await commitSomehow(scene, 'twin');
};

export const mode: Happening = async (scene) => {
  chmodSync(inside(scene, scene.dice.one(presentOf(scene))), scene.dice.often(70) ? 0o755 : 0o644);
  await commitSomehow(scene, 'mode');
};

/** A link is made, or made otherwise. */
export const link: Happening = async (scene) => {
  const path = scene.dice.one([
    'model/link',
    'model/link',
    'model/score.py',
    'model/sub/link.py',
    'docs/link.md',
    'scratch/link',
  ]);
  const to = scene.dice.one([
    'a.py',
    './a.py',
    'score.py',
    'sub',
    'sub/../a.py',
    '../model/a.py',
    '../docs/x.md',
    'x.md',
    'link',
    '/nowhere/x',
    '../../x',
    '../.git/config',
    '../../model/a.py',
  ]);
  write(scene, path, '');
  erase(scene, path);
  symlinkSync(to, inside(scene, path));
  await commitSomehow(scene, 'link');
};

/** Another repository is taken in at some commit, or at another. */
export const submodule: Happening = async (scene) => {
  const { repo, dice } = scene;
  const path = dice.one(['model/lib', 'model/lib', 'scratch/lib']);
  mkdirSync(inside(scene, path), { recursive: true });
  await repo.git(
    'update-index',
    '--add',
    '--cacheinfo',
    `160000,${String(1 + dice.roll(3)).repeat(40)},${path}`,
  );
  await commitSomehow(scene, 'submodule');
};

/** Somebody else goes on, on the target. */
export const onMain: Happening = async (scene) => {
  const { repo, dice } = scene;
  const branch = await repo.git('branch', '--show-current');
  await repo.git('switch', '-q', 'main');
  write(scene, dice.one(filesOf(scene)), dice.one(contents));
  await repo.commit('elsewhere', dice.one(['eve', 'ben']));
  await repo.git('switch', '-q', branch);
};

/** The target is taken in, whatever is in conflict as the branch has it; some merges do more than that. */
export const merge: Happening = async (scene) => {
  const { repo, dice } = scene;
  const who = dice.one(['ada', 'ben', 'eve']);
  const code = await repo.tryGit('merge', '-q', '--no-ff', '--no-commit', 'main');
  if (code !== 0)
    await repo.git('checkout', '-q', '--ours', '--', '.').catch(async () => {
      await repo.git('checkout', '-q', 'HEAD', '--', '.');
    });
  if (dice.often(30)) write(scene, dice.one(filesOf(scene)), dice.one(contents));
  await repo.commit('merge', who, someEnvironment(scene));
};
