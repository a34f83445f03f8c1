import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseCommit } from '../../src/core/gate/commit-object.ts';
import { parseMerge } from '../../src/core/gate/merged-tree.ts';
import { fuzzRuns } from '../fuzz-runs.ts';
import { changedBytes } from './mutations.ts';
import { fc } from '../drawn-inputs.ts';

const oid = fc.constantFrom('a'.repeat(40), '0123456789abcdef'.repeat(4), 'b'.repeat(40));
const who = fc.constantFrom(
  'Ada L <ada@example.org> 1700000000 +0100',
  'Ben <ben@example.org> 1 +0',
  '<> 1 +0',
  'Ada <a@x> <b@x> 1 +0',
  'nobody',
  '\xff <cy@example.org> 1 +0',
  'Ada < ada@example.org > 1 +0',
);
const headers = fc.array(
  fc.constantFrom(
    'encoding latin1',
    'gpgsig x\n y\n z',
    'gpgsig-sha256 x',
    'author Eve <eve@example.org> 1 +0',
    'parent',
    'tree',
    'committers x',
    'parent x',
    ' author <a@x>',
    'mergetag object x\n author <m@x>',
    'HG:rename x',
  ),
  { maxLength: 2 },
);
const line = fc.constantFrom(
  'Raise the bar',
  '',
  'Co-authored-by: Cy <cy@example.org>',
  'co-authored-by : <a@x>, <b@x>',
  '  CO-AUTHORED-BY: Dee',
  ' <dee@example.org>',
  '\t<e@x>',
  'not Co-authored-by: <f@x>',
  'author <g@x>',
  'Co-authored-by: \xff <h@x>',
  '\r',
  'x\r',
);
const commit = fc
  .record({
    tree: oid,
    parents: fc.array(oid, { maxLength: 2 }),
    author: who,
    committer: who,
    headers,
    message: fc.option(fc.array(line, { maxLength: 4 })),
  })
  .map(({ tree, parents, author, committer, headers: more, message }) =>
    Uint8Array.from(
      Buffer.from(
        [
          `tree ${tree}`,
          ...parents.map((parent) => `parent ${parent}`),
          `author ${author}`,
          `committer ${committer}`,
          ...more,
          ...(message === null ? [] : ['', ...message]),
          '',
        ].join('\n'),
        'latin1',
      ),
    ),
  );

const utf8 = (raw: string): string =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(Buffer.from(raw, 'latin1'));

/** The e-mail of a line that names one person, else the line. */
function email(identity: string): string {
  const [open, close] = [identity.indexOf('<'), identity.indexOf('>')];
  return open < 0 ||
    close < open ||
    identity.lastIndexOf('<') !== open ||
    identity.lastIndexOf('>') !== close
    ? identity
    : identity.slice(open + 1, close).trim();
}

type PlainCommit = {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: string;
  readonly committer: string;
  readonly message: readonly string[];
};

/** A commit line by line, as git writes it; null where its first headers are not the ones that have to be there, or come again. */
function slowly(bytes: Uint8Array): PlainCommit | null {
  const lines = Buffer.from(bytes).toString('latin1').split('\n');
  const blank = lines.indexOf('');
  const head = blank < 0 ? lines : lines.slice(0, blank);
  const take = (word: string): string | null =>
    head[0]?.startsWith(`${word} `) ? (head.shift() as string).slice(word.length + 1) : null;
  const tree = take('tree');
  const parents: string[] = [];
  for (let parent = take('parent'); parent !== null; parent = take('parent')) parents.push(parent);
  const [author, committer] = [take('author'), take('committer')];
  if (tree === null || author === null || committer === null) return null;
  if (
    ![40, 64].includes(tree.length) ||
    parents.some(({ length }) => length < 40 || length > 64) ||
    ![tree, ...parents].every((name) =>
      [...name].every((letter) => '0123456789abcdef'.includes(letter)),
    )
  )
    return null;
  if (
    head.some((one) =>
      ['tree', 'parent', 'author', 'committer'].includes(one.split(' ')[0] as string),
    )
  )
    return null;
  return {
    tree,
    parents,
    author: email(utf8(author)),
    committer: email(utf8(committer)),
    message: blank < 0 ? [] : lines.slice(blank + 1).map(utf8),
  };
}

/** E-mails of whom the message names as a co-author: on the line itself, and on indented lines after it. */
function named(message: readonly string[]): readonly string[] {
  let inside = false;
  return message.flatMap((one) => {
    inside = /^\s*co-authored-by\s*:/i.test(one) || (inside && /^\s/.test(one));
    return inside ? [...one.matchAll(/<([^<>]*)>/g)].map(([, found = '']) => found.trim()) : [];
  });
}

test('a damaged commit is no commit, or read as a slow reader reads it, and nobody whom it names is left out', () => {
  let read = 0;
  fc.assert(
    fc.property(fc.oneof(commit, changedBytes(commit)), (bytes) => {
      const found = parseCommit(bytes);
      const wanted = slowly(bytes);
      assert.deepEqual(
        found && {
          tree: found.tree,
          parents: found.parents,
          author: found.author,
          committer: found.committer,
        },
        wanted && {
          tree: wanted.tree,
          parents: wanted.parents,
          author: wanted.author,
          committer: wanted.committer,
        },
        JSON.stringify(Buffer.from(bytes).toString('latin1')),
      );
      if (!found || !wanted) return;
      read++;
      for (const one of named(wanted.message))
        assert.ok(
          found.coAuthors.includes(one),
          `${one} ${JSON.stringify(Buffer.from(bytes).toString('latin1'))}`,
        );
      // What was signed is the commit without its signatures: nothing is lost of the rest.
      if (found.signature)
        assert.equal(
          Buffer.from(found.signature.payload).toString('latin1'),
          Buffer.from(bytes)
            .toString('latin1')
            .replace(/^((?:[^\n]+\n)*?)gpgsig [^\n]*\n(?: [^\n]*\n)*/, '$1')
            .replace(/^((?:[^\n]+\n)*?)gpgsig-sha256 [^\n]*\n(?: [^\n]*\n)*/, '$1'),
        );
    }),
    { numRuns: fuzzRuns(1000) },
  );
  assert.ok(read > 300);
});

test('a damaged answer of merge-tree is refused, or read to its last byte', () => {
  const merge = fc
    .record({
      tree: oid,
      end: fc.constantFrom('\0', '\n'),
      paths: fc.array(fc.constantFrom('a', 'model/score.py', 'a\nb', '\xff', ' '), {
        maxLength: 4,
      }),
    })
    .map(({ tree, end, paths }) =>
      Uint8Array.from(
        Buffer.from(`${tree}${end}${paths.map((path) => `${path}\0`).join('')}`, 'latin1'),
      ),
    );
  fc.assert(
    fc.property(changedBytes(merge), (bytes) => {
      const raw = Buffer.from(bytes).toString('latin1');
      const tree = [...raw].findIndex((letter) => !'0123456789abcdef'.includes(letter));
      const rest = raw.slice(tree + 1).split('\0');
      const sound =
        tree >= 40 &&
        tree <= 64 &&
        '\0\n'.includes(raw[tree] as string) &&
        rest.pop() === '' &&
        !rest.includes('');
      if (!sound) {
        assert.throws(() => parseMerge(bytes), /git's merge could not be read/);
        return;
      }
      const read = parseMerge(bytes);
      assert.deepEqual(
        { tree: read.tree, conflicts: read.conflicts.map(({ raw: path }) => path) },
        { tree: raw.slice(0, tree), conflicts: rest },
      );
    }),
    { numRuns: fuzzRuns(1000) },
  );
});
