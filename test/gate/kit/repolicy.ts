import type { ModelRepo } from './model-repo.ts';
import { policyText, policyValue, type PolicyValue, policyWithRule } from './policy.ts';

export const policyPath = '.countersign/policy.yaml';
export const signersPath = '.countersign/allowed_signers';
export const checklistPath = '.countersign/checklists/model-change.yaml';

/** Writes another policy on the branch. */
export async function repolicy(
  repo: ModelRepo,
  value: PolicyValue | string,
  who = 'ada',
): Promise<void> {
  repo.write(policyPath, typeof value === 'string' ? value : policyText(value));
  await repo.commit('policy', who);
}

export const stricter = policyValue({
  exceptions: { role: 'policy-admin', count: 1, max_days: 2, follow_up_days: 10 },
});

export const ranOut = 'namespaces="model-signoff",valid-before="20200101Z"';

export const withoutValidators = policyWithRule({ require: [{ role: 'model-owner', count: 1 }] });

export const paths = (...globs: readonly string[]): { readonly paths: readonly string[] } => ({
  paths: ['model/**', ...globs],
});
