import { readFile } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import type { Plugin } from 'esbuild';

/**
 * Lets some modules of a CommonJS bundle run when something of theirs is used for the first time, instead of when the
 * program starts. Nothing that uses them while it is loaded itself gains by it.
 *
 * @param files absolute paths of our own modules
 * @param builtins names of Node's modules
 */
export function lazyModules(files: ReadonlySet<string>, builtins: readonly string[]): Plugin {
  return {
    name: 'lazy-modules',
    setup: ({ initialOptions, onResolve, onLoad }) => {
      // The name of a module stands in the bundle, which has to be the same wherever it is built.
      const root = initialOptions.absWorkingDir ?? '.';
      onResolve({ filter: /^\.\.?\/.*\.ts$/ }, ({ path, importer, kind }) => {
        const file = resolve(dirname(importer), path);
        return files.has(file) && kind === 'import-statement'
          ? {
              path: relative(root, file).replaceAll('\\', '/'),
              namespace: 'lazy',
              pluginData: file,
            }
          : null;
      });
      onResolve({ filter: /^node:/ }, ({ path, kind }) =>
        builtins.includes(path) && kind === 'import-statement'
          ? { path, namespace: 'lazy', pluginData: path }
          : null,
      );
      onLoad({ filter: /./, namespace: 'lazy' }, async ({ pluginData }) => {
        const file = pluginData as string;
        return { contents: facade(file, await namesOf(file)), resolveDir: dirname(file) };
      });
    },
  };
}

async function namesOf(path: string): Promise<readonly string[]> {
  if (path.startsWith('node:'))
    return Object.keys((await import(path)) as object).filter((name) => name !== 'default');
  return [
    ...(await readFile(path, 'utf8')).matchAll(
      /^export (?:async )?(?:const|function|class) (\w+)/gm,
    ),
  ].map(([, name = '']) => name);
}

function facade(path: string, names: readonly string[]): string {
  return names
    .map(
      (name) =>
        `Object.defineProperty(exports, ${JSON.stringify(name)}, { enumerable: true, get: () => require(${JSON.stringify(path)}).${name} });`,
    )
    .join('\n');
}
