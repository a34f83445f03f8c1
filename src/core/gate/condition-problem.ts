import type { Finding } from '../finding/finding.ts';
import { nearestName } from '../records/schema/nearest-name.ts';
import { shellWord } from '../render/shell-word.ts';
import { isPast } from '../reviews/review-threads.ts';
import type { CheckedCondition } from './check-result.ts';
import type { GatePolicy } from './gate-policy.ts';

/** Why nobody could keep a condition that is about to be signed, and what to say instead; null where somebody could. */
export function conditionProblem(
  { text, owner, due }: Pick<CheckedCondition, 'text' | 'owner' | 'due'>,
  { people }: Pick<GatePolicy, 'people'>,
  now: Date,
): { readonly part: 'owner' | 'due'; readonly what: string; readonly fix: string } | null {
  const quoted = `the condition ${JSON.stringify(text)}`;
  if (!Object.hasOwn(people, owner))
    return {
      part: 'owner',
      what: `${quoted} is for ${owner} to keep, whom the policy does not know, so nobody would ever owe it`,
      fix: whoInstead(owner, Object.keys(people)),
    };
  if (isPast(due, now))
    return {
      part: 'due',
      what: `${quoted} is due on ${due}, which is over: it would block the rule as soon as it lands`,
      fix: 'name a day that is still to come',
    };
  return null;
}

function whoInstead(owner: string, known: readonly string[]): string {
  const near = nearestName(owner, known);
  return `${near === null ? '' : `did you mean ${near}? `}the policy knows ${known.join(', ')}`;
}

/** Open conditions that are for somebody whom the policy does not know: they hold, and no inbox shows them to anybody as theirs. */
export function ownerlessFindings(
  conditions: readonly CheckedCondition[],
  { people }: Pick<GatePolicy, 'people'>,
): readonly Finding[] {
  return conditions
    .filter(({ owner, state }) => state !== 'met' && !Object.hasOwn(people, owner))
    .map(
      ({ rule, by, owner, due, text }): Finding => ({
        code: 'condition/unknown-owner',
        severity: 'warning',
        message: `${rule}: ${by} approved on the condition that ${owner} does this by ${due}, and the policy knows no ${owner}: ${text}`,
        fix: `bring ${owner} into the policy, or let ${by} say to whom it falls; when it is done, ${by} or another person of the role closes it: countersign sign --rule ${rule} --meets ${shellWord(text)}`,
      }),
    );
}
