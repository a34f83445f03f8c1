import assert from 'node:assert/strict';

/** Longest time for one input of a megabyte, in milliseconds: far above what any takes by itself, since other tests share the processors. */
const patience = 20_000;

/** Does something that must neither throw nor take long. */
export function within<Value>(about: string, work: () => Value): Value {
  const started = performance.now();
  const value = work();
  assert.ok(
    performance.now() - started < patience,
    `${about}: took ${performance.now() - started} ms`,
  );
  return value;
}
