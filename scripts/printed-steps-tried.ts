import { exemptSteps } from './exempt-steps.ts';
import { type Entry, entries } from './step-ledger.ts';
import type { Totals } from './steps.ts';

/** Tells how many of the steps that the command line printed were run; it fails where none was, or where an exempt one was never printed. */
export function printedStepsTried(ledger: string): Totals {
  const all = entries(ledger);
  const count = (done: Entry['done']): number => all.filter((entry) => entry.done === done).length;
  const idle = exemptSteps.filter(
    ({ template }) =>
      !all.some((entry) => entry.done === 'exempt' && template.test(entry.template)),
  );
  const ok = count('run') > 0 && idle.length === 0;
  console.log(
    `${ok ? '✓' : '✗'} printed steps: ${count('run')} mend and ${count('look')} only show, all run; ${count('hand')} are done by hand; ${count('exempt')} exempt`,
  );
  for (const { template } of idle) console.log(`  no test prints the exempt step ${template}`);
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1 };
}
