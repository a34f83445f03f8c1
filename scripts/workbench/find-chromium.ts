/** Finds a Chromium to drive; where there is none, installs one if that can be done without asking anybody. */
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';
import { step } from '../progress.ts';
import { runProgram } from '../run-program.ts';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const elsewhere = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** @returns the path of a browser. @throws Error that says what to install, where none is there and none could be installed */
export async function findChromium(): Promise<string> {
  const found = await installedChromium();
  if (found !== null) return found;
  if (process.getuid?.() === 0)
    await step('Installing Chromium (apt-get)', installFromDebian).catch(() => {});
  const installed = await installedChromium();
  if (installed !== null) return installed;
  throw new Error(
    'There is no Chromium. Install one (Debian: apt-get install chromium; elsewhere: Google Chrome, or npx playwright-core install chromium) or set CHROMIUM to the path of yours, then run the same command again.',
  );
}

async function installedChromium(): Promise<string | null> {
  const own = process.env['CHROMIUM'];
  if (own !== undefined) return own;
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  for (const path of [
    ...names.flatMap((name) => folders.map((folder) => join(folder, name))),
    ...elsewhere,
    chromium.executablePath(),
  ]) {
    if (await isExecutable(path)) return path;
  }
  return null;
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** Without recommended packages there would be no font, and every letter a box. */
async function installFromDebian(): Promise<void> {
  const place = { cwd: '/', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  await runProgram('apt-get', ['update', '--quiet'], place);
  await runProgram(
    'apt-get',
    [
      'install',
      '--yes',
      '--quiet',
      '--no-install-recommends',
      'chromium',
      'fonts-dejavu-core',
      'fonts-liberation',
    ],
    place,
  );
}
