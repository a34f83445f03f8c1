import { Disposable, RelativePattern, Uri, workspace } from 'vscode';
import type { Repository } from '../../app/repository.ts';

/** Files of the git directory whose change can change an answer. Locks and logs are noise. */
const gitFiles =
  /(?:^|\/)(?:HEAD|index|packed-refs|MERGE_HEAD|CHERRY_PICK_HEAD|REBASE_HEAD|config)$/;

/** Calls back when a record or git's idea of the repository changed: by the editor, by git, or by any other program. */
export function watchFolder(
  top: Uri,
  repository: Repository | null,
  trusted: boolean,
  changed: () => void,
): Disposable {
  const watches = [watch(top, '.countersign', changed), watch(top, '.countersign/**', changed)];
  if (repository && trusted) watches.push(...watchGit(repository, changed));
  if (!repository) watches.push(watch(top, '.git', changed));
  return Disposable.from(...watches);
}

/** The index lies in the working tree's git directory, branches in the one that all working trees share. */
function watchGit(repository: Repository, changed: () => void): readonly Disposable[] {
  const git = (uri: Uri): void => {
    if (gitFiles.test(uri.path) || uri.path.includes('/refs/')) changed();
  };
  const common = Uri.file(repository.commonDir);
  const places = new Set([repository.gitDir, repository.commonDir]);
  return [
    ...[...places].map((place) => watch(Uri.file(place), '*', git)),
    watch(common, 'refs/**', git),
  ];
}

function watch(base: Uri, pattern: string, changed: (uri: Uri) => void): Disposable {
  const watcher = workspace.createFileSystemWatcher(new RelativePattern(base, pattern));
  return Disposable.from(
    watcher,
    watcher.onDidChange(changed),
    watcher.onDidCreate(changed),
    watcher.onDidDelete(changed),
  );
}
