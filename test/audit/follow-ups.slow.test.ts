/** Checks over the years after an exception: what it promised is owed until it is signed, whoever changes keys or leaves meanwhile. */
import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { check } from '../../src/app/check.ts';
import { ModelRepository, policy, signedText, signers } from './model-repository.ts';

type Step = (repository: ModelRepository, landed: string) => Promise<void>;

const leave: Step = (repository) => changePolicy(repository, policy.replace('[ben, cy]', '[cy]'), () => signers({}, {}, ['ben']));
const newAdminKey: Step = (repository) => changePolicy(repository, policy, () => signers({ eve: 'new' }));
const follow = (...who: readonly (readonly ['ada' | 'ben' | 'cy', string])[]): Step => async (repository, range) => {
  await repository.branch(`follow-${repository.now}`);
  for (const [person, role] of who) await repository.sign(person, role, { range });
  await repository.merge(await repository.git('branch', '--show-current'));
};
const owner = ['ada', 'model-owner'] as const;
const ben = ['ben', 'validator'] as const;
const cy = ['cy', 'validator'] as const;

/** What has happened since the exception, and what a check says within the promised days and long after. */
const rows: readonly { readonly name: string; readonly steps: readonly Step[]; readonly soon: string; readonly late: string }[] = [
  { name: 'nothing', steps: [], soon: 'pass follow-up-open', late: 'fail overdue' },
  { name: 'one approval of two', steps: [follow(owner)], soon: 'pass follow-up-open', late: 'fail overdue' },
  { name: 'both approvals', steps: [follow(owner, ben)], soon: 'pass ', late: 'pass ' },
  { name: 'both approvals, one after the other', steps: [follow(owner), follow(cy)], soon: 'pass ', late: 'pass ' },
  { name: 'approvals by the owner twice', steps: [follow(owner), follow(owner)], soon: 'pass follow-up-open', late: 'fail overdue' },
  { name: 'both approvals, and then one who signed left', steps: [follow(owner, ben), leave], soon: 'pass ', late: 'pass ' },
  { name: 'one approval, its signer left, and the other approval', steps: [follow(ben), leave, follow(owner)], soon: 'pass ', late: 'pass ' },
  { name: 'an approval by one who had left before', steps: [leave, follow(owner, ben)], soon: 'pass follow-up-open', late: 'fail overdue' },
  { name: 'another key for who made the exception', steps: [newAdminKey], soon: 'pass follow-up-open', late: 'fail overdue' },
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

async function checked(repository: ModelRepository, days: number): Promise<string> {
  const { verdict, exceptions } = await check(await repository.open(), { source: { kind: 'range', from: 'main', to: 'main' }, now: new Date(repository.now + days * 86_400_000) });
  return `${verdict} ${exceptions.map(({ state }) => state).join(' ')}`;
}

/** Lands a change under an exception of Eve's; returns its range. */
async function landExcepted(repository: ModelRepository): Promise<string> {
  const before = await repository.git('rev-parse', 'main');
  await repository.branch('emergency');
  await repository.write('model/score.py', 'bar = 13\n');
  await repository.commit('Mend what is shown now', 'ada');
  const { digest, nonce } = await repository.payload('eve', 'policy-admin', {});
  const payload = { repository: 'wage-model', target: 'refs/heads/main', rule: 'model-change', digest, person: 'eve', role: 'policy-admin', reason: 'wrong wages are shown', expires: repository.time(1), follow_up_by: repository.time(8).slice(0, 10), signed_at: repository.time(), nonce };
  await repository.write('.countersign/exceptions/EX-WAGE01.yaml', await signedText('exception', payload, 'eve'));
  await repository.commit('Let it pass for now', 'eve');
  return `${before}...${await repository.merge('emergency')}`;
}

async function changePolicy(repository: ModelRepository, text: string, keys: () => Promise<string>): Promise<void> {
  await repository.branch('policy');
  await repository.write('.countersign/policy.yaml', text);
  await repository.write('.countersign/allowed_signers', await keys());
  await repository.commit('Change the policy', 'ada');
  await repository.sign('eve', 'policy-admin', { rule: 'policy-change' });
  await repository.sign('fay', 'policy-admin', { rule: 'policy-change' });
  await repository.merge('policy');
}
