import { type Command, Range, type TextEditor, Uri, ViewColumn, window } from 'vscode';

/** What {@link openFile} is told by a row or a link: all plain values, so that a link can carry them. */
export type OpenArguments = {
  readonly uri: string;
  /** From 1. */
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  readonly endLine?: number | undefined;
  readonly endColumn?: number | undefined;
  readonly keepFocus?: boolean | undefined;
  /** In another column than the one with the focus. */
  readonly beside?: boolean | undefined;
};

/** The command of a row that opens a file. */
export function openCommand(
  title: string,
  uri: Uri,
  place: Omit<OpenArguments, 'uri'> = {},
): Command {
  return {
    title,
    command: 'countersign.openFile',
    arguments: [{ uri: uri.toString(), ...place } satisfies OpenArguments],
  };
}

/** Opens a file at a place, with the cursor there. */
export async function openFile(target: OpenArguments): Promise<TextEditor> {
  const { line = 1, column = 1 } = target;
  const place = new Range(
    line - 1,
    column - 1,
    (target.endLine ?? line) - 1,
    (target.endColumn ?? column) - 1,
  );
  const at = target.line === undefined ? {} : { selection: place };
  return window.showTextDocument(Uri.parse(target.uri), {
    ...at,
    preview: true,
    preserveFocus: target.keepFocus ?? false,
    ...(target.beside ? { viewColumn: ViewColumn.Beside } : {}),
  });
}
