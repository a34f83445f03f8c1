/** Everything that a test or a tour of the workbench needs: a server with the extension installed, and a browser. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { packExtension } from '../package.ts';
import { runProgram } from '../run-program.ts';
import { openWindow, openWorkbench, type Workbench } from './driver/workbench.ts';
import { findChromium } from './find-chromium.ts';
import { installWorkbench } from './install-workbench.ts';
import { temporaryFolder } from './temporary-folder.ts';
import {
  quietSettings,
  serverArguments,
  startServer,
  type WorkbenchServer,
} from './start-server.ts';

/** A bench that is set up; what is opened on it is closed with it. */
export type Bench = {
  open(folder: string): Promise<Workbench>;
  /** Opens a folder in which the extension may have nothing to do, or with null an empty window. */
  openWindow(folder: string | null): Promise<Workbench>;
  close(): Promise<void>;
};

/** @param settings of the person, besides those that keep the workbench quiet */
export async function setUpBench(settings: Readonly<Record<string, unknown>> = {}): Promise<Bench> {
  const dataFolder = temporaryFolder(join(tmpdir(), 'countersign-bench-'));
  const server = await serveWithExtension(
    dataFolder,
    { 'security.workspace.trust.enabled': false, ...settings },
    strangersEnvironment(dataFolder),
  );
  const browser: Browser = await chromium.launch({ executablePath: await findChromium() });
  return {
    open: (folder) => openWorkbench(browser, server, folder),
    openWindow: (folder) => openWindow(browser, server, folder),
    close: async () => {
      await browser.close();
      server.stop();
    },
  };
}

/** Nothing of the person at this machine may show in a test: no git configuration, no key, no agent. */
function strangersEnvironment(home: string): NodeJS.ProcessEnv {
  const { SSH_AUTH_SOCK: _, ...env } = process.env;
  return { ...env, HOME: home, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
}

/** Starts a server whose only extension is ours, packed as it is shipped. */
export async function serveWithExtension(
  dataFolder: string,
  settings: Readonly<Record<string, unknown>>,
  env: Readonly<NodeJS.ProcessEnv> = process.env,
): Promise<WorkbenchServer> {
  const serverMain = await installWorkbench();
  const vsix = join(dataFolder, 'countersign.vsix');
  await packExtension(vsix);
  await runProgram(
    process.execPath,
    [...serverArguments({ serverMain, dataFolder }), '--install-extension', vsix],
    { cwd: dataFolder },
  );
  return startServer({ serverMain, dataFolder, settings: { ...quietSettings, ...settings }, env });
}
