/** A person ends an evaluation that takes too long: it stops at once, and nothing is stored. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { CancellationToken } from 'vscode';
import { runEvaluation } from '../../src/extension/reports/run-evaluation.ts';
import { openRepository } from '../../src/node/repository.ts';
import { git } from './model-repository.ts';

const id = 'EV-SLOW00001';

/** Makes a text of 100,000 characters of each of 200,000 rows: a minute or more. */
const slow = `length(${Array.from({ length: 5 }).reduce((text: string) => `replace(${text}, 'x', 'xxxxxxxxxx')`, "concat(label, 'x')")}) > 0`;

function repositoryWith(where: string, rows: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-cancel-'));
  git(folder, 'init', '--quiet', '--initial-branch=main');
  mkdirSync(join(folder, '.countersign', 'evaluations'), { recursive: true });
  writeFileSync(join(folder, 'scores.csv'), `label,prediction\n${'1,1\n0,1\n'.repeat(rows / 2)}`);
  writeFileSync(
    join(folder, `.countersign/evaluations/${id}.yaml`),
    `schema: countersign/evaluation@1\nid: ${id}\ntitle: Slow\nkind: offline\ndata:\n  candidate: {path: scores.csv, where: ${JSON.stringify(where)}}\ncolumns: {label: label, prediction: prediction}\n`,
  );
  return folder;
}

/** A token as the editor hands it out, and what the person presses. */
function cancellable(): {
  readonly token: CancellationToken;
  readonly press: () => void;
  readonly listeners: Set<(event: unknown) => unknown>;
} {
  const listeners = new Set<(event: unknown) => unknown>();
  const token = {
    isCancellationRequested: false,
    onCancellationRequested: (listener: (event: unknown) => unknown) => {
      listeners.add(listener);
      return { dispose: () => listeners.delete(listener) };
    },
  };
  return {
    token,
    listeners,
    press: () => listeners.forEach((listener) => void listener(undefined)),
  };
}

test('an evaluation that was cancelled ends within seconds and stores nothing', async () => {
  const folder = repositoryWith(slow, 200_000);
  try {
    const { token, press, listeners } = cancellable();
    const started = Date.now();
    setTimeout(press, 500);
    assert.equal(await runEvaluation(await openRepository(folder), id, token, () => {}), null);
    assert.ok(Date.now() - started < 15_000, `it took ${Date.now() - started} ms`);
    assert.equal(existsSync(join(folder, '.countersign/results')), false);
    assert.equal(listeners.size, 0, 'nothing listens any more');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('one that nobody cancels is stored where it says', async () => {
  const folder = repositoryWith("label <> ''", 100);
  try {
    const path = await runEvaluation(
      await openRepository(folder),
      id,
      cancellable().token,
      () => {},
    );
    assert.ok(path?.startsWith(`.countersign/results/${id}/`));
    assert.ok(existsSync(join(folder, path ?? '')));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
