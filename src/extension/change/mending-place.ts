import type { Command } from 'vscode';
import { openCommand } from '../records/open-record.ts';
import type { FolderSession } from '../workspace/folder-session.ts';

/** Opens a record at a key: where it is not written yet, at the one above it. Nothing where the record is not here. */
export function openAt(
  session: FolderSession,
  title: string,
  of: string,
  keys: readonly string[],
): Command | undefined {
  const index = session.state.kind === 'ready' ? session.state.index : undefined;
  const record = index?.byId.get(of) ?? index?.byPath.get(of);
  if (!record) return undefined;
  const { line, column } = record.locate(keys);
  return openCommand(title, session.uri(record.path), { line, column, keepFocus: true });
}
