import type { PlannedTarget } from './evaluation-plan.ts';
import type { EarlierLook, EvaluationResult, ResultTarget } from './result.ts';

/** Looks that a result names; of more it tells how many there were. */
const mostListed = 20;

/** A result that was stored before, under its name. */
export type KnownResult = {
  readonly name: string;
  readonly result: Pick<EvaluationResult, 'verdict' | 'plan' | 'inputs' | 'targets' | 'earlier'>;
};

type Measured = Pick<EvaluationResult, 'plan' | 'inputs'>;

/**
 * The looks at an evaluation before this one: each stored result that was made by another plan, or on other data, once.
 *
 * @param known results of the evaluation, the oldest first
 */
export function earlierLooks(now: Measured, known: readonly KnownResult[]): readonly EarlierLook[] {
  const seen = new Set([nameOf(now)]);
  return known.flatMap(({ name, result }): readonly EarlierLook[] => {
    const measured = nameOf(result);
    if (seen.has(measured)) return [];
    seen.add(measured);
    return [
      {
        result: name,
        verdict: result.verdict,
        changed: [
          ...(planOf(result) === planOf(now) ? [] : (['plan'] as const)),
          ...(dataOf(result) === dataOf(now) ? [] : (['data'] as const)),
        ],
        targets: result.targets.map(statedTarget),
      },
    ];
  });
}

/** As many as are listed, the latest. */
export function listedLooks(looks: readonly EarlierLook[]): readonly EarlierLook[] {
  return looks.slice(-mostListed);
}

function nameOf(measured: Measured): string {
  return `${planOf(measured)}\n${dataOf(measured)}`;
}

function planOf({ plan }: Measured): string {
  return JSON.stringify(plan.map(({ path, sha256 }) => [path, sha256]));
}

function dataOf({ inputs }: Measured): string {
  return JSON.stringify(inputs.map(({ role, sha256 }) => [role, sha256]));
}

/** A target in one text: what was wanted, whatever came of it. */
export function statedTarget(
  target: Pick<ResultTarget, 'metric' | 'slice' | 'by' | 'op' | 'target' | 'min_n'>,
): string {
  const { metric, slice, by, op, target: value, min_n } = target;
  return `${metric}${by ? ` by ${by.join(', ')}` : ''}${slice === undefined ? '' : ` on ${slice}`} ${op} ${value}${min_n === undefined ? '' : ` with min_n ${min_n}`}`;
}

/** A planned target in the same text. */
export function plannedTarget({ metric, slice, by, op, value, min_n }: PlannedTarget): string {
  return statedTarget({
    metric,
    op,
    target: value,
    ...(slice === undefined ? {} : { slice }),
    ...(by === undefined ? {} : { by }),
    ...(min_n === undefined ? {} : { min_n }),
  });
}

/** Whether two lists of targets want the same, in whatever order. */
export function sameTargets(a: readonly string[], b: readonly string[]): boolean {
  return JSON.stringify([...a].sort()) === JSON.stringify([...b].sort());
}

/** An earlier look in words. */
export function lookWords({ result, verdict, changed, targets }: EarlierLook): string {
  const wanted = targets.length === 0 ? 'no target' : `wanted ${targets.join(', ')}`;
  return `${result}: ${verdict}, ${wanted}; another ${changed.join(' and other ')}`;
}
