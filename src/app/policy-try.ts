import { readPolicyCase } from '../core/gate/policy-case.ts';
import {
  compareReplays,
  countOutcomes,
  type PolicyTrial,
  reasons,
  type TriedCase,
} from '../core/gate/policy-trial.ts';
import { matchesAny } from '../core/gate/scope.ts';
import { asNobody } from './author-identity.ts';
import { audit } from './audit.ts';
import { type CandidatePolicy, candidateAt, readCandidate } from './candidate-policy.ts';
import { readChange } from './change.ts';
import { judgeChange } from './check.ts';
import { CountersignError } from './errors.ts';
import { checklistFolder, readChecklists } from './load-policy.ts';
import type { Repository } from './repository.ts';
import { rulesBy } from './ruled-change.ts';
import { policyBranch, takenBranch } from './policy-branch.ts';
import { readRefs } from './refs.ts';

/** What is tried, and on what: the file is named for messages alone. */
export type TrialRequest = {
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly target?: string | undefined;
  readonly since?: string | undefined;
  readonly now?: Date | undefined;
};

/** Where cases are kept. */
const caseFolder = '.countersign/cases/';

const decoder = new TextDecoder();

/**
 * Judges what landed, and the cases of the working tree, by a candidate policy: with the keys, the checklists, the
 * signatures and the time of then. What the policies of then let land is told beside it.
 *
 * @throws CountersignError where it cannot be judged: a policy that could not land, missing history, a case that cannot be read
 */
export async function tryPolicy(
  repository: Repository,
  { file, bytes, ...request }: TrialRequest,
): Promise<PolicyTrial> {
  const candidate = readCandidate(file, bytes, await workingChecklists(repository));
  await refuseOtherBranch(repository, candidate, file, request.target);
  const { result: past } = await audit(repository, request);
  const { result: tried } = await audit(repository, { ...request, candidate });
  const landings = compareReplays(past.landings, tried.landings);
  return {
    schema: 'countersign/policy-try@1',
    target: past.target,
    since: past.since,
    tip: past.tip,
    policy: { file, digest: candidate.digest },
    landings,
    counts: countOutcomes(landings),
    cases: await tryCases(repository, candidate),
  };
}

async function workingChecklists({ files }: Repository): Promise<CandidatePolicy['checklists']> {
  const listed = (await files.list(checklistFolder)).filter(({ kind }) => kind === 'file');
  return readChecklists(
    await Promise.all(
      listed.map(async ({ path }) => ({
        path,
        bytes: (await files.read(path)) ?? new Uint8Array(),
      })),
    ),
  );
}

/** A policy for another branch would say of every landing that it knows no such target. */
async function refuseOtherBranch(
  { git }: Repository,
  { policy: { targets } }: CandidatePolicy,
  file: string,
  target: string | undefined,
): Promise<void> {
  const branch = (await policyBranch(git, await readRefs(git))).ref.slice('refs/heads/'.length);
  if (targets[0] !== branch)
    throw new CountersignError(
      'policy/branch',
      `the policy branch is ${branch}, but the first of the targets of ${file} is ${targets[0]}`,
      `name ${branch} first in the policy, or git config countersign.target ${targets[0]}`,
    );
  const short = target?.replace(/^refs\/heads\//, '') ?? branch;
  if (!matchesAny(targets)(short))
    throw new CountersignError(
      'target/unlisted',
      `${file} knows no target ${short}; it names ${targets.join(', ')}`,
      'name one of these with --target, or add it to the policy',
    );
}

async function tryCases(
  repository: Repository,
  candidate: CandidatePolicy,
): Promise<readonly TriedCase[]> {
  const paths = (await repository.files.list(caseFolder))
    .filter(({ path, kind }) => kind === 'file' && path.endsWith('.yaml'))
    .map(({ path }) => path);
  const cases: TriedCase[] = [];
  for (const path of paths.sort()) cases.push(await tryCase(repository, candidate, path));
  return cases;
}

async function tryCase(
  repository: Repository,
  candidate: CandidatePolicy,
  path: string,
): Promise<TriedCase> {
  const read = readPolicyCase(
    decoder.decode((await repository.files.read(path)) ?? new Uint8Array()),
  );
  if (typeof read === 'string')
    throw new CountersignError(
      'policy/case',
      `${path} is no case: ${read}`,
      'a case has schema: countersign/case@1, about, tip, head, at, and expect: pass or fail',
    );
  try {
    return await repository.session(async (git) => {
      const reading = asNobody({ ...repository, git });
      const change = await readChange(
        reading,
        { kind: 'range', from: read.tip, to: read.head },
        { target: read.target },
      );
      const base = await candidateAt(git, candidate, change.tip);
      if (base === null)
        throw new CountersignError(
          'policy/none',
          `no policy stands at ${read.tip}, whose keys would count`,
          'name a tip that has a policy',
        );
      const ruled = await rulesBy(
        git,
        change,
        { ref: (await takenBranch(git, change.refs)).ref, tip: change.tip },
        base,
      );
      const { result } = await judgeChange(reading, ruled, { now: new Date(read.at), tried: true });
      const would = result.exit === 0 ? 'pass' : 'fail';
      return {
        path,
        about: read.about,
        expect: read.expect,
        would,
        as_expected: would === read.expect,
        why: reasons(result.findings),
      };
    });
  } catch (error) {
    if (error instanceof CountersignError)
      throw new CountersignError(error.code, `${path}: ${error.message}`, error.fix, {
        cause: error,
      });
    throw error;
  }
}
