import { signerLines } from './keys.ts';
import type { ModelRepo } from './model-repo.ts';
import { checklistText, policyWithRule } from './policy.ts';

export const forgePolicy = (changes: Record<string, unknown> = {}) =>
  policyWithRule(
    {
      require: [
        { role: 'model-owner', count: 1 },
        { role: 'validator', count: 1, independent: true, accept: ['key', 'forge'], ...changes },
      ],
    },
    { attestors: [{ forge: 'github', principal: 'forge@example.org' }] },
  );

/** Nobody can answer a question on a forge, so those of the checklist are for roles that have keys. */
export const checklist = checklistText.replace('by: both', 'by: both, roles: [model-owner]');

export const withForge =
  (policy = forgePolicy(), files: Readonly<Record<string, string>> = {}) =>
  async () => ({
    policy,
    checklist,
    files,
    signers: await signerLines(['ada', 'ben', 'cy', 'dee', 'eve', 'fay', 'forge']),
  });

/** What a CI job signs of an approval by somebody's login. */
export async function attested(
  repo: ModelRepo,
  who: string,
  login: string,
  more: {
    readonly key?: string;
    readonly role?: string;
    readonly payload?: Record<string, unknown>;
    readonly rule?: string;
  } = {},
): Promise<void> {
  const commit = await repo.git('rev-parse', 'HEAD');
  await repo.signoff(who, more.role ?? 'validator', {
    key: more.key ?? 'forge',
    committer: 'ada',
    ...(more.rule ? { rule: more.rule } : {}),
    payload: { answers: {}, via: { forge: 'github', login, commit }, ...more.payload },
  });
}
