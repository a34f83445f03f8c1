import type { Finding } from '../core/finding/finding.ts';
import type { CheckResult } from '../core/gate/check-result.ts';
import { shellWord } from '../core/render/shell-word.ts';
import { nothingJudged } from '../core/gate/results-without-change.ts';
import type { CheckRequest } from './check-request.ts';
import { keyFindings } from './head-policy.ts';
import { stageCommand } from './left-out.ts';
import { asBrought, globFindings, loadPolicy } from './load-policy.ts';
import type { Repository } from './repository.ts';
import type { Git } from './ports.ts';
import { hasTip, tipName, tipOf } from './revisions.ts';
import { rootDigestOf } from './root-digest.ts';
import type { RuledChange } from './ruled-change.ts';

/** Without a policy nothing is protected: said aloud, and refused where the caller asks for a policy. */
export async function unprotectedResult(
  repository: Repository,
  { change, branch }: Pick<RuledChange, 'change' | 'branch'>,
  request: Omit<CheckRequest, 'source' | 'target'>,
): Promise<CheckResult> {
  const first = await loadPolicy(repository.git, change.lands);
  const now = request.now ?? repository.clock.now();
  const broken = (first ? [...asBrought(first), ...keyFindings(first, null, now)] : []).filter(
    ({ severity }) => severity === 'error',
  );
  const root = first ? await rootDigestOf(repository.git, change.lands) : null;
  const stale = await staleFinding(repository.git, change, branch);
  const trusted =
    root !== null && request.trustRoot === root && broken.length === 0 && stale === null;
  const findings = [
    ...broken,
    ...(stale ? [stale] : []),
    ...(stale || trusted
      ? []
      : [
          explain(placeOf(change, branch), root, {
            ...request,
            written: (await repository.files.read('.countersign/policy.yaml')) !== null,
            staging: await stageCommand(repository.git),
          }),
        ]),
    ...(first ? await globFindings(repository.git, first, change.lands) : []),
  ];
  const failed =
    !trusted &&
    (stale !== null ||
      broken.length > 0 ||
      request.requirePolicy === true ||
      request.trustRoot !== undefined);
  const untrusted = broken.length > 0 ? 'fail' : 'unprotected';
  return {
    ...nothingJudged,
    verdict: trusted ? 'pass' : untrusted,
    exit: failed ? 1 : 0,
    stage: typeof request.stage === 'string' ? request.stage : 'all',
    tip: change.tip,
    head: change.head,
    lands: change.lands,
    target: change.target,
    ungoverned: change.entries.length,
    examined: {
      entries: change.entries.length,
      commits: change.commits.length,
      records: 0,
      signoffs: 0,
      skipped: 0,
    },
    findings,
    next: findings[0]?.fix ?? null,
  };
}

/** The branch may have got its policy since the commit that was named: held against that one, nothing would be judged. */
async function staleFinding(
  git: Git,
  { refs }: RuledChange['change'],
  { ref, tip }: RuledChange['branch'],
): Promise<Finding | null> {
  const known = hasTip(refs, ref) ? tipOf(refs, ref) : tip;
  if (known === tip || (await loadPolicy(git, known)) === null) return null;
  const name = tipName(refs, ref);
  return {
    code: 'policy/older-tip',
    severity: 'error',
    message: `${ref.replace('refs/heads/', '')} at ${tip.slice(0, 12)} has no policy, and ${name} has one: nothing was held against it`,
    fix: `say the branch as it stands: countersign check --range ${shellWord(name)}...HEAD`,
  };
}

/** A branch, and the commit that was looked at where a range named another than its tip. */
function placeOf({ refs }: RuledChange['change'], { ref, tip }: RuledChange['branch']): string {
  const name = ref.replace('refs/heads/', '');
  return hasTip(refs, ref) && tipOf(refs, ref) !== tip ? `${name} at ${tip.slice(0, 12)}` : name;
}

function explain(
  branch: string,
  root: string | null,
  {
    requirePolicy,
    trustRoot,
    written,
    staging,
  }: Omit<CheckRequest, 'source' | 'target'> & {
    readonly written: boolean;
    readonly staging: string;
  },
): Finding {
  const severity = requirePolicy || trustRoot !== undefined ? 'error' : 'warning';
  if (root === null)
    return {
      code: 'policy/none',
      severity,
      message: `${branch} has no .countersign/policy.yaml: nothing is protected`,
      fix: written
        ? `land the policy that is here: ${staging} .countersign && git commit, then bring it to ${branch.split(' at ')[0]}`
        : 'countersign init, then land the policy',
    };
  if (trustRoot !== undefined)
    return {
      code: 'policy/trust-root',
      severity,
      message: `the first policy that this change brings is ${root}, not the one that was named`,
      fix: 'look at the policy; if it is the right one, give its digest: countersign check --trust-root <digest>',
    };
  return {
    code: 'policy/first',
    severity,
    message: `${branch} has no policy yet; this change brings the first one, and nothing protects it until it has landed`,
    fix: `land it (git push); where a policy is required, who runs the check accepts it by its digest: countersign check --trust-root ${root}`,
  };
}
