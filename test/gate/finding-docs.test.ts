import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { findingCodes } from '../../src/core/finding/finding-code.ts';

const root = new URL('../../', import.meta.url);
const docs = await readFile(new URL('docs/findings.md', root), 'utf8');
const sections = new Set([...docs.matchAll(/^## (\S+)$/gm)].map(([, code = '']) => code));

async function sourcesIn(folder: string): Promise<string> {
  const names = (await readdir(new URL(folder, root), { recursive: true }))
    .filter((name) => name.endsWith('.ts'))
    .sort();
  return (
    await Promise.all(names.map((name) => readFile(new URL(`${folder}/${name}`, root), 'utf8')))
  ).join('\n');
}

/** What looks like a code in the sources and is none: names of files, refs and examples. */
const noCodes = new Set([
  'a/b',
  'area/what',
  'countersign/v1',
  'data/test.csv',
  'dist/askpass.js',
  'dist/cli.js',
  'docs/findings.md',
  'group/reference',
  'media/askpass.sh',
  'min/max',
  'seed/name',
  'src/node',
]);

/** Parts of codes that the sources put together, each with all that it can become. */
const composed: Readonly<Record<string, readonly string[]>> = {
  'evidence/${item.kind}': [
    'decision',
    'result',
    'feedback',
    'rollback',
    'rollout',
    'review',
    'escalation',
  ].map((kind) => `evidence/${kind}`),
  'exception/${proof.state}-key': ['exception/expired-key', 'exception/revoked-key'],
  'signoff/${proof.state}': ['signoff/expired', 'signoff/revoked'],
  'signoff/${what}': ['signoff/deleted', 'signoff/edited'],
  'review/${what}': ['review/deleted', 'review/edited'],
  // Names of refs, of JUnit's failures and of options.
  'rule/${state}': [],
  'usage/${name}': [],
};

/** Every code that a text can make, by the shape of codes alone: `area/what` in quotes, and what is put together. */
function codesIn(text: string): ReadonlySet<string> {
  const found = [...text.matchAll(/(['`])((?:[a-z]+)\/(?:[a-z]|\$\{)[A-Za-z0-9${}.-]*)\1/g)]
    .map(([, , code = '']) => code)
    .filter((code) => !noCodes.has(code) && !/^(refs|origin)\//.test(code));
  return new Set(
    found.flatMap((code) =>
      code.includes('${')
        ? (composed[code] ?? [`${code}, of which nobody says what it can become`])
        : [code],
    ),
  );
}

/** Codes of commands that make or show something: named in the last part of the page, one by one or by area. */
function isCommands(code: string): boolean {
  const [, last = ''] = docs.split('# What a command says when it does not do what it was asked');
  return last.includes(`\`${code}\``) || last.includes(`\`${code.slice(0, code.indexOf('/'))}/…\``);
}

test('every code that the sources can make has a section in docs/findings.md, or is a command’s own word', async () => {
  const codes = [
    ...codesIn(
      (
        await Promise.all(
          ['src/core', 'src/app', 'src/node', 'src/cli', 'src/extension'].map(sourcesIn),
        )
      ).join('\n'),
    ),
  ];
  assert.ok(codes.length > 200, `${codes.length}`);
  assert.deepEqual(codes.filter((code) => !sections.has(code) && !isCommands(code)).sort(), []);
});

test('every section is of a code that the sources can make', async () => {
  const codes = codesIn(
    (await Promise.all(['src/core', 'src/app', 'src/node', 'src/cli'].map(sourcesIn))).join('\n'),
  );
  assert.deepEqual(
    [...sections].filter((code) => !codes.has(code)),
    [],
  );
});

test('every section says how bad it is and how to mend it', () => {
  const bodies = docs.split(/^#+ /m).filter((part) => /^[a-z]+\/\S+\n/.test(part));
  assert.equal(bodies.length, sections.size);
  for (const body of bodies)
    assert.match(
      body,
      /^\S+\n\n\*(error|warning|info|cannot be judged|error, or)[^*]*\*[^]*\n\n\*\*Fix\.\*\* \S/,
      body.slice(0, 60),
    );
});

test('every code of the gate that keeps it shut is made by a test', async () => {
  const errors = [...docs.matchAll(/^## (\S+)\n\n\*(?:error|cannot)/gm)].map(
    ([, code = '']) => code,
  );
  const gate = errors.filter((code) =>
    /^(author|change|checklist|condition|evidence|exception|requirement|result|signoff|history|revision|index|identity|target)\//.test(
      code,
    ),
  );
  const tested = codesIn(await sourcesIn('test/gate'));
  assert.ok(gate.length > 40);
  assert.deepEqual(
    gate.filter((code) => !tested.has(code)),
    [],
  );
});

/** What the page says of a code in its first words, as the table has it. */
function severityOf(section: string): string {
  const [, first = ''] = /^\s*\*([^*]+)\*/.exec(section) ?? [];
  if (first.startsWith('cannot be judged')) return 'refusal';
  if (first.startsWith('warning, of what')) return 'warning';
  return /^(error|warning|info)\.$/.test(first) ? first.slice(0, -1) : 'varies';
}

test('the table of codes has every section of the page, with the severity that stands there', () => {
  const [page = ''] = docs.split('# What a command says when it does not do what it was asked');
  const [, ...parts] = page.split(/^## (\S+)$/m);
  const told = parts.flatMap((part, index) =>
    index % 2 === 0 ? [[part, severityOf(parts[index + 1] ?? '')] as const] : [],
  );
  assert.deepEqual(Object.entries(findingCodes).sort(), told.toSorted());
});
