import assert from 'node:assert/strict';

/** How far a number may be from what another implementation gives: the larger of the two allowances. */
export type Tolerance = { readonly abs?: number; readonly rel?: number };

/** Fails unless the number is as expected within the tolerance; null is expected as null. */
export function near(
  actual: number | null | undefined,
  expected: unknown,
  what: string,
  tolerance: Tolerance = { rel: 1e-12 },
): void {
  if (expected === null) return assert.equal(actual, null, `${what}: expected null`);
  if (typeof expected !== 'number')
    throw new Error(`${what}: expected ${String(expected)} is no number`);
  const allowed = Math.max(tolerance.abs ?? 0, (tolerance.rel ?? 0) * Math.abs(expected));
  const close = typeof actual === 'number' && Math.abs(actual - expected) <= allowed;
  assert.ok(close, `${what}: ${actual} is not within ${allowed} of ${expected}`);
}

/** `near` for both ends of an interval. */
export function nearInterval(
  actual: readonly [number, number] | null,
  expected: unknown,
  what: string,
  tolerance?: Tolerance,
): void {
  const [low, high] = expected as [unknown, unknown];
  near(actual?.[0] ?? null, low, `${what} low`, tolerance);
  near(actual?.[1] ?? null, high, `${what} high`, tolerance);
}
