#!/usr/bin/env node
/**
 * Takes the arguments with which @vscode/test-electron starts desktop VS Code, and runs the same tests in the workbench
 * from npm instead: the first folder is opened, `--extensionTestsPath` runs inside its extension host, and what it prints
 * and the code with which it ends become those of this program.
 */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Page } from 'playwright-core';
import { findChromium } from './find-chromium.ts';
import { installWorkbench } from './install-workbench.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { quietSettings, startServer } from './start-server.ts';

/** Longest time of a run, in milliseconds, from the page's opening to the tests' end. */
const patience = 300_000;

const { values, positionals } = parseArgs({
  strict: false,
  allowPositionals: true,
  options: {
    extensionDevelopmentPath: { type: 'string' },
    extensionTestsPath: { type: 'string' },
    'disable-workspace-trust': { type: 'boolean' },
  },
});

process.exitCode = await runInExtensionHost(
  String(values.extensionDevelopmentPath),
  String(values.extensionTestsPath),
  positionals[0] ?? process.cwd(),
);

async function runInExtensionHost(
  extension: string,
  tests: string,
  folder: string,
): Promise<number> {
  const dataFolder = temporaryFolder(join(tmpdir(), 'countersign-editor-'));
  const settings = {
    ...quietSettings,
    'security.workspace.trust.enabled': values['disable-workspace-trust'] !== true,
  };
  const server = await startServer({
    serverMain: await installWorkbench(),
    dataFolder,
    settings,
    smokeTestDriver: true,
  });
  const browser = await chromium.launch({ executablePath: await findChromium() });
  try {
    const page = await browser.newPage();
    const ended = endOf(page);
    ended.catch(() => {});
    const remote = (path: string): string => `vscode-remote://${server.authority}${path}`;
    await page.goto(
      server.url(folder, [
        ['extensionDevelopmentPath', remote(extension)],
        ['extensionTestsPath', remote(tests)],
      ]),
    );
    return await ended;
  } finally {
    await browser.close();
    server.stop();
  }
}

/** What the tests print goes to standard output as it comes; resolves to the code that they end with. */
function endOf(page: Page): Promise<number> {
  return new Promise((done, fail) => {
    const timer = setTimeout(
      () =>
        fail(new Error(`The tests in the extension host did not end within ${patience / 1000} s.`)),
      patience,
    );
    const end = (code: number): void => {
      clearTimeout(timer);
      done(code);
    };
    page.on('crash', () => fail(new Error("The browser's page crashed.")));
    page
      .exposeFunction('codeAutomationLog', (_type: string, args: readonly unknown[]) =>
        console.log(...args),
      )
      .catch(fail);
    page.exposeFunction('codeAutomationExit', end).catch(fail);
  });
}
