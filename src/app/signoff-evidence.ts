import { sha256Hex } from '../core/gate/change-digest.ts';
import {
  coveringOf,
  type DecisionFacts,
  evaluationsOf,
  leftBehind,
} from '../core/gate/decision-facts.ts';
import type { ResultFacts } from '../core/gate/evidence-context.ts';
import { governedDigest } from '../core/gate/governed-digest.ts';
import type { SignoffPayload } from '../core/gate/payload.ts';
import { sameInputsBefore } from '../core/gate/same-inputs.ts';
import { openThreadsText } from '../core/render/open-threads-text.ts';
import { parseRecord } from '../core/records/parse-record.ts';
import { type ChangedPlan, changedPlans } from './changed-plans.ts';
import { readResults } from './check-evidence.ts';
import { readThreads } from './read-threads.ts';
import { readDecisionsOfBoth } from './read-decisions.ts';
import type { Repository } from './repository.ts';
import type { RuledChange, ScopedRule } from './ruled-change.ts';
import { listTree, readTreeFiles } from './tree-files.ts';

/** What stands behind a rule's change, for a person who is about to sign it. */
export type Background = {
  readonly decisions: readonly {
    readonly id: string;
    readonly title: string;
    readonly status: string;
    readonly risk: string;
    readonly feedback: number;
  }[];
  /** Titles of the feedback that the decisions rest on; null for one whose text is private or missing. */
  readonly feedback: readonly { readonly id: string; readonly title: string | null }[];
  /** Results that were measured on this very code; `why` is one sentence. */
  readonly results: readonly {
    readonly evaluation: string;
    readonly verdict: string;
    readonly why: string;
    /** What each target came to, the worst first. */
    readonly targets: readonly string[];
    /** Data that nothing in git names. */
    readonly unverified: readonly string[];
    /** Path of an earlier result, of other code, that was measured on the very same bytes. */
    readonly sameAs: string | null;
  }[];
  /** Records by which this change says what is measured, or what is good enough. */
  readonly plans: readonly ChangedPlan[];
  /** What is still open about the decisions of now and of before: threads of reviews, and evaluations that none asks for any more; a line for each record. */
  readonly reviews: readonly string[];
};

/** The files that a signature lists as its evidence, and what they say. */
export type SignoffEvidence = {
  readonly files: SignoffPayload['evidence'];
  readonly background: Background;
};

/** Reads the decisions that stand over a rule's files, the results of their evaluations that were measured on this very code, and what resolved their reviews. */
export async function signoffEvidence(
  { git, clock }: Repository,
  { change }: RuledChange,
  { rule, scope, raw }: ScopedRule,
): Promise<SignoffEvidence> {
  const changed = raw.map(({ path }) => path.text);
  const [now, before] = await readDecisionsOfBoth(git, [change.lands, change.tip], changed);
  const covering = now.decisions.filter(({ covers }) =>
    changed.some((file) => file !== null && covers(file)),
  );
  const left = leftBehind(changed, now.decisions, before.decisions);
  const stood = changed.flatMap((file) => coveringOf(file, before.decisions));
  const planned = new Set(evaluationsOf([...covering, ...stood]));
  const results = await readResults(git, change.lands, planned);
  const governed =
    results.length > 0 ? governedDigest(await listTree(git, change.headTree, []), scope) : '';
  const fresh = results.filter((result) => result.governed[rule.id] === governed);
  const asks = (wanted: string): boolean =>
    rule.evidence?.some(({ kind }) => kind === wanted) === true;
  const threads = await readThreads(
    git,
    { lands: change.lands, tip: change.tip, now: clock.now() },
    [...new Set([...covering, ...left].map(({ record }) => record.id)), ...planned],
  );
  const closings = (asks('review') ? threads : []).flatMap(({ closing }) => closing?.path ?? []);
  const feedback = asks('feedback')
    ? covering
        .flatMap(({ record }) => record.feedback ?? [])
        .map((id) => `.countersign/feedback/${id}.yaml`)
    : [];
  const files = await digestsOf(git, change.lands, [
    ...new Set([...[...covering, ...fresh].map(({ path }) => path), ...feedback, ...closings]),
  ]);
  return {
    files,
    background: {
      ...(await backgroundOf(
        git,
        change.lands,
        covering,
        fresh.map((result) => ({ ...result, sameAs: sameInputsBefore(result, results, rule.id) })),
      )),
      plans: await changedPlans(git, change, [...planned]),
      reviews: [
        ...openThreadsText(threads, clock.now()),
        ...droppedText(
          left,
          changed.flatMap((file) => coveringOf(file, now.decisions)),
        ),
      ],
    },
  };
}

/** Evaluations of decisions that stood over these files, which none of now asks for. */
function droppedText(
  stood: readonly DecisionFacts[],
  covering: readonly DecisionFacts[],
): readonly string[] {
  const kept = new Set(evaluationsOf(covering));
  return evaluationsOf(stood)
    .filter((id) => !kept.has(id))
    .map((id) => {
      const whose = stood.find(({ record }) => record.evaluations?.includes(id))?.record.id;
      return `${id}: ${whose} asked for it on the target, and no decision over these files does any more`;
    });
}

async function digestsOf(
  git: Repository['git'],
  tree: string,
  paths: readonly string[],
): Promise<SignoffPayload['evidence']> {
  if (paths.length === 0) return [];
  const read = await readTreeFiles(git, await listTree(git, tree, paths));
  return read.flatMap(({ path, bytes }) => (bytes ? [{ path, sha256: sha256Hex(bytes) }] : []));
}

async function backgroundOf(
  git: Repository['git'],
  tree: string,
  decisions: readonly DecisionFacts[],
  results: readonly (ResultFacts & { readonly sameAs: string | null })[],
): Promise<Omit<Background, 'plans' | 'reviews'>> {
  const ids = [...new Set(decisions.flatMap(({ record }) => record.feedback ?? []))];
  const titles = await feedbackTitles(git, tree, ids);
  return {
    decisions: decisions.map(({ record: { id, title, status, risk, feedback } }) => ({
      id,
      title,
      status,
      risk,
      feedback: feedback?.length ?? 0,
    })),
    feedback: ids.map((id) => ({ id, title: titles.get(id) ?? null })),
    results: results.map(({ evaluation, verdict, why, targets = [], inputs, sameAs }) => ({
      evaluation,
      verdict: verdict ?? 'not judged',
      why,
      targets,
      sameAs,
      unverified: inputs.filter(({ stands }) => stands === null).map(({ path }) => path),
    })),
  };
}

async function feedbackTitles(
  git: Repository['git'],
  tree: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const read = await readTreeFiles(
    git,
    await listTree(
      git,
      tree,
      ids.map((id) => `.countersign/feedback/${id}.yaml`),
    ),
  );
  return new Map(
    read.flatMap(({ path, bytes }) => {
      const record = bytes === null ? null : parseRecord(path, bytes).record;
      return record?.kind === 'feedback' && typeof record.value.title === 'string'
        ? [[record.value.id, record.value.title] as const]
        : [];
    }),
  );
}
