import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { land } from './branches.ts';
import { dues, exceptionName, signAs, signingTimes } from './signatures.ts';
import { type Happening, rulesOnMain, signers } from './scene.ts';

/** Something lands at once, and its approvals are to follow. */
export const promise: Happening = async (scene) => {
  const { repo, dice } = scene;
  await rulesOnMain(scene);
  if ((await repo.rows('model-change', 'HEAD', 'main')).length === 0 && dice.often(90)) return;
  const name = exceptionName(dice);
  if (existsSync(join(repo.dir, `.countersign/exceptions/${name}.yaml`))) return;
  await repo.exception(
    dice.one(['eve', 'fay']),
    { signed_at: dice.one(signingTimes), follow_up_by: dice.one(dues) },
    { rule: 'model-change', name },
  );
  if (dice.often(80)) await land(scene);
};

/** Somebody approves what landed a while ago, as an exception promised. */
export const followUp: Happening = async (scene) => {
  const { repo, dice, landings } = scene;
  if (landings.length === 0) return;
  const { from, to } = dice.one(landings);
  const rules = (await rulesOnMain(scene)).filter(
    (rule) => rule === 'model-change' || rule === 'docs',
  );
  for (const rule of rules) {
    for (const [who, role] of [
      [dice.one(['ada', 'ben']), 'model-owner'],
      [dice.one(['ben', 'cy']), 'validator'],
      [dice.one(['ada', 'ben', 'cy']), 'validator'],
      ['dee', 'ethics'],
    ] as const) {
      if (dice.often(25)) continue;
      const { digest, manifest } = await repo.payload(who, role, { rule, head: to, target: from });
      await signAs(scene, who, { role, rule, payload: { digest, manifest } });
    }
  }
};

/** Somebody says that a condition is met. */
export const meet: Happening = async (scene) => {
  const { dice, conditions } = scene;
  if (conditions.length === 0) return;
  await rulesOnMain(scene);
  const { payload, person } = dice.one(conditions);
  const role = dice.one(['validator', 'validator', 'author']);
  await signAs(scene, dice.often(60) ? person : dice.one(signers), {
    role,
    rule: 'model-change',
    payload: {
      decision: dice.one(['withdraw', 'withdraw', 'approve']),
      meets: [{ payload, condition: 0 }],
    },
  });
};
