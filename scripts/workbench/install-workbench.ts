/** Installs VS Code's own workbench and server, from the npm package code-server, into a cache folder of its own. */
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { step } from '../progress.ts';
import { runProgram } from '../run-program.ts';

/** VS Code 1.139.1. The package's own shrinkwrap files fix everything below it. */
const version = '4.139.1';

const root = new URL('../..', import.meta.url).pathname;
const folder = join(root, '.cache', 'workbench', `${version}-${process.platform}-${process.arch}`);

/** Installs it where it is not there yet. @returns the path of the server's script, for the project's own Node */
export async function installWorkbench(): Promise<string> {
  if (!existsSync(folder)) await step(`Installing the workbench (code-server ${version})`, install);
  return join(folder, inPackage, 'out', 'server-main.js');
}

const inPackage = join('node_modules', 'code-server', 'lib', 'vscode');

/** Done beside its place and moved there whole, so that one that was interrupted is never taken for one that is there. */
async function install(): Promise<void> {
  const draft = `${folder}.${process.pid}`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true });
  await writeFile(
    join(draft, 'package.json'),
    JSON.stringify({ private: true, dependencies: { 'code-server': version } }),
  );
  // Install scripts would build native modules, for which many machines have no compiler; the server runs without them.
  for (const place of ['.', inPackage, join(inPackage, 'extensions')]) {
    await runProgram(
      'npm',
      [
        'install',
        '--omit=dev',
        '--ignore-scripts',
        '--no-audit',
        '--no-fund',
        '--no-package-lock',
        '--loglevel=error',
      ],
      { cwd: join(draft, place) },
    );
  }
  await rename(draft, folder).catch(async (error: unknown) => {
    await rm(draft, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  });
}
