/** The arrows between the rings, each held by a guard that is seen to catch a planted violation. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { build } from 'esbuild';

const root = new URL('../..', import.meta.url).pathname;

/** Libraries that core and app may stand on: they run wherever JavaScript does. */
const portable = ['yaml', 'zod', 'picomatch', '@noble/hashes/*', 'd3-array'];

/** Each planted file breaks one rule, and is to be reported by the compiler. */
const forbiddenImports = [
  [
    'src/core/planted-node.ts',
    "import { readFile } from 'node:fs/promises';\nexport const planted = readFile;\n",
    'core imports Node',
  ],
  [
    'src/core/planted-vscode.ts',
    "import { window } from 'vscode';\nexport const planted = window;\n",
    'core imports vscode',
  ],
  [
    'src/core/planted-app.ts',
    "import { check } from '../app/check.ts';\nexport const planted = check;\n",
    'core imports app',
  ],
  [
    'src/app/planted-node.ts',
    "import { spawn } from 'node:child_process';\nexport const planted = spawn;\n",
    'app imports Node',
  ],
  [
    'src/app/planted-port.ts',
    "import { openRepository } from '../node/repository.ts';\nexport const planted = openRepository;\n",
    'app imports node',
  ],
  [
    'src/cli/planted-shell.ts',
    "import { activate } from '../extension/main.ts';\nexport const planted = activate;\n",
    'the command line imports the extension',
  ],
  [
    'src/cli/planted-vscode.ts',
    "import { window } from 'vscode';\nexport const planted = window;\n",
    'the command line imports vscode',
  ],
  [
    'src/node/planted-vscode.ts',
    "import { window } from 'vscode';\nexport const planted = window;\n",
    'node imports vscode',
  ],
  [
    'src/extension/planted-shell.ts',
    "import { commands } from '../cli/commands.ts';\nexport const planted = commands;\n",
    'the extension imports the command line',
  ],
  [
    'webview/planted-app.ts',
    "import { check } from '../src/app/check.ts';\nexport const planted = check;\n",
    'a page imports app',
  ],
  [
    'webview/planted-node.ts',
    "import { readFileSync } from 'node:fs';\nexport const planted = readFileSync;\n",
    'a page imports Node',
  ],
] as const;

let copy = '';

before(async () => {
  copy = await mkdtemp(join(tmpdir(), 'countersign-boundaries-'));
  for (const name of ['src', 'webview', 'tsconfig.base.json', 'biome.json', 'package.json'])
    await cp(join(root, name), join(copy, name), { recursive: true });
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
  spawnSync('git', ['init', '--quiet'], { cwd: copy });
  const rings = ['src/core', 'src/app', 'src/node', 'src/cli', 'src/extension', 'webview'];
  await writeFile(
    join(copy, 'tsconfig.json'),
    JSON.stringify({ files: [], references: rings.map((path) => ({ path })) }),
  );
});

after(() => rm(copy, { recursive: true, force: true }));

function run(program: string, ...args: readonly string[]): string {
  const { stdout, stderr } = spawnSync(join(root, 'node_modules/.bin', program), args, {
    cwd: copy,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  return stdout + stderr;
}

test('the compiler refuses every import against the arrows, and nothing else', async () => {
  assert.equal(run('tsc', '--build'), '', 'the tree itself compiles');
  for (const [path, text] of forbiddenImports) await writeFile(join(copy, path), text);
  // A ring that fails stops those that stand on it, so each ring is compiled by itself.
  const rings = [
    ...new Set(forbiddenImports.map(([path]) => path.slice(0, path.lastIndexOf('/')))),
  ];
  const said = rings.map((ring) => run('tsc', '--project', ring)).join('\n');
  for (const [path, , what] of forbiddenImports)
    assert.match(said, new RegExp(`${path.replaceAll('.', '\\.')}\\(1,`), what);
  for (const [path] of forbiddenImports) await rm(join(copy, path));
});

test('the linter refuses Node in core and app, and import cycles', async () => {
  await writeFile(
    join(copy, 'src/core/planted-node.ts'),
    "import { readFile } from 'node:fs/promises';\nexport const planted = readFile;\n",
  );
  await writeFile(
    join(copy, 'src/core/planted-one.ts'),
    "import { two } from './planted-two.ts';\nexport const one = (): number => two();\n",
  );
  await writeFile(
    join(copy, 'src/core/planted-two.ts'),
    "import { one } from './planted-one.ts';\nexport const two = (): number => one();\n",
  );
  const said = run('biome', 'lint', '--max-diagnostics=50', 'src');
  assert.match(said, /planted-node\.ts:1:\d+ lint\/correctness\/noNodejsModules/);
  assert.match(said, /planted-one\.ts:1:\d+ lint\/suspicious\/noImportCycles/);
  for (const name of ['node', 'one', 'two']) await rm(join(copy, 'src/core', `planted-${name}.ts`));
});

/** Each planted file goes beyond one limit of size, in the sources and in the tests. */
const oversized: readonly (readonly [name: string, rule: string, text: string])[] = [
  [
    'nested-ternary',
    'style/noNestedTernary',
    "export const planted = (n: number): string => (n < 1 ? 'a' : n < 2 ? 'b' : 'c');\n",
  ],
  [
    'parameters',
    'complexity/useMaxParams',
    'export const planted = (...all: number[]): number =>\n  ((a: number, b: number, c: number, d: number, e: number) => a + b + c + d + e)(\n    ...(all as [number, number, number, number, number]),\n  );\n',
  ],
  [
    'long-function',
    'complexity/noExcessiveLinesPerFunction',
    `export function planted(): number {\n  let sum = 0;\n${'  sum += 1;\n'.repeat(60)}  return sum;\n}\n`,
  ],
  [
    'long-file',
    'style/noExcessiveLinesPerFile',
    Array.from({ length: 301 }, (_, line) => `export const planted${line} = ${line};\n`).join(''),
  ],
];

test('the linter refuses files, functions and lists of parameters that are too long, and choices inside choices', async () => {
  const folders = ['src/core', 'webview', 'test'];
  await mkdir(join(copy, 'test'), { recursive: true });
  const planted = folders.flatMap((folder) =>
    oversized.map(([name, rule, text]) => [`${folder}/planted-${name}.ts`, rule, text] as const),
  );
  for (const [path, , text] of planted) await writeFile(join(copy, path), text);
  const said = run('biome', 'lint', '--max-diagnostics=50', ...folders);
  for (const [path, rule] of planted)
    assert.match(said, new RegExp(`${path.replaceAll('.', '\\.')}:\\d+:\\d+ lint/${rule}`), path);
  for (const [path] of planted) await rm(join(copy, path));
});

async function bundleForAnywhere(folder: string): Promise<readonly string[]> {
  const files = globSync(['src/core/**/*.ts', 'src/app/**/*.ts'], { cwd: folder });
  const { metafile } = await build({
    absWorkingDir: folder,
    entryPoints: files,
    outdir: 'out',
    bundle: true,
    write: false,
    metafile: true,
    platform: 'neutral',
    external: portable,
    logLevel: 'silent',
  });
  return Object.values(metafile.inputs).flatMap(({ imports }) =>
    imports.filter(({ external }) => external).map(({ path }) => path),
  );
}

test('core and app bundle for a platform without Node, on the portable libraries alone', async () => {
  const libraries = new Set(
    (await bundleForAnywhere(root)).map((path) =>
      path.startsWith('@noble/hashes/') ? '@noble/hashes/*' : path,
    ),
  );
  assert.deepEqual([...libraries].sort(), [...portable].sort());
});

test('a library of Node anywhere below core breaks that bundle', async () => {
  await writeFile(
    join(copy, 'src/core/planted-node.ts'),
    "export { readFile } from 'node:fs/promises';\n",
  );
  await assert.rejects(bundleForAnywhere(copy), /Could not resolve "node:fs\/promises"/);
  await rm(join(copy, 'src/core/planted-node.ts'));
});
