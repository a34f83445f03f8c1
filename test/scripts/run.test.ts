import { strict as assert } from 'node:assert';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { test } from 'node:test';

const root = new URL('../..', import.meta.url).pathname;
const locked = {
  '': {},
  'node_modules/a': { version: '1.0.0', integrity: 'x' },
  'node_modules/b': { version: '2.0.0', optional: true },
};

/** A project whose packages are installed, an npm that only says what it was asked, and a script that prints its arguments. */
function project(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'countersign-run-')));
  for (const path of ['scripts', 'node_modules/node/bin', 'bin'])
    mkdirSync(join(folder, path), { recursive: true });
  cpSync(join(root, 'scripts/run.mjs'), join(folder, 'scripts/run.mjs'));
  writeFileSync(
    join(folder, 'scripts/say.ts'),
    "const words: string[] = process.argv.slice(2);\nconsole.log('said', ...words);\nprocess.exitCode = words.length;\n",
  );
  symlinkSync(process.execPath, join(folder, 'node_modules/node/bin/node'));
  writeFileSync(join(folder, 'bin/npm'), '#!/bin/sh\necho "npm $*"\n');
  chmodSync(join(folder, 'bin/npm'), 0o755);
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ packages: locked }));
  installed(folder, { 'node_modules/a': locked['node_modules/a'] });
  return folder;
}

function installed(folder: string, packages: Readonly<Record<string, unknown>>): void {
  writeFileSync(join(folder, 'node_modules/.package-lock.json'), JSON.stringify({ packages }));
}

const rows: readonly (readonly [
  name: string,
  change: (folder: string) => void,
  said: RegExp | null,
])[] = [
  ['the packages of the lockfile', () => {}, null],
  [
    'no packages',
    (folder) => rmSync(join(folder, 'node_modules/.package-lock.json')),
    /they are missing[^]*npm ci /,
  ],
  [
    'an older package',
    (folder) => installed(folder, { 'node_modules/a': { version: '0.9.0', integrity: 'x' } }),
    /node_modules\/a is not the one[^]*npm ci /,
  ],
  [
    'the same version with other content',
    (folder) => installed(folder, { 'node_modules/a': { version: '1.0.0', integrity: 'y' } }),
    /node_modules\/a is not[^]*npm ci /,
  ],
  [
    'a package that the lockfile does not name',
    (folder) => installed(folder, { ...locked, 'node_modules/c': { version: '1.0.0' } }),
    /node_modules\/c is not[^]*npm ci /,
  ],
  [
    'an optional package of another version',
    (folder) => installed(folder, { ...locked, 'node_modules/b': { version: '1.0.0' } }),
    /node_modules\/b is not[^]*npm ci /,
  ],
  [
    'the folder of another tree',
    linkElsewhere,
    /is a link and stays as it is, though node_modules\/a is not/,
  ],
];

function linkElsewhere(folder: string): void {
  installed(folder, {});
  renameSync(join(folder, 'node_modules'), join(folder, 'elsewhere'));
  symlinkSync(join(folder, 'elsewhere'), join(folder, 'node_modules'));
}

for (const [name, change, said] of rows) {
  test(`packages are installed where they are not those of the lockfile: ${name}`, () => {
    const folder = project();
    change(folder);
    const { status, stdout, stderr } = run(folder, 'say', 'one', 'two');
    assert.equal(stdout, 'said one two\n');
    assert.equal(status, 2, 'the code of the script');
    if (said === null) assert.equal(stderr, '');
    else assert.match(stderr, said);
    assert.equal(stderr.includes('npm ci '), said?.source.includes('npm ci') ?? false, stderr);
    rmSync(folder, { recursive: true });
  });
}

test('a name without a script is told, with the usage', () => {
  const folder = project();
  const { status, stderr } = run(folder, 'sing');
  assert.equal(status, 2);
  assert.match(stderr, /no scripts\/sing\.ts\. Usage: node scripts\/run\.mjs/);
  rmSync(folder, { recursive: true });
});

function run(
  folder: string,
  ...args: readonly string[]
): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  return spawnSync(process.execPath, [join(folder, 'scripts/run.mjs'), ...args], {
    encoding: 'utf8',
    env: { ...process.env, PATH: `${join(folder, 'bin')}${delimiter}${process.env['PATH']}` },
  });
}
