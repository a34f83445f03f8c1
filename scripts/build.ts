/** Builds `dist/`: the command line and the extension share chunks, so that nothing heavy is loaded before it is needed. */
import { readFile, rm } from 'node:fs/promises';
import { build, type BuildOptions, type Metafile } from 'esbuild';
import { lazyModules } from './lazy-modules.ts';

const root = new URL('..', import.meta.url).pathname;

/** Options shared by the build and by the tests that look at what a bundle holds. */
export async function hostBundle(): Promise<BuildOptions> {
  const { version } = JSON.parse(await readFile(`${root}package.json`, 'utf8')) as {
    version: string;
  };
  return {
    absWorkingDir: root,
    entryPoints: {
      cli: 'src/cli/main.ts',
      extension: 'src/extension/main.ts',
      askpass: 'src/node/askpass-main.ts',
    },
    outdir: 'dist',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    metafile: true,
    external: ['vscode', '@duckdb/node-api'],
    // The git library's log of itself would look for this package from `dist/` upwards, so in the folders of whoever installed
    // us, and run what it finds. It asks for a `level` of colours, which this module of Node's does not have.
    alias: { 'supports-color': 'node:tty' },
    define: { __VERSION__: JSON.stringify(version) },
    // Some bundled CommonJS libraries ask for Node's own modules with require.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
    chunkNames: 'chunks/[name]-[hash]',
    logLevel: 'warning',
  };
}

/** What few commits need, and what takes milliseconds to make: the schema of each kind of record, OpenSSL. */
const rarelyUsed = new Set(
  [
    'records/feedback',
    'records/decision',
    'records/slice',
    'records/evaluation',
    'records/review-event',
    'records/checklist',
    'records/triage',
    'records/import-profile',
    'records/policy',
    'records/yaml/yaml-source',
    'gate/payload',
    'reviews/thread-list',
  ]
    .map((name) => `${root}src/core/${name}.ts`)
    .concat(`${root}src/app/stored-result.ts`),
);

/** What runs in git's hooks, in one file and a small one that starts it: every commit waits until they are loaded. */
export async function hookBundle(): Promise<BuildOptions> {
  const { banner: _, splitting: __, chunkNames: ___, ...host } = await hostBundle();
  return {
    ...host,
    entryPoints: { hook: 'src/cli/hook-start.ts', 'hook-program': 'src/cli/hook-main.ts' },
    format: 'cjs',
    charset: 'ascii',
    plugins: [lazyModules(rarelyUsed, ['node:crypto', 'node:fs/promises'])],
    outExtension: { '.js': '.cjs' },
    metafile: true,
  };
}

/** The browser code of the pages that the extension shows: each one script, and one style sheet for all. */
export function pageBundle(): BuildOptions {
  return {
    absWorkingDir: root,
    entryPoints: {
      report: 'webview/report/main.ts',
      signoff: 'webview/signoff/main.ts',
      page: 'webview/kit/page.css',
    },
    outdir: 'dist/webview',
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    minify: true,
    legalComments: 'none',
    logLevel: 'warning',
  };
}

/** Builds everything; returns what went into which file. */
export async function buildAll(): Promise<Metafile> {
  await rm(`${root}dist`, { recursive: true, force: true });
  const { metafile } = await build(await hostBundle());
  await build(await hookBundle());
  await build(pageBundle());
  return metafile as Metafile;
}

if (import.meta.main) await buildAll();
