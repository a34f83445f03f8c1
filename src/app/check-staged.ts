import type { CheckResult } from '../core/gate/check-result.ts';
import { judgeChange } from './check.ts';
import type { Repository } from './repository.ts';
import { readRuledChange } from './ruled-change.ts';

/**
 * What is staged, read once and judged twice: whether it may land on its target, and whether the hook would let a commit of
 * it through now, word for word as the hook says it.
 *
 * @throws CountersignError where it cannot be judged
 */
export async function checkStaged(
  repository: Repository,
): Promise<{ readonly result: CheckResult; readonly commit: CheckResult }> {
  return repository.session(async (git) => {
    const reading = { ...repository, git };
    const { result, at } = await judgeChange(
      reading,
      await readRuledChange(reading, { kind: 'staged' }),
      {},
    );
    return { result, commit: at({ hook: 'pre-commit' }) };
  });
}
