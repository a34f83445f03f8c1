/** Checks over the years after an exception: what it promised is owed until it is signed, whoever changes keys or leaves meanwhile. */
import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { audit } from '../../src/app/audit.ts';
import { check } from '../../src/app/check.ts';
import { landExcepted, landPolicy } from './landings.ts';
import { ModelRepository, policy } from './model-repository.ts';
import { signers } from './people-keys.ts';

type Step = (repository: ModelRepository, landed: string) => Promise<void>;

const leave: Step = (repository) =>
  changePolicy(repository, policy.replace('[ben, cy]', '[cy]'), () => signers({}, {}, ['ben']));
const newAdminKey: Step = (repository) =>
  changePolicy(repository, policy, () => signers({ eve: 'new' }));
const follow =
  (...who: readonly (readonly ['ada' | 'ben' | 'cy', string])[]): Step =>
  async (repository, range) => {
    await repository.branch(`follow-${repository.now}`);
    for (const [person, role] of who) await repository.sign(person, role, { range });
    await repository.merge(await repository.git('branch', '--show-current'));
  };
const owner = ['ada', 'model-owner'] as const;
const ben = ['ben', 'validator'] as const;
const cy = ['cy', 'validator'] as const;

/** What has happened since the exception, and what a check says within the promised days and long after. */
const rows: readonly {
  readonly name: string;
  readonly steps: readonly Step[];
  readonly soon: string;
  readonly late: string;
}[] = [
  { name: 'nothing', steps: [], soon: 'pass follow-up-open', late: 'fail overdue' },
  {
    name: 'one approval of two',
    steps: [follow(owner)],
    soon: 'pass follow-up-open',
    late: 'fail overdue',
  },
  { name: 'both approvals', steps: [follow(owner, ben)], soon: 'pass ', late: 'pass ' },
  {
    name: 'both approvals, one after the other',
    steps: [follow(owner), follow(cy)],
    soon: 'pass ',
    late: 'pass ',
  },
  {
    name: 'approvals by the owner twice',
    steps: [follow(owner), follow(owner)],
    soon: 'pass follow-up-open',
    late: 'fail overdue',
  },
  {
    name: 'both approvals, and then one who signed left',
    steps: [follow(owner, ben), leave],
    soon: 'pass ',
    late: 'pass ',
  },
  {
    name: 'one approval, its signer left, and the other approval',
    steps: [follow(ben), leave, follow(owner)],
    soon: 'pass ',
    late: 'pass ',
  },
  {
    name: 'an approval by one who had left before',
    steps: [leave, follow(owner, ben)],
    soon: 'pass follow-up-open',
    late: 'fail overdue',
  },
  {
    name: 'another key for who made the exception',
    steps: [newAdminKey],
    soon: 'pass follow-up-open',
    late: 'fail overdue',
  },
];

for (const { name, steps, soon, late } of rows) {
  test(`checks after an exception and ${name}`, async (context) => {
    const repository = await ModelRepository.withPolicy();
    context.after(() => repository.remove());
    const landed = await landExcepted(repository);
    for (const step of steps) await step(repository, landed);
    assert.equal(await checked(repository, 0), soon);
    assert.equal(await checked(repository, 30), late);
  });
}

test('an audit that begins after an exception, or after an approval on a condition, says what became of it', async (context) => {
  const repository = await ModelRepository.withPolicy();
  context.after(() => repository.remove());
  await landExcepted(repository);
  await repository.branch('conditional');
  await repository.write('model/more.py', 'x = 1\n');
  await repository.commit('More', 'ada');
  await repository.sign('ada', 'model-owner');
  await repository.sign('ben', 'validator', {
    over: {
      conditions: [{ text: 'rehearse', owner: 'ada', due: repository.time(20).slice(0, 10) }],
    },
  });
  const since = await repository.merge('conditional');
  const at = async (days: number): Promise<readonly unknown[]> => {
    const { result } = await audit(await repository.open(), {
      since,
      now: new Date(repository.now + days * 86_400_000),
    });
    return [
      result.exit,
      result.landings.length,
      result.owed.exceptions.map(({ person }) => person),
      result.owed.conditions.map(({ text }) => text),
    ];
  };
  assert.deepEqual(await at(1), [0, 0, [], []]);
  assert.deepEqual(await at(15), [1, 0, ['eve'], []]);
  assert.deepEqual(await at(30), [1, 0, ['eve'], ['rehearse']]);
  const { result } = await audit(await repository.open(), {
    now: new Date(repository.now + 30 * 86_400_000),
  });
  assert.deepEqual([result.exit, result.owed], [1, { exceptions: [], conditions: [] }]);
});

async function checked(repository: ModelRepository, days: number): Promise<string> {
  const { verdict, exceptions } = await check(await repository.open(), {
    source: { kind: 'range', from: 'main', to: 'main' },
    now: new Date(repository.now + days * 86_400_000),
  });
  return `${verdict} ${exceptions.map(({ state }) => state).join(' ')}`;
}

function changePolicy(
  repository: ModelRepository,
  text: string,
  keys: () => Promise<string>,
): Promise<void> {
  return landPolicy(repository, 'policy', async () => {
    await repository.write('.countersign/policy.yaml', text);
    await repository.write('.countersign/allowed_signers', await keys());
  });
}
