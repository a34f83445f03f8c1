import { signerLines } from '../kit/keys.ts';
import { policyText } from '../kit/policy.ts';
import { hardwareLines } from './hardware.ts';
import { somePolicy, someShape } from './world.ts';
import { commitSomehow, drawnSigners, type Happening, signers, write } from './scene.ts';

/** The policy is drawn anew. */
export const policy: Happening = async (scene) => {
  write(
    scene,
    '.countersign/policy.yaml',
    policyText(somePolicy(scene.dice, scene.world.shape ?? someShape(scene.dice), scene.world)),
  );
  await commitSomehow(scene, 'policy');
};

const bounds = [
  '',
  '',
  '',
  ',valid-before="20261123Z"',
  ',valid-before="20261124050000Z"',
  ',valid-before="20261201Z"',
  ',valid-after="20261101Z"',
  ',valid-after="20261124040000Z"',
];

/** Keys are changed: somebody gets another, leaves, has theirs for a time, or has it revoked. */
export const keys: Happening = async (scene) => {
  const { dice, world } = scene;
  const leaving = dice.often(30) ? dice.one(signers) : '';
  const lines: string[] = [];
  for (const who of signers.filter((one) => one !== leaving)) {
    const options = dice.often(25) ? dice.one(bounds) : '';
    const key = who === 'ben' && dice.often(40) ? 'ben2' : who;
    lines.push((await drawnSigners(world, [key], options)).replace('ben2@', 'ben@'));
    if (key === 'ben' && dice.often(20))
      lines.push((await drawnSigners(world, ['ben2'], options)).replace('ben2@', 'ben@'));
  }
  lines.push(
    hardwareLines(
      world,
      signers.filter((one) => one !== leaving),
    ),
  );
  if (world.forge) lines.push(await drawnSigners(world, ['forge']));
  write(scene, '.countersign/allowed_signers', lines.join(''));
  const revoked = dice.often(30)
    ? await signerLines([dice.one(['ben', 'ben2', 'cy', 'mallory'])])
    : '';
  write(scene, '.countersign/revoked_keys', revoked.replace(/^\S+ \S+ /, ''));
  await commitSomehow(scene, 'keys');
};
