import type { Case } from './cases.ts';
import { decided, decisionPath, put, sign } from './measured.ts';
import { type PolicyValue, policyWithRule } from './policy.ts';

/** A policy whose rule asks for evidence. */
export const asking = (...evidence: readonly PolicyValue[]) => ({
  policy: policyWithRule({ evidence }),
});

/** The usual change with this decision, signed by both who list it. */
export const listed =
  (more: string, others: Readonly<Record<string, string>> = {}): Case['play'] =>
  async (repo) => {
    await repo.change();
    await put(repo, { [decisionPath]: decided(more), ...others });
    await sign(
      repo,
      decisionPath,
      ...Object.keys(others).filter((path) => /^\.countersign\/(?:feedback|reviews)\//.test(path)),
    );
  };
