import type { Finding } from '../core/finding/finding.ts';
import {
  coveringOf,
  type DecisionFacts,
  evaluationsOf,
  isLiving,
} from '../core/gate/decision-facts.ts';
import type { ThreadFacts } from '../core/gate/evidence-context.ts';
import type { EvidenceDemand } from '../core/gate/gate-policy.ts';
import type { Change } from './change.ts';
import { isSilentPath } from '../core/gate/authors.ts';
import { changedPlans, planFindings } from './changed-plans.ts';
import { readThreads } from './read-threads.ts';
import { readDecisions } from './read-decisions.ts';
import type { Git } from './ports.ts';
import type { ScopedRule } from './ruled-change.ts';
import { listTree } from './tree-files.ts';

const recordsFolder = '.countersign/';

/** What a change asks for no more where a decision of the target asked for it. */
type Dropped = {
  readonly was: DecisionFacts;
  /** What became of the decision, to be told. */
  readonly became: string;
  /** Records whose reviews nobody would look at any more. */
  readonly reviewed: readonly string[];
  readonly evaluations: readonly string[];
};

/**
 * What a change drops that decisions of the target ask for over files which a rule governs, also where it touches none of
 * those files, since no later check could see it: a decision that is taken off them, by another status, by deleting it or by
 * narrowing what it stands over, or one that names an evaluation no more. An open thread about either is an error; an
 * evaluation that is asked for no more, or by another plan, is named.
 */
export async function droppedFindings(
  git: Git,
  change: Change,
  rules: readonly ScopedRule[],
  now: Date,
): Promise<readonly Finding[]> {
  const asking = rules.filter(({ rule }) =>
    rule.evidence?.some(({ kind }) => kind === 'review' || kind === 'result'),
  );
  const records = change.entries.filter(
    ({ path, oldMode }) =>
      oldMode !== '000000' && path.text?.startsWith(recordsFolder) && !isSilentPath(path),
  );
  if (records.length === 0 || asking.length === 0) return [];
  const edited = new Set(records.map(({ path }) => path.text));
  const tree = await listTree(git, change.tip, []);
  const found: Finding[] = [];
  for (const { rule, scope, raw } of asking) {
    const files = tree.flatMap(({ path }) =>
      path.text !== null && scope.governs(path) ? [path.text] : [],
    );
    const before = (await readDecisions(git, change.tip, files)).decisions;
    const after = (await readDecisions(git, change.lands, files)).decisions;
    const evidence = rule.evidence ?? [];
    for (const dropped of droppedOf(files, before, after).filter(({ was }) => edited.has(was.path)))
      found.push(...(await saysOf(git, change, dropped, { rule: rule.id, asked: evidence, now })));
    if (!evidence.some(({ kind }) => kind === 'result')) continue;
    const touched = raw.map(({ path }) => path.text);
    found.push(...(await plansApart(git, change, { files, touched, before, after })));
  }
  return found;
}

function droppedOf(
  files: readonly string[],
  before: readonly DecisionFacts[],
  after: readonly DecisionFacts[],
): readonly Dropped[] {
  return before.filter(isLiving).flatMap((was): readonly Dropped[] => {
    const own = files.filter(was.covers);
    const is = after.find(({ path }) => path === was.path) ?? null;
    const { id } = was.record;
    if (own.some((file) => is === null || !isLiving(is) || !is.covers(file))) {
      const evaluations = evaluationsOf([was]);
      const became = `${id} is taken off files that it stands over`;
      return [{ was, became, reviewed: [id, ...evaluations], evaluations }];
    }
    const asks = (file: string): readonly string[] => evaluationsOf(coveringOf(file, after));
    const evaluations = evaluationsOf([was]).filter((evaluation) =>
      own.some((file) => !asks(file).includes(evaluation)),
    );
    const became = `${id} names ${evaluations.join(' and ')} no more`;
    return evaluations.length === 0 ? [] : [{ was, became, reviewed: evaluations, evaluations }];
  });
}

type Standing = {
  readonly files: readonly string[];
  readonly touched: readonly (string | null)[];
  readonly before: readonly DecisionFacts[];
  readonly after: readonly DecisionFacts[];
};

/** Plans of evaluations of the target's decisions that change apart from the files: with them, whoever signs is shown them. */
async function plansApart(
  git: Git,
  change: Change,
  { files, touched, before, after }: Standing,
): Promise<readonly Finding[]> {
  const shown = new Set(
    evaluationsOf(touched.flatMap((file) => coveringOf(file, [...before, ...after]))),
  );
  const asked = evaluationsOf(files.flatMap((file) => coveringOf(file, before)));
  return planFindings(
    await changedPlans(
      git,
      change,
      asked.filter((id) => !shown.has(id)),
    ),
  );
}

type Asking = {
  readonly rule: string;
  readonly asked: readonly EvidenceDemand[];
  readonly now: Date;
};

async function saysOf(
  git: Git,
  { lands, tip }: Change,
  { was, became, reviewed, evaluations }: Dropped,
  { rule, asked, now }: Asking,
): Promise<readonly Finding[]> {
  const asks = (kind: EvidenceDemand['kind']): boolean => asked.some((one) => one.kind === kind);
  const threads = asks('review') ? await readThreads(git, { lands, tip, now }, reviewed) : [];
  const finding = { path: was.path, line: 1, column: 1 };
  return [
    ...threads
      .filter((thread) => isOpen(thread, now))
      .map(
        (thread): Finding => ({
          ...finding,
          code: 'evidence/left-behind',
          severity: 'error',
          message: `${rule}: ${became}, and thread ${thread.id} on ${thread.record} is open`,
          fix: `settle what is open first: countersign review list ${thread.record} --open`,
        }),
      ),
    ...(asks('result') ? evaluations : []).map(
      (evaluation): Finding => ({
        ...finding,
        code: 'evidence/dropped',
        severity: 'warning',
        message: `${rule}: ${became}, and asks for ${evaluation} there no more`,
        fix: `see that another decision asks for as much: countersign show ${evaluation}`,
      }),
    ),
  ];
}

function isOpen({ open, finding, due }: ThreadFacts, now: Date): boolean {
  return open && !(finding && due !== null && now.getTime() < due);
}
