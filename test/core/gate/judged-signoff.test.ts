import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { judged } from './judged-by.ts';
import { rows } from './signoff-rows.ts';
import { attestedRows } from './attested-rows.ts';

for (const { name: about, given, state, code, severity = 'error', line } of [
  ...rows,
  ...attestedRows,
]) {
  test(`a sign-off ${about}`, () => {
    const found = judged(given);
    assert.equal(found.state, state, found.findings[0]?.message);
    assert.deepEqual(
      found.findings.map((finding) => [finding.code, finding.severity]),
      code === undefined ? [] : [[code, severity]],
    );
    if (code !== undefined)
      assert.deepEqual(
        [found.findings[0]?.path, found.findings[0]?.line, found.findings[0]?.column],
        [found.file, severity === 'warning' ? 4 : (line ?? 1), 1],
      );
    assert.equal(found.landed, false);
    if (state !== 'stale') assert.deepEqual(found.moved, []);
  });
}
