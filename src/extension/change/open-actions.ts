import type {
  CheckedEvidence,
  CheckedRequirement,
  CheckedRule,
  UnansweredItem,
} from '../../core/gate/check-result.ts';

/**
 * What a row of the Change view offers: the form, a word to who can do it, a measurement, its report, a new decision, the
 * place to mend, the closing of a promise, the form over what landed under an exception, the next step as words.
 */
export type Action =
  | 'sign'
  | 'ask'
  | 'evaluate'
  | 'report'
  | 'decide'
  | 'mend'
  | 'close'
  | 'follow'
  | 'copy';

/** The `contextValue` of a row: what it is, then `+` and each action, by which the manifest chooses its buttons. */
export function contextOf(kind: string, actions: readonly Action[]): string {
  return [kind, ...actions].join('+');
}

/** Whether this person fills a place of the rule, or still could. */
function hasSeat({ requirements }: CheckedRule, me: string | null): boolean {
  return me !== null && requirements.some(({ by, could }) => by.includes(me) || could.includes(me));
}

/** Whether the signature of this person is one that evidence must be listed by. */
function isLooking(rule: CheckedRule, me: string | null): boolean {
  return (
    hasSeat(rule, me) &&
    !(rule.authors.includes(me ?? '') && rule.requirements.some(({ independent }) => independent))
  );
}

/** Nobody is left who could sign where the policy gives the role to nobody else. */
export function requirementActions(
  { state, could }: CheckedRequirement,
  me: string | null,
): readonly Action[] {
  if (state !== 'unmet') return [];
  if (could.length === 0) return ['mend'];
  return me !== null && could.includes(me) ? ['sign'] : ['ask'];
}

/** Whoever has to answer signs; `by` is `author`, `signer` or a person. */
export function questionActions(
  { by }: UnansweredItem,
  rule: CheckedRule,
  me: string | null,
): readonly Action[] {
  return [isAskedOf(by, rule, me) ? 'sign' : 'ask'];
}

function isAskedOf(by: string, rule: CheckedRule, me: string | null): boolean {
  if (by === 'author' && rule.authors.length > 0) return rule.authors.includes(me ?? '');
  return by === 'author' || by === 'signer' ? hasSeat(rule, me) : by === me;
}

/** A signer who is no author vouches for whom the policy does not know; or the policy learns to know them. */
export function strangerActions(rule: CheckedRule, me: string | null): readonly Action[] {
  return [hasSeat(rule, me) && !rule.authors.includes(me ?? '') ? 'sign' : 'ask', 'mend'];
}

/** What a piece of evidence is about: the evaluation to be run, the decision to be mended; null where there is none. */
export type EvidenceSubject = {
  readonly evaluation: string | null;
  readonly decision: string | null;
};

/** What is good and only not listed lacks a signature; what is not good is measured, written or mended. */
export function evidenceActions(
  { kind, state, lacks }: CheckedEvidence,
  { evaluation, decision }: EvidenceSubject,
  rule: CheckedRule,
  me: string | null,
): readonly Action[] {
  const report: readonly Action[] = evaluation === null ? [] : ['report'];
  if (state !== 'unmet') return report;
  if (lacks === 'citation') return [isLooking(rule, me) ? 'sign' : 'ask', ...report];
  if (kind === 'result' && evaluation !== null) return ['evaluate', ...report];
  if (decision === null) return ['decide'];
  return kind === 'decision' ? ['mend', 'ask'] : ['mend'];
}

/** Who signed something that stands no more signs again; what was never worth anything has its next step in words. */
export function signoffActions(
  { person, state }: { readonly person: string | null; readonly state: string },
  me: string | null,
): readonly Action[] {
  if (state === 'valid') return [];
  if (state !== 'stale' && state !== 'expired')
    return person !== null && person === me ? ['sign', 'copy'] : ['copy'];
  return [person !== null && person === me ? 'sign' : 'ask'];
}

/** A next step that signs or measures is done from its row. */
export function findingActions(fix: string | undefined): readonly Action[] {
  if (fix === undefined) return [];
  if (/\bcountersign sign\b(?! --range)/.test(fix)) return ['sign', 'copy'];
  return /\bcountersign evaluate EV-/.test(fix) ? ['evaluate', 'copy'] : ['copy'];
}

/** The ids of an evaluation and of a decision that a text names first. */
export function namedIn(text: string): EvidenceSubject {
  return {
    evaluation: /\bEV-[0-9A-Z]{4,16}\b/.exec(text)?.[0] ?? null,
    decision: /\bDR-[0-9A-Z]{4,16}\b/.exec(text)?.[0] ?? null,
  };
}
