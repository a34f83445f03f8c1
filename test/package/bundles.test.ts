/** What is loaded when: by how the bundles import one another, heavy libraries wait until they are needed. */
import assert from 'node:assert/strict';
import { builtinModules } from 'node:module';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build, type Metafile } from 'esbuild';
import { hookBundle, hostBundle } from '../../scripts/build.ts';

let metafile: Metafile;

before(async () => {
  ({ metafile } = (await build({ ...(await hostBundle()), write: false, metafile: true })) as {
    metafile: Metafile;
  });
});

/** An output and all that it imports before its own first line runs. */
function atOnce(output: string): ReadonlySet<string> {
  const found = new Set([output]);
  for (const path of found)
    for (const { path: next, kind, external } of metafile.outputs[path]?.imports ?? [])
      if (kind === 'import-statement' && !external) found.add(next);
  return found;
}

/** Source files and packages that an output has at once; packages by their name. */
function loaded(output: string): ReadonlySet<string> {
  const outputs = [...atOnce(output)];
  const inputs = outputs.flatMap((path) => Object.keys(metafile.outputs[path]?.inputs ?? {}));
  const externals = outputs.flatMap((path) =>
    (metafile.outputs[path]?.imports ?? [])
      .filter(({ kind, external }) => kind === 'import-statement' && external)
      .map(({ path: name }) => name),
  );
  return new Set(
    [...inputs, ...externals].map(
      (path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? path,
    ),
  );
}

/** The output that a source file became the entry of. */
function outputOf(entry: string): string {
  const found = Object.entries(metafile.outputs).find(([, { entryPoint }]) => entryPoint === entry);
  assert.ok(found, `${entry} is in no bundle of its own`);
  return found[0];
}

const commands = (): readonly string[] =>
  Object.values(metafile.outputs).flatMap(({ entryPoint }) =>
    entryPoint?.startsWith('src/cli/commands/') ? [entryPoint] : [],
  );

test('the command line itself loads no parser, schema, engine or git library', () => {
  const own = loaded(outputOf('src/cli/main.ts'));
  for (const heavy of ['yaml', 'zod', '@duckdb/node-api', 'simple-git', 'picomatch'])
    assert.ok(!own.has(heavy), heavy);
});

test('no command loads the engine before it opens it', () => {
  assert.ok(commands().length > 15);
  for (const command of commands())
    assert.ok(!loaded(outputOf(command)).has('@duckdb/node-api'), command);
});

test('what a commit waits for is one file and a small one that starts it, and runs neither the git library nor the parser of options', async () => {
  const { metafile: hook } = (await build({
    ...(await hookBundle()),
    write: false,
    metafile: true,
  })) as { metafile: Metafile };
  assert.deepEqual(Object.keys(hook.outputs).sort(), ['dist/hook-program.cjs', 'dist/hook.cjs']);
  const { 'dist/hook-program.cjs': output, 'dist/hook.cjs': start } = hook.outputs;
  assert.ok((start?.bytes ?? 0) < 8192, `${start?.bytes} bytes`);
  // The engine is asked for only where a policy wants a result computed again.
  const asked = output?.imports.filter(
    ({ path: name }) => !name.startsWith('node:') && !builtinModules.includes(name),
  );
  assert.deepEqual(
    asked?.map(({ path: name, kind }) => [name, kind]),
    [['@duckdb/node-api', 'dynamic-import']],
  );
  const found = new Set(['src/cli/hook-main.ts']);
  for (const input of found)
    for (const { path: next, kind } of hook.inputs[input]?.imports ?? [])
      if (kind !== 'dynamic-import') found.add(next);
  for (const heavy of ['simple-git', 'commander', '@duckdb'])
    assert.ok(![...found].some((input) => input.includes(`node_modules/${heavy}/`)), heavy);
  assert.ok(found.has('src/core/gate/verdict.ts'));
  // A bundle is the same wherever it is built, and tells nobody where that was.
  const here = fileURLToPath(new URL('../../', import.meta.url));
  assert.deepEqual(
    Object.keys(hook.inputs).filter((input) => input.includes(here)),
    [],
  );
});

test('the extension loads at most 400 KB before it is active, and no engine', () => {
  const entry = outputOf('src/extension/main.ts');
  const bytes = [...atOnce(entry)].reduce(
    (sum, path) => sum + (metafile.outputs[path]?.bytes ?? 0),
    0,
  );
  assert.ok(bytes <= 400 * 1024, `${bytes} bytes`);
  assert.ok(!loaded(entry).has('@duckdb/node-api'));
});
