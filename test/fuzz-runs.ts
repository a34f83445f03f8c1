/** How many inputs a property is tried on: few in `npm test`, as many as `npm run test:long` asks for there. */
export function fuzzRuns(few: number): number {
  const many = Number(process.env['COUNTERSIGN_FUZZ_RUNS'] ?? 0);
  return Math.max(few, many);
}
