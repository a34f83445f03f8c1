import type { RangeCommit } from '../../../src/core/gate/authors.ts';
import { linesOf, type MergedPath } from '../../../src/core/gate/carried-lines.ts';
import type { RawEntry } from '../../../src/core/gate/raw-diff.ts';
import { pathFromText } from '../../../src/core/gate/raw-path.ts';

/** Contents, by the name that stands for a blob's object id in these rows. */
const ten = Array.from({ length: 10 }, (_, index) => `line ${index} of the file`);
const contents: Readonly<Record<string, readonly string[]>> = {
  base: ten,
  bens: ten.with(7, 'a line that ben wrote'),
  shorter: ten.filter((_, index) => index !== 7),
  shorterAndAdas: ten.filter((_, index) => index !== 7).with(2, 'what ada wrote'),
  adas: ten.with(2, 'what ada wrote'),
  both: ten.with(7, 'a line that ben wrote').with(2, 'what ada wrote'),
  adasOverBens: ten.with(7, 'ada wrote that line anew').with(2, 'what ada wrote'),
  other: ['something else', 'that is like nothing here', 'a line that ben wrote'],
  unlike: ['quite another file', 'that stood there before'],
  blank: ['', '  '],
  half: ten.map((line, index) => (index < 5 ? line : line.toUpperCase())),
};
export const linesById = (oid: string) => {
  const lines = contents[oid];
  return lines === undefined ? null : linesOf(new TextEncoder().encode(lines.join('\n')));
};

export type Touch = readonly [
  path: string,
  after: string | null,
  before?: string | null,
  modes?: readonly [before: string, after: string],
];

const absent = '0'.repeat(40);
export const touch = ([
  path,
  after,
  before = null,
  modes = ['100644', '100644'],
]: Touch): RawEntry => ({
  path: pathFromText(path),
  oldMode: before === null ? '000000' : modes[0],
  newMode: after === null ? '000000' : modes[1],
  oldOid: before ?? absent,
  newOid: after ?? absent,
});

/** A commit of the person whose name it begins with: `ben2` is ben's second. */
export const commit = (
  oid: string,
  parents: readonly string[],
  touched: readonly Touch[],
  merged: readonly MergedPath[] = [],
): RangeCommit => ({
  oid,
  author: `${oid.replace(/\d+$/, '')}@example.org`,
  committer: `${oid.replace(/\d+$/, '')}@example.org`,
  coAuthors: [],
  signature: null,
  touched: touched.map(touch),
  parents,
  merged,
});

export const merged = (
  path: string,
  oid: string,
  ...from: readonly (readonly [path: string, oid: string])[]
): MergedPath => ({
  path: pathFromText(path),
  oid,
  from: from.map(([one, blob]) => ({ path: pathFromText(one), oid: blob })),
});
