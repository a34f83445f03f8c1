/** `npm run check`: everything that needs no editor and no long history: types, build, lint, dead code, boundaries and unit tests. */
import { globSync } from 'node:fs';
import { addTotals, nodeTests, runSteps, type Step, type Totals } from './steps.ts';

const root = new URL('..', import.meta.url).pathname;
const bin = (name: string): string => `${root}node_modules/.bin/${name}`;

/** Paths of the quick tests; those named `*.slow.test.ts` build many repositories and are for `npm test`. */
function quickTests(): readonly string[] {
  return globSync('test/**/*.test.ts', { cwd: root })
    .filter((path) => !path.endsWith('.slow.test.ts'))
    .sort();
}

/** Runs every part, two at a time, and prints a line for each; the output of those that fail is shown whole. */
export async function check(): Promise<Totals> {
  // The bundle is what some tests run, so it comes first; types share a build cache with nothing else.
  const waves: readonly (readonly Step[])[] = [
    [
      { name: 'build', program: process.execPath, args: ['scripts/build.ts'] },
      { name: 'types', program: bin('tsc'), args: ['--build'] },
    ],
    [
      { name: 'lint and format', program: bin('biome'), args: ['ci', '--error-on-warnings', '.'] },
      { name: 'dead code', program: bin('knip'), args: ['--no-config-hints'] },
    ],
    [nodeTests('unit tests', quickTests())],
  ];
  const totals: Totals[] = [];
  for (const wave of waves) totals.push(await runSteps(wave));
  return addTotals(totals);
}

if (import.meta.main) {
  const { passed, failed } = await check();
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}
