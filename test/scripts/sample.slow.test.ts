import { strict as assert } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { makeSample, type SampleManifest } from '../../scripts/sample.ts';

const cli = new URL('../../dist/cli.js', import.meta.url).pathname;
const parent = mkdtempSync(join(tmpdir(), 'countersign-sample-'));
let sample: SampleManifest;

before(async () => {
  sample = await makeSample(join(parent, 'wage-model'), { cli });
});
after(() => rmSync(parent, { recursive: true, force: true }));

function countersign(...args: readonly string[]): {
  readonly status: number | null;
  readonly stdout: string;
} {
  return spawnSync(process.execPath, [cli, ...args], {
    cwd: sample.directory,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
}

test('the sample has a record of every kind and no finding', () => {
  const { status, stdout } = countersign('index');
  assert.equal(status, 0, stdout);
  assert.match(
    stdout,
    /^14 feedback, 3 decisions, 2 slices, 2 evaluations, 4 review events, 1 checklist, 1 triage, 1 policy, 3 results, 3 sign-offs; \d+ links, 0 of them dangling; anchors: 3 exact; 0 errors, 0 warnings;/,
  );
});

test('the line of the sample leads to the feedback that asked for it', () => {
  const { stdout } = countersign('trail', `${sample.line.path}:${sample.line.line}`);
  assert.match(stdout, new RegExp(`${sample.decision} .*\\n[^]*asked for by FB-MISSED01 `));
});

test('of its evaluations one held and one does not', () => {
  assert.match(
    countersign('report', sample.evaluation.pass).stdout,
    /^Out of date: .* It said then: pass, all 2 targets are met\./m,
  );
  assert.match(
    countersign('report', sample.evaluation.fail).stdout,
    /^Fail: fpr of gender female is /m,
  );
  assert.equal(countersign('evaluate', sample.evaluation.fail).status, 1);
});

test('what it has in review may not land, with one next step', () => {
  const { status, stdout } = countersign('check');
  assert.equal(status, 1);
  assert.match(stdout.trimEnd().split('\n').at(-1) ?? '', /^fail: .* — next: .*countersign /);
});
