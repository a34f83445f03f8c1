import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the tests of one run did about a printed step; `exempt` names the row that lets it go. */
export type Entry = {
  readonly template: string;
  readonly done: 'run' | 'look' | 'hand' | 'exempt';
};

/** The variable that names the ledger's folder to every process of a whole test run. */
export const ledgerVariable = 'COUNTERSIGN_STEP_LEDGER';

/** Takes a step for this process, so that each is tried once; false where one took it before, and where the run tries none. */
export function claim(entry: Entry): boolean {
  const folder = process.env[ledgerVariable];
  if (folder === undefined) return false;
  mkdirSync(folder, { recursive: true });
  const name = createHash('sha256').update(`${entry.done} ${entry.template}`).digest('hex');
  try {
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(entry), { flag: 'wx' });
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
