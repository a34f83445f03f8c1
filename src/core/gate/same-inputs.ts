import type { ResultFacts } from './evidence-context.ts';

/**
 * The path of a result of the same evaluation that was measured on other code of a rule and on the very same bytes; null where
 * there is none. Then the code changed and what was measured did not: predictions of the model before the change, measured
 * again, or a change that moves no prediction. Which of the two, nothing here can tell.
 */
export function sameInputsBefore(
  result: ResultFacts,
  results: readonly ResultFacts[],
  rule: string,
): string | null {
  const measured = inputsOf(result);
  if (result.inputs.length === 0 || result.governed[rule] === undefined) return null;
  const earlier = results.find(
    (other) =>
      other.evaluation === result.evaluation &&
      other.governed[rule] !== undefined &&
      other.governed[rule] !== result.governed[rule] &&
      inputsOf(other) === measured,
  );
  return earlier?.path ?? null;
}

function inputsOf({ inputs }: ResultFacts): string {
  return JSON.stringify(inputs.map(({ path, sha256 }) => [path, sha256]).sort());
}
