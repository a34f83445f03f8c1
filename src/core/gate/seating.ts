import type { Authors } from './authors.ts';
import { isCited } from './citation.ts';
import {
  applies,
  type Circumstances,
  circumstancesOf,
  coveringOf,
  isGraded,
  unknownCircumstances,
} from './decision-facts.ts';
import type { EvidenceContext } from './evidence-context.ts';
import { fits } from './fits.ts';
import type { PolicyRule, Requirement } from './gate-policy.ts';
import { type FilledRequirement, fillRequirements } from './requirements.ts';
import type { AuthenticSignoff, Standing } from './standing.ts';

/** A rule whose places are filled, and who wrote its change. */
type SeatedRule = {
  readonly rule: PolicyRule;
  readonly builtIn: boolean;
  readonly authors: Pick<Authors, 'persons'>;
};

type SeatingContext = Pick<EvidenceContext, 'policy' | 'decisions' | 'decisionsAtTip'> & {
  /** The policy by which the person of an approval has a role, where it is not today's. */
  readonly policyOf?: (approval: AuthenticSignoff) => EvidenceContext['policy'];
};

/** Who fills what of a rule in some circumstances. */
type Seating = {
  readonly circumstances: Circumstances;
  readonly filled: readonly FilledRequirement[];
  /** All whose approval could fill a place. */
  readonly fitting: readonly AuthenticSignoff[];
  readonly counted: readonly AuthenticSignoff[];
  readonly citing: readonly AuthenticSignoff[];
};

/**
 * Fills a rule's places. A decision is evidence only where the approvals list it: once all places are filled that its risk
 * and its phase ask for, and those who fill them signed for something else, nothing is known, and everything is asked for.
 *
 * @param files governed paths that changed
 */
export function seatingOf(
  change: SeatedRule,
  files: readonly (string | null)[],
  standing: Standing,
  context: SeatingContext,
): Seating {
  const { rule } = change;
  if (change.builtIn) return seated(change, standing, unknownCircumstances, context);
  const stated = seated(
    change,
    standing,
    circumstancesOf(files, context.decisions, context.decisionsAtTip),
    context,
  );
  if (
    !isGraded([...rule.require, ...(rule.evidence ?? [])]) ||
    stated.filled.some(({ requirement, by }) => by.length < (requirement.count ?? 1))
  )
    return stated;
  const signedFor = files.every((file) =>
    coveringOf(file, context.decisions).some((decision) => isCited(decision, stated.citing)),
  );
  return signedFor ? stated : seated(change, standing, unknownCircumstances, context);
}

function seated(
  { rule, authors: { persons } }: SeatedRule,
  { approvals }: Standing,
  circumstances: Circumstances,
  { policy, policyOf = () => policy }: SeatingContext,
): Seating {
  const required = rule.require.filter((requirement) => applies(requirement, circumstances));
  const mayFill = (requirement: Requirement, approval: AuthenticSignoff): boolean =>
    fits(requirement, approval, persons, policyOf(approval));
  const filled = fillRequirements(required, approvals, mayFill);
  const counted = filled.flatMap(({ by }) => by);
  const citing = citingApprovals(filled, counted, ({ payload }) => !persons.has(payload.person));
  // Also those for whom no place is left: a second look that the policy did not count on is one all the same.
  return {
    circumstances,
    filled,
    counted,
    citing,
    fitting: approvals.filter((approval) =>
      required.some((requirement) => mayFill(requirement, approval)),
    ),
  };
}

/** The approvals that evidence must be listed by: the independent ones, or all where the rule asks for no independence. */
function citingApprovals(
  filled: readonly FilledRequirement[],
  counted: readonly AuthenticSignoff[],
  independent: (approval: AuthenticSignoff) => boolean,
): readonly AuthenticSignoff[] {
  const aloof = counted.filter(independent);
  return aloof.length > 0 || filled.some(({ requirement }) => requirement.independent)
    ? aloof
    : counted;
}
