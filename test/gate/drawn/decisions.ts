import { commitSomehow, type Happening, type Scene } from './scene.ts';

/** What a decision says besides, where it is asked for. */
function more({ dice }: Scene): string {
  const rollback = dice.one([
    '',
    'rollback: {plan: " ", owner: ben}\n',
    'rollback: {plan: put it back, owner: mallory}\n',
    'rollback: {plan: put it back, owner: ben}\n',
    'rollback: {plan: put it back, owner: ben, rehearsed_at: 2026-11-01}\n',
    'rollback: {plan: put it back, owner: ada, rehearsed_at: 2026-11-02}\n',
    'rollback: {plan: put it back, owner: cy, rehearsed_at: 2026-11-24}\n',
    'rollback: {plan: put it back, owner: cy, rehearsed_at: 2026-09-01}\n',
    'rollback: {plan: put it back, owner: cy, rehearsed_at: 2026-11-25}\n',
  ]);
  const rollout = dice.one([
    '',
    'rollout: {kind: toggle, toggle: new-bar}\n',
    'rollout: {kind: shadow}\n',
    'rollout: {kind: full}\n',
  ]);
  const escalation = dice.one([
    '',
    'escalation: {to: eve}\n',
    'escalation: {when: it falls, to: eve}\n',
    'escalation: {when: it falls, to: eve}\n',
  ]);
  const feedback = dice.one([
    '',
    'feedback: [FB-ONE1]\n',
    'feedback: [FB-ONE1, FB-TWO2]\n',
    'feedback: [FB-ONE1, FB-TWO2, FB-THREE3]\n',
    'feedback: [FB-ONE1, FB-TWO2, FB-THREE3]\n',
    'feedback: [FB-TWO2, FB-THREE3]\n',
  ]);
  return rollback + rollout + escalation + feedback;
}

const good =
  'rollback: {plan: put it back, owner: ben, rehearsed_at: 2026-11-01}\nrollout: {kind: toggle, toggle: new-bar}\nescalation: {when: it falls, to: eve}\nfeedback: [FB-ONE1, FB-TWO2, FB-THREE3]\n';

/** A decision is written, or written otherwise: every other time as it should be, so that nothing else is hidden behind it. */
export const decide: Happening = async (scene) => {
  const { repo, dice, world } = scene;
  if (dice.often(50)) {
    const evaluations = world.results ? 'evaluations: [EV-BAR1]\n' : '';
    repo.write(
      '.countersign/decisions/DR-WHY001.yaml',
      `schema: countersign/decision@1\nid: DR-WHY001\ntitle: t\nowner: ada\nstatus: accepted\nrisk: low\ngoverns: ["**"]\n${world.evidence ? good : ''}${evaluations}`,
    );
    await commitSomehow(scene, 'decide');
    return;
  }
  const id = dice.one(['DR-WHY001', 'DR-WHY002']);
  const phase = dice.one(['', 'phase: explore\n', 'phase: exploit\n']);
  const over = dice.one([
    'governs: ["model/**"]\n',
    'governs: ["**"]\n',
    'governs: ["**"]\n',
    'trail:\n  code:\n    - {path: model/score.py, lines: [1, 1]}\n',
    'governs: ["docs/**", "model/*.py"]\n',
  ]);
  repo.write(
    `.countersign/decisions/${id}.yaml`,
    `schema: countersign/decision@1\nid: ${id}\ntitle: t\nowner: ada\nstatus: ${dice.one(['accepted', 'accepted', 'accepted', 'proposed', 'rejected', 'superseded'])}\nrisk: ${dice.one(['low', 'low', 'medium', 'high'])}\n${phase}${over}${world.evidence ? more(scene) : ''}${world.results && dice.often(85) ? 'evaluations: [EV-BAR1]\n' : ''}`,
  );
  await commitSomehow(scene, 'decide');
};

const item = (id: string, more: string): string =>
  `schema: countersign/feedback@1\nid: ${id}\ntitle: wrong\nchannel: annotation\nreceived_at: 2026-11-01T00:00:00Z\n${more}`;
const consent = 'status: accepted\nconsent: {basis: consent, scope: [training, evaluation]}\n';

/** What people said before anything happened. */
export const drawnFeedback: Readonly<Record<string, string>> = Object.fromEntries(
  ['FB-ONE1', 'FB-TWO2', 'FB-THREE3'].map((id) => [
    `.countersign/feedback/${id}.yaml`,
    item(id, consent),
  ]),
);

/** An item of feedback is seen otherwise. */
export const hear: Happening = async (scene) => {
  const id = scene.dice.one(['FB-ONE1', 'FB-TWO2', 'FB-THREE3']);
  const how = scene.dice.one([
    consent,
    consent,
    `${consent}rater: {kind: judge}\n`,
    `${consent}rater: {kind: person}\n`,
    'status: declined\nconsent: {basis: consent, scope: [training]}\n',
    'status: new\nconsent: {basis: consent, scope: [analysis]}\n',
    'status: new\n',
    'status: accepted\nconsent: {basis: consent, scope: [training], expires: 2026-11-23}\n',
    'status: accepted\nconsent: {basis: consent, scope: [training], expires: 2026-11-24}\n',
  ]);
  scene.repo.write(`.countersign/feedback/${id}.yaml`, item(id, how));
  await commitSomehow(scene, 'hear');
};

/** Somebody says something about a decision, or takes up what was said. */
export const review: Happening = async (scene) => {
  const { repo, dice } = scene;
  const record = dice.one(['DR-WHY001', 'DR-WHY002']);
  const at = `2026-11-${10 + dice.roll(13)}T0${dice.roll(10)}:${10 + dice.roll(50)}:${10 + dice.roll(50)}Z`;
  const type = dice.one(['comment', 'resolve', 'resolve', 'reopen', 'finding']);
  const due =
    type === 'finding'
      ? `severity: high\ndue: ${dice.one(['2026-11-23', '2026-11-24', '2026-12-01'])}\n`
      : '';
  repo.write(
    `.countersign/reviews/${record}/e${dice.roll(100_000)}.yaml`,
    `schema: countersign/review@1\nthread: ${dice.one(['t1', 't1', 't2'])}\nrecord: ${record}\ntype: ${type}\nbody: look at this\nby: ben@example.org\nat: ${at}\n${due}`,
  );
  await repo.commit('review', dice.one(['ben', 'cy', 'mallory']));
};
