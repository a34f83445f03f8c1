import type { Finding } from '../finding/finding.ts';
import type { JudgedException } from './exceptions.ts';

/** An exception that is good in itself and does not let its rule pass, and why. */
export type ShortException = {
  readonly file: string;
  readonly person: string;
  readonly why: string;
};

/** What keeps a rule shut whatever is excepted. */
export type Unexcused = {
  readonly builtIn: boolean;
  readonly rejected: boolean;
  readonly unanswered: boolean;
  readonly strangers: boolean;
  readonly unsigned: boolean;
};

/**
 * Why exceptions of a rule that is not open do not open it.
 *
 * @param valid exceptions of this change for this rule
 * @param need how many persons the policy asks for
 */
export function shortExceptions(
  valid: readonly JudgedException[],
  authors: ReadonlySet<string>,
  need: number,
  rest: Unexcused,
): readonly ShortException[] {
  const persons = new Set(
    valid.flatMap(({ payload }) =>
      payload && !authors.has(payload.person) ? [payload.person] : [],
    ),
  );
  const held = [
    ...(rest.rejected ? ['the reject'] : []),
    ...(rest.unanswered ? ['what the checklist leaves open'] : []),
    ...(rest.strangers ? ['an author whom nobody knows'] : []),
    ...(rest.unsigned ? ['a commit without a signature'] : []),
  ];
  const whyShort = (person: string): string => {
    if (rest.builtIn) return 'no exception excuses a built-in rule';
    if (authors.has(person)) return `${person} wrote part of this change`;
    if (persons.size < need)
      return `the policy asks for ${need} persons who except, and ${persons.size === 1 ? 'this is one' : `these are ${persons.size}`}`;
    return `it excuses missing approvals and evidence, and not ${held.join(', nor ')}`;
  };
  return valid.flatMap(({ file, payload }) => {
    if (payload === null) return [];
    const { person } = payload;
    return [{ file, person, why: whyShort(person) }];
  });
}

/** The same as findings; what is missing has its own. */
export function shortExceptionFindings(
  rule: string,
  short: readonly ShortException[],
): readonly Finding[] {
  return short.map(
    ({ file, person, why }): Finding => ({
      code: exceptionShort,
      severity: 'warning',
      message: `${rule}: the exception of ${person} is there and not enough: ${why}`,
      path: file,
      line: 4,
      column: 1,
      fix: 'mend what it does not excuse, or get the approvals',
    }),
  );
}

/** The code of {@link shortExceptionFindings}. */
export const exceptionShort = 'exception/not-enough';
