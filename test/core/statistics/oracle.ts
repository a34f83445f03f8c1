import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

/** One expected answer of the data folder that may lie beside the project. */
export type OracleCase = {
  readonly id: string;
  readonly kind: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly expected: unknown;
  readonly tolerance: { readonly abs?: number; readonly rel?: number };
};

const folder = new URL('../../../../shared/data/', import.meta.url);

/** The text of a data file, or null where the folder is absent. */
export function dataText(path: string): string | null {
  const file = new URL(path, folder);
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

/** Runs one test a case of a kind; where the data are absent, one skipped test says so. */
export function oracleTests(
  file: string,
  kind: string,
  check: (example: OracleCase) => void,
): void {
  const text = dataText(`oracle/${file}.json`);
  if (text === null) {
    test(`${file}: ${kind}`, (t) =>
      t.skip(`skipped: no ../shared/data/oracle/${file}.json beside the project`));
    return;
  }
  const cases = (JSON.parse(text) as { cases: OracleCase[] }).cases.filter(
    (example) => example.kind === kind,
  );
  if (cases.length === 0) throw new Error(`${file}.json has no case of kind ${kind}`);
  for (const example of cases) test(`${file}: ${example.id}`, () => check(example));
}
