import type { Position, Range, TextDocument } from 'vscode';

/** An id of a record as it stands in a text. */
export const idPattern = /\b(?:FB|DR|SL|EV)-[0-9A-Z]{4,16}\b/g;

/** The id under the cursor. */
export function idAt(
  document: TextDocument,
  position: Position,
): { readonly id: string; readonly range: Range } | null {
  const range = document.getWordRangeAtPosition(position, /\b(?:FB|DR|SL|EV)-[0-9A-Z]{4,16}\b/);
  return range ? { id: document.getText(range), range } : null;
}
