import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { instrument, type Mutant, root } from './mutants.ts';

export const folder = join(root, '.cache/mutation');

/** What whoever runs the program uses of it. */
const played = [
  '../gate/kit/judged.ts',
  '../gate/kit/model-repo.ts',
  '../gate/reference/judge-plainly.ts',
  '../gate/drawn/random-history.ts',
  './collected-cases.ts',
  './collected-tests.ts',
  './tape.ts',
];

/** Quick tests that reach the gate or the signatures, and the files of cases that real git is asked for. */
const unitFiles = (): readonly string[] =>
  globSync(['test/core/{gate,records,render,signatures}/*.test.ts', 'test/fuzz/*.test.ts'], {
    cwd: root,
  })
    .filter(
      (path) =>
        !path.endsWith('.slow.test.ts') &&
        !readFileSync(join(root, path), 'utf8').includes('/scripts/'),
    )
    .sort();
const caseFiles = (): readonly string[] =>
  globSync('test/gate/*.slow.test.ts', { cwd: root })
    .filter((path) => readFileSync(join(root, path), 'utf8').includes('playCases('))
    .sort();

/** Makes one program of the source with all mutants in it, the tests, and what stands in for the machine. */
export async function bundle(): Promise<readonly Mutant[]> {
  const { texts, mutants } = await instrument();
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'mutants.json'), JSON.stringify(mutants));
  writeSwitchable(texts);
  const loaders = (files: readonly string[]): string =>
    `{${files.map((path) => `${JSON.stringify(path)}: () => import(${JSON.stringify(join(root, path))})`).join(',')}}`;
  await build({
    stdin: {
      contents: `${played.map((path) => `export * from '${path}';\n`).join('')}export const unitFiles = ${loaders(unitFiles())};\nexport const caseFiles = ${loaders(caseFiles())};\n`,
      resolveDir: join(root, 'test/mutation'),
      loader: 'ts',
    },
    bundle: true,
    format: 'cjs',
    platform: 'node',
    packages: 'external',
    outfile: join(folder, 'bundle.cjs'),
    plugins: [standIns(texts)],
    logLevel: 'error',
  });
  return mutants;
}

const doubles: readonly { readonly filter: RegExp; readonly by: string; readonly from?: RegExp }[] =
  [
    { filter: /^node:test$/, by: 'collected-tests.ts' },
    { filter: /\/cases\.ts$/, by: 'collected-cases.ts', from: /test\/gate\// },
    {
      filter: /\/src\/node\/repository\.ts$/,
      by: 'replayed-repository.ts',
      from: /kit\/judged\.ts$/,
    },
  ];

function standIns(texts: ReadonlyMap<string, string>): Plugin {
  return {
    name: 'stand-ins',
    setup: (on) => {
      for (const { filter, by, from } of doubles)
        on.onResolve({ filter }, ({ importer }) =>
          from && !from.test(importer) ? undefined : { path: join(root, 'test/mutation', by) },
        );
      on.onLoad({ filter: /\.ts$/ }, ({ path }) => {
        if (path.includes('/node_modules/')) return undefined;
        const text = texts.get(relative(root, path)) ?? readFileSync(path, 'utf8');
        return {
          contents: text.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)),
          loader: 'ts',
        };
      });
    },
  };
}

/** The project once more, with the mutants in it: there a mutant can be held against the tests as they stand, by naming it in `__STRYKER_ACTIVE_MUTANT__`. */
function writeSwitchable(texts: ReadonlyMap<string, string>): void {
  for (const [path, text] of texts) {
    const place = join(folder, 'tree', path);
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, text);
  }
}
