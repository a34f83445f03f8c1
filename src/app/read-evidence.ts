import type { Finding } from '../core/finding/finding.ts';
import { sha256Hex } from '../core/gate/change-digest.ts';
import {
  coveringOf,
  type DecisionFacts,
  evaluationsOf,
  leftBehind,
} from '../core/gate/decision-facts.ts';
import type { ResultFacts } from '../core/gate/evidence-context.ts';
import type { EvidenceDemand } from '../core/gate/gate-policy.ts';
import { governedDigest } from '../core/gate/governed-digest.ts';
import type { RuleContext } from '../core/gate/rule-verdict.ts';
import type { Scope } from '../core/gate/scope.ts';
import type { Change } from './change.ts';
import { changedPlans, planFindings } from './changed-plans.ts';
import { readFeedback, readResults } from './check-evidence.ts';
import { readThreads } from './read-threads.ts';
import { measuredOnHead } from './former-heads.ts';
import { readDecisionsOfBoth } from './read-decisions.ts';
import type { Git } from './ports.ts';
import { recomputed } from './recompute-result.ts';
import type { Repository } from './repository.ts';
import type { ScopedRule } from './ruled-change.ts';
import { listTree, readTreeFiles } from './tree-files.ts';

/** What the demands of rules are judged by, and what was odd in reading it. */
export type Evidence = Pick<
  RuleContext,
  'decisions' | 'decisionsAtTip' | 'results' | 'feedback' | 'threads' | 'landing' | 'recomputes'
> & { readonly governed: (scope: Scope) => string; readonly findings: readonly Finding[] };

const nothing: Evidence = {
  decisions: [],
  decisionsAtTip: [],
  results: [],
  feedback: [],
  threads: [],
  landing: () => null,
  recomputes: false,
  governed: () => '',
  findings: [],
};

/**
 * Reads what the rules of a change ask for, each kind only where some rule asks.
 *
 * @param how `recompute` says whether evaluations are run again where a rule wants that
 */
export async function readEvidence(
  repository: Repository,
  change: Change,
  rules: readonly ScopedRule[],
  how: {
    readonly recompute: boolean;
    readonly now: Date;
    readonly landing?: 'merge' | 'squash' | 'rebase' | undefined;
  },
): Promise<Evidence> {
  const { git } = repository;
  const own = rules.filter(({ builtIn, raw }) => !builtIn && raw.length > 0);
  if (own.length === 0) return nothing;
  const demands = own.flatMap(({ rule }) => rule.evidence ?? []);
  const asks = (kind: EvidenceDemand['kind']): boolean =>
    demands.some((demand) => demand.kind === kind);
  const files = own.flatMap(({ raw }) => raw.map(({ path }) => path.text));
  const [now, before] = await readDecisionsOfBoth(git, [change.lands, change.tip], files);
  const named = namedBy(files, now.decisions, before.decisions);
  const tree = asks('result') ? await listTree(git, change.headTree, []) : [];
  const governed = (scope: Scope): string => (asks('result') ? governedDigest(tree, scope) : '');
  const results = asks('result')
    ? await measuredOnHead(
        git,
        { ...change, landing: how.landing },
        own,
        ofBefore(await readResults(git, change.lands, new Set(named.evaluations)), change),
      )
    : [];
  const again =
    how.recompute &&
    demands.some((demand) => demand.kind === 'result' && demand.verify === 'recompute');
  const plans = results.flatMap(({ plan }) => plan.map(({ path }) => path));
  const landing = await digestsOf(
    git,
    change.lands,
    [...now.decisions, ...results].map(({ path }) => path).concat(plans),
  );
  return {
    decisions: now.decisions,
    decisionsAtTip: before.decisions,
    results: again
      ? await runAgain(
          repository,
          change.lands,
          results,
          new Set(own.map(({ scope }) => governed(scope))),
        )
      : results,
    recomputes: how.recompute,
    feedback: asks('feedback') ? await readFeedback(git, change.lands, named.feedback) : [],
    threads: asks('review')
      ? await readThreads(
          git,
          { lands: change.lands, tip: change.tip, now: how.now },
          named.reviewed,
        )
      : [],
    landing: (path) => landing.get(path) ?? null,
    governed,
    findings: [
      ...now.findings,
      ...planFindings(asks('result') ? await changedPlans(git, change, named.evaluations) : []),
    ],
  };
}

/** What a result says of itself is worth a word only where it was on the target before: there people signed for it. */
function ofBefore(
  results: readonly ResultFacts[],
  { entries }: Pick<Change, 'entries'>,
): readonly ResultFacts[] {
  const brought = new Set(entries.map(({ path }) => path.text));
  return results.map(({ stood, ...result }) =>
    stood === undefined || brought.has(result.path) ? result : { ...result, stood },
  );
}

/** Ids that the decisions over some files name, those among them that stood there before. */
function namedBy(
  files: readonly (string | null)[],
  decisions: readonly DecisionFacts[],
  atTip: readonly DecisionFacts[],
): {
  readonly evaluations: readonly string[];
  readonly feedback: readonly string[];
  readonly reviewed: readonly string[];
} {
  const standing = files.flatMap((file) => coveringOf(file, decisions));
  const stood = files.flatMap((file) => coveringOf(file, atTip));
  const reviewed = [...standing, ...leftBehind(files, decisions, atTip)];
  return {
    evaluations: evaluationsOf([...standing, ...stood]),
    feedback: [...new Set(standing.flatMap(({ record }) => record.feedback ?? []))],
    reviewed: [
      ...new Set([...reviewed.map(({ record }) => record.id), ...evaluationsOf(reviewed)]),
    ],
  };
}

async function digestsOf(
  git: Git,
  tree: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (paths.length === 0) return new Map();
  const files = await readTreeFiles(git, await listTree(git, tree, [...new Set(paths)]));
  return new Map(
    files.flatMap(({ path, bytes }) => (bytes ? [[path, sha256Hex(bytes)] as const] : [])),
  );
}

/** Those results that could count at all are computed again. */
async function runAgain(
  repository: Repository,
  tree: string,
  results: readonly ResultFacts[],
  governed: ReadonlySet<string>,
): Promise<readonly ResultFacts[]> {
  const done: ResultFacts[] = [];
  for (const result of results) {
    const counts =
      (result.verdict ?? result.stated) !== undefined &&
      Object.values(result.governed).some((digest) => governed.has(digest));
    done.push(
      counts ? { ...result, recomputed: await recomputed(repository, tree, result) } : result,
    );
  }
  return done;
}
