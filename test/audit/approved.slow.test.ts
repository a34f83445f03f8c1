import { strict as assert } from 'node:assert';
import { after, before, test } from 'node:test';
import { approvedBytes } from '../../src/app/approved.ts';
import type { ApprovedBytes } from '../../src/core/gate/approval.ts';
import { sha256Hex } from '../../src/core/gate/change-digest.ts';
import { ModelRepository } from './model-repository.ts';

let repository: ModelRepository;

before(async () => {
  repository = await ModelRepository.withPolicy();
  await repository.landSigned('raise', 13);
  await repository.landSigned('more', 14);
  await repository.branch('many');
  for (let index = 0; index < 1001; index++)
    await repository.write(`model/part-${index}.py`, `part = ${index}\n`);
  await repository.write('model/same.py', 'bar = 13\n');
  await repository.commit('More files than a manifest lists', 'ada');
  await repository.signBoth();
  await repository.merge('many');
  await repository.write('model/score.py', 'bar = 1\n');
  await repository.commit('Quietly', 'ada');
});

after(() => repository.remove());

async function ask(text: string): Promise<ApprovedBytes> {
  const { files } = await approvedBytes(
    await repository.open(),
    [{ file: null, sha256: sha256Hex(new TextEncoder().encode(text)) }],
    { now: new Date(repository.now) },
  );
  return files[0] as ApprovedBytes;
}

const cases: readonly {
  readonly name: string;
  readonly text: string;
  readonly approved: boolean;
  readonly as?: readonly (readonly [path: string, current: boolean])[];
  readonly unapproved?: readonly string[];
}[] = [
  {
    name: 'bytes that stood, were replaced, and landed again under another name',
    text: 'bar = 13\n',
    approved: true,
    as: [
      ['model/score.py', false],
      ['model/same.py', true],
    ],
  },
  {
    name: 'bytes that two people signed and that nobody should have replaced',
    text: 'bar = 14\n',
    approved: true,
    as: [['model/score.py', false]],
  },
  {
    name: 'one file of a landing that is too large for a manifest',
    text: 'part = 1000\n',
    approved: true,
    as: [['model/part-1000.py', true]],
  },
  {
    name: 'bytes that landed without a signature',
    text: 'bar = 1\n',
    approved: false,
    unapproved: ['unsigned'],
  },
  {
    name: 'bytes that stood before the first policy',
    text: 'bar = 12\n',
    approved: false,
    unapproved: ['unprotected'],
  },
  { name: 'bytes that never landed', text: 'bar = 99\n', approved: false, unapproved: [] },
  {
    name: 'a manifest names sign-offs no more than itself',
    text: '',
    approved: false,
    unapproved: [],
  },
];

for (const { name, text, approved, as = [], unapproved = [] } of cases) {
  test(`approved: ${name}`, async () => {
    const found = await ask(text);
    assert.equal(found.approved, approved);
    assert.deepEqual(
      found.approvals.map(({ path, current }) => [path, current]),
      as,
    );
    assert.deepEqual(
      found.unapproved.map(({ state }) => state),
      unapproved,
    );
    for (const { by, rule } of found.approvals) {
      assert.equal(rule, 'model-change');
      assert.deepEqual(by.map(({ person, role }) => `${person} ${role}`).sort(), [
        'ada model-owner',
        'ben validator',
      ]);
    }
  });
}

test('bytes that landed before the first policy are told with the commit that brought them', async () => {
  const [landed, ...more] = (await ask('bar = 12\n')).unapproved;
  const brought = await repository.git('rev-list', '--max-parents=0', 'main');
  assert.deepEqual(
    [landed, more],
    [
      {
        landing: brought,
        time: '2026-01-05T09:00:00Z',
        rule: null,
        path: 'model/score.py',
        state: 'unprotected',
      },
      [],
    ],
  );
});
