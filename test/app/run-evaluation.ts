import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { evaluate, type Evaluated } from '../../src/app/evaluate.ts';
import { openDuckdb } from '../../src/node/duckdb-engine.ts';
import { openRepository } from '../../src/node/repository.ts';
import { git } from '../extension/model-repository.ts';

/** The id of the evaluation that `runEvaluation` writes. */
export const evaluationId = 'EV-TEST0001';

/** Runs an evaluation of data files on DuckDB in a repository of its own. The record is given without its header; JSON is YAML. */
export async function runEvaluation(
  files: Readonly<Record<string, string | Uint8Array>>,
  record: Readonly<Record<string, unknown>>,
  seed = 1,
): Promise<Evaluated> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-evaluation-'));
  try {
    const whole = {
      schema: 'countersign/evaluation@1',
      id: evaluationId,
      title: 'Test',
      kind: 'offline',
      ...record,
    };
    const all: Readonly<Record<string, string | Uint8Array>> = {
      ...files,
      [`.countersign/evaluations/${evaluationId}.yaml`]: Object.entries(whole)
        .map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`)
        .join(''),
    };
    for (const [path, text] of Object.entries(all)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    git(folder, 'init', '--quiet', '--initial-branch=main');
    const repository = await openRepository(folder);
    return await evaluate(repository, {
      id: evaluationId,
      seed,
      openEngine: (tables) => openDuckdb(repository.top, tables),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
