/** The command line as npm packs it: installed elsewhere, it runs there. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, before, test } from 'node:test';

const root = new URL('../..', import.meta.url).pathname;
let folder = '';
let packed: readonly string[] = [];
let tarball = '';

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-package-'));
  const said = execFileSync(
    'npm',
    ['pack', '--json', '--ignore-scripts', '--pack-destination', folder],
    { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const described = JSON.parse(said) as readonly Packed[] | Readonly<Record<string, Packed>>;
  const [made] = Object.values(described) as readonly Packed[];
  packed = made?.files.map(({ path }) => path) ?? [];
  tarball = join(folder, made?.filename ?? '');
  writeFileSync(join(folder, 'package.json'), '{"private": true}');
  execFileSync(
    'npm',
    ['install', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund', tarball],
    { cwd: folder, stdio: 'ignore' },
  );
});

after(() => rmSync(folder, { recursive: true, force: true }));

type Packed = { readonly filename: string; readonly files: readonly { readonly path: string }[] };

function countersign(...args: readonly string[]): {
  readonly code: number | null;
  readonly out: string;
} {
  const { status, stdout, stderr } = spawnSync('npx', ['--no-install', 'countersign', ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' },
  });
  return { code: status, out: stdout + stderr };
}

test('the package holds what runs, and no source, test or map', () => {
  assert.ok(packed.includes('dist/cli.js'));
  assert.deepEqual(
    packed.filter(
      (path) =>
        /^(src|test|webview|scripts|sample)\//.test(path) ||
        path.endsWith('.map') ||
        path.endsWith('.ts'),
    ),
    [],
  );
});

test('the gate runs from it', () => {
  execFileSync('git', ['init', '--quiet', '--initial-branch=main'], { cwd: folder });
  execFileSync(
    'git',
    [
      '-c',
      'user.name=ada',
      '-c',
      'user.email=ada@example.org',
      'commit',
      '--quiet',
      '--allow-empty',
      '--message=Start',
    ],
    { cwd: folder },
  );
  execFileSync('git', ['config', 'user.name', 'ada'], { cwd: folder });
  execFileSync('git', ['config', 'user.email', 'ada@example.org'], { cwd: folder });
  const { code, out } = countersign('check', '--range', 'main...HEAD');
  assert.equal(code, 0, out);
  assert.match(out, /unprotected: main has no \.countersign\/policy\.yaml/);
});

test('its engine is there', () => {
  assert.match(countersign('doctor').out, /engine: DuckDB/);
});

const version = (
  JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string }
).version;

for (const [what, source] of [
  ['the package', () => tarball],
  ['a clone that was built', () => root],
] as const) {
  test(`installed for everybody from ${what}, it is a command of its own`, () => {
    const prefix = mkdtempSync(join(folder, 'prefix-'));
    execFileSync(
      'npm',
      [
        'install',
        '--global',
        '--prefix',
        prefix,
        '--ignore-scripts',
        '--prefer-offline',
        '--no-audit',
        '--no-fund',
        source(),
      ],
      { cwd: folder, stdio: 'ignore' },
    );
    assert.equal(
      execFileSync(
        join(prefix, process.platform === 'win32' ? 'countersign.cmd' : 'bin/countersign'),
        ['--version'],
        { cwd: folder, encoding: 'utf8', shell: process.platform === 'win32' },
      ).trim(),
      version,
    );
  });
}

test('the README says how to get it by the name of the file that npm packs', () => {
  assert.ok(
    readFileSync(join(root, 'README.md'), 'utf8').includes(
      `npm install --global ./${basename(tarball)}`,
    ),
  );
});
