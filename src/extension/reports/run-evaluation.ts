import type { CancellationToken } from 'vscode';
import { evaluate } from '../../app/evaluate.ts';
import type { Repository } from '../../app/repository.ts';
import { openDuckdb } from '../../node/duckdb-engine.ts';

/**
 * Runs an evaluation and stores its result in the working tree, where it waits to be committed.
 *
 * @param token ends the run; nothing is stored then
 * @param onProgress a fraction between 0 and 1
 * @returns the path of the result, null where the run was cancelled
 */
export async function runEvaluation(
  repository: Repository,
  id: string,
  token: CancellationToken,
  onProgress: (fraction: number) => void,
): Promise<string | null> {
  const abort = new AbortController();
  const listening = token.onCancellationRequested(() => abort.abort());
  try {
    const { path, text } = await evaluate(repository, {
      id,
      openEngine: (tables, signal) => openDuckdb(repository.top, tables, signal),
      signal: abort.signal,
      onProgress,
    });
    if (abort.signal.aborted) return null;
    await repository.files.write(path, new TextEncoder().encode(text));
    return path;
  } catch (error) {
    if (abort.signal.aborted) return null;
    throw error;
  } finally {
    listening.dispose();
  }
}
