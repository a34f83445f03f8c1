import { type TextDocument, Uri, workspace } from 'vscode';
import type { Files } from '../../app/ports.ts';

const encoder = new TextEncoder();

/** The files of a folder as the editor shows them: a document with unsaved changes counts as it stands there. */
export function editorFiles(files: Files, top: Uri): Files {
  const unsaved = new Map(
    workspace.textDocuments
      .filter(({ isDirty }) => isDirty)
      .map((document) => [document.uri.toString(), document]),
  );
  const documentOf = (path: string): TextDocument | undefined =>
    unsaved.get(Uri.joinPath(top, ...path.split('/')).toString());
  return {
    async read(path, limit) {
      const document = documentOf(path);
      return document ? encoder.encode(document.getText()) : files.read(path, limit);
    },
    async list(folder) {
      const entries = await files.list(folder);
      return unsaved.size === 0
        ? entries
        : entries.map((entry) => asShown(entry, documentOf(entry.path)));
    },
    sha256: (path) => files.sha256(path),
    write: (path, bytes) => files.write(path, bytes),
    remove: (path) => files.remove(path),
  };
}

/** The stamp names the content itself, so that no cache takes the file on disk for the one in the editor. */
function asShown<Entry extends { readonly size: number; readonly stamp: string }>(
  entry: Entry,
  document: TextDocument | undefined,
): Entry {
  if (!document) return entry;
  return {
    ...entry,
    size: encoder.encode(document.getText()).length,
    stamp: `unsaved:${document.version}:${Date.now()}`,
  };
}
