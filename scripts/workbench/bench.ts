/** Everything that a test or a tour of the workbench needs: a server with the extension installed, and a browser. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { packExtension } from '../package.ts';
import { runProgram } from '../run-program.ts';
import { openWorkbench, type Workbench } from './driver/workbench.ts';
import { findChromium } from './find-chromium.ts';
import { installWorkbench } from './install-workbench.ts';
import { quietSettings, serverArguments, startServer, type WorkbenchServer } from './start-server.ts';

/** A bench that is set up; what is opened on it is closed with it. */
export type Bench = {
  open(folder: string): Promise<Workbench>;
  close(): Promise<void>;
};

/** @param settings of the person, besides those that keep the workbench quiet */
export async function setUpBench(settings: Readonly<Record<string, unknown>> = {}): Promise<Bench> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'countersign-bench-'));
  const server = await serveWithExtension(dataFolder, { 'security.workspace.trust.enabled': false, ...settings });
  const browser: Browser = await chromium.launch({ executablePath: await findChromium() });
  return {
    open: (folder) => openWorkbench(browser, server, folder),
    close: async () => {
      await browser.close();
      server.stop();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

/** Starts a server whose only extension is ours, packed as it is shipped. */
export async function serveWithExtension(dataFolder: string, settings: Readonly<Record<string, unknown>>): Promise<WorkbenchServer> {
  const serverMain = await installWorkbench();
  const vsix = join(dataFolder, 'countersign.vsix');
  await packExtension(vsix);
  await runProgram(process.execPath, [...serverArguments({ serverMain, dataFolder }), '--install-extension', vsix], { cwd: dataFolder });
  return startServer({ serverMain, dataFolder, settings: { ...quietSettings, ...settings } });
}
