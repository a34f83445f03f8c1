import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What the tests of one run did about a printed step; `exempt` names the row that lets it go. */
export type Entry = {
  readonly template: string;
  readonly done: 'run' | 'look' | 'hand' | 'exempt';
};

/** The variable that names the ledger's folder to every process of a whole test run. */
export const ledgerVariable = 'COUNTERSIGN_STEP_LEDGER';

/** Where this run of tests keeps its marks: files of one runner share it, so that each step is tried once. */
function folder(): string {
  return process.env[ledgerVariable] ?? join(tmpdir(), `countersign-steps-${process.ppid}`);
}

/** Takes a step for this process; false where one took it before. */
export function claim(entry: Entry): boolean {
  mkdirSync(folder(), { recursive: true });
  const name = createHash('sha256').update(`${entry.done} ${entry.template}`).digest('hex');
  try {
    writeFileSync(join(folder(), `${name}.json`), JSON.stringify(entry), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** All that the tests of a run did. */
export function entries(of: string): readonly Entry[] {
  return readdirSync(of).map((name) => JSON.parse(readFileSync(join(of, name), 'utf8')) as Entry);
}
