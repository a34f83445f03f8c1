import { l10n, type QuickPickItem, Range, type TextEditor, window } from 'vscode';
import { CountersignError } from '../../app/errors.ts';
import { storedBytes } from '../../app/stored-bytes.ts';
import { linesDigest, splitLines } from '../../core/trails/anchored-lines.ts';
import { findSymbol } from '../../core/trails/symbol-lines.ts';
import type { ParsedRecord } from '../../core/records/parse-record.ts';
import { linkIcon } from '../decisions/decision-tree.ts';
import { KeyFlow } from '../flow/key-flow.ts';
import { editOnDisk } from '../records/record-writer.ts';
import { statusText, titleText } from '../records/record-text.ts';
import { oneLineWithoutIcons } from '../tree/one-line.ts';
import type { FolderSession } from '../workspace/folder-session.ts';
import type { RecordIndex } from '../workspace/record-index.ts';

/** Anchors the selected lines in a record that the person picks, by what the lines say and not by their numbers alone. */
export async function linkSelection(
  editor: TextEditor,
  session: FolderSession,
  index: RecordIndex,
): Promise<void> {
  const path = session.path(editor.document.uri);
  if (path === null || path.startsWith('.countersign/'))
    throw new CountersignError(
      'anchor/place',
      l10n.t('lines of the repository’s code are linked, and this file is none of them'),
    );
  const lines = selectedLines(editor);
  const meant = textOf(editor, lines);
  const chosen = await pick(index);
  if (!chosen) return;
  // What is anchored are the bytes on disk: unsaved lines would be lost to everybody else.
  if (editor.document.isDirty && !(await editor.document.save()))
    throw new CountersignError('anchor/place', l10n.t('{0} could not be saved', path));
  // While the question stood there, or as the file was saved, other lines may have come to bear these numbers.
  if (editor.document.isClosed || textOf(editor, lines) !== meant)
    throw new CountersignError(
      'anchor/place',
      l10n.t('the selected lines of {0} were changed meanwhile, so nothing was linked', path),
      l10n.t('select them again'),
    );
  const digest = await digestOf(session, path, lines);
  const symbol = symbolOf(path, editor, lines);
  await editOnDisk(session, chosen.path, (record) => [
    {
      path: ['trail', 'code', anchorsOf(record)],
      value: { path, lines, ...(symbol === undefined ? {} : { symbol }), digest },
    },
  ]);
  await session.readNow();
  window.setStatusBarMessage(
    l10n.t('Lines {0}–{1} are linked to {2}', lines[0], lines[1], chosen.id),
    5000,
  );
}

function anchorsOf({ kind, value }: ParsedRecord): number {
  return kind === 'feedback' || kind === 'decision' ? (value.trail?.code?.length ?? 0) : 0;
}

/** From 1, both included; a selection that ends at the start of a line does not take that line. */
function selectedLines({ selection }: TextEditor): readonly [number, number] {
  const { start, end } = selection;
  const last = end.line > start.line && end.character === 0 ? end.line - 1 : end.line;
  return [start.line + 1, last + 1];
}

function textOf({ document }: TextEditor, [first, last]: readonly [number, number]): string {
  return document.getText(new Range(first - 1, 0, last, 0));
}

/** The function or class that the lines are, where they are one: its name finds them again after they were rewritten. */
function symbolOf(
  path: string,
  { document }: TextEditor,
  [first, last]: readonly [number, number],
): string | undefined {
  const name =
    /\b(?:function|class|def|fn|func|const|let|var|type|interface)\s+([A-Za-z_$][\w$]*)/.exec(
      document.lineAt(first - 1).text,
    )?.[1];
  const found = name === undefined ? null : findSymbol(path, document.getText(), name);
  return found?.kind === 'found' && found.lines[0] === first && found.lines[1] === last
    ? name
    : undefined;
}

async function digestOf(
  { state }: FolderSession,
  path: string,
  [first, last]: readonly [number, number],
): Promise<string> {
  const repository = state.kind === 'ready' ? state.repository : null;
  const read = (await repository?.files.read(path)) ?? null;
  // What others have are the bytes of the blob, whatever line ends this checkout has.
  const bytes =
    repository && read
      ? (await storedBytes(repository.git, new Map([[path, read]]))).get(path)
      : undefined;
  const digest = bytes ? linesDigest(splitLines(bytes), first, last) : null;
  if (digest === null)
    throw new CountersignError('anchor/place', l10n.t('{0} has no such lines on disk', path));
  return digest;
}

async function pick(
  index: RecordIndex,
): Promise<{ readonly id: string; readonly path: string } | undefined> {
  const items = [...index.decisions, ...index.feedback].map(
    ({ id, path, value }): QuickPickItem & { id: string; path: string } => ({
      id,
      path,
      label: `$(${linkIcon(id)}) ${oneLineWithoutIcons(titleText(value.title))}`,
      description: `${id} · ${statusText(value.status)}`,
    }),
  );
  return KeyFlow.run((flow) =>
    flow.pick(items, {
      title: l10n.t('Link the selected lines to'),
      placeholder: l10n.t('Id, title or status'),
    }),
  );
}
