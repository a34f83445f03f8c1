/** A folder of Parquet parts is one table with one digest, in the working tree and in git alike. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { DuckDBInstance } from '@duckdb/node-api';
import { dataDigest, dataDigests } from '../../src/app/data-digests.ts';
import { evaluate } from '../../src/app/evaluate.ts';
import { readResults } from '../../src/app/check-evidence.ts';
import { recomputed } from '../../src/app/recompute-result.ts';
import type { ResultFacts } from '../../src/core/gate/evidence-context.ts';
import { openRepository } from '../../src/node/repository.ts';
import { git } from '../extension/model-repository.ts';

const id = 'EV-FOLDER01';
const folder = 'data/preds.parquet';

async function putParts(top: string): Promise<void> {
  mkdirSync(join(top, folder), { recursive: true });
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  for (const part of [0, 1])
    await connection.run(
      `COPY (SELECT i AS id, i % 2 AS label, CASE WHEN i % 5 = 0 THEN 1 - i % 2 ELSE i % 2 END AS prediction FROM range(${100 * part}, ${100 * part + 100}) t(i)) TO '${join(top, folder, `part-${part}.parquet`)}' (FORMAT parquet)`,
    );
  connection.closeSync();
  writeFileSync(join(top, folder, '_SUCCESS'), '');
}

test('a folder of parts is measured, stands in the tree by its digest, and is computed again from git', async () => {
  const top = realpathSync(mkdtempSync(join(tmpdir(), 'countersign-folder-')));
  try {
    await putParts(top);
    mkdirSync(join(top, '.countersign/evaluations'), { recursive: true });
    writeFileSync(
      join(top, `.countersign/evaluations/${id}.yaml`),
      `schema: countersign/evaluation@1\nid: ${id}\ntitle: Folder\nkind: offline\ndata: {candidate: {path: ${folder}}}\ncolumns: {label: label, prediction: prediction}\ntargets: [{metric: accuracy, op: ">=", value: 0.7}]\n`,
    );
    git(top, 'init', '--quiet', '--initial-branch=main');
    const repository = await openRepository(top);
    const { result, text, path } = await evaluate(repository, {
      id,
      openEngine: repository.openEngine,
    });
    assert.equal(result.verdict, 'pass');
    assert.equal(result.models.candidate?.overall.n, 200);
    const [input] = result.inputs;
    assert.equal(input?.sha256, await dataDigest(repository.files, folder));
    await repository.files.write(path, new TextEncoder().encode(text));
    git(top, 'add', '-A');
    const head = git(top, 'write-tree').trim();
    assert.equal((await dataDigests(repository.git, head, [folder])).get(folder), input?.sha256);
    const [facts] = await readResults(repository.git, head, new Set([id]));
    assert.equal(facts?.verdict, 'pass');
    // What lies in the working tree takes no part.
    rmSync(join(top, folder, 'part-1.parquet'));
    assert.notEqual(await dataDigest(repository.files, folder), input?.sha256);
    assert.deepEqual(await recomputed(repository, head, facts as ResultFacts), { same: true });
    git(top, 'rm', '--quiet', '--cached', `${folder}/part-1.parquet`);
    const tree = git(top, 'write-tree').trim();
    const [moved] = await readResults(repository.git, tree, new Set([id]));
    assert.equal(moved?.verdict, null);
    assert.match(moved?.why ?? '', /data\/preds\.parquet/);
  } finally {
    rmSync(top, { recursive: true, force: true });
  }
});
