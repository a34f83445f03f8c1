import { runPushHook } from '../../../src/app/hook-run.ts';
import type { CheckResult } from '../../../src/core/gate/check-result.ts';
import { openRepository } from '../../../src/node/repository.ts';
import type { ModelRepo } from './model-repo.ts';

/** What the hook before pushes says of one push. */
export async function pushed(
  repo: ModelRepo,
  remoteRef: string,
  local: string,
  remoteOid: string,
): Promise<CheckResult | undefined> {
  const oid = await repo.git('rev-parse', local);
  const [check] = await runPushHook(
    await openRepository(repo.dir, process.env),
    `refs/heads/${local} ${oid} ${remoteRef} ${remoteOid}\n`,
  );
  return check?.result;
}

export const nothing = '0'.repeat(40);
