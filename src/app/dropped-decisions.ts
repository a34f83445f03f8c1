import type { Finding } from '../core/finding.ts';
import { type DecisionFacts, evaluationsOf, isLiving } from '../core/gate/decision-facts.ts';
import type { ThreadFacts } from '../core/gate/evidence-context.ts';
import type { EvidenceDemand } from '../core/gate/gate-policy.ts';
import type { Change } from './change.ts';
import { readThreads } from './check-evidence.ts';
import { decisionFolder, readDecisions } from './read-decisions.ts';
import type { Git } from './ports.ts';
import type { ScopedRule } from './ruled-change.ts';
import { listTree } from './tree-files.ts';

/** A decision of the target that a change lets stand over fewer files, or over none. */
type Dropped = { readonly was: DecisionFacts; readonly is: DecisionFacts | null };

/**
 * Decisions that a change takes off files which a rule governs, by another status, by deleting them or by narrowing what
 * they stand over, also where it touches none of those files: what is open about them would be asked by nobody any more.
 * An open thread is an error; an evaluation that is asked for no more is named.
 */
export async function droppedFindings(
  git: Git,
  change: Change,
  rules: readonly ScopedRule[],
  now: Date,
): Promise<readonly Finding[]> {
  const edited = change.entries.filter(
    ({ path, oldMode }) => oldMode !== '000000' && path.text?.startsWith(decisionFolder),
  );
  const asking = rules.filter(({ rule }) =>
    rule.evidence?.some(({ kind }) => kind === 'review' || kind === 'result'),
  );
  if (edited.length === 0 || asking.length === 0) return [];
  const tree = await listTree(git, change.tip, []);
  const found: Finding[] = [];
  for (const { rule, scope } of asking) {
    const files = tree.flatMap(({ path }) =>
      path.text !== null && scope.governs(path) ? [path.text] : [],
    );
    const paths = new Set(edited.map(({ path }) => path.text));
    for (const dropped of await droppedOf(git, change, files, paths))
      found.push(
        ...(await saysOf(git, change, dropped, { rule: rule.id, asked: rule.evidence ?? [], now })),
      );
  }
  return found;
}

async function droppedOf(
  git: Git,
  { tip, lands }: Change,
  files: readonly string[],
  paths: ReadonlySet<string | null>,
): Promise<readonly Dropped[]> {
  const [before, after] = [
    await readDecisions(git, tip, files),
    await readDecisions(git, lands, files),
  ];
  return before.decisions
    .filter((was) => paths.has(was.path) && isLiving(was))
    .map((was) => ({ was, is: after.decisions.find(({ path }) => path === was.path) ?? null }))
    .filter(({ was, is }) =>
      files.some((file) => was.covers(file) && !(is !== null && isLiving(is) && is.covers(file))),
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
  { was }: Dropped,
  { rule, asked, now }: Asking,
): Promise<readonly Finding[]> {
  const asks = (kind: EvidenceDemand['kind']): boolean => asked.some((one) => one.kind === kind);
  const evaluations = evaluationsOf([was]);
  const { id } = was.record;
  const threads = asks('review')
    ? await readThreads(git, { lands, tip, now }, [id, ...evaluations])
    : [];
  const finding = { path: was.path, line: 1, column: 1 };
  return [
    ...threads
      .filter((thread) => isOpen(thread, now))
      .map(
        (thread): Finding => ({
          ...finding,
          code: 'evidence/left-behind',
          severity: 'error',
          message: `${rule}: ${id} is taken off files that it stands over, and thread ${thread.id} on ${thread.record} is open`,
          fix: `settle what is open first: countersign review list ${thread.record} --open`,
        }),
      ),
    ...(asks('result') ? evaluations : []).map(
      (evaluation): Finding => ({
        ...finding,
        code: 'evidence/dropped',
        severity: 'warning',
        message: `${rule}: ${id} is taken off files that it stands over, and asks for ${evaluation} there no more`,
        fix: `see that another decision asks for as much: countersign show ${evaluation}`,
      }),
    ),
  ];
}

function isOpen({ open, finding, due }: ThreadFacts, now: Date): boolean {
  return open && !(finding && due !== null && now.getTime() < due);
}
