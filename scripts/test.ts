/**
 * `npm test`: everything. It installs what it needs, prints a line a part and the output of what failed, and ends with
 * `N passed, N failed` over all parts.
 *
 * | part | files below `test/` | for |
 * |---|---|---|
 * | check | `*.test.ts` | what takes milliseconds to a few seconds; `npm run check` runs these alone |
 * | slow tests | `*.slow.test.ts` | real histories by the dozen, whole journeys of the command line |
 * | extension host | `extension/*.host.ts`, imported by `extension/index.ts` | cases inside the editor's extension host, with the real `vscode` module |
 * | end to end | `workbench/*.e2e.ts` | a browser drives the whole workbench as a person would, by `scripts/workbench/driver`; up to three times where it fails, which is told |
 *
 * All but the host's cases are `node:test`. Each file makes what it needs in a folder of its own, and removes it.
 */
import { existsSync, globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { check } from './check.ts';
import { addTotals, nodeTests, runSteps, type Step, type Totals } from './steps.ts';
import { findChromium } from './workbench/find-chromium.ts';
import { installWorkbench } from './workbench/install-workbench.ts';

const root = new URL('..', import.meta.url).pathname;
const files = (pattern: string): readonly string[] => globSync(pattern, { cwd: root }).sort();

/** Outside the project: how others see the command line, and what they met, where they left it beside this folder. */
const outside = ['contract', 'field'].map((name) => ({
  name,
  script: join(root, '..', 'shared', name, 'run'),
}));

/** These write nothing in this folder. */
const outsideSteps: readonly Step[] = outside
  .filter(({ script }) => existsSync(script))
  .map(({ name, script }) => ({ name, program: 'bash', args: [script, root] }));

const inHost = (name: string, ...args: readonly string[]): Step => ({
  name,
  program: process.execPath,
  args: ['test/extension/run.ts', ...args],
});

/**
 * Every part after the check: those of a wave at once, one wave after another. A browser that shares its processor with other
 * tests is too slow to be judged; the cases inside the host wait for nothing on a screen.
 */
function laterWaves(editor: boolean): readonly (readonly Step[])[] {
  const slow = [nodeTests('slow tests', files('test/**/*.slow.test.ts'))];
  if (!editor) return [slow, outsideSteps];
  return [
    slow,
    [inHost('extension host'), ...outsideSteps],
    [inHost('extension host, untrusted', 'untrusted')],
    ...files('test/workbench/**/*.e2e.ts').map((file): readonly Step[] => [
      { ...nodeTests(`end to end: ${basename(file, '.e2e.ts')}`, [file]), tries: 3 },
    ]),
  ];
}

/** Whether there is an editor to test in. Without one the rest is still worth knowing, and the whole has failed. */
async function prepareEditor(): Promise<boolean> {
  try {
    await installWorkbench();
    await findChromium();
    return true;
  } catch (error) {
    console.log(
      `✗ no test in the editor can run: ${error instanceof Error ? error.message : String(error)}`,
    );
    return false;
  }
}

async function testAll(): Promise<Totals> {
  const editor = await prepareEditor();
  const totals = [{ passed: 0, failed: editor ? 0 : 1 }, await check()];
  for (const wave of laterWaves(editor)) {
    console.log(`… ${wave.map(({ name }) => name).join(', ')}`);
    totals.push(await runSteps(wave));
  }
  for (const { name, script } of outside)
    if (!existsSync(script))
      console.log(`- ${name}: not run, there is no ../shared/${name}/run beside this folder`);
  return addTotals(totals);
}

const { passed, failed } = await testAll();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
