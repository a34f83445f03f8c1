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

/** All branches, remote-tracking branches and tags. */
export const refsQuestion: readonly string[] = [
  'for-each-ref',
  '--format=%(refname)%00%(objectname)%00%(symref)',
  'refs/heads',
  'refs/remotes',
  'refs/tags',
];

/** The branch that was set as the target. */
export const targetQuestion: readonly string[] = ['config', '--get', 'countersign.target'];

/** The tree of the index that is being committed. */
export const indexQuestion: readonly string[] = ['write-tree'];

/** The commit that HEAD is; nothing before the first one. */
export const headQuestion: readonly string[] = [
  'rev-parse',
  '--quiet',
  '--revs-only',
  'HEAD^{commit}',
];
