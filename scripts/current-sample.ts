/** The sample in `.sample/`: made where it is missing, kept while it is current, never taken from under a person's work. */
import { createHash } from 'node:crypto';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { step } from './progress.ts';
import { runProgram } from './run-program.ts';
import { makeSample, type SampleManifest } from './sample.ts';

const root = new URL('..', import.meta.url).pathname;
const directory = join(root, '.sample', 'wage-model');
const stamp = join(root, '.sample', 'made.json');

/** Of which sources a sample was made, where its folder was then, and the commit that it ended with. */
type Made = { readonly sources: string; readonly directory: string; readonly head: string };

/** @param options `fresh` makes it anew whatever is in it; `cli` is the built command line */
export async function currentSample({
  cli,
  fresh,
}: {
  readonly cli: string;
  readonly fresh: boolean;
}): Promise<SampleManifest> {
  const sources = digestOfSources();
  const made = readJson<Made>(stamp);
  const manifest = readJson<SampleManifest>(`${directory}.json`);
  if (!fresh && manifest !== null && made?.directory === directory) {
    if (made.sources === sources) return manifest;
    if (!(await untouched(made))) {
      console.error(
        'The sample is of an earlier version and has work of yours in it, so it stays. To make it anew: npm start -- --fresh',
      );
      return manifest;
    }
  }
  return step('Making the sample model repository', async () => {
    const sample = await makeSample(directory, { cli });
    const head = (await runProgram('git', ['rev-parse', 'HEAD'], { cwd: directory })).trim();
    writeFileSync(stamp, JSON.stringify({ sources, directory, head } satisfies Made));
    return sample;
  });
}

/** The command line writes the sample's records and results, so that one of another version is another sample. */
function digestOfSources(): string {
  const hash = createHash('sha256');
  const paths = globSync(['scripts/sample*.ts', 'sample/**', 'dist/cli.js', 'dist/chunks/*'], {
    cwd: root,
    withFileTypes: true,
  })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  for (const path of paths.sort())
    hash.update(`${path.slice(root.length)}\0`).update(readFileSync(path));
  return hash.digest('hex');
}

async function untouched(made: Made): Promise<boolean> {
  const git = (...args: readonly string[]): Promise<string> =>
    runProgram('git', args, { cwd: directory });
  return (
    (await git('status', '--porcelain')) === '' &&
    (await git('rev-parse', 'HEAD')).trim() === made.head
  );
}

function readJson<Value>(path: string): Value | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Value;
  } catch {
    return null;
  }
}
