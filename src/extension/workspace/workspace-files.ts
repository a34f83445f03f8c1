import { FileType, Uri, workspace } from 'vscode';
import type { FileEntry, Files } from '../../app/ports.ts';
import { compareText } from '../../core/finding/finding.ts';

/** Files through the editor's own file system: for folders on no disk, and where nothing may run. Read-only. */
export function workspaceFiles(top: Uri): Files {
  const uri = (path: string): Uri => Uri.joinPath(top, ...path.split('/'));
  return {
    async read(path) {
      try {
        const stat = await workspace.fs.stat(uri(path));
        return stat.type === FileType.File ? await workspace.fs.readFile(uri(path)) : null;
      } catch {
        return null;
      }
    },
    async list(folder) {
      const found: FileEntry[] = [];
      await walk(uri(folder), folder, found);
      return found.sort((a, b) => compareText(a.path, b.path));
    },
    sha256: () => Promise.reject(new Error('nothing is evaluated here')),
    write: () => Promise.reject(new Error('this folder is read-only here')),
    remove: () => Promise.reject(new Error('this folder is read-only here')),
  };
}

/** Folder by folder: on some virtual file systems a search for files never answers. Links are told, never followed. */
async function walk(uri: Uri, path: string, found: FileEntry[]): Promise<void> {
  for (const [name, type] of await entriesOf(uri)) {
    const below = { uri: Uri.joinPath(uri, name), path: `${path}/${name}` };
    if (type === FileType.Directory) await walk(below.uri, below.path, found);
    else if (type & FileType.SymbolicLink)
      found.push({ path: below.path, kind: 'link', size: 0, stamp: 'link' });
    else if (type === FileType.File) found.push(await fileEntry(below.uri, below.path));
  }
}

async function entriesOf(uri: Uri): Promise<readonly [string, FileType][]> {
  try {
    return await workspace.fs.readDirectory(uri);
  } catch {
    return [];
  }
}

async function fileEntry(uri: Uri, path: string): Promise<FileEntry> {
  const { size, mtime } = await workspace.fs.stat(uri);
  return { path, kind: 'file', size, stamp: `${size}:${mtime}` };
}
