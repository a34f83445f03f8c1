import { type ModelRepository, signedText } from './model-repository.ts';

/** Lands an edit of the policy, signed by both policy-admins. */
export async function landPolicy(
  repository: ModelRepository,
  name: string,
  edit: () => Promise<void>,
): Promise<void> {
  await repository.branch(name);
  await edit();
  await repository.commit('Change the policy', 'ada');
  await repository.sign('eve', 'policy-admin', { rule: 'policy-change' });
  await repository.sign('fay', 'policy-admin', { rule: 'policy-change' });
  await repository.merge(name);
}

/** Lands a change under an exception of Eve's; returns its range. */
export async function landExcepted(repository: ModelRepository): Promise<string> {
  const before = await repository.git('rev-parse', 'main');
  await repository.branch('emergency');
  await repository.write('model/score.py', 'bar = 13\n');
  await repository.commit('Mend what is shown now', 'ada');
  const { digest, nonce } = await repository.payload('eve', 'policy-admin', {});
  const payload = {
    repository: 'wage-model',
    target: 'refs/heads/main',
    rule: 'model-change',
    digest,
    person: 'eve',
    role: 'policy-admin',
    reason: 'wrong wages are shown',
    expires: repository.time(1),
    follow_up_by: repository.time(8).slice(0, 10),
    signed_at: repository.time(),
    nonce,
  };
  await repository.write(
    '.countersign/exceptions/EX-WAGE01.yaml',
    await signedText('exception', payload, 'eve'),
  );
  await repository.commit('Let it pass for now', 'eve');
  return `${before}...${await repository.merge('emergency')}`;
}
