import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Script } from 'node:vm';

/** So many bytes before the code say what it was made of. */
const markLength = 128;

/**
 * Loads a program that is built into one file beside this one with what the engine compiled of it before, which takes away
 * a third of the time to start. The compiled code lies with the program itself, never in a repository: who may write it may
 * write the program. Code of another build, another Node or damaged code is not used but made again.
 */
export function keptProgram<Exports>(name: string): Exports {
  const file = join(__dirname, name);
  const { source, mark } = readProgram(file);
  const store = join(
    __dirname,
    '..',
    '.cache',
    'code',
    `${name}-${process.version}-${process.arch}`,
  );
  const cachedData = readCode(store, mark);
  const script = new Script(`(function (exports, require, module) {${source}\n})`, {
    filename: file,
    ...(cachedData ? { cachedData } : {}),
  });
  // A run that could not do its work has compiled little of the program.
  if (!cachedData || script.cachedDataRejected)
    process.once('exit', (code) => code !== 2 && writeCode(store, mark, script));
  const module = { exports: {} as Exports };
  script.runInThisContext()(module.exports, createRequire(file), module);
  return module.exports;
}

/** The text of a program, which is built as ASCII, and what changes whenever its file does. */
function readProgram(file: string): { readonly source: string; readonly mark: Buffer } {
  const open = openSync(file, 'r');
  try {
    const { size, mtimeNs, ctimeNs, ino } = fstatSync(open, { bigint: true });
    return {
      source: readFileSync(open, 'latin1'),
      mark: Buffer.from(`${size}-${mtimeNs}-${ctimeNs}-${ino}`.padEnd(markLength)),
    };
  } finally {
    closeSync(open);
  }
}

/** The engine checks little of what it is given, so the file holds the code twice: comparing takes less time than loading a hash. */
function readCode(store: string, mark: Buffer): Buffer | null {
  try {
    const whole = readFileSync(store);
    const middle = (whole.length + markLength) / 2;
    const code = whole.subarray(markLength, middle);
    return whole.subarray(0, markLength).equals(mark) &&
      code.length > 0 &&
      code.equals(whole.subarray(middle))
      ? code
      : null;
  } catch {
    return null;
  }
}

/** Whole or not at all. An installation that is not ours to write to stays slower, and works all the same. */
function writeCode(store: string, mark: Buffer, script: Script): void {
  const temporary = `${store}.${process.pid}`;
  try {
    mkdirSync(join(store, '..'), { recursive: true });
    closeSync(openSync(temporary, 'wx', 0o644));
    const code = script.createCachedData();
    writeFileSync(temporary, Buffer.concat([mark, code, code]));
    renameSync(temporary, store);
  } catch {
    rmSync(temporary, { force: true });
  }
}
