import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { countersign, scratchFolder } from './countersign.ts';
import { git, write, writeModelRepository } from '../extension/model-repository.ts';

const formats = ['text', 'json', 'sarif', 'github', 'gitlab', 'markdown', 'junit'] as const;
const folder = mkdtempSync(join(tmpdir(), 'countersign-formats-'));

before(() => {
  writeModelRepository(folder);
  git(folder, 'switch', '--quiet', '--create', 'change');
  write(folder, 'model/score.py', 'BASE = 11.0\n');
  git(folder, 'commit', '--quiet', '--all', '--message=Raise the base');
});

after(() => rmSync(folder, { recursive: true, force: true }));

for (const format of formats) {
  test(`${format}: a change that misses a signature exits 1 and says so on standard output`, () => {
    const { exit, stdout } = countersign(folder, [
      'check',
      '--range',
      'main...HEAD',
      '--format',
      format,
    ]);
    assert.equal(exit, 1);
    assert.match(stdout, /requirement\/unmet/);
    assert.ok(stdout.endsWith('\n') && !stdout.endsWith('\n\n'));
  });

  test(`${format}: nothing changed exits 0`, () =>
    assert.equal(
      countersign(folder, ['check', '--range', 'main...main', '--format', format]).exit,
      0,
    ));

  test(`${format}: what cannot be judged exits 2, with nothing on standard output but the document of json`, () => {
    const { exit, stdout, stderr } = countersign(folder, [
      'check',
      '--range',
      'main...gone',
      '--format',
      format,
    ]);
    assert.equal(exit, 2);
    if (format === 'json')
      assert.equal((JSON.parse(stdout) as { verdict: string }).verdict, 'undecidable');
    else assert.equal(stdout, '');
    if (format !== 'json') assert.match(stderr, /^countersign: /);
  });
}

test('--json and --format json give the same document', () => {
  const [one, other] = [['--json'], ['--format', 'json']].map(
    (option) =>
      JSON.parse(
        countersign(folder, [
          'check',
          '--range',
          'main...HEAD',
          '--now',
          '2026-11-24T06:00:00Z',
          ...option,
        ]).stdout,
      ) as unknown,
  );
  assert.deepEqual(one, other);
});

for (const [args, code, what] of [
  [['--format', 'yaml'], 'usage/format', 'an unknown format'],
  [['--json', '--format', 'sarif'], 'usage/format', 'two formats'],
  [['--json', '--nonsense'], 'usage/options', 'an unknown option'],
  [['--format', 'json', '--nonsense'], 'usage/options', 'an unknown option beside the format'],
  [['--nonsense'], 'usage/options', 'an unknown option, without a document'],
  [['--json', '--trust-root', 'main'], 'usage/digest', 'a trust root that is no digest'],
  [['--json', '--now', 'noon'], 'usage/time', 'a time that is none'],
] as const) {
  test(`${what} is refused, and who asked for a document gets it`, () => {
    const { exit, stdout, stderr } = countersign(folder, ['check', ...args]);
    assert.equal(exit, 2);
    const asked = args.some((word) => word === '--json' || word === 'json');
    if (!asked) assert.equal(stdout, '');
    else {
      const {
        verdict,
        exit: told,
        findings,
      } = JSON.parse(stdout) as {
        verdict: string;
        exit: number;
        findings: readonly { code: string }[];
      };
      assert.deepEqual(
        [verdict, told, findings.map((finding) => finding.code)],
        ['undecidable', 2, [code]],
      );
    }
    if (!asked) assert.match(stderr, new RegExp(`\\(${code}\\)\\n {2}`));
  });
}

test('the digest of a first policy is taken in both spellings, and no other digest is', () => {
  const empty = mkdtempSync(join(tmpdir(), 'countersign-root-'));
  try {
    git(empty, 'init', '--quiet', '--initial-branch=main');
    for (const [key, value] of [
      ['user.name', 'Ada'],
      ['user.email', 'ada@example.org'],
    ] as const)
      git(empty, 'config', key, value);
    git(empty, 'commit', '--quiet', '--allow-empty', '--message=Nothing');
    git(empty, 'switch', '--quiet', '--create', 'first');
    git(empty, 'fetch', '--quiet', folder, 'main');
    git(empty, 'read-tree', '-u', '--reset', 'FETCH_HEAD');
    git(empty, 'commit', '--quiet', '--message=Policy');
    const range = ['--range', 'main...first', '--target', 'main'];
    const root = (
      JSON.parse(countersign(empty, ['digest', '--trust-root', ...range, '--json']).stdout) as {
        trust_root: string;
      }
    ).trust_root;
    assert.match(root, /^v1:[0-9a-f]{64}$/);
    const asked = (digest: string): number | null =>
      countersign(empty, ['check', ...range, '--require-policy', '--trust-root', digest]).exit;
    assert.deepEqual(
      [
        asked(root),
        asked(root.replace('v1:', 'sha256:')),
        asked(root.replace(/.$/, (last) => (last === '0' ? '1' : '0'))),
        asked(root.slice(3)),
        asked(root.toUpperCase()),
      ],
      [0, 0, 1, 2, 2],
    );
  } finally {
    rmSync(empty, { recursive: true, force: true });
  }
});

test('--summary appends Markdown beside the format, also of what could not be judged', (t) => {
  const file = join(scratchFolder(t), 'summary.md');
  countersign(folder, ['check', '--range', 'main...HEAD', '--format', 'github', '--summary', file]);
  countersign(folder, ['check', '--range', 'main...gone', '--summary', file]);
  assert.match(
    readFileSync(file, 'utf8'),
    /^## Countersign: fail\n[^]*\n## Countersign: undecidable\n/,
  );
});

test('a summary that cannot be written is said, and is no pass', () => {
  const { exit, stderr } = countersign(folder, [
    'check',
    '--range',
    'main...main',
    '--summary',
    'no/such/folder/summary.md',
  ]);
  assert.equal(exit, 2);
  assert.match(stderr, /the summary cannot be written to no\/such\/folder\/summary\.md/);
});

test('an error that quotes a hostile text stays one line', () => {
  const { stderr } = countersign(folder, [
    'check',
    '--range',
    'main...\u001b[31m\n::error::forged',
  ]);
  assert.equal(stderr.split('\n').length, 3);
  assert.ok(!stderr.includes('\u001b') && !/^::/m.test(stderr));
});
