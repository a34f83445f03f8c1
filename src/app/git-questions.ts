/**
 * What every commit hook asks git before it knows anything: a hook starts these before the program that reads the answers
 * is loaded.
 */

/** Which repository this is: bare or not, its git folder, the one that all working trees share, how objects are named, its top. */
export const repositoryQuestion: readonly string[] = [
  'rev-parse',
  '--is-bare-repository',
  '--absolute-git-dir',
  '--path-format=absolute',
  '--git-common-dir',
  '--show-object-format',
  '--show-toplevel',
];

/** All branches, remote-tracking branches and tags, and which branch is checked out. */
export const refsQuestion: readonly string[] = [
  'for-each-ref',
  '--format=%(refname)%00%(objectname)%00%(symref)%00%(HEAD)',
  'refs/heads',
  'refs/remotes',
  'refs/tags',
];

/** The branch that was set as the target, the remotes, and to which of them is pushed. */
export const settingsQuestion: readonly string[] = [
  'config',
  '--null',
  '--get-regexp',
  '^(countersign\\.(target|remote)|remote\\.pushdefault|remote\\..+\\.(url|pushurl|fetch)|branch\\..+\\.(remote|pushremote))$',
];

/** The tree of the index that is being committed. */
export const indexQuestion: readonly string[] = ['write-tree'];

/** The commit that HEAD is; nothing before the first one. */
export const headQuestion: readonly string[] = [
  'rev-parse',
  '--quiet',
  '--revs-only',
  'HEAD^{commit}',
];
