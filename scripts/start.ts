/**
 * `npm start`: makes the sample model repository, shows the main job on it in the terminal, and opens it in the
 * workbench with the extension installed, until Ctrl-C.
 *
 * `npm start -- --check [--screenshots FOLDER]` does the same without a person: it drives the workbench through every view
 * and the report, leaves pictures (in `.cache/screenshots`), and ends with 0, or says what failed.
 */
import { spawnSync } from 'node:child_process';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { buildAll } from './build.ts';
import { step } from './progress.ts';
import { currentSample } from './current-sample.ts';
import type { SampleManifest } from './sample.ts';
import { tour } from './tour.ts';
import { serveWithExtension } from './workbench/bench.ts';
import { openWorkbench } from './workbench/driver/workbench.ts';
import { findChromium } from './workbench/find-chromium.ts';
import { installWorkbench } from './workbench/install-workbench.ts';
import { temporaryFolder } from './workbench/temporary-folder.ts';
import type { WorkbenchServer } from './workbench/start-server.ts';

const root = new URL('..', import.meta.url).pathname;
const cli = join(root, 'dist', 'cli.js');

const { values } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    screenshots: { type: 'string' },
    fresh: { type: 'boolean', default: false },
  },
});

/** The main job by the command line, and the code with which each command has to end: the sample's change is not good yet. */
function mainJob({
  line,
  evaluation,
}: SampleManifest): readonly (readonly [title: string, args: readonly string[], code: number])[] {
  return [
    ['What was indexed', ['index'], 0],
    ['Why a line of the model is as it is', ['trail', `${line.path}:${line.line}`], 0],
    ['The evaluation of the change in progress', ['evaluate', evaluation.fail], 1],
    ['What the gate says of it, and the next step', ['check'], 1],
  ];
}

function showMainJob(sample: SampleManifest): void {
  for (const [title, args, code] of mainJob(sample)) {
    console.log(`\n— ${title}: countersign ${args.join(' ')}\n`);
    const { status } = spawnSync(process.execPath, [cli, ...args], {
      cwd: sample.directory,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    if (status !== code)
      throw new Error(
        `countersign ${args.join(' ')} ended with ${status}, not with ${code}. If the sample was changed, make it anew: npm start -- --fresh`,
      );
  }
  console.log('');
}

async function main(): Promise<void> {
  await installWorkbench();
  if (values.check) await findChromium();
  await step('Building', buildAll);
  const sample = await currentSample({ cli, fresh: values.fresh });
  showMainJob(sample);
  const dataFolder = temporaryFolder(join(root, '.cache', 'start-'));
  const server = await step('Starting the workbench', () =>
    serveWithExtension(dataFolder, { 'security.workspace.trust.enabled': false }),
  );
  if (values.check) await check(server, sample);
  else await stay(server, sample);
  server.stop();
}

async function check(server: WorkbenchServer, sample: SampleManifest): Promise<void> {
  const folder = values.screenshots ?? join(root, '.cache', 'screenshots');
  const browser = await chromium.launch({ executablePath: await findChromium() });
  try {
    const workbench = await step('Opening the sample', () =>
      openWorkbench(browser, server, sample.directory),
    );
    await tour(workbench, sample, folder);
  } finally {
    await browser.close();
  }
  console.log(
    `Every view and the report were shown. Pictures: ${relative(process.cwd(), folder) || '.'}`,
  );
}

/** Until the person ends it, which is no failure. */
async function stay(server: WorkbenchServer, { directory, line }: SampleManifest): Promise<void> {
  const file = `vscode-remote://${server.authority}${join(directory, line.path)}:${line.line}:1`;
  console.log(
    `\nThe sample is open in the editor, at that line:\n\n  ${server.url(directory, [
      ['openFile', file],
      ['gotoLineMode', 'true'],
    ])}\n\nThe Countersign icon at the left shows the change, feedback, decisions and the trail. Ctrl-C ends it.`,
  );
  await new Promise<void>((done) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.removeAllListeners(signal).on(signal, () => done());
  });
}

try {
  await main();
  process.exit(0);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
