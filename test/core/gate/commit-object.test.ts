import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { type CommitObject, parseCommit } from '../../../src/core/gate/commit-object.ts';
import { bytes, parent, type Parts, tree, who, written } from './commit-texts.ts';

const plain: CommitObject = {
  tree,
  parents: [parent],
  author: 'ada@example.org',
  committer: 'ben@example.org',
  coAuthors: [],
  signature: null,
  subject: 'Raise the bar',
};

const reads: readonly (readonly [name: string, parts: Parts, want: Partial<CommitObject>])[] = [
  ['plain', {}, {}],
  ['a root', { parents: [] }, { parents: [] }],
  [
    'a merge',
    { parents: [parent, 'c'.repeat(40), 'd'.repeat(40)] },
    { parents: [parent, 'c'.repeat(40), 'd'.repeat(40)] },
  ],
  [
    'of a repository with longer names',
    { tree: 'a'.repeat(64), parents: ['b'.repeat(64)] },
    { tree: 'a'.repeat(64), parents: ['b'.repeat(64)] },
  ],
  ['with an encoding', { more: 'encoding ISO-8859-1\n' }, {}],
  [
    'with words that look like a header later',
    { message: 'x\n\nparent of it all\n' },
    { subject: 'x' },
  ],
  ['with a header that begins alike', { more: 'treeish x\nauthors y\n' }, {}],
  ['with a header that speaks of its author', { more: 'note by the author of it\n' }, {}],
  ['without a message', { message: null }, { subject: '' }],
  ['with an empty message', { message: '' }, { subject: '' }],
  ['whose message begins late', { message: '\n\n  Raise  \nmore\n' }, { subject: 'Raise' }],
  [
    'by an e-mail with spaces around',
    { author: 'Ada < ada@example.org > 1 +0' },
    { author: 'ada@example.org' },
  ],
  ['by nobody', { author: 'Ada 1 +0' }, { author: 'Ada 1 +0' }],
  ['by two e-mails', { author: 'Ada <a@x> <b@x> 1 +0' }, { author: 'Ada <a@x> <b@x> 1 +0' }],
  ['by an e-mail that does not end', { author: 'Ada <a@x 1 +0' }, { author: 'Ada <a@x 1 +0' }],
  ['by an empty e-mail', { author: 'Ada <> 1 +0' }, { author: '' }],
  ['by no name', { author: '<a@x> 1 +0' }, { author: 'a@x' }],
  [
    'together with somebody',
    { message: 'x\n\nCo-authored-by: Cy <cy@example.org>\n' },
    { subject: 'x', coAuthors: ['cy@example.org'] },
  ],
  [
    'together, in other letters and far from the end',
    { message: 'x\n\n \t CO-Authored-BY : Cy < cy@example.org >\n\nmore\n' },
    { subject: 'x', coAuthors: ['cy@example.org'] },
  ],
  [
    'together with two in one line',
    { message: 'x\n\nCo-authored-by: <a@x>, <b@x>\n' },
    { subject: 'x', coAuthors: ['a@x', 'b@x'] },
  ],
  [
    'together with one over two lines',
    { message: 'x\n\nCo-authored-by: Cy\n <cy@x>\n\tmore <d@x>\nnot <e@x>\n' },
    { subject: 'x', coAuthors: ['cy@x', 'd@x'] },
  ],
  [
    'together with a name alone',
    { message: 'x\n\nCo-authored-by:  Cy \n' },
    { subject: 'x', coAuthors: ['Cy'] },
  ],
  [
    'together with several',
    { message: 'x\n\nCo-authored-by: <a@x>\nCo-authored-by: <b@x>\n' },
    { subject: 'x', coAuthors: ['a@x', 'b@x'] },
  ],
  [
    'together over lines that are blank but for spaces',
    { message: 'x\n\nCo-authored-by: <a@x>\n  \n   <b@x>\n' },
    { subject: 'x', coAuthors: ['a@x', 'b@x'] },
  ],
  [
    'whose message begins with a mark of byte order',
    { message: '\xef\xbb\xbfCo-authored-by: <a@x>\n' },
    { subject: 'Co-authored-by: <a@x>', coAuthors: ['a@x'] },
  ],
  [
    'together, as the message of a squash lists or quotes it',
    {
      message:
        'x\n\n* Co-authored-by: <a@x>\n> Co-authored-by: <b@x>\n> > * co-authored-by: <c@x>\n',
    },
    { subject: 'x', coAuthors: ['a@x', 'b@x', 'c@x'] },
  ],
  [
    'together, in a numbered list',
    {
      message:
        'x\n\n1. Co-authored-by: <a@x>\n 12) co-authored-by: <b@x>\n12 Co-authored-by: <c@x>\n13. Co-authored-by: <d@x>\n',
    },
    { subject: 'x', coAuthors: ['a@x', 'b@x', 'd@x'] },
  ],
  [
    'about co-authors',
    { message: 'x\n\nnot Co-authored-by: <a@x>\n' },
    { subject: 'x', coAuthors: [] },
  ],
  [
    'together, in bold',
    {
      message: Buffer.from(
        'x\n\n**Co-authored-by**: <a@x>\n**Co-authored-by:** <b@x>\n__Co-authored-by__ : Cy\n`Co-authored-by: <d@x>`\n',
      ).toString('latin1'),
    },
    { subject: 'x', coAuthors: ['a@x', 'b@x', 'Cy', 'd@x'] },
  ],
  [
    'together, in brackets',
    {
      message: Buffer.from(
        'x\n\n(Co-authored-by: <a@x>)\n[co-authored-by: B <b@x>]\n* (Co-authored-by: <c@x>)\n',
      ).toString('latin1'),
    },
    { subject: 'x', coAuthors: ['a@x', 'b@x', 'c@x'] },
  ],
  [
    'about co-authors in brackets',
    {
      message: Buffer.from(
        'x\n\n(Co-authored-by: lines are read)\n(see Co-authored-by: <a@x>)\n',
      ).toString('latin1'),
    },
    { subject: 'x', coAuthors: [] },
  ],
  [
    'together, by other names',
    {
      message: Buffer.from(
        'x\n\nCo-developed-by: <a@x>\nPair-programmed-with: <b@x>\nPaired-with: <c@x>\nMob-programmed-by: <d@x>\nCo-committed-by: <e@x>\nCo-authors: <f@x>, <g@x>\nPair-programming-with: Hal\n',
      ).toString('latin1'),
    },
    { subject: 'x', coAuthors: ['a@x', 'b@x', 'c@x', 'd@x', 'e@x', 'f@x', 'g@x', 'Hal'] },
  ],
  [
    'together, oddly spaced',
    {
      message: Buffer.from(
        'x\n\nCo authored by: <a@x>\nCo-Authored-By  :<b@x>\nCoauthored-by:\t<c@x>\nco - authored - by: <d@x>\nco_authored_by: <e@x>\n',
      ).toString('latin1'),
    },
    { subject: 'x', coAuthors: ['a@x', 'b@x', 'c@x', 'd@x', 'e@x'] },
  ],
  [
    'together, with hyphens, spaces and a colon of other kinds',
    {
      message: Buffer.from(
        'x\n\nCo\u2011authored\u2013by: <a@x>\n\u200bCo-authored-by: <b@x>\nCo-authored-by\uff1a <c@x>\n\u00a0Co-authored-by\u00a0: <d@x>\n',
      ).toString('latin1'),
    },
    { subject: 'x', coAuthors: ['a@x', 'b@x', 'c@x', 'd@x'] },
  ],
  [
    'together, with e-mails outside of angle brackets',
    {
      message: Buffer.from(
        'x\n\nCo-authored-by: Ben (ben@x.org)\nCo-authored-by: cy@x.org, Dee <dee@x.org>.\nCo-authored-by: [Eve](mailto:eve@x.org)\n',
      ).toString('latin1'),
    },
    { subject: 'x', coAuthors: ['ben@x.org', 'dee@x.org', 'cy@x.org', 'eve@x.org'] },
  ],
  [
    'together, without a colon',
    {
      message: Buffer.from(
        'x\n\nCo-authored by Ben <ben@x.org>\nPair programmed with cy@x.org\n',
      ).toString('latin1'),
    },
    { subject: 'x', coAuthors: ['ben@x.org', 'cy@x.org'] },
  ],
  [
    'about working together',
    {
      message: Buffer.from(
        'x\n\nCo-authored by hand\nPair programming helped\nCo-authored-bytes: <a@x>\nPaired samples: <b@x>\nMob <c>\nCopaired-with: <d@x>\n',
      ).toString('latin1'),
    },
    { subject: 'x', coAuthors: [] },
  ],
  [
    'whose subject names a co-author',
    { message: 'Co-authored-by: <a@x>\n' },
    { subject: 'Co-authored-by: <a@x>', coAuthors: ['a@x'] },
  ],
];

for (const [name, parts, want] of reads)
  test(`a commit ${name}`, () =>
    assert.deepEqual(parseCommit(bytes(written(parts))), { ...plain, ...want }));

const whole = written();
const refused: readonly (readonly [name: string, text: string])[] = [
  ['nothing', ''],
  ['a tree with a short name', written({ tree: 'a'.repeat(39) })],
  ['a tree with a name between', written({ tree: 'a'.repeat(41) })],
  ['a tree that is no name', written({ tree: 'z'.repeat(40) })],
  ['something before the tree', `x\n${whole}`],
  ['a mark of byte order before the tree', `\xef\xbb\xbf${whole}`],
  ['a parent that is no name', written({ parents: ['z'.repeat(40)] })],
  ['no author', whole.replace(/author .*\n/, '')],
  ['no committer', whole.replace(/committer .*\n/, '')],
  ['a committer before its author', whole.replace(/(author .*\n)(committer .*\n)/, '$2$1')],
  ['two trees', written({ more: `tree ${tree}\n` })],
  ['a parent after the committer', written({ more: `parent ${parent}\n` })],
  [
    'a parent after the committer, without a message',
    written({ more: `parent ${parent}\n`, message: null }),
  ],
  ['a second author', written({ more: `author ${who('x@y')}\n` })],
  ['a second committer', written({ more: `committer ${who('x@y')}\n` })],
  ['a second author without a name', written({ more: 'author\n' })],
];

for (const [name, text] of refused)
  test(`a commit that readers could read otherwise is none: ${name}`, () =>
    assert.equal(parseCommit(bytes(text)), null));

test('a commit that ends in its committer is one', () => {
  assert.deepEqual(parseCommit(bytes(written({ message: null }).slice(0, -1))), {
    ...plain,
    subject: '',
  });
});
