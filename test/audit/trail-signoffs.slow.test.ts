import { strict as assert } from 'node:assert';
import { after, before, test } from 'node:test';
import { parseTrailQuestion, trail } from '../../src/app/trail.ts';
import type { TrailStep } from '../../src/core/graph/trail-tree.ts';
import { sha256Hex } from '../../src/core/gate/change-digest.ts';
import { standingText } from '../../src/core/render/signoff-standing-text.ts';
import { ModelRepository } from './model-repository.ts';

const path = '.countersign/decisions/DR-MANY0001.yaml';
const decision =
  'schema: countersign/decision@1\nid: DR-MANY0001\ntitle: Raise the bar\nstatus: accepted\nowner: ada\nrisk: low\ngoverns: [model/**]\n';

let repository: ModelRepository;

before(async () => {
  repository = await ModelRepository.withPolicy();
  const evidence = {
    over: { evidence: [{ path, sha256: sha256Hex(new TextEncoder().encode(decision)) }] },
  };
  await repository.branch('raise');
  await repository.write(path, decision);
  await repository.write('model/score.py', 'bar = 13\n');
  await repository.commit('Raise', 'ada');
  await repository.sign('ben', 'validator', evidence);
  await repository.merge('raise');
  await repository.branch('late');
  await repository.write('model/other.py', 'x = 1\n');
  await repository.commit('Another file', 'ada');
  await repository.sign('cy', 'validator', evidence);
  await repository.write('model/quiet.py', 'x = 1\n');
  await repository.commit('One that nobody signed', 'ada');
  await repository.merge('late');
  await repository.branch('large');
  await repository.write('model/large.py', 'x = 1\n');
  await repository.commit('As if there were a thousand others', 'ada');
  await repository.sign('ada', 'model-owner', { over: { ...evidence.over, manifest: null } });
  await repository.merge('large');
});

after(() => repository.remove());

function signers({ node, steps }: TrailStep): readonly string[] {
  return [
    ...(node.kind === 'signoff' ? [node.title.split(' ')[0] ?? ''] : []),
    ...steps.flatMap(signers),
  ];
}

for (const [file, want] of [
  ['model/score.py', ['ada', 'ben']],
  ['model/other.py', ['ada', 'cy']],
  ['model/quiet.py', ['ada']],
] as const) {
  for (const at of [undefined, 'main']) {
    test(`the trail of ${file}${at === undefined ? '' : ', as it was'}, shows the sign-offs that name it or list nothing, and no others`, async () => {
      const { step, signoffs } = await trail(await repository.open(), parseTrailQuestion(file), at);
      assert.deepEqual([...signers(step)].sort(), want);
      if (at !== undefined) return assert.deepEqual(signoffs, []);
      assert.deepEqual(signoffs.map(({ person }) => person).sort(), want);
      for (const told of signoffs)
        assert.equal(
          /bytes are still those/.test(standingText(told)),
          told.person !== 'ada',
          standingText(told),
        );
      assert.match(
        standingText(signoffs.find(({ person }) => person === 'ada') ?? assert.fail()),
        /^landed; it covers the change as a whole/,
      );
    });
  }
}

test('the trail of the decision shows them all', async () => {
  assert.deepEqual(
    [
      ...signers(
        (await trail(await repository.open(), { kind: 'record', id: 'DR-MANY0001' })).step,
      ),
    ].sort(),
    ['ada', 'ben', 'cy'],
  );
});
