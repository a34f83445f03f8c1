import { l10n, Range, type TextDocument, WorkspaceEdit, workspace } from 'vscode';
import { changeText, type Texts, textsOf } from '../../app/change-text.ts';
import { CountersignError } from '../../app/errors.ts';
import type { Files } from '../../app/ports.ts';
import { editRecord, type RecordEdit } from '../../core/records/edit-record.ts';
import { type ParsedRecord, parseRecord } from '../../core/records/parse-record.ts';
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
 * @param edits of the record as it stands at that moment, which another may have changed since it was shown
 * @throws CountersignError `record/not-written` where the file is gone, is no YAML, or nothing may be written here
 */
export async function editOnDisk(
  session: FolderSession,
  path: string,
  edits: (record: ParsedRecord) => readonly RecordEdit[],
): Promise<void> {
  await changeText(textsHere(session), path, (text) => {
    const { record } = parseRecord(path, new TextEncoder().encode(text));
    if (record === null)
      throw new CountersignError(
        'record/not-written',
        l10n.t('{0} cannot be edited as it stands', path),
        l10n.t('mend the record first: see the Problems panel'),
      );
    return edited(path, text, edits(record));
  });
}

/** The texts of a folder as the editor shows them: unsaved changes count, and are saved with what is written. */
export function textsHere(session: FolderSession): Texts {
  return {
    read: async (path) => {
      const open = openDocument(session, path);
      return open?.isDirty ? open.getText() : textsOf(filesOf(session)).read(path);
    },
    write: (path, text) => writeText(session, path, text),
  };
}

/** Takes a step back, unless somebody changed the record since: then it stays as it is. */
export async function undoOnDisk(
  session: FolderSession,
  { path, before, after }: WrittenRecord,
): Promise<void> {
  await changeText(textsHere(session), path, (text) => {
    if (text === after) return before;
    throw new CountersignError(
      'record/not-written',
      l10n.t('{0} was changed since, so the step is not taken back', path),
    );
  });
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

/** A document with unsaved changes is edited where it stands and saved, so that nothing typed is lost; every other file is replaced whole. */
async function writeText(session: FolderSession, path: string, text: string): Promise<void> {
  const open = openDocument(session, path);
  if (!open?.isDirty) return filesOf(session).write(path, new TextEncoder().encode(text));
  const before = open.getText();
  const [start, end] = differing(before, text);
  const edit = new WorkspaceEdit();
  edit.replace(
    open.uri,
    new Range(open.positionAt(start), open.positionAt(before.length - end)),
    text.slice(start, text.length - end),
  );
  if (!(await workspace.applyEdit(edit)) || !(await open.save()))
    throw new CountersignError('record/not-written', l10n.t('{0} could not be saved', path));
}

/** How many characters are the same at the beginning and at the end: a person's cursor stays where it is. */
function differing(before: string, after: string): readonly [start: number, end: number] {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start++;
  let end = 0;
  while (end < most - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  return [start, end];
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
