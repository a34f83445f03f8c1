import assert from 'node:assert/strict';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openFiles } from '../../src/node/files.ts';
import { temporaryFolder } from './ssh-keygen.ts';

const bytes = new TextEncoder().encode('new\n');

test('a file stands in its place at once: no other name is ever seen beside it', async () => {
  const top = temporaryFolder();
  mkdirSync(join(top, 'records'));
  const seen = new Set<string | null>();
  const watcher = watch(join(top, 'records'), (_event, name) => seen.add(name));
  const files = openFiles(top, join(top, '.git/countersign'));
  await files.write('records/a.yaml', bytes);
  while (!seen.has('a.yaml')) await new Promise((done) => setTimeout(done, 5));
  watcher.close();
  assert.deepEqual([...seen], ['a.yaml']);
  assert.deepEqual(readdirSync(join(top, '.git/countersign')), []);
});

test('a file that was there keeps its mode, and one is written where the other folder is of no use', async () => {
  const top = temporaryFolder();
  writeFileSync(join(top, 'a'), 'old\n');
  chmodSync(join(top, 'a'), 0o755);
  writeFileSync(join(top, 'occupied'), '');
  await openFiles(top, join(top, 'occupied')).write('a', bytes);
  assert.equal(readFileSync(join(top, 'a'), 'utf8'), 'new\n');
  assert.equal(statSync(join(top, 'a')).mode & 0o777, 0o755);
  assert.deepEqual(readdirSync(top).sort(), ['a', 'occupied']);
});
