import {
  commands,
  type CommentThread,
  CommentThreadCollapsibleState,
  l10n,
  type QuickPickItem,
  type Selection,
  type TextEditor,
  window,
  workspace,
} from 'vscode';
import { CountersignError } from '../../app/errors.ts';
import { threadTitle } from '../../core/reviews/thread-list.ts';
import { KeyFlow } from '../flow/key-flow.ts';
import { oneLineWithoutIcons } from '../tree/one-line.ts';
import { begin, goOn, type ReviewDesk } from './review-commands.ts';
import { mustReview } from './review-place.ts';

/**
 * Opens the box for a new comment at the cursor, or at the selection, by keyboard. Where a thread stands on that line
 * already, the editor would only fold it: then the person says whether they reply or begin another.
 */
export async function commentHere(desk: ReviewDesk): Promise<void> {
  const editor = window.activeTextEditor;
  if (!editor)
    throw new CountersignError(
      'review/place',
      l10n.t('no record is open'),
      l10n.t('open a decision first'),
    );
  mustReview(desk.model, editor.document.uri);
  const here = threadsAt(desk, editor);
  if (here.length > 0) return KeyFlow.run((flow) => replyOrBegin(flow, desk, editor, here));
  if (await openBox(editor.selection)) return;
  await KeyFlow.run((flow) =>
    write(flow, desk, editor, { label: l10n.t('Comment on This Field'), thread: null }),
  );
}

/** Milliseconds that the editor gets to open a box each time it is asked. Asked too soon again, a busy one opens two. */
const patience = [1500, 3000, 6000] as const;

/**
 * In a document that was opened a moment ago the editor does not know yet where comments may stand, and does nothing: then
 * it is asked again.
 *
 * @returns false where it never opened one
 */
async function openBox({ start, end }: Selection): Promise<boolean> {
  const range = {
    startLineNumber: start.line + 1,
    startColumn: start.character + 1,
    endLineNumber: end.line + 1,
    endColumn: end.character + 1,
  };
  for (const time of patience) {
    const opened = boxOpens(time);
    await commands.executeCommand('workbench.action.addComment', { range });
    if (await opened) return true;
  }
  return false;
}

/** Milliseconds between two looks at whether the time is up. */
const tick = 100;

/**
 * Whether a box opens soon: what is typed into one is a document of its own. Time counts in which news of it could have come:
 * after a while of other work a timer is told before the news that waits, and a box asked for twice is closed again.
 */
function boxOpens(patience: number): Promise<boolean> {
  return new Promise((resolve) => {
    let left = patience / tick;
    const end = (opened: boolean): void => {
      listener.dispose();
      clearInterval(timer);
      resolve(opened);
    };
    const listener = workspace.onDidOpenTextDocument(
      ({ uri }) => uri.scheme === 'comment' && end(true),
    );
    const timer = setInterval(() => --left <= 0 && end(false), tick);
  });
}

/** Threads whose mark stands on the line at which a new one would open. */
function threadsAt(
  { board }: ReviewDesk,
  { document, selection }: TextEditor,
): readonly CommentThread[] {
  return [...board.threads.values()].filter(
    ({ uri, range }) =>
      uri.toString() === document.uri.toString() && (range?.end.line ?? 0) === selection.end.line,
  );
}

async function replyOrBegin(
  flow: KeyFlow,
  desk: ReviewDesk,
  editor: TextEditor,
  here: readonly CommentThread[],
): Promise<void> {
  const replies = here.map((thread): QuickPickItem & { thread: CommentThread | null } => {
    const review = desk.board.find(thread)?.review;
    return {
      label: l10n.t(
        'Reply: {0}',
        oneLineWithoutIcons(review ? threadTitle(review.thread) : '', 100),
      ),
      description: thread.label ?? '',
      thread,
    };
  });
  const chosen = await flow.pick(
    [...replies, { label: l10n.t('Begin another thread'), thread: null }],
    {
      title: l10n.t('There is a thread on this line'),
      placeholder: l10n.t('Arrows and Enter'),
    },
  );
  if (chosen) await write(flow, desk, editor, chosen);
}

/** Asks for the words at the top of the window: a reply to a thread, or the first ones of a new thread at the cursor. */
async function write(
  flow: KeyFlow,
  desk: ReviewDesk,
  { document, selection }: TextEditor,
  { label: title, thread: to }: { readonly label: string; readonly thread: CommentThread | null },
): Promise<void> {
  const text = await flow.text({ title, placeholder: l10n.t('Say what you think') });
  if (text === undefined || text.trim() === '') return;
  const thread = to ?? desk.board.open(document.uri, selection);
  if (to) await goOn(desk, { thread, text }, 'reply');
  else await begin(desk, { thread, text });
  // Who has just said something wants to see it stand there.
  thread.collapsibleState = CommentThreadCollapsibleState.Expanded;
}
