import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';

const root = new URL('../../', import.meta.url);

async function sourcesIn(folder: string, suffix = '.ts'): Promise<string> {
  const names = (await readdir(new URL(folder, root))).filter((name) => name.endsWith(suffix));
  return (await Promise.all(names.map((name) => readFile(new URL(`${folder}/${name}`, root), 'utf8')))).join('\n');
}

const codesIn = (text: string): ReadonlySet<string> => new Set([...text.matchAll(/'((?:author|change|checklist|condition|evidence|exception|requirement|signoff|policy|review|history|revision|index|identity|target)\/[a-z-]+)'/g)].map(([, code = '']) => code));

/** Codes of commands that make something, and of audits: they stand elsewhere, or are never in a check. */
const elsewhere = /^(exception\/(author|built-in|follow-up)|review\/(?!edited|deleted)|policy\/gone)/;

test('every code of the gate has a section in docs/findings.md', async () => {
  const codes = [...codesIn((await sourcesIn('src/core/gate')) + (await sourcesIn('src/app')))].filter((code) => !elsewhere.test(code));
  const documented = new Set([...(await readFile(new URL('docs/findings.md', root), 'utf8')).matchAll(/^## (\S+)$/gm)].map(([, code]) => code));
  assert.ok(codes.length > 50);
  assert.deepEqual(codes.filter((code) => !documented.has(code)), []);
});

test('every code of the gate that keeps it shut is made by a test', async () => {
  const errors = [...(await readFile(new URL('docs/findings.md', root), 'utf8')).matchAll(/^## (\S+)\n\n\*(?:error|cannot)/gm)].map(([, code = '']) => code);
  const gate = errors.filter((code) => /^(author|change|checklist|condition|evidence|exception|requirement|signoff|history|revision|index|identity|target)\//.test(code));
  const tested = codesIn(await sourcesIn('test/gate'));
  assert.ok(gate.length > 40);
  assert.deepEqual(gate.filter((code) => !tested.has(code)), []);
});
