import type { Finding } from '../core/finding/finding.ts';
import { appendOnlyFindings, type LandingFiles } from '../core/gate/append-only-findings.ts';
import { exceptionFolder, isRecordPath, signoffFolder } from '../core/gate/signoff-path.ts';
import { shellWord } from '../core/render/shell-word.ts';
import type { Change } from './change.ts';
import { CountersignError } from './errors.ts';
import type { Git } from './ports.ts';
import { asSigned, takenAway } from './taken-away.ts';

/**
 * Signed files that landed, or that a commit of this branch brought, and that are not there any more as they were: deleted or
 * edited in what is staged or committed, or deleted in the working tree alone. They are only ever added.
 *
 * @param landing what is staged of the folders of signed files
 */
export async function missingSigned(
  git: Git,
  change: Change,
  landing: LandingFiles,
): Promise<readonly Finding[]> {
  const before = asSigned(await takenAway(git, change.tip));
  const altered = appendOnlyFindings({ ...change, asSigned: before }, landing).filter(
    ({ path = '' }) => isRecordPath(path),
  );
  const said = new Set(altered.map(({ path }) => path));
  const gone = (await deletedHere(git)).filter((path) => isRecordPath(path) && !said.has(path));
  return [
    ...altered,
    ...gone.map(
      (path): Finding => ({
        code: 'signoff/deleted',
        severity: 'error',
        message: 'a signed record was deleted from the working tree; they are only ever added',
        path,
        line: 1,
        column: 1,
        fix: `bring the file back as it is staged: git restore --worktree -- ${shellWord(path)}`,
      }),
    ),
  ];
}

/** What is staged and does not lie here, but for what a sparse checkout leaves out. */
async function deletedHere(git: Git): Promise<readonly string[]> {
  const out = await git.run([
    'diff-files',
    '-z',
    '--name-only',
    '--no-renames',
    '--no-ext-diff',
    '--diff-filter=D',
    '--',
    ...[signoffFolder, exceptionFolder].map((folder) => `:(top,literal)${folder}`),
  ]);
  if (out.code !== 0)
    throw new CountersignError(
      'git/failed',
      `git could not compare the working tree with what is staged: ${out.stderr.trim()}`,
      'git status',
    );
  return new TextDecoder()
    .decode(out.stdout)
    .split('\0')
    .filter((path) => path !== '');
}
