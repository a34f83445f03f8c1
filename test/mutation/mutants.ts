import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = new URL('../..', import.meta.url).pathname;

/** One change to one place of the source. `line` counts from 1. */
export type Mutant = {
  readonly id: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly mutator: string;
  readonly original: string;
  readonly replacement: string;
};

type Place = { readonly line: number; readonly column: number };
type Instrumented = {
  readonly files: readonly { readonly name: string; readonly content: string }[];
  readonly mutants: readonly {
    readonly id: string;
    readonly fileName: string;
    readonly mutatorName: string;
    readonly replacement: string;
    readonly location: { readonly start: Place; readonly end: Place };
  }[];
};
type Library = {
  readonly Instrumenter: new (
    logger: unknown,
  ) => { instrument(files: readonly unknown[], options: unknown): Promise<Instrumented> };
};

const silent = {
  isTraceEnabled: () => false,
  isDebugEnabled: () => false,
  isInfoEnabled: () => false,
  isWarnEnabled: () => false,
  isErrorEnabled: () => false,
  isFatalEnabled: () => false,
  trace: () => {},
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  fatal: () => {},
};

/** Puts every mutant of the gate and of the signatures into their source, each behind a switch. Texts are by path below the project. */
export async function instrument(): Promise<{
  readonly texts: ReadonlyMap<string, string>;
  readonly mutants: readonly Mutant[];
}> {
  const { Instrumenter } = (await import(
    join(root, 'test/mutation/node_modules/@stryker-mutator/instrumenter/dist/src/index.js')
  )) as Library;
  const files = globSync('src/core/{gate,signatures}/*.ts', { cwd: root })
    .sort()
    .map((name) => ({ name, mutate: true, content: readFileSync(join(root, name), 'utf8') }));
  const done = await new Instrumenter(silent).instrument(files, {
    plugins: null,
    excludedMutations: [],
    ignorers: [],
    noHeader: false,
  });
  const sources = new Map(files.map(({ name, content }) => [name, content.split('\n')]));
  const mutants = done.mutants.map(
    ({ id, fileName, mutatorName, replacement, location: { start, end } }): Mutant => ({
      id,
      file: fileName,
      line: start.line + 1,
      column: start.column + 1,
      mutator: mutatorName,
      original: cut(sources.get(fileName) ?? [], start, end),
      replacement,
    }),
  );
  return { texts: new Map(done.files.map(({ name, content }) => [name, content])), mutants };
}

function cut(lines: readonly string[], start: Place, end: Place): string {
  const some = lines.slice(start.line, end.line + 1);
  if (some.length === 1) return (some[0] ?? '').slice(start.column, end.column);
  return [
    (some[0] ?? '').slice(start.column),
    ...some.slice(1, -1),
    (some.at(-1) ?? '').slice(0, end.column),
  ].join('\n');
}

/** Texts that people read: two words with a space between. What they say is no matter of verdicts, and other tests hold their shape. */
export function isMessage({ mutator, original }: Mutant): boolean {
  return mutator === 'StringLiteral' && /[a-z’,:)}] [a-z$(]/i.test(original);
}
