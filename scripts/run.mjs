/**
 * The one entry of every npm script: `node scripts/run.mjs <name> [arguments]` runs `scripts/<name>.ts`.
 *
 * Runs on Node 20 and needs nothing installed: it installs the packages where they are missing or not those of
 * the lockfile, and hands over to the project's own Node, which runs TypeScript as it stands.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, 'node_modules');
const ownNode = join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** What makes an installation necessary, in words; null where the packages are those of the lockfile. */
function whyInstall() {
  const installed = readPackages(join(modules, '.package-lock.json'));
  if (installed === null || !existsSync(ownNode)) return 'they are missing';
  const { '': _, ...locked } = readPackages(join(root, 'package-lock.json')) ?? {};
  const same = (path) =>
    installed[path]?.version === locked[path]?.version &&
    installed[path]?.integrity === locked[path]?.integrity;
  const wanted = Object.keys(locked).filter(
    (path) => path in installed || locked[path].optional !== true,
  );
  const other = [...wanted, ...Object.keys(installed)].find((path) => !same(path));
  return other === undefined ? null : `${other} is not the one of package-lock.json`;
}

/** The packages of a lockfile by path, or null where there is none to read. */
function readPackages(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages;
  } catch {
    return null;
  }
}

/** Installs, unless the folder is a link: then it is another tree's, which this one must not take apart. */
function install(reason) {
  if (lstatSync(modules, { throwIfNoEntry: false })?.isSymbolicLink()) {
    if (!existsSync(ownNode))
      stop(
        "node_modules is a link to a folder without the project's packages. Remove the link, then run this again.",
      );
    console.error(`node_modules is a link and stays as it is, though ${reason}.`);
    return;
  }
  console.error(`Installing packages (npm ci): ${reason} …`);
  const began = Date.now();
  // npm must not run on a Node that it is about to replace, and needs the scripts and development packages whatever the user's settings say.
  const path = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((entry) => !entry.startsWith(modules))
    .join(delimiter);
  const { status, error } = spawnSync(
    'npm',
    [
      'ci',
      '--include=dev',
      '--include=optional',
      '--ignore-scripts=false',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
    ],
    {
      cwd: root,
      env: { ...process.env, PATH: path },
      stdio: ['ignore', 2, 2],
      shell: process.platform === 'win32',
    },
  );
  if (status !== 0)
    stop(
      `npm ci failed${error ? `: ${error.message}` : ''}. See above; when the network is back, run the same command again.`,
    );
  // Some versions of npm run no install script that package.json does not allow by name, and older ones do not know that field.
  if (!existsSync(ownNode))
    spawnSync(process.execPath, ['installArchSpecificPackage.js'], {
      cwd: join(modules, 'node'),
      env: { ...process.env, PATH: path },
      stdio: ['ignore', 2, 2],
    });
  if (!existsSync(ownNode))
    stop(
      'npm ci left out node_modules/node/bin/node. Remove node_modules, then run the same command again.',
    );
  console.error(`Packages installed in ${((Date.now() - began) / 1000).toFixed(1)} s.`);
}

function stop(message) {
  console.error(message);
  process.exit(2);
}

/** Runs the script on the project's own Node, which comes first on its PATH too; passes signals on, and ends as the script ends. */
function hand(name, args) {
  const env = {
    ...process.env,
    PATH: [dirname(ownNode), join(modules, '.bin'), process.env.PATH ?? ''].join(delimiter),
  };
  const script = spawn(ownNode, [join(root, 'scripts', `${name}.ts`), ...args], {
    cwd: root,
    env,
    stdio: 'inherit',
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => script.kill(signal));
  script.on('error', ({ message }) =>
    stop(
      `${ownNode} does not start: ${message}. Remove node_modules, then run the same command again.`,
    ),
  );
  script.on('close', (status, signal) => process.exit(status ?? (signal === 'SIGINT' ? 130 : 143)));
}

const [name, ...args] = process.argv.slice(2);
if (name === undefined || !existsSync(join(root, 'scripts', `${name}.ts`)))
  stop(`There is no scripts/${name}.ts. Usage: node scripts/run.mjs <name> [arguments]`);
if (Number(process.versions.node.split('.')[0]) < 20)
  stop(
    `Node ${process.versions.node} is too old: install Node 20 or newer, then run the same command again.`,
  );
const reason = whyInstall();
if (reason !== null) install(reason);
hand(name, args);
