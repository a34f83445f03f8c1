import { createHash } from 'node:crypto';
import { mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync, closeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';

/** A program that is built into one file: takes its arguments, and gives the exit code. */
export type Program = { readonly main: (argv: readonly string[]) => Promise<number> };

/** The folder of the built files; this module is bundled into one of them. */
const built = dirname(fileURLToPath(import.meta.url));

/**
 * Loads a program from beside this one with what the engine compiled of it before, which takes away a third of the time to
 * start. The compiled code lies with the program itself, never in a repository: who may write it may write the program. Code
 * of another build, another Node or damaged code is not used but made again.
 */
export function keptProgram(name: string): Program {
  const file = join(built, name);
  const source = readFileSync(file);
  const store = join(built, '..', '.cache', 'code', `${name}-${process.version}-${process.arch}`);
  const mark = digest(source);
  const cachedData = readCode(store, mark);
  const script = new Script(`(function (exports, require, module) {${source.toString('utf8')}\n})`, { filename: file, ...(cachedData ? { cachedData } : {}) });
  // A run that could not do its work has compiled little of the program.
  if (!cachedData || script.cachedDataRejected) process.once('exit', (code) => code !== 2 && writeCode(store, mark, script));
  const module = { exports: {} as Program };
  script.runInThisContext()(module.exports, createRequire(file), module);
  return module.exports;
}

function digest(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}

/** The engine checks little of what it is given, so the file holds digests of the program and of the code. */
function readCode(store: string, mark: Buffer): Buffer | null {
  try {
    const whole = readFileSync(store);
    const code = whole.subarray(64);
    return whole.subarray(0, 32).equals(mark) && whole.subarray(32, 64).equals(digest(code)) ? code : null;
  } catch {
    return null;
  }
}

/** Whole or not at all. An installation that is not ours to write to stays slower, and works all the same. */
function writeCode(store: string, mark: Buffer, script: Script): void {
  const temporary = `${store}.${process.pid}`;
  try {
    mkdirSync(dirname(store), { recursive: true });
    closeSync(openSync(temporary, 'wx', 0o644));
    const code = script.createCachedData();
    writeFileSync(temporary, Buffer.concat([mark, digest(code), code]));
    renameSync(temporary, store);
  } catch {
    rmSync(temporary, { force: true });
  }
}
