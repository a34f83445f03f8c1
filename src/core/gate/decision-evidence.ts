import type { CheckedEvidence } from './check-result.ts';
import { isCited, listed, uncited, unmet } from './citation.ts';
import { coveringOf, type DecisionFacts, stoodBefore } from './decision-facts.ts';
import type { EvidenceContext } from './evidence-context.ts';
import type { EvidenceDemand } from './gate-policy.ts';
import { shellWord } from '../render/shell-word.ts';

/** A decision that stands as the policy wants it; with `covers`, over every file that changed. */
export function judgeDecision(
  demand: Extract<EvidenceDemand, { kind: 'decision' }>,
  context: EvidenceContext,
): CheckedEvidence {
  const { files, citing } = context;
  const wanted = demand.status ?? ['accepted'];
  const standing = context.decisions.filter(({ record }) => wanted.includes(record.status));
  const covering = (file: string | null): readonly DecisionFacts[] =>
    standing.filter((decision) => file !== null && decision.covers(file));
  const bare =
    demand.covers === 'changed-files' ? files.filter((file) => covering(file).length === 0) : [];
  if (bare.length > 0)
    return {
      ...unmet(
        'decision',
        null,
        `no decision that is ${wanted.join(' or ')} stands over ${listed(bare)}`,
      ),
      ...nearly(bare, wanted, context),
    };
  if (standing.length === 0)
    return unmet('decision', null, `no decision is ${wanted.join(' or ')}`);
  const needed = demand.covers === 'changed-files' ? files.map(covering) : [standing];
  const open = needed.find((choices) => !choices.some((decision) => isCited(decision, citing)));
  const first = newestFirst(
    open ?? needed.flat().filter((decision) => isCited(decision, citing)),
    context,
  )[0];
  if (open)
    return unmet(
      'decision',
      first?.record.id ?? null,
      uncited(first as DecisionFacts, citing),
      'citation',
    );
  return { kind: 'decision', state: 'met', ref: first?.record.id ?? null };
}

/** The decision that was meant: one that is not staged as it is, else one that still has to be accepted. Nothing where there is neither. */
function nearly(
  bare: readonly (string | null)[],
  wanted: readonly string[],
  { decisions, unstaged }: EvidenceContext,
): Partial<CheckedEvidence> {
  const over = (found: readonly DecisionFacts[]): readonly DecisionFacts[] =>
    bare.flatMap((file) => coveringOf(file, found));
  const aside = over(unstaged?.decisions ?? []);
  const one =
    aside.find(({ record }) => wanted.includes(record.status)) ?? aside[0] ?? over(decisions)[0];
  if (one === undefined) return {};
  const {
    path,
    record: { id, status },
  } = one;
  const file = listed([bare.find((name) => name !== null && one.covers(name)) ?? null]);
  const add = `${unstaged?.stage ?? 'git add'} ${shellWord(path)}`;
  if (wanted.includes(status))
    return { why: `${id} stands over ${file} and is not staged`, fix: add };
  return {
    why: `${id} stands over ${file} and is ${status}, not ${wanted.join(' or ')}`,
    fix: `where its owner agrees, set status: ${wanted[0]} in ${path}, then ${add}`,
  };
}

/** Decisions that this change brings or edits, then those that stood before. */
function newestFirst(
  decisions: readonly DecisionFacts[],
  { decisionsAtTip }: EvidenceContext,
): readonly DecisionFacts[] {
  return [...decisions].sort(
    (a, b) => Number(stoodBefore(a, decisionsAtTip)) - Number(stoodBefore(b, decisionsAtTip)),
  );
}
