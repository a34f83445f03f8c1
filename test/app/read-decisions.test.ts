/** Decisions are found among many by git's own search: it may pass over none that stands over a file, however that is written. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { stringify } from 'yaml';
import { CountersignError } from '../../src/app/errors.ts';
import { beginDecisions, readDecisions } from '../../src/app/read-decisions.ts';
import { pathFromText } from '../../src/core/gate/raw-path.ts';
import { openRepository } from '../../src/node/repository.ts';

const dir = mkdtempSync(join(tmpdir(), 'countersign-decisions-'));
after(() => rmSync(dir, { recursive: true, force: true }));
const git = (...args: string[]): string =>
  execFileSync(
    'git',
    [
      '-c',
      'user.name=ada',
      '-c',
      'user.email=ada@example.org',
      '-c',
      'core.hooksPath=/dev/null',
      ...args,
    ],
    { cwd: dir, encoding: 'utf8', env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null' } },
  ).trim();

/** Paths that are hard to write or to look for. */
const odd = [
  'model/plain.py',
  "model/it's.py",
  'model/two words.py',
  'model/a  b.py',
  'model/back\\slash.py',
  'model/tab\tbed.py',
  'model/new\nline.py',
  'model/ünïcödé.py',
  'model/nbsp\u00a0here.py',
  'model/-e',
  'model/[a-z]*.py',
  'model/$(id).py',
  'model/"quoted".py',
  'model/\\E.*',
  ' lead.py',
  "'",
];

const unanchored = /[\\\p{Cc}]/u;

const head = (id: string): string =>
  `schema: countersign/decision@1\nid: ${id}\ntitle: t\nstatus: accepted\nowner: ada\nrisk: high\ndecision: d\n`;
const escaped = (text: string): string =>
  `"${[...text].map((letter) => `\\U${(letter.codePointAt(0) as number).toString(16).padStart(8, '0')}`).join('')}"`;
/** Ways to write a path into a decision. */
const ways: readonly ((path: string) => string)[] = [
  (path) => stringify({ trail: { code: [{ path, lines: [1, 4] }] } }),
  (path) => stringify({ trail: { code: [{ path, lines: [1, 4] }] } }, { lineWidth: 20 }),
  (path) =>
    stringify(
      { trail: { code: [{ path, lines: [1, 4] }] } },
      { defaultStringType: 'QUOTE_SINGLE' },
    ),
  (path) =>
    stringify(
      { trail: { code: [{ path, lines: [1, 4] }] } },
      { defaultStringType: 'QUOTE_DOUBLE', lineWidth: 20 },
    ),
  (path) => `trail: {code: [{path: ${JSON.stringify(path)}, lines: [1, 4]}]}\n`,
  (path) => `trail:\n  code:\n    - path: ${escaped(path)}\n      lines: [1, 4]\n`,
  () => 'governs: ["**"]\n',
  () => '"\\x67overns": ["**"]\n',
];

let tree = '';

test('a repository of many decisions', () => {
  git('init', '--quiet', '--initial-branch=main');
  mkdirSync(join(dir, '.countersign/decisions'), { recursive: true });
  const write = (id: string, more: string): void =>
    writeFileSync(join(dir, `.countersign/decisions/${id}.yaml`), head(id) + more);
  for (let index = 0; index < 120; index++)
    write(
      `DR-1${String(index).padStart(5, '0')}`,
      `trail: {code: [{path: other/file${index}.py, lines: [1, 4]}]}\n`,
    );
  for (const [index, path] of odd.entries())
    for (const [way, text] of ways.entries())
      write(`DR-2${String(index).padStart(3, '0')}${String(way).padStart(2, '0')}`, text(path));
  symlinkSync('DR-100000.yaml', join(dir, '.countersign/decisions/DR-300000.yaml'));
  git('add', '--all');
  git('commit', '--quiet', '--message=decisions');
  tree = git('rev-parse', 'HEAD^{tree}');
});

const covering = async (
  files: readonly (string | null)[],
  begun: readonly string[] | null,
): Promise<readonly (readonly string[])[]> => {
  const repository = await openRepository(dir);
  return repository.session(async (session) => {
    if (begun !== null)
      beginDecisions(
        session,
        tree,
        begun.map((path) => ({
          path: pathFromText(path),
          oldMode: '',
          newMode: '',
          oldOid: '',
          newOid: '',
        })),
      );
    const { decisions } = await readDecisions(session, tree, files);
    return files.map((file) =>
      decisions
        .filter(({ covers }) => file !== null && covers(file))
        .map(({ record }) => record.id),
    );
  });
};

test('every way to write each path is found, one path at a time and all at once, whether or not the search began before', async () => {
  // More texts than git is asked for: all decisions are read.
  const many = [...odd, ...Array.from({ length: 20 }, (_, index) => `none/${index}.py`)];
  const all = (await covering(many, null)).slice(0, odd.length);
  for (const [index, path] of odd.entries()) {
    const written = ways.map(
      (_, way) => `DR-2${String(index).padStart(3, '0')}${String(way).padStart(2, '0')}`,
    );
    // No anchor may name a path with a backslash or a control character; globs govern it.
    const possible = unanchored.test(path) ? written.slice(-2) : written;
    assert.deepEqual(
      possible.filter((id) => !all[index]?.includes(id)),
      [],
      `${JSON.stringify(path)} as it is read`,
    );
    assert.deepEqual(
      (await covering([path], null))[0],
      all[index],
      `${JSON.stringify(path)} by itself`,
    );
    assert.deepEqual(
      (await covering([path], ['docs/read.me', path]))[0],
      all[index],
      `${JSON.stringify(path)} among what was begun with`,
    );
    assert.deepEqual(
      (await covering([path], ['docs/read.me']))[0],
      all[index],
      `${JSON.stringify(path)} beside what was begun with`,
    );
  }
  assert.deepEqual(await covering(odd.slice(0, 12), null), all.slice(0, 12));
});

test('a decision whose content is not there is no decision that says nothing', async () => {
  const oid = git('rev-parse', 'HEAD:.countersign/decisions/DR-100007.yaml');
  rmSync(join(dir, '.git/objects', oid.slice(0, 2), oid.slice(2)), { force: true });
  await assert.rejects(
    covering(['model/plain.py'], null),
    (error) => error instanceof CountersignError && error.code === 'history/missing',
  );
  await assert.rejects(
    covering(['model/plain.py'], ['model/plain.py']),
    (error) => error instanceof CountersignError && error.code === 'history/missing',
  );
});
