import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseCommit } from '../../src/core/gate/commit-object.ts';
import { parseMerge } from '../../src/core/gate/merged-tree.ts';
import { parseRawDiff, parseTree } from '../../src/core/gate/raw-diff.ts';
import { type RawPath, rawToBytes } from '../../src/core/gate/raw-path.ts';
import { fuzzRuns } from '../fuzz-runs.ts';
import { changedBytes, exhausting } from './mutations.ts';
import { within } from './within.ts';
import { fc } from '../drawn-inputs.ts';

const oid = fc.constantFrom('0'.repeat(40), 'a'.repeat(40), '0123456789abcdef'.repeat(4));
const mode = fc.constantFrom('000000', '100644', '100755', '120000', '160000');
const path = fc
  .oneof(
    fc.constantFrom('a', 'model/score.py', ':100644 x', 'a\nb', '\n', 'é', ' '),
    fc.string({ minLength: 1, maxLength: 6 }),
  )
  .map((text) => Buffer.from(text.replaceAll('\0', '')).toString('latin1') || 'x');
const oddPath = fc.oneof(
  path,
  fc
    .uint8Array({ minLength: 1, maxLength: 5 })
    .map((bytes) => Buffer.from(bytes).toString('latin1').replaceAll('\0', '') || '\xff'),
);
const entry = fc.record({
  oldMode: mode,
  newMode: mode,
  oldOid: oid,
  newOid: oid,
  status: fc.constantFrom('A', 'M', 'D', 'T'),
  path: oddPath,
});
type Entry = typeof entry extends fc.Arbitrary<infer Value> ? Value : never;
const diff = fc.record({
  header: fc.tuple(oid, oid).map(([a, b]) => `${a} ${b}`),
  entries: fc.array(entry, { maxLength: 4 }),
});

/** As `git diff-tree --stdin -z` writes it. */
function written(
  diffs: readonly { readonly header: string; readonly entries: readonly Entry[] }[],
): Uint8Array {
  const lines = diffs.map(
    ({ header, entries }) =>
      `${header}\n${entries.map((one) => `:${one.oldMode} ${one.newMode} ${one.oldOid} ${one.newOid} ${one.status}\0${one.path}\0`).join('')}`,
  );
  return Buffer.from(lines.join(''), 'latin1');
}

/** One byte after another, as slowly as it is said: headers end in LF, an entry's words and its path in NUL. Null where it is none. */
function slowly(
  bytes: Uint8Array,
): readonly { readonly header: string; readonly entries: readonly string[] }[] | null {
  const diffs: { header: string; entries: string[] }[] = [];
  let word = '';
  let words: string | null = null;
  for (const byte of bytes) {
    if (words === null && byte === 10) {
      diffs.push({ header: word, entries: [] });
      word = '';
    } else if (byte !== 0) word += String.fromCharCode(byte);
    else if (words === null) {
      if (
        !/^:[0-9]{6} [0-9]{6} (?:[0-9a-f]{40}[0-9a-f]{0,24}) (?:[0-9a-f]{40}[0-9a-f]{0,24}) [ABD-QS-Z][0-9]*$/.test(
          word,
        )
      )
        return null;
      words = word;
      word = '';
    } else {
      if (diffs.length === 0) diffs.push({ header: '', entries: [] });
      diffs.at(-1)?.entries.push(`${words.slice(1).replace(/ [A-Z][0-9]*$/, '')} ${word}`);
      words = null;
      word = '';
    }
  }
  return word === '' && words === null ? diffs : null;
}

function attempt<Value>(work: () => Value): Value | null {
  try {
    return work();
  } catch (error) {
    assert.ok(
      error instanceof Error && /could not be read|in the middle/.test(error.message),
      String(error),
    );
    return null;
  }
}

function isSound({ raw, text }: RawPath): void {
  const bytes = rawToBytes(raw);
  assert.equal(bytes.length, raw.length);
  if (text !== null) assert.deepEqual(Buffer.from(text), Buffer.from(bytes));
  else assert.notDeepEqual(Buffer.from(Buffer.from(bytes).toString('utf8')), Buffer.from(bytes));
}

test('what git writes of a change is read, every byte of it', () => {
  fc.assert(
    fc.property(fc.array(diff, { maxLength: 4 }), (diffs) => {
      const read = parseRawDiff(written(diffs));
      assert.deepEqual(
        read.map(({ header, entries }) => ({
          header,
          entries: entries.map(({ path: { raw }, ...rest }) => ({ ...rest, path: raw })),
        })),
        diffs.map(({ header, entries }) => ({
          header,
          entries: entries.map(({ status: _, ...rest }) => rest),
        })),
      );
      for (const { entries } of read) for (const { path: found } of entries) isSound(found);
    }),
    { numRuns: fuzzRuns(500) },
  );
});

test('a damaged answer of git is refused, or read as a slow reader reads it', () => {
  fc.assert(
    fc.property(changedBytes(fc.array(diff, { maxLength: 3 }).map(written)), (bytes) => {
      const read = attempt(() => parseRawDiff(bytes));
      const wanted = slowly(bytes);
      assert.deepEqual(
        read?.map(({ header, entries }) => ({
          header,
          entries: entries.map(
            (one) => `${one.oldMode} ${one.newMode} ${one.oldOid} ${one.newOid} ${one.path.raw}`,
          ),
        })) ?? null,
        wanted,
      );
    }),
    { numRuns: fuzzRuns(1000) },
  );
});

test('a damaged list of a tree is refused, or read to its last byte', () => {
  const listed = fc
    .array(fc.tuple(mode, fc.constantFrom('blob', 'commit'), oid, oddPath), { maxLength: 4 })
    .map((entries) =>
      Uint8Array.from(
        Buffer.from(
          entries.map(([bits, type, id, name]) => `${bits} ${type} ${id}\t${name}\0`).join(''),
          'latin1',
        ),
      ),
    );
  fc.assert(
    fc.property(changedBytes(listed), (bytes) => {
      const read = attempt(() => parseTree(bytes));
      if (read === null) return;
      assert.equal(
        Buffer.concat(read.map(({ line }) => Buffer.concat([line, Buffer.of(0)]))).toString(
          'latin1',
        ),
        Buffer.from(bytes).toString('latin1'),
      );
      for (const { path: found, mode: bits, type, oid: id, line } of read) {
        isSound(found);
        assert.equal(Buffer.from(line).toString('latin1'), `${bits} ${type} ${id}\t${found.raw}`);
      }
    }),
    { numRuns: fuzzRuns(500) },
  );
});

test('no bytes crash or stop a reader of git’s answers', () => {
  const readers = [
    (bytes: Uint8Array) => attempt(() => parseRawDiff(bytes)),
    (bytes: Uint8Array) => attempt(() => parseTree(bytes)),
    (bytes: Uint8Array) => attempt(() => parseMerge(bytes)),
    (bytes: Uint8Array) => parseCommit(bytes),
  ];
  for (const [name, text] of exhausting)
    for (const read of readers) within(name, () => read(Buffer.from(text)));
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      for (const read of readers) read(bytes);
    }),
    { numRuns: fuzzRuns(500) },
  );
});
