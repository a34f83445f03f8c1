import { type VerificationSummary, verificationSummary } from '../core/render/vsa.ts';
import { type AuditRequest, audit } from './audit.ts';
import { landedPointers } from './blob-contents.ts';
import { loadPolicy } from './load-policy.ts';
import { refuseUnsignedRename } from './refuse-unsigned-rename.ts';
import type { Repository } from './repository.ts';

/** What a summary says of whoever made it. `resource` is where others fetch the repository; a name of its own where absent. */
export type VsaTerms = {
  readonly version: string;
  readonly verifier?: string | undefined;
  readonly resource?: string | undefined;
};

/** A verification summary of each landing that was held against a policy, oldest first. */
export async function exportVsa(
  repository: Repository,
  request: AuditRequest,
  terms: VsaTerms,
): Promise<readonly VerificationSummary[]> {
  const { result, landings } = await audit(repository, request);
  await refuseUnsignedRename(repository, result);
  const pointers = await landedPointers(repository, landings);
  const name = (await loadPolicy(repository.git, result.tip))?.policy?.repository ?? 'unnamed';
  const resource = terms.resource ?? `urn:countersign:repository:${encodeURIComponent(name)}`;
  return landings.flatMap(
    (landing) =>
      verificationSummary(landing, {
        verifier: terms.verifier ?? 'urn:countersign:gate',
        version: terms.version,
        resource,
        target: result.target,
        pointers,
      }) ?? [],
  );
}
