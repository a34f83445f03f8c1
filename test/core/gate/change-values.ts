import type { Finding } from '../../../src/core/finding/finding.ts';
import type { RangeCommit } from '../../../src/core/gate/authors.ts';
import type { LinkTree } from '../../../src/core/gate/link-tree.ts';
import type { RawEntry } from '../../../src/core/gate/raw-diff.ts';
import { pathFromText, type RawPath } from '../../../src/core/gate/raw-path.ts';
import { ruleScope } from '../../../src/core/gate/scope.ts';

const zeros = '0'.repeat(40);
export const oid = (digit: string): string => digit.repeat(40);
export const notUtf8: RawPath = { raw: 'model/\xff', text: null };
export const entry = (
  path: string | RawPath,
  newMode = '100644',
  oldMode = '000000',
  digit = '1',
): RawEntry => ({
  path: typeof path === 'string' ? pathFromText(path) : path,
  oldMode,
  newMode,
  oldOid: oldMode === '000000' ? zeros : oid('9'),
  newOid: newMode === '000000' ? zeros : oid(digit),
});
export const commitOf = (...touched: readonly RawEntry[]): RangeCommit => ({
  oid: oid('c'),
  author: '',
  committer: '',
  coAuthors: [],
  signature: null,
  touched,
  parents: [],
  merged: [],
});
export const told = (findings: readonly Finding[]): readonly (readonly unknown[])[] =>
  findings.map(({ code, severity, path }) => [code, severity, path]);

export const signoff = '.countersign/signoffs/model-change/ben.0123456789ab.00ff.yaml';
export const exception = '.countersign/exceptions/EX-WAGE01.yaml';

export const lands = (...paths: readonly string[]): ReadonlyMap<string, string> =>
  new Map(paths.map((path) => [path, oid('1')]));

export const back = entry(signoff, '100644', '100644');

export const scope = ruleScope({
  id: 'model-change',
  paths: ['model/**', 'lib/*.py'],
  except: ['**/*.md'],
});
export const treeOf = (
  links: readonly (readonly [path: RawPath, target: string | null])[],
  submodule?: string,
): LinkTree => ({
  links: links.map(([path, target]) => ({
    path,
    target: target === null ? null : pathFromText(target),
  })),
  submodules: new Set(submodule === undefined ? [] : [submodule]),
});
export const links: readonly (readonly [
  name: string,
  path: string | RawPath,
  target: string | null,
  fine: boolean,
])[] = [
  ['beside itself', 'model/l', 'a.py', true],
  ['below itself', 'model/l', './sub//a.py', true],
  ['up and down again', 'model/sub/l', '../a.py', true],
  ['up out of the scope', 'model/l', '../docs/a.py', false],
  ['out of the repository', 'model/l', '../../model/a.py', false],
  ['out of the repository and back', 'model/l', '../../model/model/a.py', false],
  ['to an absolute place', 'model/l', '/model/a.py', false],
  ['with a backslash', 'model/l', 'sub\\a.py', false],
  ['into git’s own folder', 'model/l', '.git/config', false],
  ['into git’s own folder, in other letters', 'model/l', 'sub/.GIT/config', false],
  ['at a file of a similar name', 'model/l', '.gitx', true],
  ['at what the rule leaves out', 'model/l', 'a.md', false],
  ['of which the content is not known', 'model/l', null, false],
  ['under a name that is not UTF-8', notUtf8, 'a.py', false],
  ['from where nothing is governed, to there', 'docs/l', 'x', true],
  ['from where nothing is governed, at something governed', 'docs/l', '../model', true],
  ['in place of the governed folder, at that folder’s double', 'model', 'other', false],
  ['in place of a folder of which some files are governed', 'lib', 'other', false],
  [
    'in place of a folder of which some files are governed, at one with as many',
    'lib',
    'model',
    false,
  ],
];

export const gone = entry('lib/a.py', '000000', '100644');
export const submodules: readonly (readonly [
  name: string,
  entries: readonly RawEntry[],
  hides: string | null,
])[] = [
  ['in place of a folder with governed files', [gone, entry('lib', '160000')], 'lib'],
  ['beside governed files that went', [gone, entry('li', '160000')], null],
  ['in place of a folder of which no file went', [entry('lib', '160000')], null],
  ['in place of a folder whose files are new', [entry('lib/a.py'), entry('lib', '160000')], null],
  [
    'in place of a folder with other files',
    [entry('docs/a.py', '000000', '100644'), entry('docs', '160000')],
    null,
  ],
  [
    'that the rule governs',
    [entry('model/sub/a.py', '000000', '100644'), entry('model/sub', '160000')],
    null,
  ],
  ['that is a file', [gone, entry('lib', '100644')], null],
];
