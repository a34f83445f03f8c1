/** What axe-core finds wrong in a document. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Frame } from 'playwright-core';

const source = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** One line a violation: its rule, how bad it is, and where it is. An empty list is a clean document. */
export async function violations(frame: Frame): Promise<readonly string[]> {
  await frame.evaluate(await readFile(source, 'utf8'));
  const results = await frame.evaluate(() =>
    (globalThis as unknown as { readonly axe: { run(): Promise<AxeResults> } }).axe.run(),
  );
  return results.violations.flatMap(({ id, impact, nodes }) =>
    nodes.map(
      ({ target, failureSummary }) => `${impact} ${id} at ${target.join(' ')}: ${failureSummary}`,
    ),
  );
}
