/** Runs the cases of `*.host.ts` inside the extension host of a real editor, against a model repository made for them; prints TAP. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { Writable } from 'node:stream';
import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { hostBundle } from '../../scripts/build.ts';
import { writeModelRepository } from './model-repository.ts';

const root = new URL('../..', import.meta.url).pathname;
const bundle = join(root, '.cache', 'host-tests', 'index.cjs');

process.exitCode = await runHostTests();

async function runHostTests(): Promise<number> {
  const { external = [], define = {} } = await hostBundle();
  await build({ absWorkingDir: root, entryPoints: ['test/extension/index.ts'], outfile: bundle, bundle: true, platform: 'node', format: 'cjs', target: 'node20', external, define, supported: { 'dynamic-import': false }, logLevel: 'warning' });
  const folder = await mkdtemp(join(tmpdir(), 'countersign-model-'));
  const said: string[] = [];
  const listener = new Writable({ write: (piece: Buffer, _encoding, done) => (said.push(piece.toString('utf8')), done()) });
  try {
    writeModelRepository(folder);
    // Nothing of the machine's own git may show; and the program that stands in for the editor runs on this Node.
    const env = { PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter), GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
    await runTests({ vscodeExecutablePath: join(root, 'scripts', 'workbench', 'editor.ts'), extensionDevelopmentPath: root, extensionTestsPath: bundle, launchArgs: [folder], extensionTestsEnv: env, stdout: listener, stderr: listener });
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

/** What the cases said, without the log of the editor around it: TAP lines, and what follows a case that failed up to the next. */
function tapOf(text: string): readonly string[] {
  let failing = false;
  return text.split('\n').filter((line) => {
    const tap = /^(?:1\.\.\d+$|(?:not )?ok \d+ - |# (?:tests|pass|fail) \d+$)/.test(line);
    if (tap) failing = line.startsWith('not ok');
    return tap || failing;
  });
}
