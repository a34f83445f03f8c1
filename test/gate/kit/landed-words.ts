import { signerLines } from './keys.ts';
import { type ModelRepo, scoreText } from './model-repo.ts';
import { modelRule, policyText, policyValue, type PolicyValue, policyWithRule } from './policy.ts';

export const owner = { upTo: 'owner' } as const;
export const later = '2026-12-02T00:00:00Z';
export const policyPath = '.countersign/policy.yaml';
export const signersPath = '.countersign/allowed_signers';

/** Changes the policy as two admins sign for it. */
export async function repolicy(
  repo: ModelRepo,
  policy: PolicyValue,
  payload: Record<string, unknown> = {},
): Promise<void> {
  repo.write(policyPath, policyText(policy));
  await repo.commit('policy', 'ada');
  await repo.admins({ payload });
}

export async function withoutKeyOf(repo: ModelRepo, who: string): Promise<void> {
  repo.write(
    signersPath,
    await signerLines(['ada', 'ben', 'cy', 'dee', 'eve', 'fay'].filter((one) => one !== who)),
  );
  await repo.commit('keys', 'ada');
  await repo.admins();
}

/** Lands the usual change under an exception of Eve's. */
export async function excepted(repo: ModelRepo): Promise<void> {
  await repo.exception('eve');
  await repo.land();
}

/** An approval of what landed under the exception. */
export async function followUp(
  repo: ModelRepo,
  who: string,
  role: string,
  steps = 3,
): Promise<void> {
  const { digest, manifest } = await repo.payload(who, role, {
    head: `main~${steps - 3}`,
    target: await repo.git('rev-parse', `main~${steps}`),
  });
  await repo.signoff(who, role, {
    payload: { digest, manifest, signed_at: '2026-11-23T12:00:00Z' },
  });
}

export const condition = { text: 'measure the rural slice', owner: 'ada', due: '2026-11-30' };

/** Lands the usual change, which Ben approved on a condition; the id of what he signed. */
export async function conditional(repo: ModelRepo): Promise<string> {
  const path = await repo.signoff('ben', 'validator', { payload: { conditions: [condition] } });
  await repo.land();
  return repo.payloadId(path);
}

export const renamed = policyWithRule({ id: 'model' });
export const narrowed = policyWithRule({ paths: ['model/weights/**'] });
export const removed = policyValue({ rules: [{ ...modelRule, id: 'docs', paths: ['docs/**'] }] });

export const stranded = ['fail', 'policy/strands-promise'] as const;

/** Ben rejects the usual change, and his reject lands without it. */
export async function rejectLands(repo: ModelRepo): Promise<string> {
  await repo.git('switch', '-q', '-C', 'change', 'main');
  await repo.change();
  const path = await repo.signoff('ben', 'validator', {
    payload: { decision: 'reject' },
    commit: false,
  });
  const text = await repo.read(path);
  await repo.git('switch', '-q', '-f', '-C', 'words', 'main');
  repo.write(path, text);
  await repo.commit('reject', 'ben');
  await repo.land();
  return repo.payloadId(path);
}

export async function tryAgain(repo: ModelRepo, more: Record<string, unknown> = {}): Promise<void> {
  await repo.land('again');
  await repo.change();
  await repo.signoff('ada', 'model-owner', more);
  await repo.signoff('cy', 'validator', more);
}

export const rejected = ['fail', 'signoff/rejected'] as const;

/** Another change of the model, which Ada and Cy approve. */
export async function tryAgain2(
  repo: ModelRepo,
  payload: Record<string, unknown> = {},
): Promise<void> {
  await repo.land('another');
  await repo.change('ada', scoreText.replace('> 12', '> 14'));
  await repo.signoff('ada', 'model-owner');
  await repo.signoff('cy', 'validator', { payload });
}
