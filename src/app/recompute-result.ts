import { CountersignError } from './errors.ts';
import { evaluate, type Evaluated } from './evaluate.ts';
import type { ResultFacts } from '../core/gate/evidence-context.ts';
import type { EvaluationResult } from '../core/reports/result.ts';
import type { OpenEngine } from './ports.ts';
import type { Repository } from './repository.ts';
import { readStoredResult } from './stored-result.ts';

/** Runs the evaluation of a stored result again, as it was run: the same seed, the same looks, the same files governed. */
export function evaluateAgain(repository: Repository, { evaluation, seed, looks, governed }: EvaluationResult, openEngine: OpenEngine): Promise<Evaluated> {
  return evaluate(repository, { id: evaluation, seed, looks, governed, openEngine });
}

/** Whether a stored result is, byte by byte, what its evaluation gives on the data that lies here. */
export async function recomputed(repository: Repository, { path, sha256 }: Pick<ResultFacts, 'path' | 'sha256'>): Promise<NonNullable<ResultFacts['recomputed']>> {
  const bytes = await repository.files.read(path);
  const text = bytes === null ? null : new TextDecoder().decode(bytes);
  if (text === null || (await repository.files.sha256(path)) !== sha256) return { same: false, why: 'the working tree holds another file; check out what is judged' };
  const stored = readStoredResult(text);
  if (stored === null) return { same: false, why: 'it is not a result' };
  try {
    const again = await evaluateAgain(repository, stored, repository.openEngine);
    return { same: again.text === text, why: `today it comes to ${again.result.verdict}, with other numbers or other data` };
  } catch (error) {
    if (error instanceof CountersignError) return { same: false, why: error.message };
    throw error;
  }
}
