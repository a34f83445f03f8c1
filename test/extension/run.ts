/**
 * Runs cases of `*.host.ts` inside the extension host of a real editor, against a model repository made for them; prints TAP.
 * With `untrusted`, those of a folder that nobody trusts.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { Writable } from 'node:stream';
import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { hostBundle } from '../../scripts/build.ts';
import { writeModelRepository } from './model-repository.ts';
import { writeUntrustedRepository } from './untrusted-repository.ts';

const root = new URL('../..', import.meta.url).pathname;
const trusted = process.argv[2] !== 'untrusted';
const bundle = join(root, '.cache', 'host-tests', trusted ? 'index.cjs' : 'untrusted.cjs');
const editor = join(root, 'scripts', 'workbench', 'editor.ts');

process.exitCode = await runHostTests();

async function runHostTests(): Promise<number> {
  const { external = [], define = {} } = await hostBundle();
  await build({
    absWorkingDir: root,
    entryPoints: [trusted ? 'test/extension/index.ts' : 'test/extension/untrusted.ts'],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external,
    define,
    supported: { 'dynamic-import': false },
    logLevel: 'warning',
  });
  const folder = await mkdtemp(join(tmpdir(), 'countersign-model-'));
  const said: string[] = [];
  const listener = new Writable({
    write: (piece: Buffer, _encoding, done) => (said.push(piece.toString('utf8')), done()),
  });
  try {
    const programs = trusted ? void writeModelRepository(folder) : writeUntrustedRepository(folder);
    // Nothing of the machine's own git may show; and the program that stands in for the editor runs on this Node.
    const env = {
      PATH: [...(programs ? [programs] : []), dirname(process.execPath), process.env['PATH']].join(
        delimiter,
      ),
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_NOSYSTEM: '1',
    };
    if (!trusted) await runUntrusted(folder, env, listener);
    else
      await runTests({
        vscodeExecutablePath: editor,
        extensionDevelopmentPath: root,
        extensionTestsPath: bundle,
        launchArgs: [folder],
        extensionTestsEnv: env,
        stdout: listener,
        stderr: listener,
      });
    console.log(tapOf(said.join('')).join('\n'));
    return 0;
  } catch (error) {
    const text = said.join('');
    const tap = tapOf(text);
    // A run that broke before its first case is told whole; the editor's own log is long.
    console.log(tap.length > 0 ? tap.join('\n') : text);
    console.error(error instanceof Error ? error.message : error);
    return 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The library always turns workspace trust off, so the editor is started without it. */
function runUntrusted(
  folder: string,
  env: Readonly<Record<string, string>>,
  listener: Writable,
): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn(
      process.execPath,
      [editor, folder, `--extensionDevelopmentPath=${root}`, `--extensionTestsPath=${bundle}`],
      { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    child.stdout.pipe(listener, { end: false });
    child.stderr.pipe(listener, { end: false });
    child.on('error', fail);
    child.on('close', (code) =>
      code === 0 ? done() : fail(new Error(`The editor ended with ${code}.`)),
    );
  });
}

/** What the cases said, without the log of the editor around it: TAP lines, and what follows a case that failed up to the next. */
function tapOf(text: string): readonly string[] {
  let failing = false;
  return text.split('\n').filter((line) => {
    const tap = /^(?:1\.\.\d+$|(?:not )?ok \d+ - |# (?:tests|pass|fail) \d+$)/.test(line);
    if (tap) failing = line.startsWith('not ok');
    return tap || failing;
  });
}
