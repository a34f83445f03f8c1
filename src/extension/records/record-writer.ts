import { l10n, Range, type TextDocument, WorkspaceEdit, workspace } from 'vscode';
import { CountersignError } from '../../app/errors.ts';
import type { Files } from '../../app/ports.ts';
import { editRecord, type RecordEdit } from '../../core/records/edit-record.ts';
import type { FolderSession } from '../workspace/folder-session.ts';

/** A record's text before and after a step, so that the step can be taken back. */
export type WrittenRecord = {
  readonly path: string;
  readonly before: string;
  readonly after: string;
};

/**
 * Edits one record, at once on disk; what the edit does not touch stays as it is, byte for byte.
 *
 * @throws CountersignError `record/not-written` where the file is gone, is no YAML, or nothing may be written here
 */
export async function editOnDisk(
  session: FolderSession,
  path: string,
  edits: readonly RecordEdit[],
): Promise<WrittenRecord> {
  const before = await readText(session, path);
  const after = edited(path, before, edits);
  await writeText(session, path, after);
  return { path, before, after };
}

/** Takes a step back, unless somebody changed the record since: then it stays as it is. */
export async function undoOnDisk(
  session: FolderSession,
  { path, before, after }: WrittenRecord,
): Promise<void> {
  if ((await readText(session, path)) !== after)
    throw new CountersignError(
      'record/not-written',
      l10n.t('{0} was changed since, so the step is not taken back', path),
    );
  await writeText(session, path, before);
}

function edited(path: string, text: string, edits: readonly RecordEdit[]): string {
  try {
    return editRecord(text, edits);
  } catch (error) {
    throw new CountersignError(
      'record/not-written',
      l10n.t(
        '{0} cannot be edited: {1}',
        path,
        error instanceof Error ? error.message : String(error),
      ),
      l10n.t('mend the record first: see the Problems panel'),
    );
  }
}

async function readText(session: FolderSession, path: string): Promise<string> {
  const open = openDocument(session, path);
  if (open?.isDirty) return open.getText();
  const bytes = await filesOf(session).read(path);
  if (!bytes)
    throw new CountersignError('record/not-written', l10n.t('{0} is not there any more', path));
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

/** A document with unsaved changes is edited where it stands and saved, so that nothing typed is lost; every other file is replaced whole. */
async function writeText(session: FolderSession, path: string, text: string): Promise<void> {
  const open = openDocument(session, path);
  if (!open?.isDirty) return filesOf(session).write(path, new TextEncoder().encode(text));
  const edit = new WorkspaceEdit();
  edit.replace(
    open.uri,
    new Range(open.positionAt(0), open.positionAt(open.getText().length)),
    text,
  );
  if (!(await workspace.applyEdit(edit)) || !(await open.save()))
    throw new CountersignError('record/not-written', l10n.t('{0} could not be saved', path));
}

function openDocument(session: FolderSession, path: string): TextDocument | undefined {
  const uri = session.uri(path).toString();
  return workspace.textDocuments.find((document) => document.uri.toString() === uri);
}

function filesOf({ state }: FolderSession): Files {
  const repository = state.kind === 'ready' || state.kind === 'noRecords' ? state.repository : null;
  if (!repository)
    throw new CountersignError(
      'record/not-written',
      l10n.t('nothing is written in this folder'),
      l10n.t('trust the folder, and open it from a disk'),
    );
  return repository.files;
}
