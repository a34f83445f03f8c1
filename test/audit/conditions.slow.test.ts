import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { approvedBytes } from '../../src/app/approved.ts';
import { audit } from '../../src/app/audit.ts';
import { exportVsa } from '../../src/app/export-vsa.ts';
import { sha256Hex } from '../../src/core/gate/change-digest.ts';
import { approvedText } from '../../src/core/render/approved-text.ts';
import { auditText } from '../../src/core/render/audit-text.ts';
import { landExcepted } from './landings.ts';
import { ModelRepository, signedPayloadId } from './model-repository.ts';

const condition = { text: 'measure the rural slice', owner: 'ada', due: '2026-01-10' };
const inTime = new Date('2026-01-10T23:59:59Z');
const late = new Date('2026-01-11T00:00:00Z');

/** Lands a change that Ben approved on a condition; returns the condition as `meets` names it. */
async function conditional(
  repository: ModelRepository,
): Promise<{ readonly payload: string; readonly condition: number }> {
  await repository.branch('raise');
  await repository.write('model/score.py', 'bar = 13\n');
  await repository.commit('Raise', 'ada');
  await repository.sign('ada', 'model-owner');
  const path = await repository.sign('ben', 'validator', { over: { conditions: [condition] } });
  await repository.merge('raise');
  return { payload: await signedPayloadId(repository, path), condition: 0 };
}

async function landAnother(
  repository: ModelRepository,
  over: Readonly<Record<string, unknown>>,
  closer: 'ben' | 'cy' = 'ben',
): Promise<string> {
  await repository.branch('another');
  await repository.write('model/score.py', 'bar = 14\n');
  await repository.commit('Raise again', 'ada');
  await repository.sign('ada', 'model-owner', closer === 'ben' ? {} : { over });
  await repository.sign('ben', 'validator', closer === 'ben' ? { over } : {});
  return repository.merge('another');
}

type Case = {
  readonly name: string;
  readonly make: (repository: ModelRepository) => Promise<unknown>;
  readonly now: Date;
  readonly want: readonly (readonly [state: string, met: boolean])[];
  readonly exit: 0 | 1;
  readonly level: readonly string[];
};
const cases: readonly Case[] = [
  {
    name: 'in time',
    make: conditional,
    now: inTime,
    want: [['open', false]],
    exit: 0,
    level: ['COUNTERSIGN_SIGNED', 'COUNTERSIGN_OPEN_CONDITION'],
  },
  {
    name: 'overdue',
    make: conditional,
    now: late,
    want: [['overdue', false]],
    exit: 1,
    level: ['FAILED', 'COUNTERSIGN_OPEN_CONDITION'],
  },
  {
    name: 'met by a later landing',
    make: async (repository) => landAnother(repository, { meets: [await conditional(repository)] }),
    now: late,
    want: [['met', true]],
    exit: 0,
    level: ['COUNTERSIGN_SIGNED'],
  },
  {
    name: 'another condition met',
    make: async (repository) =>
      landAnother(repository, { meets: [{ ...(await conditional(repository)), condition: 1 }] }),
    now: late,
    want: [['overdue', false]],
    exit: 1,
    level: ['FAILED', 'COUNTERSIGN_OPEN_CONDITION'],
  },
  {
    name: 'called met by somebody of another role',
    make: async (repository) =>
      landAnother(repository, { meets: [await conditional(repository)] }, 'cy'),
    now: late,
    want: [['overdue', false]],
    exit: 1,
    level: ['FAILED', 'COUNTERSIGN_OPEN_CONDITION'],
  },
  {
    name: 'of an approval that its signer replaced by one without it, before it landed',
    make: replaced,
    now: late,
    want: [],
    exit: 0,
    level: ['COUNTERSIGN_SIGNED'],
  },
];

async function replaced(repository: ModelRepository): Promise<void> {
  await repository.branch('raise');
  await repository.write('model/score.py', 'bar = 13\n');
  await repository.commit('Raise', 'ada');
  await repository.sign('ada', 'model-owner');
  const path = await repository.sign('ben', 'validator', { over: { conditions: [condition] } });
  await repository.sign('ben', 'validator', {
    over: { replaces: await signedPayloadId(repository, path) },
  });
  await repository.merge('raise');
}

for (const { name, make, now, want, exit, level } of cases) {
  test(`a condition of an approval, ${name}: audit, approved bytes and the summary say so`, async (context) => {
    const repository = await ModelRepository.withPolicy();
    context.after(() => repository.remove());
    await make(repository);
    const open = await repository.open();
    const { result } = await audit(open, { now });
    const [, , landed, later] = result.landings;
    assert.deepEqual(
      landed?.conditions.map(({ state, met_in }) => [
        state,
        met_in !== null && met_in === later?.to,
      ]),
      want,
    );
    for (const told of landed?.conditions ?? [])
      assert.deepEqual(
        [told.text, told.owner, told.due, told.by, told.role, told.rule],
        [condition.text, 'ada', condition.due, 'ben', 'validator', 'model-change'],
      );
    assert.equal(result.exit, exit);
    assert.deepEqual(later?.conditions ?? [], []);

    const [summary] = await exportVsa(open, { now }, { version: '1.2.3' });
    assert.deepEqual(summary?.predicate.verifiedLevels, level);
    assert.equal(summary?.predicate.verificationResult, exit === 0 ? 'PASSED' : 'FAILED');
    assert.deepEqual(
      summary?.predicate.countersign_conditions?.map(({ state }) => state) ?? [],
      want.map(([state]) => state),
    );

    const approved = await approvedBytes(
      open,
      [{ file: null, sha256: sha256Hex(new TextEncoder().encode('bar = 13\n')) }],
      { now },
    );
    assert.deepEqual(approved.files[0]?.approvals[0]?.conditions, landed?.conditions);
    for (const text of [auditText(result, 200), approvedText(approved)])
      assert.equal(text.includes('ada by 2026-01-10: measure the rural slice'), want.length > 0);
  });
}

test('a condition of an approval that follows an exception stands where it landed, and on the bytes that landed before', async (context) => {
  const repository = await ModelRepository.withPolicy();
  context.after(() => repository.remove());
  const range = await landExcepted(repository);
  await repository.branch('follow-up');
  await repository.sign('ada', 'model-owner', { range });
  await repository.sign('ben', 'validator', { range, over: { conditions: [condition] } });
  await repository.merge('follow-up');
  const { result } = await audit(await repository.open(), { now: late });
  assert.deepEqual(
    result.landings
      .slice(2)
      .map(({ state, conditions }) => [state, conditions.map(({ state: became }) => became)]),
    [
      ['excepted', []],
      ['ungoverned', ['overdue']],
    ],
  );
  assert.equal(result.exit, 1);
  const { files } = await approvedBytes(
    await repository.open(),
    [{ file: null, sha256: sha256Hex(new TextEncoder().encode('bar = 13\n')) }],
    { now: late },
  );
  assert.deepEqual(
    files[0]?.approvals[0]?.conditions.map(({ state }) => state),
    ['overdue'],
  );
});
