import type { EvaluationResult } from '../reports/result.ts';
import { targetSentence } from '../reports/rejudge.ts';
import { escapeTerminal } from './terminal.ts';

/** A result in a few lines: the verdict, each target, what was left out, where it lies. */
export function resultSummary(result: EvaluationResult, path: string): string {
  const sizes = Object.entries(result.models).map(
    ([side, model]) => `${side} ${model.overall.n ?? '?'} rows`,
  );
  return [
    `${result.evaluation}: ${result.verdict} (${sizes.join(', ')})`,
    ...result.targets.map(
      (target) =>
        `  ${target.state === 'met' ? '✓' : '·'} ${targetSentence(target, result.labels)}`,
    ),
    ...result.notes.map((note) => `  note: ${note}`),
    path,
  ]
    .map(escapeTerminal)
    .join('\n');
}
