import { type Command, Range, type TextEditor, Uri, ViewColumn, window } from 'vscode';
import { flowHolds } from '../flow/flow-holds.ts';

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

/**
 * Opens a file at a place, with the cursor there. It is brought to the front first and takes the focus then, which is quick:
 * where a person began to answer questions meanwhile, their keys are meant for those, and it takes none.
 *
 * @param from the questions that this is the end of
 */
export async function openFile(target: OpenArguments, from?: object): Promise<TextEditor> {
  const { line = 1, column = 1 } = target;
  const place = new Range(
    line - 1,
    column - 1,
    (target.endLine ?? line) - 1,
    (target.endColumn ?? column) - 1,
  );
  const show = (preserveFocus: boolean): Thenable<TextEditor> =>
    window.showTextDocument(Uri.parse(target.uri), {
      ...(target.line === undefined ? {} : { selection: place }),
      preview: true,
      preserveFocus,
      ...(target.beside ? { viewColumn: ViewColumn.Beside } : {}),
    });
  const asked = [...flowHolds].some((flow) => flow !== from);
  if (target.keepFocus || asked) return show(true);
  if (target.beside) return show(false);
  await show(true);
  return show([...flowHolds].some((flow) => flow !== from));
}
