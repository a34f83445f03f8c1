/** The three tours, one after another on one sample: every command of them is typed, and ends as the page says. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { makeSample } from '../../scripts/sample.ts';
import { shellBlocks } from './pages.ts';

const root = new URL('../..', import.meta.url).pathname;
const cli = join(root, 'dist', 'cli.js');

let home = '';
/** The folder that the reader is in: `cd` on a page moves it. */
let place = '';

before(async () => {
  home = mkdtempSync(join(tmpdir(), 'countersign-tours-'));
  place = (await makeSample(join(home, 'wage-model'), { cli })).directory;
  mkdirSync(join(home, 'bin'));
  writeFileSync(
    join(home, 'bin', 'countersign'),
    `#!/bin/sh\nexec ${JSON.stringify(process.execPath)} ${JSON.stringify(cli)} "$@"\n`,
  );
  chmodSync(join(home, 'bin', 'countersign'), 0o755);
});

after(() => rmSync(home, { recursive: true, force: true }));

type Line = { readonly command: string; readonly exit: number };

/** The command lines of a page's `sh` blocks; `# exit N` at the end says how one ends where that is not 0. */
function commandsOf(page: string): readonly Line[] {
  const blocks = [
    ...readFileSync(join(root, 'docs', 'tours', page), 'utf8').matchAll(/^```sh\n([^]*?)^```/gm),
  ].map(([, text = '']) => text);
  return blocks
    .flatMap((block) => block.trim().split('\n'))
    .map((line) => {
      const [, command = line, exit = '0'] = /^(.*?)\s+# exit (\d+)$/.exec(line) ?? [];
      return { command, exit: Number(exit) };
    });
}

function readersEnvironment(): NodeJS.ProcessEnv {
  return {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'))),
    PATH: `${join(home, 'bin')}:${process.env['PATH']}`,
    HOME: home,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
  };
}

for (const page of ['engineer.md', 'reviewer.md', 'auditor.md']) {
  test(`docs/tours/${page}`, () => {
    const lines = commandsOf(page);
    assert.ok(lines.length > 3);
    const environment = readersEnvironment();
    for (const { command, exit } of lines) {
      const { status, stdout, stderr } = spawnSync('bash', ['-c', command], {
        cwd: place,
        encoding: 'utf8',
        env: environment,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      assert.equal(status, exit, `${command}\n${stdout}${stderr}`);
      if (command.startsWith('cd ')) place = join(place, command.slice(3));
    }
  });
}

test('the page for verifying by hand, typed where the auditor’s tour ends', () => {
  const { status, stdout, stderr } = spawnSync(
    'bash',
    ['-c', `set -eu\n${shellBlocks('verify-by-hand.md').join('\n')}`],
    { cwd: place, encoding: 'utf8', env: readersEnvironment() },
  );
  assert.equal(status, 0, stdout + stderr);
  for (const line of [
    /^Good "model-signoff" signature for /m,
    /^what landed is what ben signed: approve as validator$/m,
    /Predict who earns above the median: approved by NOBODY$/m,
    /Merge lower-the-bar: approved by .*ben as validator/m,
    /^conditions: .*rehearse the rollback/m,
  ])
    assert.match(stdout, line);
  assert.doesNotMatch(stdout, /^NOT /m);
});
